"""Writes Word documents with tables merged as Word itself writes them."""

from __future__ import annotations

import random
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.grids import Box, Grid
from corpus.specimen import Paragraph, Specimen

NAMESPACE = nsdecls("w")
SPACE = 'xml:space="preserve"'


def write(specimen: Specimen, folder: Path, rng: random.Random) -> Path:
    document = Document()
    for block in specimen.flow:
        if isinstance(block, Grid):
            _append(document, table_xml(block, specimen.style, rng))
            document.add_paragraph("")
        else:
            _paragraph(document, block, specimen.style)
    path = folder / "report.docx"
    document.save(path)
    return path


def _paragraph(document, block: Paragraph, style: dict[str, object]) -> None:
    if block.kind == "text":
        document.add_paragraph(block.text)
    elif style["headings"] == "style":
        document.add_heading(block.text, level=0 if block.kind == "title" else 1)
    else:
        document.add_paragraph().add_run(block.text).bold = True


def _append(document, xml: str) -> None:
    document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def table_xml(grid: Grid, style: dict[str, object], rng: random.Random) -> str:
    rows = [_row(grid, number, style, rng) for number in range(grid.height)]
    columns = '<w:gridCol w:w="900"/>' * grid.width
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table = (
        f'<w:tbl {NAMESPACE}><w:tblPr><w:tblW w:w="0" w:type="auto"/>'
        f"<w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    if not style.get("nested"):
        return table
    inner = table.replace(f" {NAMESPACE}", "")
    return (
        f'<w:tbl {NAMESPACE}><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>'
        f"<w:tr><w:tc><w:tcPr/>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    )


def _row(grid: Grid, number: int, style: dict[str, object], rng: random.Random) -> str:
    cells, seen, missing = [], set(), 0
    for box in grid.places()[number]:
        if box is None:
            missing += 1
        elif id(box) not in seen:
            seen.add(id(box))
            cells.append(_cell(box, number, style, rng))
    properties = "<w:tblHeader/>" * (number < grid.head and bool(style.get("header_row")))
    if missing and style.get("grid_after", rng.random() < 0.5):
        properties = f'<w:gridAfter w:val="{missing}"/>' + properties
    head = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{head}{''.join(cells)}</w:tr>"


def _cell(box: Box, row: int, style: dict[str, object], rng: random.Random) -> str:
    properties = f'<w:gridSpan w:val="{box.across}"/>' * (box.across > 1)
    if box.down > 1:
        properties += '<w:vMerge w:val="restart"/>' if row == box.row else "<w:vMerge/>"
    text = box.text if row == box.row else ""
    paragraphs = "".join(f"<w:p>{_runs(line, box, style, rng)}</w:p>" for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def _runs(text: str, box: Box, style: dict[str, object], rng: random.Random) -> str:
    if not text:
        return ""
    size = rng.randint(1, 2) if style.get("runs") else len(text)
    runs = [_run(text[at : at + size]) for at in range(0, len(text), size)]
    written = "".join(runs)
    if style.get("tracked") and box.is_number and rng.random() < 0.3:
        mark = 'w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z"'
        gone = f"<w:del {mark}><w:r><w:delText>{rng.randint(1, 9)}</w:delText></w:r></w:del>"
        return f"{gone}<w:ins {mark}>{written}</w:ins>"
    return written


def _run(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f"<w:r><w:t {SPACE}>{escaped}</w:t></w:r>"
