"""Reads the figures of placed rows: which cell each stands in, or that this is not certain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from nianbao.columns import Columns
from nianbao.documents.structure import Row
from nianbao.forms import Form
from nianbao.heads import Frames
from nianbao.labels import read_label
from nianbao.lines import FormLine, form_lines
from nianbao.placing import FEW, PlacedRow, Placing, is_figure


class Fit(Enum):
    """How the values of a row fit the columns of its line."""

    EXACT = "exact"
    SHORT = "short"
    SURPLUS = "surplus"
    CONFLICT = "conflict"
    HEADS = "heads"
    MISSING = "missing"
    TORN = "torn"


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in one place of the source; not ``clear`` where it may belong elsewhere too."""

    text: str
    origin: str
    clear: bool = True


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
    unit : str
        The unit of money stated nearest to the row; nothing where none is.
    """

    line: FormLine
    fit: Fit
    placed: PlacedRow | None = None
    values: tuple[Written, ...] = ()
    by_place: bool = False
    unit: str = ""

    def as_short(self) -> LineReading:
        """Return the same row with its places forgotten and only its values kept."""
        values = tuple(value for value in self.values if value.text)
        return LineReading(self.line, Fit.SHORT, self.placed, values)


def read_lines(placing: Placing, form: Form, frames: Frames) -> list[LineReading]:
    """Read the figures of every line of the form, in form order."""
    readings = []
    for line in form_lines(form):
        claims = [p for p in placing.rows if p.line == line]
        rows = _distinct(claims)
        placing.unplaced += _passed_over(claims, rows)
        if len(rows) == 1:
            readings.append(_read(rows[0], frames))
        else:
            fit = Fit.CONFLICT if rows else Fit.MISSING
            readings.append(LineReading(line, fit, rows[0] if rows else None))
    return _without_lucky_counts(readings, frames)


def _distinct(rows: list[PlacedRow]) -> list[PlacedRow]:
    """Drop repetitions, and within one table blank rows and aliases beside the official label."""
    kept: list[PlacedRow] = []
    for place in dict.fromkeys(placed.place for placed in rows):
        here = [placed for placed in rows if placed.place == place]
        filled = [placed for placed in here if any(placed.row.cells[placed.start :])]
        official = [p for p in filled if read_label(p.written).core == _core(p.line)]
        doubtful = len(filled) < len(here) and not any(map(_is_full, filled))
        kept += here if doubtful and not here[0].line.labelled else official or filled or here
    return list({_trimmed(placed): placed for placed in reversed(kept)}.values())


def _is_full(placed: PlacedRow) -> bool:
    """Whether a row without a label holds more than a stray number or two."""
    return sum(map(bool, placed.row.cells[placed.start :])) >= FEW


def _passed_over(claims: Sequence[PlacedRow], rows: Sequence[PlacedRow]) -> list[Row]:
    """Return the rows with figures of their own that gave way to the official label."""
    kept = {_trimmed(placed) for placed in rows}
    return [p.row for p in claims if _trimmed(p) and _trimmed(p) not in kept]


def _core(line: FormLine) -> str:
    return read_label(line.path[-1].label).core


def _trimmed(placed: PlacedRow) -> tuple[str, ...]:
    """Return a row's values without empty cells at its edges."""
    cells = placed.row.cells[placed.start :]
    filled = [i for i, cell in enumerate(cells) if cell]
    return cells[filled[0] : filled[-1] + 1] if filled else ()


def _without_lucky_counts(readings: list[LineReading], frames: Frames) -> list[LineReading]:
    """Distrust rows that fit by count alone where most rows of the block hold too many values."""
    fits = Counter((r.line.block, r.fit) for r in readings)
    blocks = {r.line.block for r in readings}
    crowded = {b for b in blocks if fits[b, Fit.SURPLUS] > fits[b, Fit.EXACT]}
    return [
        replace(r, fit=Fit.SURPLUS)
        if r.fit is Fit.EXACT
        and r.line.block in crowded
        and not (r.placed and frames.sure(r.placed))
        else r
        for r in readings
    ]


def _read(placed: PlacedRow, frames: Frames) -> LineReading:
    """Fit one row's values to its columns: by their heads, else by their number."""
    index = placed.line.block
    if placed.torn:
        return LineReading(placed.line, Fit.TORN, placed)
    columns = frames.columns(index, placed.row, placed.heads)
    values = under_heads(placed.row, placed.start, columns) if columns else None
    if values is not None:
        reading = LineReading(placed.line, Fit.EXACT, placed, values)
    elif not frames.official(placed):
        return LineReading(placed.line, Fit.HEADS, placed)
    else:
        reading = _counted(placed, frames.first(index), frames.order(placed))
    return replace(reading, unit=frames.unit(placed))


def under_heads(row: Row, start: int, columns: Columns) -> tuple[Written, ...] | None:
    """Read what stands under each head; None where a row does not lie under its heads."""
    if start > columns.first or any(len(row.cells) <= span[0] for span in columns.places):
        return None
    headed = {place for span in columns.places for place in span} | set(columns.added)
    if any(cell and place not in headed for place, cell in enumerate(row.cells) if place >= start):
        return None
    return tuple(_content(row, span) for span in columns.places)


def _content(row: Row, span: range) -> Written:
    """Read the one cell under a head; several, or one that reaches beyond it, are not clear."""
    cells = {}
    clear = row.unclear.isdisjoint(span)
    for place in span:
        merge = row.merged(place)
        text = merge.text if merge else row.cells[place] if place < len(row.cells) else ""
        if text:
            cells[place] = text
            beyond = merge and (merge.first < span[0] or merge.end > span[-1] + 1)
            clear = clear and not (merge and (beyond or merge.above or merge.below))
    clear = clear and len(set(cells.values())) < 2
    place = min(cells, default=span[0])
    return Written(cells.get(place, ""), row.place(place), clear)


def _counted(placed: PlacedRow, frame: int | None, order: Sequence[int | None]) -> LineReading:
    """Fit a row's values by their number, where no place is certain."""
    count = len(placed.line.codes)
    filled = [i for i in range(placed.start, len(placed.row.cells)) if placed.row.cells[i]]
    if len(order) > count:
        own = [i for i, k in zip(filled, order, strict=False) if k is not None]
        fit = Fit.EXACT if len(filled) == len(order) else Fit.SURPLUS
        return LineReading(
            placed.line, fit, placed, _at(placed, own if fit is Fit.EXACT else filled)
        )
    if frame is not None:
        indexes: Sequence[int] = range(frame, frame + count)
        at_edge = not placed.row.cells[indexes[-1]]
        doubtful = at_edge and bool(filled) and count > 1
        return LineReading(placed.line, Fit.EXACT, placed, _at(placed, indexes), doubtful)
    if not filled and placed.row.grid is None and len(placed.row.cells) - placed.start < count:
        # Text without places shows a blank cell no more than a lost one.
        return LineReading(placed.line, Fit.SHORT, placed)
    if not filled:
        blank = Written("", placed.row.origin)
        return LineReading(placed.line, Fit.EXACT, placed, (blank,) * count)
    span = range(filled[0], filled[-1] + 1)
    if _torn(placed, filled):
        return LineReading(placed.line, Fit.SURPLUS, placed, _at(placed, filled))
    if len(filled) == count or len(span) == count:
        indexes = filled if len(filled) == count else span
        return LineReading(placed.line, Fit.EXACT, placed, _at(placed, indexes))
    fit = Fit.SHORT if len(filled) < count else Fit.SURPLUS
    return LineReading(placed.line, fit, placed, _at(placed, filled))


def _torn(placed: PlacedRow, filled: Sequence[int]) -> bool:
    """Whether words follow the label of a row without columns: perhaps the rest of the label."""
    if not filled or filled[0] != placed.start or not placed.line.labelled:
        return False
    first = placed.row.cells[filled[0]]
    return not is_figure(first) and not any(sign.isdigit() for sign in first)


def _at(placed: PlacedRow, indexes: Sequence[int]) -> tuple[Written, ...]:
    row = placed.row
    return tuple(Written(row.cells[i], row.place(i), i not in row.unclear) for i in indexes)
