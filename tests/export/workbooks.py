"""Opens exported workbooks again, and states anew where each cell of a form belongs."""

import io
from decimal import Decimal
from functools import cache

from openpyxl import load_workbook

from boards import VARIANTS, Board, codes, four, three, two
from nianbao.export import workbook
from nianbao.findings import check_report

TOP = 3
"""The row where the official grid begins, from 1."""


def opened(report, findings=None):
    """Return a report's workbook as openpyxl reads it."""
    made = workbook(report, check_report(report) if findings is None else findings)
    return load_workbook(io.BytesIO(made), rich_text=False)


def official(written, variant="2021") -> dict[str, Board]:
    """Return the three boards by sheet; see ``boards``."""
    form, lines, _ = VARIANTS[variant]
    return {"表二": two(written, form), "表三": three(written, lines), "表四": four(written)}


def laid(board: Board) -> tuple[dict[tuple[int, int], str], set[tuple[int, int, int, int]]]:
    """Return texts by (row, column), and merges as (row, column, row, column), from 1."""
    texts, merges, taken = {}, set(), set()
    for row, cells in enumerate(board, start=TOP):
        column = 1
        for span in cells:
            while (row, column) in taken:
                column += 1
            last = (row + span.rows - 1, column + span.columns - 1)
            texts[row, column] = span.text
            if last != (row, column):
                merges.add((row, column, *last))
            for down in range(row, last[0] + 1):
                taken |= {(down, right) for right in range(column, last[1] + 1)}
            column = last[1] + 1
    return texts, merges


@cache
def places(variant="2021") -> dict[str, tuple[str, int, int]]:
    """Return where each cell of a form stands: ``{code: (sheet, row, column)}``."""
    names = {code: code for code in codes(variant)}
    found = {}
    for sheet, board in official(names, variant).items():
        for (row, column), text in laid(board)[0].items():
            if text in names:
                found[text] = (sheet, row, column)
    return found


def figure(book, code, variant="2021"):
    """Return the cell of a workbook that shows a cell of the form."""
    sheet, row, column = places(variant)[code]
    return book[sheet].cell(row, column)


def as_number(text: str):
    """Return the number that a printed figure means."""
    return Decimal(text) if "." in text else int(text)


def rows(sheet) -> list[dict[str, object]]:
    """Return a list's records by the fields that its head names."""
    head, *body = sheet.iter_rows(values_only=True)
    fields = [str(name).rpartition("\n")[2] for name in head]
    return [dict(zip(fields, row, strict=True)) for row in body]


def notes(sheet):
    """Return what stands below a table."""
    rows = [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)]
    first = next((i for i, text in enumerate(rows) if str(text).startswith("注：")), len(rows))
    return [str(text) for text in rows[first:]]
