"""A funnel plot: rates over their denominators, between the limits that chance keeps to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log10, sqrt
from typing import NamedTuple

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
from nianbao.charts.intervals import RARE, USUAL, limits
from nianbao.charts.naming import Box, Point, Wanted, boxed, places, shortened
from nianbao.charts.stacks import spread

_TOPS = (0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
_TICKS = (0.0, 0.5, 1.0)
_POINTS = 48
_MOST_NAMES = 7
_OVERALL = 2
"""Where the overall rate stands among the lines that are named on the right."""

_HEAD, _FOOT = 2 * LINE + 8, 2 * LINE + 8


class Limits(NamedTuple):
    """The lower and the upper limits at one denominator, 95 % and 99.8 %."""

    whole: int
    usual: tuple[float, float]
    rare: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Funnel:
    """What is drawn at both widths: agencies, limits, and how far the scales go.

    Attributes
    ----------
    comparison : Comparison
        With many agencies of ``LEAST`` cases or more.
    curves : tuple of Limits
        In rising denominators.
    top : float
        Where the scale of rates ends.
    """

    comparison: Comparison
    curves: tuple[Limits, ...]
    top: float

    @property
    def few(self) -> tuple[Rate, ...]:
        """Agencies with few cases that stand within the scale."""
        return tuple(rate for rate in self.comparison.few if rate.value <= self.top)

    @property
    def beyond(self) -> int:
        """How many agencies with few cases lie above the scale, and are not drawn."""
        return len(self.comparison.few) - len(self.few)

    @property
    def outside(self) -> list[Rate]:
        """Agencies outside the 99.8 % limits, those farthest outside first."""
        found = [rate for rate in self.comparison.ranked if self.comparison.side(rate)]
        overall = self.comparison.overall.value
        return sorted(found, key=lambda r: -abs(r.value - overall) * sqrt(r.whole))


def funnel(comparison: Comparison) -> Funnel:
    """Calculate the limits, from ``LEAST`` cases to the most that an agency has."""
    most = max(rate.whole for rate in comparison.ranked)
    rate, steps = comparison.overall.value, log10(max(most, LEAST + 1) / LEAST) / _POINTS
    wholes = sorted({round(LEAST * 10 ** (steps * n)) for n in range(_POINTS + 1)})
    curves = tuple(Limits(n, limits(n, rate, USUAL), limits(n, rate, RARE)) for n in wholes)
    longest = max(curves[0].rare[1], *(rate.value for rate in comparison.ranked))
    return Funnel(comparison, curves, next(t for t in _TOPS if t >= longest))


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the scales stand: denominators from left to right by powers of ten, rates upwards."""

    left: float
    right: float
    floor: float
    first: int
    last: int
    top: float

    def x(self, whole: int) -> float:
        """Return where a denominator stands."""
        share = log10(whole / self.first) / log10(self.last / self.first)
        return self.left + share * (self.right - self.left)

    def y(self, rate: float) -> float:
        """Return where a rate stands."""
        return self.floor - rate / self.top * (self.floor - _HEAD)

    def at(self, rate: Rate) -> tuple[float, float]:
        """Return where an agency stands."""
        return self.x(rate.whole), self.y(rate.value)


def draw_funnel(width: int, plot: Funnel, measure: str, whole: str, overall: str) -> Drawing:
    """Draw a funnel plot at one width.

    Parameters
    ----------
    width : int
        CSS px.
    plot : Funnel
        What to draw.
    measure, whole, overall : str
        Words for the rate, its denominator, and all agencies together.
    """
    labels = _limit_labels(width, plot, overall)
    height = _HEAD + (340 if width >= WIDE else 300) + _FOOT
    wholes = [rate.whole for rate in (*plot.comparison.ranked, *plot.few)]
    frame = _Frame(
        font.widest([percent(plot.top * share) for share in _TICKS]) + 12,
        width - font.widest([text for _, text in labels]) - 20,
        height - _FOOT,
        min(*wholes, LEAST),
        max(*wholes, LEAST + 1),
        plot.top,
    )
    canvas = Canvas(width, height)
    _axes(canvas, frame, measure, whole)
    written = _limits(canvas, frame, plot, labels)
    _points(canvas, frame, plot)
    _names(canvas, frame, plot, written)
    return canvas.drawing()


def _limit_labels(width: int, plot: Funnel, overall: str) -> list[tuple[float, str]]:
    """Return the rates at which lines end on the right, from the highest, with their names."""
    _, usual, rare = plot.curves[-1]
    ending = "控制限" if width >= WIDE else ""
    rate = plot.comparison.overall.value
    return [
        (rare[1], f"99.8%{ending}"),
        (usual[1], f"95%{ending}"),
        (rate, shortened(overall, width * 0.13) + percent(rate)),
        (usual[0], f"95%{ending}"),
        (rare[0], f"99.8%{ending}"),
    ]


def _axes(canvas: Canvas, frame: _Frame, measure: str, whole: str) -> None:
    canvas.text(0, LINE / 2, measure, QUIET)
    for share in _TICKS:
        y = frame.y(frame.top * share)
        canvas.line([(frame.left - 4, y), (frame.left, y)], RULE)
        canvas.text(frame.left - 8, y, percent(frame.top * share), QUIET, "right")
    canvas.line([(frame.left, _HEAD), (frame.left, frame.floor)], RULE)
    canvas.line([(frame.left, frame.floor), (frame.right, frame.floor)], RULE)
    taken: list[Box] = []
    for number in (LEAST, *(10**power for power in range(9))):
        text = f"{number:,}"
        x, y = frame.x(number), frame.floor + 6 + LINE / 2
        box = boxed(x - font.measure(text) / 2, y, text)
        free = all(box[2] + 6 <= other[0] or other[2] + 6 <= box[0] for other in taken)
        if frame.first <= number <= frame.last and free and box[2] <= canvas.width:
            canvas.line([(x, frame.floor), (x, frame.floor + 4)], RULE)
            canvas.text(x, y, text, QUIET, "center")
            taken.append(box)
    words = f"{whole}（件，对数刻度）"
    canvas.text(frame.left, frame.floor + 6 + 1.5 * LINE, words, QUIET)


def _limits(
    canvas: Canvas, frame: _Frame, plot: Funnel, labels: Sequence[tuple[float, str]]
) -> list[Box]:
    """Draw the limits from where figures begin to say something, and name them at their ends.

    Returns where the names stand.
    """
    start, end = frame.x(LEAST), frame.x(plot.curves[-1].whole)
    if frame.first < LEAST:
        canvas.line([(start, _HEAD - 6), (start, frame.floor)], RULE, 1, 2)
        words = f"不足{LEAST}件，仅供参考"
        right = start - 6 - font.measure(words)
        canvas.text(max(right, 0), LINE * 1.5, words, QUIET)
    for line, dash in zip(_limit_lines(frame, plot), (4, 4, 0, 0), strict=True):
        canvas.line(line, CONTEXT, 1, dash)
    middle = frame.y(plot.comparison.overall.value)
    canvas.line([(start, middle), (end, middle)], INK)
    heights = spread([frame.y(rate) for rate, _ in labels], LINE - 2, 0, frame.floor + 4)
    for number, ((rate, text), place) in enumerate(zip(labels, heights, strict=True)):
        canvas.line([(end, frame.y(rate)), (end + 4, frame.y(rate)), (end + 14, place)], RULE)
        canvas.text(end + 18, place, text, INK if number == _OVERALL else QUIET)
    # Their leaders, which fan out on the left of them, are not covered either.
    return [
        (end, min(frame.y(rate), place) - 9, end + 18 + font.measure(text), place + 9)
        for (rate, text), place in zip(labels, heights, strict=True)
    ]


def _limit_lines(frame: _Frame, plot: Funnel) -> list[list[Point]]:
    """Return the limits as lines: the 95 % ones, then the 99.8 % ones, each lower and upper."""
    pairs = [[c.usual for c in plot.curves], [c.rare for c in plot.curves]]
    xs = [frame.x(c.whole) for c in plot.curves]
    return [
        [(x, frame.y(pair[side])) for x, pair in zip(xs, line, strict=True)]
        for line in pairs
        for side in (0, 1)
    ]


def _points(canvas: Canvas, frame: _Frame, plot: Funnel) -> None:
    few = [frame.at(rate) for rate in plot.few]
    inside = [frame.at(r) for r in plot.comparison.ranked if not plot.comparison.side(r)]
    canvas.dots(few, 6, CONTEXT)
    canvas.dots(few, 3.5, "#ffffff")
    canvas.dots(inside, 7, SECOND)
    canvas.dots([frame.at(rate) for rate in plot.outside], 10, ACCENT)


def _names(canvas: Canvas, frame: _Frame, plot: Funnel, written: Sequence[Box]) -> None:
    """Name the agencies farthest outside on each side, as far as names find room."""
    drawn = [frame.at(rate) for rate in (*plot.comparison.ranked, *plot.few)]
    taken = [(x - 4, y - 4, x + 4, y + 4) for x, y in drawn] + _ribbons(frame, plot)
    taken += written
    sheet = (frame.left + 2, LINE * 2.0, float(canvas.width), frame.floor - 2)
    limit = canvas.width * (0.3 if canvas.width >= WIDE else 0.42)
    for side in (1, -1):
        named = [rate for rate in plot.outside if plot.comparison.side(rate) == side]
        named = sorted(named[:_MOST_NAMES], key=lambda rate: rate.whole)
        wanted = [Wanted(shortened(r.name, limit), *frame.at(r), side) for r in named]
        spots = places(wanted, sheet, taken)
        for name, spot in zip(wanted, spots, strict=True):
            if spot is None:
                continue
            canvas.text(spot.box[0], (spot.box[1] + spot.box[3]) / 2, name.text)
            taken.append(spot.box)
            if spot.leader is not None:
                canvas.line(spot.leader, CONTEXT, 0.8)


def _ribbons(frame: _Frame, plot: Funnel) -> list[Box]:
    """Return boxes along the limits and the overall rate, which names do not cover."""
    middle = frame.y(plot.comparison.overall.value)
    lines = [*_limit_lines(frame, plot), [(frame.x(c.whole), middle) for c in plot.curves]]
    start = frame.x(LEAST)
    ribbons = [
        (a[0], min(a[1], b[1]) - 1, b[0], max(a[1], b[1]) + 1)
        for line in lines
        for a, b in pairwise(line)
    ]
    return [*ribbons, (start - 2, 0, start + 2, frame.floor)]
