"""Reads the figures of placed rows: which cell each stands in, or that this is not certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from nianbao.forms import Form
from nianbao.labels import read_label
from nianbao.lines import FormLine, form_lines
from nianbao.placing import PlacedRow, Placing


class Fit(Enum):
    """How the values of a row fit the columns of its line."""

    EXACT = "exact"
    SHORT = "short"
    SURPLUS = "surplus"
    CONFLICT = "conflict"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in one place of the source."""

    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class LineReading:
    """The figures found for one line of the form.

    Attributes
    ----------
    placed : PlacedRow or None
        The row; None where the document has none for this line.
    values : tuple of Written
        In state EXACT one for each column, blanks included; else what the row holds, in order.
    by_place : bool
        Whether an empty cell at the row's edge was taken for a blank because heads and
        figures of the whole block stand in the same columns.
    """

    line: FormLine
    fit: Fit
    placed: PlacedRow | None = None
    values: tuple[Written, ...] = ()
    by_place: bool = False

    def as_short(self) -> LineReading:
        """Return the same row with its places forgotten and only its values kept."""
        values = tuple(value for value in self.values if value.text)
        return LineReading(self.line, Fit.SHORT, self.placed, values)


def read_lines(placing: Placing, form: Form) -> list[LineReading]:
    """Read the figures of every line of the form, in form order."""
    frames = {index: _frame(placing, index) for index in range(len(placing.blocks))}
    readings = []
    for line in form_lines(form):
        rows = _distinct([p for p in placing.rows if p.line == line])
        if len(rows) == 1:
            readings.append(_read(rows[0], frames[line.block]))
        else:
            fit = Fit.CONFLICT if rows else Fit.MISSING
            readings.append(LineReading(line, fit, rows[0] if rows else None))
    return readings


def _distinct(rows: list[PlacedRow]) -> list[PlacedRow]:
    """Drop rows without any value and repetitions of the same values."""
    filled = [placed for placed in rows if any(placed.row.cells[placed.start :])]
    kept = {tuple(filter(None, p.row.cells[p.start :])): p for p in reversed(filled or rows)}
    return list(kept.values())


def _frame(placing: Placing, block: int) -> int | None:
    """Return the column in which a block's figures begin, if heads and all rows agree on it.

    A flattened table may have shifted rows; a place in it counts only where every row of the
    block keeps its figures under the heads and is as wide as they are.
    """
    columns = placing.blocks[block].columns
    heads = [[read_label(cell).core for cell in row.cells] for row in placing.heads.get(block, [])]
    rows = [placed for placed in placing.rows if placed.line.block == block]
    width = max((len(head) for head in heads), default=0)
    for base in range(width - len(columns) + 1):
        under = all(
            any(base + k < len(head) and head[base + k] in names for head in heads)
            for k, names in enumerate(columns)
        )
        if under and all(_inside(placed, base, base + len(columns)) for placed in rows):
            return base
    return None


def _inside(placed: PlacedRow, first: int, end: int) -> bool:
    cells = placed.row.cells
    return (
        placed.start <= first
        and len(cells) >= end
        and not any(cells[placed.start : first])
        and not any(cells[end:])
    )


def _read(placed: PlacedRow, frame: int | None) -> LineReading:
    """Fit one row's values to its columns."""
    count = len(placed.line.codes)
    filled = [i for i in range(placed.start, len(placed.row.cells)) if placed.row.cells[i]]
    if frame is not None:
        indexes: Sequence[int] = range(frame, frame + count)
        at_edge = not (placed.row.cells[indexes[0]] and placed.row.cells[indexes[-1]])
        return LineReading(
            placed.line, Fit.EXACT, placed, _at(placed, indexes), at_edge and bool(filled)
        )
    if not filled:
        blank = Written("", placed.row.origin)
        return LineReading(placed.line, Fit.EXACT, placed, (blank,) * count)
    span = range(filled[0], filled[-1] + 1)
    if len(filled) == count or len(span) == count:
        indexes = filled if len(filled) == count else span
        return LineReading(placed.line, Fit.EXACT, placed, _at(placed, indexes))
    fit = Fit.SHORT if len(filled) < count else Fit.SURPLUS
    return LineReading(placed.line, fit, placed, _at(placed, filled))


def _at(placed: PlacedRow, indexes: Sequence[int]) -> tuple[Written, ...]:
    return tuple(Written(placed.row.cells[i], placed.row.place(i)) for i in indexes)
