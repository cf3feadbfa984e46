"""Writes PDFs with ruled tables that run over pages."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

from corpus.grids import Box, Grid
from corpus.specimen import Paragraph, Specimen

FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
WIDTHS = {
    2: "(1.2fr, 1fr, 1fr, 1fr)",
    3: "(0.8fr, 1.2fr, 3fr" + ", 1fr" * 7 + ")",
    4: "(" + "1fr, " * 15 + ")",
}
NUMBER = re.compile(r"[\d,.，．-]+")
PAGE_NUMBERS = {"1": '"1"', "- 1 -": '"- 1 -"', "第1页": '"第1页"', None: "none"}


@cache
def fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def write(specimen: Specimen, folder: Path, rng: random.Random) -> Path:
    path = folder / "report.pdf"
    path.write_bytes(compile_pdf(source(specimen, rng)))
    return path


def compile_pdf(text: str, **options: object) -> bytes:
    compiler = typst.Compiler(text.encode(), font_paths=fonts())
    return compiler.compile(format="pdf", **options)


def source(specimen: Specimen, rng: random.Random) -> str:
    """Return the report as typst source."""
    style = specimen.style
    flipped = "true" if style.get("landscape") else "false"
    parts = [
        f'#set page(paper: "{style.get("paper", "a4")}", margin: {style["margin"]}mm, '
        f"flipped: {flipped}, numbering: {PAGE_NUMBERS[style.get('pages')]})",
        f'#set text(font: "{style["font"]}", size: {style["size"]}pt, lang: "zh")',
        "#set table(align: center + horizon, stroke: 0.5pt)",
    ]
    if not style.get("cut"):
        parts.append("#show table.cell: set block(breakable: false)")
    for block in specimen.flow:
        if style.get("cut") and isinstance(block, Grid) and block.number == 3:
            parts.append(f"#v({rng.randint(0, 60)}mm)")
        parts.append(_table(block, style) if isinstance(block, Grid) else _text(block))
    return "\n\n".join(parts)


def _text(block: Paragraph) -> str:
    if block.kind == "title":
        return f"#align(center, text(size: 1.5em, {quoted(block.text)}))"
    return f"#par({quoted(block.text)})"


def _table(grid: Grid, style: dict[str, object]) -> str:
    columns = WIDTHS.get(grid.number, "")
    if style.get("cut"):  # narrow labels make high rows
        columns = columns.replace("3fr", "1fr")
    if columns.count("fr") != grid.width:
        columns = str(grid.width)
    size = 0.8 * min(1, 4 / _digits(grid)) if grid.width > 5 else 1
    rows = grid.rows()
    head = "".join(_cell(box, style) for row in rows[: grid.head] for box in row)
    body = "".join(_cell(box, style) for row in rows[grid.head :] for box in row)
    if any(b.row < grid.head < b.row + b.down for b in grid.boxes) or grid.number == 2:
        head, body = "", head + body
    repeat = "true" if style["repeat"] else "false"
    header = f"table.header(repeat: {repeat}, {head})," if head else ""
    return f"#text(size: {size}em, table(columns: {columns}, {header}{body}))"


def _digits(grid: Grid) -> int:
    """Return the length of the longest number, which must fit between its rules."""
    runs = (run for box in grid.boxes if box.is_number for run in NUMBER.findall(box.text))
    return max(map(len, runs), default=1)


def _cell(box: Box, style: dict[str, object]) -> str:
    spans = f"colspan: {box.across}, rowspan: {box.down}, "
    cut = "true" if style.get("cut") or box.down > 1 else "false"
    return f"table.cell({spans}breakable: {cut}, {quoted(box.text)}),"


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
