"""A sheet that lists records under one frozen head, to be filtered and sorted; all cells so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from nianbao.export.book import Book, Sheet
from nianbao.export.figures import place_name
from nianbao.export.styles import style
from nianbao.report import CELL_FIELDS, Report
from nianbao.tables import STATE_WORDS


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its field in the contract or nothing, its Chinese head, its width in digits.

    ``printed`` tells whether it goes on paper: what is the same in all rows, or for programs
    alone, stays on the screen.
    """

    field: str
    head: str
    width: float
    wraps: bool = False
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Word:
    """A word whose colour repeats what it says."""

    text: str
    colour: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a place in this workbook, such as ``'表三'!D6``."""

    text: str
    target: str


class Listing:
    """A list being written; its head tells the Chinese name and the field of each column."""

    def __init__(self, book: Book, name: str, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._sheet = Sheet(book, name, tuple(column.width for column in columns))
        for place, column in enumerate(columns):
            told = f"{column.head}\n{column.field}" if column.field else column.head
            self._sheet.text(0, place, told, style("head"))
        self._count = 0
        page = self._sheet.page
        page.set_row(0, 34)
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        page.set_landscape()

    def add(self, values: Sequence[object]) -> None:
        """Write one record; numbers as numbers, everything else as text."""
        self._count += 1
        needs: list[tuple[str, int, int, float]] = []
        for place, (column, value) in enumerate(zip(self._columns, values, strict=True)):
            self._write(place, value, wraps=column.wraps)
            if column.wraps:
                needs.append((str(value), place, 1, 10))
        self._sheet.height(self._count, needs, least=17)

    def _write(self, place: int, value: object, *, wraps: bool) -> None:
        row, wanted = self._count, style("record", align="left", indent=1, text_wrap=wraps)
        if isinstance(value, (int, Decimal)):
            right = style("record", indent=1, align="right")
            self._sheet.number(row, place, value, right, grouped=False)
        elif isinstance(value, Link):
            self._sheet.link(row, place, value.target, value.text, wanted)
        elif isinstance(value, Word):
            coloured = style("record", align="left", indent=1, font_color=value.colour)
            self._sheet.text(row, place, value.text, coloured)
        else:
            self._sheet.text(row, place, "" if value is None else str(value), wanted)

    def close(self) -> None:
        """Let people filter the records; figures kept as text are no mistake here."""
        page, last = self._sheet.page, len(self._columns) - 1
        page.autofilter(0, 0, self._count, last)
        page.ignore_errors({"number_stored_as_text": f"A1:{place_name(self._count, last)}"})
        printed = [place for place, column in enumerate(self._columns) if column.printed]
        page.print_area(0, printed[0], self._count, printed[-1])


_COLUMNS = {
    "agency": Column("agency", "机关代号", 17, printed=False),
    "year": Column("year", "年度", 8, printed=False),
    "form": Column("form", "格式", 8, printed=False),
    "cell": Column("cell", "单元格代码", 30),
    "label": Column("label", "名称", 72, wraps=True),
    "value": Column("value", "数值", 14),
    "state": Column("state", "状态代码", 13),
    "written": Column("written", "原文", 14),
    "origin": Column("origin", "出处", 24, wraps=True),
}
_STATE = Column("", "状态", 11)


def cells_sheet(book: Book, report: Report) -> None:
    """List every cell of the form with the fields of ``cells.csv``, in form order."""
    after = CELL_FIELDS.index("state") + 1
    columns = [_COLUMNS[field] for field in CELL_FIELDS]
    listing = Listing(book, "单元格", [*columns[:after], _STATE, *columns[after:]])
    for record in report.rows():
        values = [record[field] for field in CELL_FIELDS]
        word = STATE_WORDS[str(record["state"])]
        listing.add([*values[:after], word, *values[after:]])
    listing.close()
