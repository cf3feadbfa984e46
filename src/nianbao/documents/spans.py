"""Lays cells with spans out on a grid, as browsers and word processors do, within limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.documents.structure import Merge, Row

MAX_COLUMNS = 60
"""The widest statutory table has 15 columns; a longer row is cut off here."""
MAX_ROWS = 500
"""The longest statutory table has 28 rows; rows beyond this are not read."""


@dataclass(frozen=True, slots=True)
class Span:
    """A cell as written in the source: its text and how many columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class _Held:
    """A cell that reaches down into rows below."""

    first: int
    end: int
    text: str
    left: int


def lay_out(rows: Sequence[Sequence[Span]], grid: int, origin: str) -> list[Row]:
    """Turn rows of spanning cells into rows of a grid.

    Parameters
    ----------
    rows : sequence of sequence of Span
        The cells of each row in the order of the source; a cell stands in the first place
        that no cell from above covers. Spans are cut to the limits and to the table's end.
    grid : int
        The table's number in the document.
    origin : str
        What the table is called, for example ``表格2``.

    Returns
    -------
    list of Row
        A row is as wide as its own cells and those that hang down into it: a row that lacks
        a cell is shorter than the others, and says so by that.
    """
    held: list[_Held] = []
    found = []
    for number, spans in enumerate(rows[:MAX_ROWS]):
        depth = min(len(rows), MAX_ROWS) - number
        row, held = _row(spans, held, depth)
        cells, merges = row
        found.append(Row(cells, f"{origin}第{number + 1}行", grid, merges))
    return found


def _row(
    spans: Sequence[Span], above: Sequence[_Held], depth: int
) -> tuple[tuple[tuple[str, ...], tuple[Merge, ...]], list[_Held]]:
    """Lay out one row; return its texts and merges, and what hangs down from it."""
    texts: dict[int, str] = {i: "" for held in above for i in range(held.first, held.end)}
    merges = [Merge(h.first, h.end, h.text, above=True, below=h.left > 1) for h in above]
    hanging = [_Held(h.first, h.end, h.text, h.left - 1) for h in above if h.left > 1]
    column = 0
    for span in spans:
        while column in texts:
            column += 1
        if column >= MAX_COLUMNS:
            break
        end = column + 1
        while end < min(column + span.columns, MAX_COLUMNS) and end not in texts:
            end += 1
        texts |= dict.fromkeys(range(column, end), "")
        texts[column] = span.text
        down = max(1, min(span.rows, depth))
        if end - column > 1 or down > 1:
            merges.append(Merge(column, end, span.text, below=down > 1))
        if down > 1:
            hanging.append(_Held(column, end, span.text, down - 1))
        column = end
    width = max(texts, default=-1) + 1
    cells = tuple(texts.get(i, "") for i in range(width))
    return (cells, tuple(sorted(merges, key=lambda m: m.first))), hanging
