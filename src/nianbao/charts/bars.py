"""Sorted horizontal bars from zero, each labelled directly: the form most charts share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from nianbao.charts import font
from nianbao.charts.canvas import ACCENT, CONTEXT, INK, LINE, QUIET, RULE, Canvas, Drawing

_THICK, _GAP, _SPACE = 18, 12, 10
_HAIRLINE = 1.0
"""A bar is never thinner than this (px), so that something is seen; its number tells the rest."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its figure, what is written at its end, whether it is the point.

    A bar without a figure is a heading over those that follow.
    """

    label: str
    value: int | Decimal | None = None
    text: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where things stand at one width: labels beside the bars, or above them."""

    beside: bool
    labels: float
    scale: float

    @property
    def start(self) -> float:
        """Where the bars begin."""
        return self.labels + _GAP if self.beside else 0.0


def draw_bars(width: int, bars: Sequence[Bar], foot: str = "") -> Drawing:
    """Draw bars at one width.

    Labels stand beside the bars where they take less than half of a wide sheet or a third of a
    narrow one, else each on its own line above its bar. All bars share one linear scale that
    begins at zero.

    Parameters
    ----------
    width : int
        CSS px.
    bars : sequence of Bar
        In the order of drawing, headings included.
    foot : str
        A closing line, for what has no bar.
    """
    layout = _layout(width, bars)
    room = layout.labels if layout.beside else width
    labels = [font.wrap(bar.label, width if bar.value is None else room) for bar in bars]
    heights = [_height(bar, len(lines), layout) for bar, lines in zip(bars, labels, strict=True)]
    closing = font.wrap(foot, width) if foot else []
    total = sum(heights) + (len(closing) * LINE + 8 if closing else 0)
    canvas = Canvas(width, total + 2)
    top = 0.0
    for bar, lines, height in zip(bars, labels, heights, strict=True):
        _draw(canvas, layout, bar, lines, top, height)
        top += height
    for line in closing:
        canvas.text(0, top + 8 + LINE / 2, line, QUIET)
        top += LINE
    return canvas.drawing()


def _layout(width: int, bars: Sequence[Bar]) -> _Layout:
    figures = [bar for bar in bars if bar.value is not None]
    # The longest bar is as long as it can be with its own figure beside it.
    longest = font.widest([bar.label for bar in figures])
    numbers = font.widest([bar.text for bar in figures])
    beside = width > 500 or (longest <= width * 0.34 and longest + numbers < width * 0.8)
    labels = min(longest, width * 0.455)
    if beside:
        labels = font.widest([line for bar in figures for line in font.wrap(bar.label, labels)])
    start = labels + _GAP if beside else 0
    room = width - start - 8
    scale = min((room - font.measure(b.text)) / float(b.value) for b in figures if b.value)
    return _Layout(beside, labels, max(scale, 0.0))


def _height(bar: Bar, lines: int, layout: _Layout) -> float:
    if bar.value is None:
        return lines * LINE + _SPACE
    if layout.beside:
        return max(_THICK, lines * LINE) + _SPACE
    return lines * LINE + _THICK + _SPACE + 2


def _draw(
    canvas: Canvas, layout: _Layout, bar: Bar, lines: list[str], top: float, height: float
) -> None:
    above = (height - len(lines) * LINE) / 2 if layout.beside and bar.value is not None else 0
    above = height - len(lines) * LINE - 2 if bar.value is None else above
    for number, line in enumerate(lines):
        canvas.text(
            0, top + above + (number + 0.5) * LINE, line, QUIET if bar.value is None else INK
        )
    if bar.value is None:
        return
    y = top + (height - _THICK) / 2 if layout.beside else top + len(lines) * LINE + 1
    length = float(bar.value) * layout.scale
    length = max(length, _HAIRLINE) if bar.value else 0.0
    canvas.rect(layout.start, y, length, _THICK, ACCENT if bar.strong else CONTEXT)
    canvas.text(layout.start + length + 8, y + _THICK / 2, bar.text)
    if layout.beside:
        canvas.line([(layout.start, top), (layout.start, top + height)], RULE)
