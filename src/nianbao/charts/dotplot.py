"""Rates in rows: a dot with its interval, the denominator beside it, the overall rate as a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.charts import font
from nianbao.charts.canvas import (
    ACCENT,
    CONTEXT,
    INK,
    LINE,
    QUIET,
    RULE,
    SECOND,
    WIDE,
    Canvas,
    Drawing,
)
from nianbao.charts.comparison import LEAST, Comparison, Rate, percent
from nianbao.charts.naming import Box, boxed, folded
from nianbao.charts.rating import SIDES

MOST_FEW = 20
"""More agencies than this with few cases are counted below instead of drawn."""

_HEAD, _ROW, _TRACK, _GAP, _EDGE = 30.0, 28, 22, 12, 7
_TOPS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where things stand at one width: names beside the dots, or above them."""

    width: int
    beside: bool
    names: float
    start: float
    end: float
    numbers: float
    top: float

    def x(self, rate: float) -> float:
        """Return where a rate stands on the sheet."""
        return self.start + rate / self.top * (self.end - self.start)

    def name(self, rate: Rate) -> list[str]:
        """Return an agency's name in lines."""
        return folded(rate.name, self.names)

    def height(self, rate: Rate) -> float:
        """Return how high an agency's row is."""
        taken = len(self.name(rate)) * LINE
        return max(_ROW, taken + 6) if self.beside else taken + _TRACK


@dataclass(frozen=True, slots=True)
class _Row:
    """An agency on the sheet, its name in lines, and where its row begins."""

    rate: Rate
    side: int
    names: list[str]
    top: float
    height: float
    beside: bool

    @property
    def few(self) -> bool:
        """Whether there are too few cases to compare."""
        return self.rate.whole < LEAST

    @property
    def first(self) -> float:
        """The middle of the first line of the name."""
        lines = len(self.names) * LINE
        return self.top + (self.height - lines if self.beside else 0) / 2 + LINE / 2

    @property
    def middle(self) -> float:
        """Where the dot stands: beside the name, or right below it."""
        return self.top + (self.height / 2 if self.beside else len(self.names) * LINE + 4)


def draw_dots(width: int, comparison: Comparison, overall: str) -> Drawing:
    """Draw a comparison in rows at one width (CSS px); ``overall`` names the rate of all."""
    few = comparison.few if len(comparison.few) <= MOST_FEW else ()
    layout = _layout(width, comparison, few)
    rows: list[_Row] = []
    # Of fewer cases in all there is no overall rate to write above.
    head = _HEAD if comparison.overall.whole >= LEAST else 4.0
    top = head
    for number, rate in enumerate([*comparison.ranked, *few]):
        if number == len(comparison.ranked):
            top += LINE + (14 if number else 4)
        height = layout.height(rate)
        names = layout.name(rate)
        rows.append(_Row(rate, comparison.side(rate), names, top, height, layout.beside))
        top += height
    heading = rows[len(comparison.ranked)].top - LINE / 2 - 3 if few else None
    canvas = Canvas(width, top + LINE + 4)
    taken = _write(canvas, layout, rows, heading)
    _axis(canvas, layout, taken, head, top)
    if comparison.overall.whole >= LEAST:
        _overall(canvas, layout, comparison.overall.value, overall, taken, top)
    for row in rows:
        _dot(canvas, layout, row)
    return canvas.drawing()


def _layout(width: int, comparison: Comparison, few: tuple[Rate, ...]) -> _Layout:
    drawn = [*comparison.ranked, *few]
    sides = font.widest([SIDES[comparison.side(rate)] for rate in comparison.ranked])
    written = font.widest([rate.fraction for rate in drawn])
    numbers = width - (sides + 8 if sides else 0)
    longest = max([comparison.overall.value, *(rate.interval[1] for rate in drawn)])
    top = next(t for t in _TOPS if t >= longest)
    beside = width >= WIDE
    # Beside the dots a name has as much room as leaves them more than a third of the sheet.
    room = min(font.widest([rate.name for rate in drawn]), width * 0.36)
    names = room if beside else numbers - written - _GAP
    start = names + _GAP + _EDGE if beside else _EDGE + 14
    end = numbers - written - _GAP - 14 if beside else width - _EDGE - 14
    return _Layout(width, beside, names, start, end, numbers, top)


def _write(
    canvas: Canvas, layout: _Layout, rows: Sequence[_Row], heading: float | None
) -> list[Box]:
    """Write names, fractions and words; return where they stand."""
    texts: list[tuple[float, float, str, str]] = []
    if heading is not None:
        texts.append((0, heading, f"不足{LEAST}件，仅供参考", QUIET))
    for row in rows:
        colour = QUIET if row.few else INK
        for number, line in enumerate(row.names):
            texts.append((0, row.first + number * LINE, line, colour))
        y = row.middle if layout.beside else row.first
        left = layout.numbers - font.measure(row.rate.fraction)
        texts.append((left, y, row.rate.fraction, colour))
        if row.side:
            texts.append((layout.numbers + 8, y, SIDES[row.side], INK))
    for x, y, text, colour in texts:
        canvas.text(x, y, text, colour)
    return [boxed(x, y, text) for x, y, text, _ in texts]


def _vertical(
    canvas: Canvas, x: float, top: float, floor: float, colour: str, taken: Sequence[Box]
) -> None:
    """Draw a line down the sheet, interrupted where it would run through a text."""
    y = top
    for _, upper, _, lower in sorted((b for b in taken if b[0] - 3 < x < b[2] + 3), key=_top):
        if upper > y:
            canvas.line([(x, y), (x, upper)], colour)
        y = max(y, lower)
    canvas.line([(x, y), (x, floor)], colour)


def _top(box: Box) -> float:
    return box[1]


def _axis(canvas: Canvas, layout: _Layout, taken: Sequence[Box], top: float, floor: float) -> None:
    """Draw the zero line and write the ends and the middle of the scale below."""
    _vertical(canvas, layout.x(0), top, floor, RULE, taken)
    for rate in (0.0, layout.top / 2, layout.top):
        x = layout.x(rate)
        canvas.line([(x, floor), (x, floor + 4)], RULE)
        canvas.text(x, floor + 4 + LINE / 2, percent(rate), QUIET, "center")


def _overall(
    canvas: Canvas, layout: _Layout, rate: float, words: str, taken: Sequence[Box], floor: float
) -> None:
    text = f"{words}{percent(rate)}"
    half = font.measure(text) / 2
    x = layout.x(rate)
    _vertical(canvas, x, _HEAD - 6, floor, INK, taken)
    canvas.text(min(max(x, half), layout.width - half), (_HEAD - 6) / 2, text, align="center")


def _dot(canvas: Canvas, layout: _Layout, row: _Row) -> None:
    """Draw the interval and the dot: filled, or a ring where there are few cases."""
    colour = CONTEXT if row.few else ACCENT if row.side else SECOND
    ends = [(layout.x(bound), row.middle) for bound in row.rate.interval]
    canvas.line(ends, colour, 1 if row.few else 2.5, 3 if row.few else 0)
    centre = [(layout.x(row.rate.value), row.middle)]
    canvas.dots(centre, 11 if row.side else 9, colour)
    if row.few:
        canvas.dots(centre, 6, "#ffffff")
