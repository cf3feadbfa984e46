"""The workbook and its sheets: numbers stay numbers, text stays text, nothing tells the time."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from nianbao.export.figures import exact, number_format
from nianbao.export.styles import ACCENT, INK, SONG, STYLES, Style
from nianbao.export.text import formula_like, lines, plain

_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
"""Stands for the time of making, which is kept out: the same report gives the same bytes."""
_FOOTER = 60
"""Signs of the title that a footer has room for."""
_TITLE = 250
"""Signs that a file's title property has room for."""
_DIGIT = 7.5
"""Pixels of a column's unit: 8 in 宋体, 7 where that font is missing."""


class Book:
    """A workbook in memory, with nothing in it that tells when or where it was made."""

    def __init__(self, title: str) -> None:
        self.title = plain(title)
        self._content = io.BytesIO()
        self.file: Any = xlsxwriter.Workbook(
            self._content,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "default_format_properties": {"font_name": SONG, "font_size": 11},
                "default_column_width": 72,
            },
        )
        self.file.set_properties(
            {"title": self.title[:_TITLE], "author": "nianbao", "created": _EPOCH}
        )
        self._formats: dict[str, Any] = {}

    def format(self, wanted: Style, **more: object) -> Any:
        """Return the format of a style; each is made once."""
        name, own = wanted
        made = {"font_name": SONG, "font_color": INK, "valign": "vcenter", "font_scheme": False}
        properties = made | dict(STYLES[name]) | dict(own) | more
        key = repr(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.file.add_format(properties)
        return self._formats[key]

    def content(self) -> bytes:
        """Close the workbook and return its bytes."""
        self.file.close()
        return self._content.getvalue()


class Sheet:
    """One sheet, printed on A4; rows and columns count from 0, widths in digits."""

    def __init__(self, book: Book, name: str, widths: tuple[float, ...]) -> None:
        self.name = name
        self._book = book
        self._widths = widths
        self.page: Any = book.file.add_worksheet(name)
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)
        self.page.set_paper(9)
        self.page.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
        self.page.fit_to_pages(1, 0)
        self.page.center_horizontally()
        self.page.hide_gridlines(2)
        left = book.title[:_FOOTER].replace("&", "&&").replace("\n", " ")
        self.page.set_footer(f"&L&9{_apart(left)}&C&9第 &P 页，共 &N 页&R&9{name}")

    def text(
        self, row: int, column: int, text: str, wanted: Style, span: tuple[int, int] = (1, 1)
    ) -> None:
        """Write text as text, whatever it begins with."""
        told = plain(text)
        made = self._book.format(wanted, **({"quote_prefix": True} if formula_like(told) else {}))
        self._merge(row, column, span, made)
        if told:
            self.page.write_string(row, column, told, made)
        else:
            self.page.write_blank(row, column, None, made)

    def number(
        self,
        row: int,
        column: int,
        value: int | Decimal,
        wanted: Style,
        span: tuple[int, int] = (1, 1),
        *,
        sign: str = "",
        grouped: bool = True,
    ) -> None:
        """Write a figure as a number with its published decimals.

        One with more digits than a spreadsheet program keeps is written as text.
        """
        if not exact(value):
            self.text(row, column, f"{value:f}", wanted, span)
            return
        made = self._book.format(wanted, num_format=number_format(value, sign, grouped=grouped))
        self._merge(row, column, span, made)
        self.page.write_number(row, column, value, made)

    def link(self, row: int, column: int, target: str, text: str, wanted: Style) -> None:
        """Write a link to a place in this workbook, such as ``'表三'!D6``."""
        made = self._book.format(wanted, font_color=ACCENT, underline=1)
        self.page.write_url(row, column, f"internal:{target}", made, text)

    def comment(self, row: int, column: int, text: str) -> None:
        """Attach a comment that is large enough for its text."""
        height = 20 * lines(text, 300, 9) + 16
        options = {"font_name": SONG, "font_size": 9, "x_scale": 2.4, "height": height}
        self.page.write_comment(row, column, plain(text), options | {"color": "#fff8e5"})

    def height(self, row: int, needs: list[tuple[str, int, int, float]], least: float = 18) -> None:
        """Make a row high enough: (text, column, columns, points) of each of its cells."""
        rows = [lines(text, self._pixels(at, span), size) * size for text, at, span, size in needs]
        self.page.set_row(row, min(400.0, max([least, *(1.4 * points + 6 for points in rows)])))

    def _pixels(self, column: int, columns: int) -> float:
        return sum(width * _DIGIT + 5 for width in self._widths[column : column + columns])

    def _merge(self, row: int, column: int, span: tuple[int, int], made: Any) -> None:
        if span != (1, 1):
            rows, columns = span
            self.page.merge_range(row, column, row + rows - 1, column + columns - 1, "", made)


def _apart(text: str) -> str:
    """Keep digits at the start of a footer from being read as part of the size before them."""
    return f" {text}" if text[:1].isdigit() else text
