"""Reads Excel workbooks (.xlsx): each sheet as a grid with its merged cells and true cell names."""

from __future__ import annotations

import io
import re
from datetime import date, time, timedelta
from decimal import Decimal

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from nianbao.documents.dress import dress
from nianbao.documents.ooxml import Package
from nianbao.documents.spans import MAX_COLUMNS, MAX_ROWS
from nianbao.documents.structure import Block, Boundary, Document, Remark
from nianbao.documents.xlsx.layout import Grid, Range, cell_name, merged_cells
from nianbao.documents.xlsx.sheets import Book, Markup, Note
from nianbao.errors import UnreadableError
from nianbao.values import INVISIBLE

__all__ = ["read_xlsx"]

MAX_SHEETS = 30
"""A report has one sheet, or one for each table."""
MAX_AREA = 1_000_000
"""Cells between the first and the last that is filled: all of them are held in memory."""
_MAX_NAME = 31
_MAX_MERGES = 20_000

Value = float | str | bool | date | time | timedelta


def read_xlsx(content: bytes, name: str) -> Document:
    """Read the visible sheets of a workbook.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        Its name, for messages.

    Raises
    ------
    UnreadableError
        Where it is encrypted, damaged, carries macros, is no workbook, or a stray cell lies
        so far off that the sheet cannot be held in memory.
    """
    package = Package(content, name, ".xlsx")
    book = Book(package)
    with package.guarded("工作簿"):
        try:
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
            return _Reader(name, workbook, book).document()
        except CalamineError as error:
            raise ValueError from error


class _Reader:
    """One pass through the sheets of a workbook."""

    def __init__(self, name: str, workbook: CalamineWorkbook, book: Book) -> None:
        self._name = name
        self._workbook = workbook
        self._book = book
        self._blocks: list[Block] = []
        self._remarks: list[Remark] = []

    def document(self) -> Document:
        """Read all sheets that are seen."""
        for index, metadata in enumerate(self._workbook.sheets_metadata):
            if metadata.typ is not SheetTypeEnum.WorkSheet:
                continue
            title = re.sub(r"\s+", " ", metadata.name)[:_MAX_NAME]
            if index >= MAX_SHEETS:
                message = f"工作簿的工作表超过 {MAX_SHEETS} 个，之后的没有读取。"
                self._remarks.append(Remark("sheets_cut", message))
                break
            if metadata.visible is SheetVisibleEnum.Visible:
                self._sheet(index, title)
            else:
                message = f"工作表“{title}”是隐藏的，没有读取。如需读取，请取消隐藏后另存。"
                self._remark("sheet_hidden", message, title)
        return Document(self._name, tuple(self._blocks), tuple(self._remarks))

    def _remark(self, code: str, message: str, title: str) -> None:
        self._remarks.append(Remark(code, message, f"工作表“{title}”"))

    def _sheet(self, index: int, title: str) -> None:
        markup = self._book.markup(index)
        rows, columns = markup.last_row + 1, markup.last_column + 1
        if not rows:
            return
        area = (rows - markup.first_row) * (columns - markup.first_column)
        if area > MAX_AREA:
            raise UnreadableError(
                f"{self._name}：工作表“{title}”的内容一直伸展到单元格 "
                f"{cell_name(rows - 1, columns - 1)}，范围过大。"
                "请删除表格以外的多余内容，另存后再试。"
            )
        sheet = self._workbook.get_sheet_by_index(index)
        texts = _texts(sheet, markup, min(rows, MAX_ROWS), min(columns, MAX_COLUMNS))
        ranges = (sheet.merged_cell_ranges or [])[:_MAX_MERGES]
        texts, merged = _widened(texts, ranges)
        grid = Grid(title, index + 1, texts, merged)
        self._blocks += [Boundary(title), *grid.blocks()]
        self._warn(markup, title)

    def _warn(self, markup: Markup, title: str) -> None:
        """Say what of a sheet was not read, or is not what it looks like."""
        rows, columns = markup.last_row + 1, markup.last_column + 1
        if rows > MAX_ROWS or columns > MAX_COLUMNS:
            message = (
                f"工作表“{title}”用到第 {rows} 行、第 {columns} 列，"
                f"只读取前 {MAX_ROWS} 行、前 {MAX_COLUMNS} 列。"
            )
            self._remark("sheet_cut", message, title)
        if markup.formulas:
            message = (
                f"工作表“{title}”有 {markup.formulas} 个公式，按文件里最后保存的结果读取；"
                "没有保存结果的公式读作无法读取。"
            )
            self._remark("formulas", message, title)
        if markup.hidden:
            message = f"工作表“{title}”有隐藏的行或列，其中的内容也读取了。请核对。"
            self._remark("cells_hidden", message, title)


def _texts(sheet: CalamineSheet, markup: Markup, rows: int, columns: int) -> list[list[str]]:
    """Write the values of a sheet from A1 on as texts."""
    top, left = sheet.start or (0, 0)
    # Without its empty edges: a table far down must not cost the rows above it.
    wanted = max(0, rows - top)
    values = sheet.to_python(skip_empty_area=True, nrows=wanted) if wanted else []
    found = [[""] * columns for _ in range(rows)]
    for row in range(rows):
        line = values[row - top] if 0 <= row - top < len(values) else []
        for column in range(columns):
            value = line[column - left] if 0 <= column - left < len(line) else ""
            note = markup.notes.get((row, column), Note())
            stored = markup.figures.get((row, column))
            found[row][column] = _noted(value, note) + _contradiction(value, note, stored)
    return found


def _contradiction(value: Value, note: Note, stored: str | None) -> str:
    """Mark a figure that the library reads otherwise than the markup has it.

    A comment inside a figure is enough for that: the library stops reading there.
    """
    if note.text is not None or isinstance(value, bool | date | time | timedelta):
        return ""
    try:
        read = None if isinstance(value, str) else float(value)
        same = read == (None if stored is None else float(stored))
    except ValueError:
        same = False
    return "" if same else f"〔文件中存为“{(stored or '')[:30]}”〕"


def _widened(
    texts: list[list[str]], ranges: list[Range]
) -> tuple[list[list[str]], dict[tuple[int, int], Range]]:
    """Let merged cells that begin in the used columns reach beyond them."""
    height, width = len(texts), len(texts[0])
    begun = [found for found in ranges if found[0][0] < height and found[0][1] < width]
    wide = max(width, min(MAX_COLUMNS, max((found[1][1] + 1 for found in begun), default=0)))
    texts = [line + [""] * (wide - width) for line in texts]
    return texts, merged_cells(begun, height, wide)


def _noted(value: Value, note: Note) -> str:
    """Write one cell, with what its markup adds."""
    if note.text is not None:
        text = note.text
    elif isinstance(value, float | int) and not isinstance(value, bool) and value >= 0:
        text = f"{note.look.before}{_written(value)}{note.look.after}"
    else:
        text = _written(value)
    text = INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\t", "  ")
    return dress(text.strip(), struck=note.look.struck, height=note.look.height)


def _written(value: Value) -> str:
    """Write a value as Excel shows it without any format: 15 digits, and no exponent."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, timedelta):
        return f"PT{value.total_seconds():.0f}S"
    if isinstance(value, date | time):
        return value.isoformat()
    number = Decimal(format(value, ".15g"))
    return format(number.normalize() if number else Decimal(0), "f")
