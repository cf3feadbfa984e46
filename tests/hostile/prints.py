"""Hostile PDFs."""

import zlib

from hostile.case import EITHER, MEGABYTE, Case, repeated

_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources %s>>"
_FONT = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"


def stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<</Filter/FlateDecode/Length %d%s>>stream\n%s\nendstream" % (len(packed), more, packed)


def pdf(*objects: bytes, index: bool = True, trailer: bytes = b"") -> bytes:
    """Write objects 1, 2, … as a PDF; the first is the catalogue."""
    pieces, places, length = [b"%PDF-1.7\n"], [], 9
    for number, content in enumerate(objects, start=1):
        places.append(length)
        pieces.append(b"%d 0 obj%s endobj\n" % (number, content))
        length += len(pieces[-1])
    if index:
        pieces.append(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
        pieces.extend(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    pieces.append(
        b"trailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, length)
    )
    return b"".join(pieces)


def one_page(content: bytes, *more: bytes, resources: bytes = _FONT, **options) -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        _PAGE % resources,
        content,
        *more,
        **options,
    )


def text(content: bytes) -> bytes:
    return stream(b"BT /F 9 Tf 50 700 Td " + content + b" ET")


def million_objects() -> bytes:
    """A million objects in streams of ten thousand."""
    streams = []
    for first in range(1_000, 1_001_000, 10_000):
        heads = b"".join(b"%d %d " % (first + i, 2 * i) for i in range(10_000))
        more = b"/Type/ObjStm/N 10000/First %d" % len(heads)
        streams.append(stream(heads + b"1 " * 10_000, more))
    return one_page(text(b"(a)Tj"), *streams)


def loop_of_pages() -> bytes:
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>")


def chain_of_pages(depth: int) -> bytes:
    nodes = (b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (i + 3) for i in range(depth))
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", *nodes, _PAGE % b"<<>>")


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (i + 5) for i in range(count))
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        b"null",
        text(b"(a)Tj"),
        *(_PAGE % _FONT for _ in range(count)),
    )


def _form(content: bytes, names: bytes) -> bytes:
    more = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<<%s>>>>" % names
    return stream(content, more)


def forms_in_themselves() -> bytes:
    names = b"/X 5 0 R"
    inner = _form(b"/X Do /X Do", names)
    return one_page(stream(b"/X Do"), inner, resources=b"<</XObject<</X 5 0 R>>>>")


def forms_in_forms() -> bytes:
    """Thirty forms, each of which draws the next one ten times."""
    forms = (_form(b"/X Do " * 10, b"/X %d 0 R" % (i + 6)) for i in range(30))
    end = _form(b"0 0 1 1 re f", b"")
    return one_page(stream(b"/X Do"), *forms, end, resources=b"<</XObject<</X 5 0 R>>>>")


def bomb(size: int, unit: bytes) -> bytes:
    unit *= MEGABYTE // len(unit)
    packed, _ = repeated(unit, size // len(unit))
    body = b"\x78\x9c" + packed
    head = b"<</Filter/FlateDecode/Length %d>>stream\n" % len(body)
    return one_page(head + body + b"\nendstream")


def bomb_in_bomb() -> bytes:
    inner = zlib.compress(bytes(400 * MEGABYTE), 9)
    packed = zlib.compress(inner, 9)
    head = b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n" % len(packed)
    return one_page(head + packed + b"\nendstream")


CASES = (
    Case("million-objects.pdf", million_objects, EITHER),
    Case(
        "objects-400000-no-index.pdf",
        lambda: one_page(text(b"(a)Tj"), *[b"null"] * 400_000, index=False),
        EITHER,
    ),
    Case("loop-of-pages.pdf", loop_of_pages, EITHER, quick=True),
    Case("chain-of-pages.pdf", lambda: chain_of_pages(50_000), EITHER),
    Case("pages-20000.pdf", lambda: many_pages(20_000), EITHER),
    Case("forms-in-themselves.pdf", forms_in_themselves, EITHER, quick=True),
    Case("forms-in-forms.pdf", forms_in_forms, EITHER),
    Case("bomb-1gb-blanks.pdf", lambda: bomb(1_000 * MEGABYTE, b" ")),
    Case("bomb-1gb-text.pdf", lambda: bomb(1_000 * MEGABYTE, b"(a) Tj ")),
    Case("bomb-40mb-lines.pdf", lambda: bomb(40 * MEGABYTE, b"0 0 9 9 re f "), EITHER),
    Case("bomb-in-bomb.pdf", bomb_in_bomb),
    Case(
        "lines-10000.pdf",
        lambda: one_page(
            stream(
                b"".join(
                    b"0 %d m 500 %d l S %d 0 m %d 800 l S " % ((i % 800,) * 2 + (i % 500,) * 2)
                    for i in range(10_000)
                )
            )
        ),
        EITHER,
    ),
    Case("letters-200000.pdf", lambda: one_page(text(b"(aaaaaaaaaa) Tj 1 0 Td " * 20_000)), EITHER),
    Case("arrays-in-arrays.pdf", lambda: one_page(b"[" * 500_000), EITHER, quick=True),
    Case(
        "previous-index-is-itself.pdf",
        lambda: one_page(text(b"(a)Tj"), trailer=b"/Prev 0"),
        EITHER,
        quick=True,
    ),
    Case(
        "huge-page.pdf",
        lambda: one_page(text(b"(a)Tj")).replace(b"595 842", b"9e9 9e9"),
        EITHER,
        quick=True,
    ),
    Case(
        "huge-count.pdf",
        lambda: one_page(text(b"(a)Tj")).replace(b"/Count 1", b"/Count 99999999999"),
        EITHER,
        quick=True,
    ),
    Case(
        "external-stream.pdf",
        lambda: one_page(b"<</F(/etc/passwd)/Length 0>>stream\n\nendstream"),
        EITHER,
        quick=True,
    ),
    Case("nul.pdf", lambda: b"%PDF-1.7\n" + bytes(1_000), quick=True),
)
