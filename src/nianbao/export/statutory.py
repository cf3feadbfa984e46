"""The three official tables as sheets: merged heads, figures as numbers, states made visible."""

from __future__ import annotations

from collections.abc import Mapping

from nianbao.export.book import Book, Sheet
from nianbao.export.footnotes import footnotes
from nianbao.export.marks import SIGN
from nianbao.export.spans import Place, placed
from nianbao.export.styles import INK, QUIET, STATUS_COLOURS, Style, style
from nianbao.export.text import breadth
from nianbao.forms import Table
from nianbao.layout import Figure, GridRow, Head, official_grid
from nianbao.report import Cell, Report
from nianbao.tables import shown, units

Places = dict[str, tuple[int, int]]
"""Where each cell stands on its sheet: ``{code: (row, column)}``, from 0."""

_TOP = 2
"""Rows above the grid: the title, and whose it is."""
_STUBS = {0: (), 1: (26.0,), 3: (5.5, 13.0, 27.0)}
"""Widths of the columns with row heads, by their number."""
_HEAVY = 2
"""The line above and below a table."""
_SUSPECT = {
    "bold": True,
    "font_color": STATUS_COLOURS["failed"],
    "bg_color": "#fde8e3",
    "border": 2,
    "border_color": STATUS_COLOURS["failed"],
    "num_format": f'"{SIGN}"@',
}


def table_sheet(
    book: Book, report: Report, table: Table, marked: Mapping[str, str], remarks: tuple[str, ...]
) -> Places:
    """Write one statutory table as the office knows it, with the figures as published.

    Parameters
    ----------
    book : Book
        The workbook.
    report : Report
        The report.
    table : Table
        The table, as its form prints it.
    marked : mapping of str to str
        What is said about each suspect cell.
    remarks : tuple of str
        What is said about suspect cells below the table.

    Returns
    -------
    dict
        Where each cell stands, so that findings can point to it.
    """
    return _TableSheet(book, report, table, marked).write(remarks)


class _TableSheet:
    """A table being written; its columns are as wide as its longest figure."""

    def __init__(self, book: Book, report: Report, table: Table, marked: Mapping[str, str]) -> None:
        self._report = report
        self._table = table
        self._marked = marked
        self._cells = {c: v for c, v in report.cells.items() if c.startswith(f"{table.id}.")}
        self._grid = official_grid(table)
        block = table.blocks[0]
        self._stub = block.stub_width if block.stub else 0
        self._sheet = Sheet(book, table.name, self._widths())
        self._places: Places = {}

    def _widths(self) -> tuple[float, ...]:
        figures = [
            (SIGN if code in self._marked else "") + f"{cell.value:,}"
            for code, cell in self._cells.items()
            if cell.value is not None
        ]
        least = 20.0 if len(self._table.blocks) > 1 else 6.5
        width = max([least, *(breadth(text) + 1.5 for text in figures)])
        return (*_STUBS[self._stub], *[width] * (self._table.width - self._stub))

    def write(self, remarks: tuple[str, ...]) -> Places:
        """Write all of the sheet and return where each cell stands."""
        self._above()
        for row, (line, cells) in enumerate(placed(self._grid), start=_TOP):
            self._row(row, line, cells)
        self._below([*footnotes(self._report, self._table.id), *remarks])
        page = self._sheet.page
        if len(self._table.blocks) == 1:
            heads = sum(line.head for line in self._grid)
            page.freeze_panes(_TOP + heads, self._stub)
            page.repeat_rows(_TOP, _TOP + heads - 1)
        if self._table.width > 10:
            page.set_landscape()
        return self._places

    def _above(self) -> None:
        table, width = self._table, self._table.width
        title = f"{table.name}　{table.caption}"
        self._sheet.text(0, 0, title, style("title"), (1, width))
        self._sheet.height(0, [(title, 0, width, 14)], least=32)
        left = f"{self._report.name}　{self._report.year}年"
        right = f"单位：{units([self._report.form.cells[code] for code in self._cells])}"
        half = self._stub or width // 2
        self._sheet.text(1, 0, left, style("side"), (1, half))
        self._sheet.text(1, half, right, style("side", align="right"), (1, width - half))
        self._sheet.height(1, [(left, 0, half, 9), (right, half, width - half, 9)])

    def _row(self, row: int, line: GridRow, cells: list[Place]) -> None:
        needs: list[tuple[str, int, int, float]] = []
        for column, cell in cells:
            if isinstance(cell, Head):
                self._head(row, column, line, cell)
                text = cell.text if cell.rowspan == 1 else ""
            else:
                text = self._figure(row, column, line, cell)
            needs.append((text, column, cell.colspan, 10))
        self._sheet.height(row, needs, least=20)

    def _edges(self, row: int, rows: int = 1) -> dict[str, object]:
        """Return the heavy lines of a cell that stands at the table's edge."""
        edges: dict[str, object] = {}
        if row == _TOP:
            edges |= {"top": _HEAVY, "top_color": INK}
        if row + rows == _TOP + len(self._grid):
            edges |= {"bottom": _HEAVY, "bottom_color": INK}
        return edges

    def _head(self, row: int, column: int, line: GridRow, head: Head) -> None:
        name = "head" if line.head else "group" if head.rowspan > 1 else "stub"
        more = self._edges(row, head.rowspan)
        if line.strong and name == "stub":
            more["bold"] = True
        self._sheet.text(row, column, head.text, style(name, **more), (head.rowspan, head.colspan))

    def _figure(self, row: int, column: int, line: GridRow, figure: Figure) -> str:
        """Write a cell as published, and return its words where it has no figure."""
        cell, span = self._cells[figure.code], (1, figure.colspan)
        told = self._marked.get(figure.code, "")
        wanted = _style(cell, self._edges(row), strong=line.strong, suspect=bool(told))
        self._places[figure.code] = (row, column)
        if told:
            self._sheet.comment(row, column, told)
        if cell.value is None:
            self._sheet.text(row, column, shown(cell), wanted, span)
            return shown(cell)
        self._sheet.number(row, column, cell.value, wanted, span, sign=SIGN if told else "")
        return ""

    def _below(self, notes: list[str]) -> None:
        width = self._table.width
        for number, note in enumerate(notes, start=1):
            row = _TOP + len(self._grid) + number - 1
            lead = "注：" if number == 1 else "　　"
            order = f"{number}." if len(notes) > 1 else ""
            told = f"{lead}{order}{note.removesuffix('。')}。"
            self._sheet.text(row, 0, told, style("note"), (1, width))
            self._sheet.height(row, [(told, 0, width, 9)], least=16)


def _style(cell: Cell, edges: Mapping[str, object], *, strong: bool, suspect: bool) -> Style:
    """Make a cell's state visible: in its type, and for a suspect in frame and sign too."""
    more = dict(edges)
    if strong:
        more["bold"] = True
    if cell.value == 0:
        more["font_color"] = QUIET
    if cell.state == "inferred":
        more |= {"italic": True, "underline": 1}
    if suspect:
        more |= _SUSPECT
    return style("figure", **more)
