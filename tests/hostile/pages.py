"""Hostile web pages, texts and lists."""

from hostile.case import EITHER, MEGABYTE, Case

_ROWS = "<tr>" + "<td colspan=1000000 rowspan=65534>1" * 100


def _page(body: str) -> bytes:
    return f"<!DOCTYPE html><meta charset=utf-8><title>a</title>{body}".encode()


def spans() -> bytes:
    return _page(f"<table>{_ROWS * 1_000}</table>")


def attributes(count: int) -> bytes:
    return _page("<p " + " ".join(f"a{i}=1" for i in range(count)) + ">a")


def small_tables() -> bytes:
    return _page("<table><tr><td>1</table>" * 300_000)


PAGES = (
    Case("spans.html", spans, EITHER, quick=True),
    Case(
        "span-of-20-digits.html",
        lambda: _page("<table><tr><td colspan=99999999999999999999>1"),
        EITHER,
        quick=True,
    ),
    Case("nested-100000.html", lambda: _page("<div>" * 100_000 + "a"), EITHER, quick=True),
    Case("nested-tables-200000.html", lambda: _page("<table><tr><td>" * 200_000), EITHER),
    Case("nested-formatting.html", lambda: _page("<b><i><a><p>" * 100_000), EITHER),
    Case("nested-tables-shallow.html", lambda: _page("<table><tr><td>1" * 200), EITHER, quick=True),
    Case("attributes-20mb.html", lambda: attributes(1_900_000), EITHER),
    Case("attribute-of-19mb.html", lambda: _page(f"<p title='{'x' * 19 * MEGABYTE}'>a"), EITHER),
    Case("many-tables.html", small_tables, EITHER),
    Case("unclosed-cells.html", lambda: _page("<table>" + "<td>" * 3_000_000), EITHER),
    Case("text-of-19mb.html", lambda: _page("字" * 6_300_000), EITHER),
    Case("nul.html", lambda: _page("<table><tr><td>1\0</table>\0"), EITHER, quick=True),
    Case(
        "links.html",
        lambda: _page(
            "<iframe src=file:///etc/passwd></iframe><img src=http://127.0.0.1:9/a>"
            "<link rel=stylesheet href=http://127.0.0.1:9/b>"
        ),
        EITHER,
        quick=True,
    ),
)

TEXTS = (
    Case("line-50mb.txt", lambda: b"x" * 50 * MEGABYTE, quick=True),
    Case("line-19mb.txt", lambda: b"x" * 19 * MEGABYTE, quick=True),
    Case("lines-10-million.txt", lambda: b"|\n" * 9_900_000),
    Case("lines-3-million.txt", lambda: b"abc\n" * 3_000_000),
    Case("lines-200000.txt", lambda: "第一条有一行字。\n".encode() * 200_000, EITHER),
    Case("rows-100000.txt", lambda: "一\t1\t2\t3\t4\t5\t6\t21\n".encode() * 100_000, EITHER),
    Case("tabs.txt", lambda: b"\t" * 19 * MEGABYTE, quick=True),
    Case("tabs-in-lines.txt", lambda: (b"1\t" * 90_000 + b"\n") * 100),
    Case("newlines.txt", lambda: b"a" + b"\n" * 19 * MEGABYTE, EITHER),
    Case("nul.txt", lambda: b"a\0b", quick=True),
    Case("numbers.txt", lambda: ("表\t" + "9" * 100_000 + "\n").encode() * 100, EITHER),
    Case("combining.txt", lambda: ("a" + "\u0301" * 100_000 + "\n").encode() * 50, EITHER),
    Case("brackets.txt", lambda: ("（" * 100_000 + "\n").encode() * 30, EITHER),
    Case("headings.txt", lambda: "一、总体情况\n".encode() * 100_000, EITHER),
    Case(
        "clauses.txt",
        lambda: (
            "三、收到和处理政府信息公开申请情况\n" + "其中主动公开1件，" * 10_000 + "\n"
        ).encode(),
        EITHER,
    ),
    Case("pipes-100000.md", lambda: b"|" * 100_000 + b"\n" + b"|-" * 50_000, EITHER, quick=True),
    Case("table-19mb.md", lambda: b"|a|b|\n|-|-|\n" + b"|1|2|\n" * 3_000_000),
    Case("emphasis.md", lambda: b"*_" * 9_000_000, EITHER),
    Case("links.md", lambda: b"[" * 100_000 + b"](", EITHER, quick=True),
    Case("quote-15mb.csv", lambda: b'a,b\n"' + b"x,\n" * 5_000_000, EITHER),
    Case("columns-million.csv", lambda: b"a," * 1_000_000 + b"\n" + b"1," * 1_000_000, EITHER),
    Case("rows-4-million.csv", lambda: b"a,b\n" * 4_000_000, EITHER),
    Case("nul.csv", lambda: b"a,b\n1,\0\n", EITHER, quick=True),
)

CASES = (*PAGES, *TEXTS)
