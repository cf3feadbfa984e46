"""Hostile Word and Excel files."""

import random
from itertools import pairwise

from hostile.case import EITHER, MEGABYTE, Case, Part, package, part, swollen

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _types(*parts: tuple[str, str]) -> Part:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-'
        f'officedocument.{kind}+xml"/>'
        for name, kind in parts
    )
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
    )
    types = f'{_HEAD}<Types xmlns="{_TYPES}">{defaults}{overrides}</Types>'
    return part("[Content_Types].xml", types.encode())


def _relations(name: str, *targets: tuple[str, str]) -> Part:
    found = "".join(
        f'<Relationship Id="r{i}" Type="{_OFFICE}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if ':' in target else ''}/>"
        for i, (kind, target) in enumerate(targets, start=1)
    )
    relations = f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{found}</Relationships>'
    return part(name, relations.encode())


def word(document: Part, *more: Part, links: tuple[tuple[str, str], ...] = ()) -> bytes:
    """Make a Word file around a main part."""
    return package(
        _types(("word/document.xml", "wordprocessingml.document.main")),
        _relations("_rels/.rels", ("officeDocument", "word/document.xml")),
        _relations("word/_rels/document.xml.rels", *links),
        document,
        *more,
    )


def text_of_word(body: str, head: str = _HEAD) -> bytes:
    return f'{head}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'.encode()


def document(body: str, head: str = _HEAD) -> Part:
    return part("word/document.xml", text_of_word(body, head))


def excel(sheet: Part) -> bytes:
    """Make an Excel file around a sheet."""
    book = (
        f'{_HEAD}<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    return package(
        _types(
            ("xl/workbook.xml", "spreadsheetml.sheet.main"),
            ("xl/worksheets/sheet1.xml", "spreadsheetml.worksheet"),
        ),
        _relations("_rels/.rels", ("officeDocument", "xl/workbook.xml")),
        part("xl/workbook.xml", book.encode()),
        _relations("xl/_rels/workbook.xml.rels", ("worksheet", "worksheets/sheet1.xml")),
        sheet,
    )


def sheet(content: str) -> Part:
    text = f'{_HEAD}<worksheet xmlns="{_SHEET}">{content}</worksheet>'
    return part("xl/worksheets/sheet1.xml", text.encode())


def _entities(levels: int, fold: int) -> str:
    names = [f"e{i}" for i in range(levels + 1)]
    inner = "".join(f'<!ENTITY {name} "{f"&{below};" * fold}">' for below, name in pairwise(names))
    return f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "哈哈">{inner}]>'


def nest() -> bytes:
    """Six levels of twenty, and one of 400."""
    return word(document("<w:p><w:r><w:t>&e6;</w:t></w:r></w:p>", _entities(6, 20)))


def external() -> bytes:
    head = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return word(document("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", head))


def bomb() -> bytes:
    before, after = text_of_word("<w:p>|</w:p>").split(b"|")
    return word(swollen("word/document.xml", 1_500 * MEGABYTE, before, after))


def hidden_bomb() -> bytes:
    """A bomb in a part that no parser needs."""
    return word(document("<w:p/>"), swollen("word/media/a.png", 1_500 * MEGABYTE, unit=b"\0"))


def lying() -> bytes:
    """A part that declares 2,000 bytes, with their sum, and holds 400 MB."""
    before, after = text_of_word("<w:p>|</w:p>").split(b"|")
    true = swollen("word/document.xml", 400 * MEGABYTE, before, after)
    honest = part("word/document.xml", before + b" " * 2_000, 2_000)
    return word(Part(true.name, true.packed, honest.size, honest.total))


def lying_sheet() -> bytes:
    before, after = b"<worksheet><sheetData>", b"</sheetData></worksheet>"
    true = swollen("xl/worksheets/sheet1.xml", 400 * MEGABYTE, before, after)
    honest = part(true.name, before + b" " * 2_000, 2_000)
    return excel(Part(true.name, true.packed, honest.size, honest.total))


def deep_tables(depth: int) -> bytes:
    opening, closing = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
    return word(document(opening * depth + closing * depth))


def wide_cells() -> bytes:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="1000000"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
    return word(document(f"<w:tbl>{f'<w:tr>{cell * 10}</w:tr>' * 2_000}</w:tbl>"))


def long_document() -> bytes:
    """As large as the limits let pass."""
    noise = random.Random(1)
    cells = (
        f"<w:tc><w:p><w:r><w:t>{noise.randrange(10**6)}</w:t></w:r></w:p></w:tc>"
        for _ in range(600_000)
    )
    rows = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in zip(*[cells] * 10, strict=True))
    return word(document(f"<w:tbl>{rows}</w:tbl>"))


def long_paragraph() -> bytes:
    return word(document(f"<w:p>{'<w:r><w:t>字</w:t></w:r>' * 1_000_000}</w:p>"))


def far_cell() -> bytes:
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    return excel(sheet(f'<dimension ref="A1:XFD1048576"/><sheetData>{first}{corner}</sheetData>'))


def many_merges() -> bytes:
    ranges = "".join(f'<mergeCell ref="A{i}:C{i}"/>' for i in range(1, 1_000_001))
    return excel(sheet(f"<sheetData/><mergeCells>{ranges}</mergeCells>"))


def huge_merge() -> bytes:
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    merges = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return excel(sheet(f"<sheetData>{row}</sheetData>{merges}"))


def large_sheet(size: int) -> bytes:
    noise, rows, number, length = random.Random(1), [], 0, 0
    while length < size:
        number += 1
        rows.append(f'<row r="{number}"><c r="A{number}"><v>{noise.randrange(10**9)}</v></c></row>')
        length += len(rows[-1])
    return excel(sheet(f"<sheetData>{''.join(rows)}</sheetData>"))


def links() -> bytes:
    """Images, templates and objects from elsewhere, none of which is fetched."""
    outside = "http://127.0.0.1:9/a"
    kinds = ("image", "attachedTemplate", "oleObject", "hyperlink", "frame")
    return word(document("<w:p/>"), links=tuple((kind, f"{outside}.{kind}") for kind in kinds))


CASES = (
    Case("entities.docx", nest, quick=True),
    Case("external.docx", external, quick=True),
    Case("bomb-1500mb.docx", bomb),
    Case("bomb-in-image.docx", hidden_bomb),
    Case("lying-size.docx", lying, quick=True),
    Case("lying-size.xlsx", lying_sheet, quick=True),
    Case("bomb-1500mb.xlsx", lambda: excel(swollen("xl/worksheets/sheet1.xml", 1_500 * MEGABYTE))),
    Case("tables-in-tables-80.docx", lambda: deep_tables(80), quick=True, codes=EITHER),
    Case("tables-in-tables-100000.docx", lambda: deep_tables(100_000)),
    Case("wide-cells.docx", wide_cells, EITHER),
    Case("long-table.docx", long_document, EITHER),
    Case("long-paragraph.docx", long_paragraph, EITHER),
    Case("links.docx", links, EITHER, quick=True),
    Case("far-cell.xlsx", far_cell, EITHER, quick=True),
    Case("huge-merge.xlsx", huge_merge, EITHER, quick=True),
    Case("million-merges.xlsx", many_merges, EITHER),
    Case("sheet-60mb.xlsx", lambda: large_sheet(60 * MEGABYTE)),
    Case("sheet-45mb.xlsx", lambda: large_sheet(45 * MEGABYTE), EITHER),
    Case(
        "10000-parts.docx", lambda: word(document(""), *(part(f"a{i}", b"") for i in range(10_000)))
    ),
)
