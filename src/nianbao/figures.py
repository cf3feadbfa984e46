"""Reads the figures of placed rows: which cell each stands in, or that this is not certain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from nianbao.forms import Form
from nianbao.heads import first_column, in_yuan, official_heads
from nianbao.labels import read_label
from nianbao.lines import FormLine, form_lines
from nianbao.placing import PlacedRow, Placing


class Fit(Enum):
    """How the values of a row fit the columns of its line."""

    EXACT = "exact"
    SHORT = "short"
    SURPLUS = "surplus"
    CONFLICT = "conflict"
    HEADS = "heads"
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
        Whether the row's last cells are empty and were taken for blanks only because heads
        and figures of the whole block stand in the same columns.
    in_yuan : bool
        Whether the head gives amounts in 元 where the form has 万元.
    """

    line: FormLine
    fit: Fit
    placed: PlacedRow | None = None
    values: tuple[Written, ...] = ()
    by_place: bool = False
    in_yuan: bool = False

    def as_short(self) -> LineReading:
        """Return the same row with its places forgotten and only its values kept."""
        values = tuple(value for value in self.values if value.text)
        return LineReading(self.line, Fit.SHORT, self.placed, values)


def read_lines(placing: Placing, form: Form) -> list[LineReading]:
    """Read the figures of every line of the form, in form order."""
    bound = {rule.table for rule in form.rules}
    frames = {index: first_column(placing, index) for index in range(len(placing.blocks))}
    official = {index: official_heads(placing, index, bound) for index in frames}
    readings = []
    for line in form_lines(form):
        rows = _distinct([p for p in placing.rows if p.line == line])
        if len(rows) != 1:
            fit = Fit.CONFLICT if rows else Fit.MISSING
            readings.append(LineReading(line, fit, rows[0] if rows else None))
        elif not official[line.block]:
            readings.append(LineReading(line, Fit.HEADS, rows[0]))
        else:
            reading = _read(rows[0], frames[line.block])
            readings.append(replace(reading, in_yuan=in_yuan(placing, line.block)))
    return _without_lucky_counts(readings, frames)


def _distinct(rows: list[PlacedRow]) -> list[PlacedRow]:
    """Drop rows without any value, repetitions, and aliases beside the official label."""
    filled = [placed for placed in rows if any(placed.row.cells[placed.start :])]
    official = [p for p in filled if read_label(p.written).core == _core(p.line)]
    kept = {_trimmed(p): p for p in reversed(official or filled or rows)}
    return list(kept.values())


def _core(line: FormLine) -> str:
    return read_label(line.path[-1].label).core


def _trimmed(placed: PlacedRow) -> tuple[str, ...]:
    """Return a row's values without empty cells at its edges."""
    cells = placed.row.cells[placed.start :]
    filled = [i for i, cell in enumerate(cells) if cell]
    return cells[filled[0] : filled[-1] + 1] if filled else ()


def _without_lucky_counts(
    readings: list[LineReading], frames: Mapping[int, int | None]
) -> list[LineReading]:
    """Distrust rows that fit by count alone where most rows of the block hold too many values."""
    fits = Counter((r.line.block, r.fit) for r in readings)
    blocks = {r.line.block for r in readings}
    crowded = {b for b in blocks if fits[b, Fit.SURPLUS] > fits[b, Fit.EXACT]}
    return [
        replace(r, fit=Fit.SURPLUS)
        if r.fit is Fit.EXACT and r.line.block in crowded and frames[r.line.block] is None
        else r
        for r in readings
    ]


def _read(placed: PlacedRow, frame: int | None) -> LineReading:
    """Fit one row's values to its columns."""
    count = len(placed.line.codes)
    filled = [i for i in range(placed.start, len(placed.row.cells)) if placed.row.cells[i]]
    if frame is not None:
        indexes: Sequence[int] = range(frame, frame + count)
        at_edge = not placed.row.cells[indexes[-1]]
        return LineReading(
            placed.line,
            Fit.EXACT,
            placed,
            _at(placed, indexes),
            at_edge and bool(filled) and count > 1,
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
