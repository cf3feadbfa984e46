"""Writes workbooks: one sheet or a sheet for each table, numbers typed or as text."""

from __future__ import annotations

import random
import re
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from corpus.grids import Box, Grid
from corpus.specimen import Paragraph, Specimen

NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d+)?")
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
NAMES = {0: "附表", 2: "表二", 3: "表三", 4: "表四"}


def write(specimen: Specimen, folder: Path, rng: random.Random) -> Path:
    path = folder / "report.xlsx"
    save(specimen.flow, specimen.style, path)
    return path


def save(flow: list[Paragraph | Grid], style: dict[str, object], path: Path) -> None:
    """Write a flow of paragraphs and tables; each sheet begins with what stands above."""
    book = Workbook()
    sheet, row = book.active, 1 + int(style.get("margin", 0))
    sheet.title = "报告"
    for block in flow:
        if isinstance(block, Grid):
            row = _table(sheet, block, style, row) + 1
            continue
        if style.get("sheets") == "each" and block.kind == "heading":
            sheet = book.create_sheet(f"{NAMES.get(block.section, '文字')}{len(book.sheetnames)}")
            row = 1 + int(style.get("margin", 0))
        left = 1 + int(style.get("margin", 0))
        sheet.cell(row, left, block.text)
        sheet.merge_cells(start_row=row, end_row=row, start_column=left, end_column=left + 9)
        row += 1
    book.save(path)


def _table(sheet: Worksheet, grid: Grid, style: dict[str, object], top: int) -> int:
    left = 1 + int(style.get("margin", 0))
    for box in grid.boxes:
        row, column = top + box.row, left + box.column
        if box.text:
            cell = sheet.cell(row, column)
            cell.value = _value(box, style, row, column)
            cell.alignment = CENTRED
            if isinstance(cell.value, (int, float)) and style.get("number_format"):
                cell.number_format = str(style["number_format"])
        if box.across > 1 or box.down > 1:
            sheet.merge_cells(
                start_row=row,
                end_row=row + box.down - 1,
                start_column=column,
                end_column=column + box.across - 1,
            )
    return top + grid.height


def _value(box: Box, style: dict[str, object], row: int, column: int) -> object:
    is_total = box.key.startswith("t3.") and box.key.endswith(".total")
    if style.get("formulas") and is_total:
        first, last = get_column_letter(column - 6), get_column_letter(column - 1)
        return f"=SUM({first}{row}:{last}{row})"
    if style.get("typed") and box.is_number and NUMBER.fullmatch(box.text):
        return float(box.text) if "." in box.text else int(box.text)
    return box.text
