"""PDFs are read by their ruled lines, over page breaks, and never wrong in silence."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path

import pytest
import typst
from pylopdf_fonts_zh_cn import sans_path

from builders import COLUMN_LABELS, CORNER, LINES
from nianbao.documents.pdf import read_pdf
from nianbao.documents.spans import Span, lay_out
from nianbao.documents.structure import Document, Line, Row
from nianbao.errors import UnreadableError

FIVE = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
_SPECIAL = set("\\#$*_`<>@[]=-+/~")


def plain(*texts: str) -> list[Span]:
    return [Span(text) for text in texts]


def table_two(form: str) -> list[list[Span]]:
    if form == "2019":
        heads = ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")
        return [
            [Span("第二十条第（一）项", 4)],
            plain("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"),
            plain("规章", "1", "", "30"),
            plain("规范性文件", "2", "—", "11"),
            [Span("第二十条第（五）项", 4)],
            plain(*heads),
            plain("行政许可", "4", "-5", "12345"),
            [Span("第二十条第（八）项", 4)],
            [*plain("信息内容", "上一年项目数量"), Span("本年增/减", 2)],
            [*plain("行政事业性收费", "6"), Span("7", 2)],
        ]
    return [
        [Span("第二十条第（一）项", 4)],
        plain("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        plain("规章", "1", "", "30"),
        plain("行政规范性文件", "2", "/", "11"),
        [Span("第二十条第（五）项", 4)],
        [Span("信息内容"), Span("本年处理决定数量", 3)],
        [Span("行政许可"), Span("12345", 3)],
        [Span("第二十条第（八）项", 4)],
        [Span("信息内容"), Span("本年收费金额（单位：万元）", 3)],
        [Span("行政事业性收费"), Span("10267.34", 3)],
    ]


def table_three(form: str) -> list[list[Span]]:
    rows = [
        [Span(CORNER, 3, 3), Span("申请人情况", 7)],
        [Span("自然人", 1, 2), Span("法人或其他组织", 5), Span("总计", 1, 2)],
        plain(*COLUMN_LABELS[1:-1]),
    ]
    lines = [(groups, label) for _, groups, label in LINES]
    if form == "2019":
        last = next(i for i, (groups, _) in enumerate(lines) if "（六）其他处理" in groups)
        outcome = lines[last][0][:1]
        lines = [line for line in lines if "（六）其他处理" not in line[0]]
        lines.insert(last, (outcome, "（六）其他处理"))
    seen: set[str] = set()
    for number, (groups, label) in enumerate(lines):
        new = [group for group in groups if group not in seen]
        seen |= set(new)
        row = [Span(g, 1, sum(g in above for above, _ in lines)) for g in new]
        row.append(Span(label, 3 - len(groups)))
        figures = [str((number * 7 + column) * 11) for column in range(7)]
        figures[number % 7] = ("", "—", "12345", "11")[number % 4]
        rows.append(row + plain(*figures))
    return rows


def table_four() -> list[list[Span]]:
    return [
        [Span("行政复议", 5), Span("行政诉讼", 10)],
        [*(Span(text, 1, 2) for text in FIVE), Span("未经复议直接起诉", 5), Span("复议后起诉", 5)],
        plain(*FIVE, *FIVE),
        plain(*(str(n) if n % 4 else "" for n in range(15))),
    ]


def tables(form: str = "2021") -> list[list[list[Span]]]:
    return [table_two(form), table_three(form), table_four()]


def escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in _SPECIAL else sign for sign in text)


def typeset(rows: list[list[Span]], repeat: bool | None = None) -> str:
    """Return the typst source of a table; ``repeat``: None for no header rows at all."""
    width = sum(span.columns for span in rows[0])
    shares = {4: "(2fr, 1fr, 1fr, 1fr)", 10: "(1fr, 1.4fr, 4.2fr" + ", 1.25fr" * 7 + ")"}
    cells = [
        ", ".join(
            f"table.cell(colspan: {s.columns}, rowspan: {s.rows})[{escaped(s.text)}]" for s in row
        )
        for row in rows
    ]
    heads = 0 if repeat is None else {4: 2}.get(width, 3)
    head = (
        f"table.header(repeat: {str(repeat).lower()}, {', '.join(cells[:heads])})," if heads else ""
    )
    return (
        f"#table(columns: {shares.get(width, '(1fr,) * 15')}, align: center + horizon, inset: 3pt,"
        f" stroke: 0.5pt, {head} {', '.join(cells[heads:])})\n"
    )


@cache
def compiled(body: str, size: int = 9, page: str = 'numbering: "— 1 —"') -> bytes:
    head = (
        f'#set page(paper: "a4", margin: (x: 2cm, y: 2.5cm), {page})\n'
        f'#set text(font: "Noto Sans SC", size: {size}pt, lang: "zh")\n'
    )
    folder = str(Path(sans_path()).parent)
    pdf = typst.compile((head + body).encode(), font_paths=[folder], ignore_system_fonts=True)
    assert isinstance(pdf, bytes)
    return pdf


def report(space: int = 0, form: str = "2021", repeat: bool | None = None, **page: str) -> Document:
    body = f"测试局2022年政府信息公开工作年度报告\n\n#v({space}pt)\n"
    for rows in tables(form):
        body += "节标题\n\n" + typeset(rows, repeat) + "\n"
    return read_pdf(compiled(body, **page), "报告.pdf")


def expanded(rows: list[Row]) -> list[tuple[str, ...]]:
    """Return every row with each merged cell's text in all the places that it covers."""
    found = []
    for row in rows:
        cells = list(row.cells)
        for merge in row.merges:
            cells[merge.first : merge.end] = [merge.text] * (merge.end - merge.first)
        found.append(tuple(cells))
    return found


def grids(document: Document) -> list[list[Row]]:
    found: dict[int | None, list[Row]] = {}
    for block in document.blocks:
        if isinstance(block, Row):
            found.setdefault(block.grid, []).append(block)
    return list(found.values())


def truth(form: str) -> list[list[tuple[str, ...]]]:
    return [expanded(lay_out(rows, 1, "")) for rows in tables(form)]


def drawn(content: str, extra: str = "", pages: int = 1) -> bytes:
    """Return a PDF of hand-made drawing commands in Helvetica (F)."""
    kids = " ".join(f"{5 + i} 0 R" for i in range(pages))
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>",
        font,
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
    ]
    resources = f"/Resources<</Font<</F 3 0 R>>>>/Contents 4 0 R{extra}"
    objects += [f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]{resources}>>"] * pages
    body, offsets = "%PDF-1.4\n", []
    for number, item in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj {item}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    count = len(objects) + 1
    end = f"trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 {count}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


RULES = "50 600 300 100 re S 150 600 m 150 700 l S 250 600 m 250 700 l S 50 650 m 350 650 l S "


def shown(x: float, y: float, text: str, size: float = 10, more: str = "") -> str:
    return f"BT {more} /F {size} Tf {x} {y} Td ({text}) Tj ET "


def only_rows(content: str, extra: str = "") -> list[Row]:
    blocks = read_pdf(drawn(RULES + content, extra), "表.pdf").blocks
    return [block for block in blocks if isinstance(block, Row)]


@pytest.mark.parametrize("form", ["2021", "2019"])
@pytest.mark.parametrize("space", range(0, 640, 80))
def test_every_cell_keeps_its_place_wherever_the_page_breaks(form: str, space: int) -> None:
    document = report(space, form)
    assert [expanded(rows) for rows in grids(document)] == truth(form)
    assert not any(row.unclear for rows in grids(document) for row in rows)


@pytest.mark.parametrize("repeat", [True, False])
def test_head_rows_that_are_printed_again_are_no_rows_of_their_own(repeat: bool) -> None:
    assert [expanded(rows) for rows in grids(report(300, repeat=repeat))] == truth("2021")


def test_landscape_pages_keep_every_cell() -> None:
    document = report(page='flipped: true, numbering: "1"')
    assert [expanded(rows) for rows in grids(document)] == truth("2021")


def test_rows_say_on_which_page_and_in_which_row_of_which_table_they_stand() -> None:
    rows = grids(report(300))[1]
    assert rows[0].origin == "第1页表格2第1行"
    assert rows[-1].origin == "第2页表格2第28行"
    assert {row.grid for row in rows} == {2}


def test_page_numbers_are_left_out_and_prose_stays() -> None:
    document = report(300)
    texts = [line.text for line in document.lines]
    assert texts == ["测试局2022年政府信息公开工作年度报告", "节标题", "节标题", "节标题"]


def test_a_row_cut_by_the_page_is_one_row() -> None:
    label = "6.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"
    for space in range(600, 700, 6):
        body = f"#v({space}pt)\n#table(columns: (8em, 1fr, 1fr), "
        body += f"[1.其他], [3], [4], [{label}], [5], [11])"
        rows = [b for b in read_pdf(compiled(body), "表.pdf").blocks if isinstance(b, Row)]
        assert [row.cells for row in rows] == [("1.其他", "3", "4"), (label, "5", "11")]
        assert not any(row.unclear for row in rows)


def test_paragraphs_go_on_over_lines_and_pages() -> None:
    first, second = "本机关认真做好政府信息公开工作。" * 8, "全年主动公开政府信息若干条。" * 9
    for space in (0, 610, 640):
        body = (
            "#set par(first-line-indent: (amount: 2em, all: true), justify: true)\n"
            f"#v({space}pt)\n一、总体情况\n\n{first}\n\n{second}"
        )
        document = read_pdf(compiled(body), "文.pdf")
        assert [line.text for line in document.lines] == ["一、总体情况", first, second]


def test_a_raised_digit_is_never_part_of_a_number() -> None:
    small = shown(166, 674, "1", 6)
    risen = "BT /F 10 Tf 255 670 Td (19) Tj 4 Ts /F 6 Tf (1) Tj ET "
    row = only_rows(shown(155, 670, "19") + small + risen)[0]
    assert row.cells[1:] == ("19¹", "19¹")


def test_numbers_on_two_lines_are_never_glued() -> None:
    row = only_rows(shown(155, 680, "12") + shown(155, 665, "5"))[0]
    assert row.cells[1] == "12\n5"


def test_two_numbers_in_one_cell_are_never_one() -> None:
    assert only_rows(shown(155, 670, "12") + shown(200, 670, "5"))[0].cells[1] == "12\n5"


def test_print_doubled_to_look_bold_counts_once_and_repeated_digits_stay() -> None:
    row = only_rows(shown(155, 670, "11") + shown(155.3, 670, "11"))[0]
    assert row.cells[1] == "11"


def test_numbers_on_one_another_are_unreadable() -> None:
    assert "\ufffd" in only_rows(shown(155, 670, "12") + shown(156, 670, "34"))[0].cells[1]


def test_a_number_over_a_line_makes_both_cells_unclear() -> None:
    assert only_rows(shown(240, 670, "12345"))[0].unclear == {1, 2}


def test_unseen_text_is_not_read_and_white_text_is_no_blank() -> None:
    unseen = shown(155, 670, "7", more="3 Tr") + "0 Tr "
    white = "1 g " + shown(255, 670, "7") + "0 g "
    assert only_rows(unseen + shown(155, 620, "1234") + white)[0].cells == ("", "", "\ufffd")


def test_a_turned_page_reads_like_an_upright_one() -> None:
    turned = f"q 0 1 -1 0 600 0 cm {RULES} {shown(155, 670, '12')} Q"
    for extra in ("", "/Rotate 90"):
        rows = [b for b in read_pdf(drawn(turned, extra), "表.pdf").blocks if isinstance(b, Row)]
        assert [row.cells for row in rows] == [("", "12", ""), ("", "", "")]


def test_a_page_number_inside_a_table_is_left_out_or_unclear() -> None:
    ruled = "50 20 300 100 re S 150 20 m 150 120 l S 50 60 m 350 60 l S "
    alone = read_pdf(drawn(ruled + shown(60, 90, "Regulations") + shown(245, 30, "1")), "表.pdf")
    cell = [b for b in alone.blocks if isinstance(b, Row)][1]
    assert cell.unclear == {1}
    dressed = read_pdf(drawn(ruled + shown(60, 90, "5") + shown(245, 30, "- 3 -")), "表.pdf")
    assert [b for b in dressed.blocks if isinstance(b, Row)][1].cells == ("", "")


def test_a_table_without_upright_lines_gives_no_places() -> None:
    content = "50 690 m 500 690 l S 50 660 m 500 660 l S " + shown(60, 670, "Regulations")
    content += shown(200, 670, "1") + shown(300, 670, "0") + shown(400, 670, "3")
    (row,) = read_pdf(drawn(content), "表.pdf").blocks
    assert isinstance(row, Row)
    assert row.grid is None
    assert row.cells == ("Regulations", "1", "0", "3")


def test_a_frame_around_text_is_no_table() -> None:
    box = "50 600 300 100 re S 50 650 m 350 650 l S "
    blocks = read_pdf(drawn(box + shown(60, 670, "Some words of prose")), "表.pdf").blocks
    assert [type(block) for block in blocks] == [Line]


def test_a_file_that_is_no_pdf_or_is_broken_ends_in_one_sentence() -> None:
    whole = compiled(typeset(table_four()))
    for content in (b"PK\x03\x04", b"%PDF-1.7\n", whole[:900], whole[: len(whole) // 2]):
        with pytest.raises(UnreadableError, match="坏") as caught:
            read_pdf(content, "坏.pdf")
        assert "\n" not in str(caught.value)


def test_a_flood_of_pages_lines_or_characters_is_refused() -> None:
    lines = "".join(f"{i % 500} 9 m {i % 500} 99 l S " for i in range(20_001))
    floods = {
        "页数超过 60 页": drawn(shown(9, 9, "words"), pages=61),
        "第1页线条超过": drawn(lines),
        "第1页字符超过": drawn(shown(9, 9, "9" * 1_000) * 101),
        "对象超过": b"%PDF-1.4\n" + b"1 0 obj null endobj\n" * 60_001,
    }
    for reason, content in floods.items():
        with pytest.raises(UnreadableError, match=reason):
            read_pdf(content, "大.pdf")


def test_a_scan_is_told_from_a_report() -> None:
    image = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q "
    for text in ("", shown(60, 670, "Recognised text of forty characters, unseen", more="3 Tr")):
        with pytest.raises(UnreadableError, match="扫描件"):
            read_pdf(drawn(image + text), "扫描.pdf")


def test_characters_that_cannot_be_decoded_are_said_to_be_so() -> None:
    unknown = "/Differences[49/unknown1]"
    content = drawn(RULES + shown(155, 670, "1" * 30)).replace(
        b"/Encoding/WinAnsiEncoding", f"/Encoding<<{unknown}>>".encode()
    )
    with pytest.raises(UnreadableError, match="无法解码"):
        read_pdf(content, "码.pdf")


def test_a_page_without_any_text_says_so() -> None:
    with pytest.raises(UnreadableError, match="没有文字"):
        read_pdf(drawn(RULES), "空.pdf")


def test_the_same_file_gives_the_same_document_and_no_word_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        assert report(300) == report(300)
    assert not caplog.records
