"""Rows of floating bars from one zero line downwards, each joined to the next where they meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from nianbao.charts import font
from nianbao.charts.canvas import CROSS, FAILED, INK, LINE, QUIET, RULE, Canvas, Drawing
from nianbao.charts.naming import folded

_ROW, _THICK, _YEAR, _GAP, _AFTER = 24, 14, 12, 12, 8
_HAIRLINE = 1.0
"""A bar is never thinner than this (px), so that something is seen; its number tells the rest."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row: a bar between two figures, its name and its number.

    Attributes
    ----------
    label, text : str
        What stands at the left, and at the bar's right end.
    start, end : int or None
        Where the bar begins and ends (件); both None where its figure is not known.
    colour : str or None
        Its fill; None for an outline alone, which belongs to another series.
    enter, leave : int or None
        Where it should meet the row above, and where it meets the one below; None for nowhere.
    year : str
        Heading over the first row of a year.
    differs : str
        By how much ``enter`` and ``end`` differ, where they must not: the gap is hatched.
    """

    label: str
    text: str
    start: int | None
    end: int | None
    colour: str | None
    enter: int | None = None
    leave: int | None = None
    year: str = ""
    differs: str = ""

    @property
    def bounds(self) -> tuple[int, int]:
        """The lowest and the highest figure that the row shows, zero included."""
        shown = [n for n in (self.start, self.end, self.enter) if n is not None]
        return min([0, *shown]), max([0, *shown])


@dataclass(frozen=True, slots=True)
class Tear:
    """A place where the series is torn, with the words that say why."""

    words: str


Row: TypeAlias = Step | Tear


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where things stand at one width: years in a column of their own, or above their rows."""

    width: int
    years: float
    labels: float
    start: float
    low: int
    scale: float
    told: bool

    def x(self, figure: int) -> float:
        """Return where a figure stands on the sheet."""
        return self.start + (figure - self.low) * self.scale

    def row(self, step: Step) -> float:
        """Return how high the row is without its year's heading: a long name takes lines."""
        return max(_ROW, len(folded(step.label, self.labels, 3)) * LINE + 2)


def draw_waterfall(width: int, rows: Sequence[Row], notes: Sequence[str] = ()) -> Drawing:
    """Draw rows at one width (CSS px), with notes about what differs below them."""
    layout = _layout(width, [row for row in rows if isinstance(row, Step)])
    heights = [_height(row, layout, not number) for number, row in enumerate(rows)]
    closing = [line for note in notes for line in font.wrap(note, width)]
    canvas = Canvas(width, sum(heights) + (len(closing) * LINE + 10 if closing else 0) + 4)
    middles: list[float] = []
    top = 0.0
    for row, height in zip(rows, heights, strict=True):
        top += height
        middles.append(top - (layout.row(row) / 2 if isinstance(row, Step) else height / 2))
        if isinstance(row, Tear):
            _tear(canvas, row, top, height)
    _lines(canvas, layout, rows, middles)
    for row, middle in zip(rows, middles, strict=True):
        if isinstance(row, Step):
            _names(canvas, layout, row, middle)
            _bar(canvas, layout, row, middle)
            _figure(canvas, layout, row, middle)
    for number, line in enumerate(closing):
        canvas.text(0, top + 10 + (number + 0.5) * LINE, line, FAILED)
    return canvas.drawing()


def _layout(width: int, steps: Sequence[Step]) -> _Layout:
    most = width * 0.42
    names = [line for step in steps for line in folded(step.label, most, 3)]
    labels = min(font.widest(names), most) + _GAP
    years = font.widest([step.year for step in steps]) + _GAP
    beside = years + labels < width * 0.4
    start = labels + (years if beside else 0)
    room = width - start - _AFTER
    # Where the size of a gap has no room beside its bar, the note below tells it.
    told = max(_written(step, True) for step in steps) < room * 0.6
    low = min(step.bounds[0] for step in steps)
    spans = [(step.bounds[1] - low, _written(step, told)) for step in steps]
    scale = min(((room - text) / span for span, text in spans if span), default=0.0)
    return _Layout(width, years if beside else 0.0, most, start, low, max(scale, 0.0), told)


def _written(step: Step, told: bool) -> float:
    """Return how much room the number of a row takes, and the sign and size of its gap."""
    gap = _AFTER + CROSS + (4 + font.measure(step.differs) if told else 0)
    return font.measure(step.text) + (gap if step.differs else 0)


def _height(row: Row, layout: _Layout, first: bool) -> float:
    if isinstance(row, Tear):
        return len(font.wrap(row.words, layout.width)) * LINE + 22
    heading = LINE if row.year and not layout.years else 0
    return layout.row(row) + heading + (_YEAR if row.year and not first else 0)


def _tear(canvas: Canvas, tear: Tear, bottom: float, height: float) -> None:
    """Draw two broken lines across the sheet with the words between them."""
    lines = font.wrap(tear.words, canvas.width)
    for y in (bottom - height + 8, bottom - 4):
        canvas.line([(0, y), (canvas.width, y)], RULE, 1, 4)
    for number, line in enumerate(lines):
        canvas.text(0, bottom - height + 13 + (number + 0.5) * LINE, line, QUIET)


def _lines(canvas: Canvas, layout: _Layout, rows: Sequence[Row], middles: Sequence[float]) -> None:
    """Draw the zero line along all rows between tears, and join bars that meet."""
    zero, half = layout.x(0), _ROW / 2
    for row, middle in zip(rows, middles, strict=True):
        if isinstance(row, Step):
            canvas.line([(zero, middle - half), (zero, middle + half)], RULE)
    for (one, upper), (other, lower) in pairwise(zip(rows, middles, strict=True)):
        if not (isinstance(one, Step) and isinstance(other, Step)):
            continue
        canvas.line([(zero, upper + half), (zero, lower - half)], RULE)
        if one.leave is not None and one.leave == other.enter:
            x = layout.x(one.leave)
            canvas.line([(x, upper + _THICK / 2), (x, lower - _THICK / 2)], INK, 0.8)


def _names(canvas: Canvas, layout: _Layout, step: Step, middle: float) -> None:
    if step.year:
        above = 0 if layout.years else layout.row(step) / 2 + LINE / 2 - 1
        canvas.text(0, middle - above, step.year)
    lines = folded(step.label, layout.labels, 3)
    for number, line in enumerate(lines):
        y = middle + (number - (len(lines) - 1) / 2) * LINE
        canvas.text(layout.years, y, line, QUIET)


def _bar(canvas: Canvas, layout: _Layout, step: Step, middle: float) -> None:
    """Draw the bar; of a stock that differs only as much as both sides have in common."""
    if step.start is None or step.end is None:
        return
    y = middle - _THICK / 2
    end = min(step.end, max(step.enter or 0, 0)) if step.differs else step.end
    left, right = sorted((layout.x(step.start), layout.x(end)))
    length = max(right - left, _HAIRLINE) if step.start != end else 0.0
    if step.colour:
        canvas.rect(left, y, length, _THICK, step.colour)
    elif length:
        canvas.frame(left, y, length, _THICK, QUIET)
    if not length and step.leave is not None:
        # Nothing came or went: the line that joins its neighbours goes on.
        canvas.line([(left, y), (left, y + _THICK)], INK, 0.8)
    if step.differs and step.enter is not None:
        left, right = sorted((layout.x(step.enter), layout.x(step.end)))
        canvas.hatch(left, y, max(right - left, 2.0), _THICK, FAILED)


def _figure(canvas: Canvas, layout: _Layout, step: Step, middle: float) -> None:
    known = step.end is not None and step.start is not None
    x = layout.x(step.bounds[1] if known else 0) + _AFTER
    quiet = not known or step.start == step.end
    canvas.text(x, middle, step.text, QUIET if quiet else INK)
    if step.differs:
        x += font.measure(step.text) + _AFTER
        canvas.cross(x + CROSS / 2, middle, FAILED)
        if layout.told:
            canvas.text(x + CROSS + 4, middle, step.differs, FAILED)
