"""A sheet to draw a chart on: CSS pixels from the top left, the project's font and colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from nianbao.charts import font
from nianbao.charts.sheet import Sheet
from nianbao.charts.svg import data_uri
from nianbao.charts.words import SEE_DATA

WIDE, NARROW = 680, 335
"""Widths in CSS px: the text column of the page, and a phone of 375 px less its margins."""

LINE = 22
"""Height of a line of text, CSS px."""

CROSS = 9
"""Width and height of the sign ✗, CSS px."""

INK, QUIET = "#1f2328", "#57606a"
ACCENT, SECOND, CONTEXT = "#1f4e8c", "#5b84b8", "#8b949e"
CARRIED, FAILED, RULE = CONTEXT, "#b83216", "#8b949e"

_PAPER = "#ffffff"

# Half of a figure's height in this font, in ems: brings a text's middle onto a line.
_MIDDLE = 0.37


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished picture: minified SVG and its size in CSS px.

    ``refers`` says whether words in it send the reader to the table of its figures.
    """

    svg: str
    width: int
    height: int
    refers: bool = False

    @property
    def uri(self) -> str:
        """The picture as a data URI, fit for ``src`` and ``srcset``."""
        return data_uri(self.svg)


class Canvas:
    """Draws with matplotlib's artists on a white sheet; y grows downwards."""

    def __init__(self, width: int, height: float) -> None:
        self._width, self._height = width, round(height)
        self._artists: list[Artist] = []
        self._refers = False
        self._font = font.properties()

    @property
    def width(self) -> int:
        """Width of the sheet, CSS px."""
        return self._width

    def rect(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """Fill a rectangle whose upper left corner is at x, y."""
        self._artists.append(_rectangle(x, self._height - y - height, width, height, fill))

    def line(
        self, points: Sequence[tuple[float, float]], colour: str, width: float = 1, dash: float = 0
    ) -> None:
        """Draw a line through points; ``dash`` is the length of dashes and gaps, 0 for none."""
        shape = Line2D(
            [x for x, _ in points],
            [self._height - y for _, y in points],
            transform=None,
            color=colour,
            linewidth=width,
            linestyle=(0, (dash, dash)) if dash else "-",
            marker="",
            solid_capstyle="butt",
            solid_joinstyle="miter",
            dash_capstyle="butt",
            antialiased=True,
        )
        self._artists.append(shape)

    def hatch(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Mark a rectangle as missing: slanting strokes inside a frame."""
        step = 7.0
        offset = step
        while offset < width + height:
            start = (x + min(offset, width), y + max(0.0, offset - width))
            end = (x + max(0.0, offset - height), y + min(offset, height))
            self.line([start, end], colour, 1.2)
            offset += step
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        self.line([*corners, corners[0], corners[1]], colour, 1.6)

    def frame(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Outline a rectangle without filling it."""
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        self.line([*corners, corners[0], corners[1]], colour, 1.2)

    def cross(self, x: float, y: float, colour: str) -> None:
        """Write the sign ✗, which the font has not got, ``CROSS`` px wide around x, y."""
        arm = CROSS / 2
        self.line([(x - arm, y - arm), (x + arm, y + arm)], colour, 2)
        self.line([(x - arm, y + arm), (x + arm, y - arm)], colour, 2)

    def dots(self, points: Sequence[tuple[float, float]], diameter: float, colour: str) -> None:
        """Draw round dots of one size and colour: a few bytes each, however many there are."""
        # A dot is a stroke a hundredth of a px long with round ends. On the grid of hundredths,
        # where no rounding can make it vanish.
        ends = [
            (round(x, 2) + step, round(self._height - y, 2))
            for x, y in points
            for step in (0, 0.01)
        ]
        if not ends:
            return
        codes = [Path.MOVETO, Path.LINETO] * len(points)
        # Above the lines that run through them.
        paint: Any = {"facecolor": "none", "edgecolor": colour, "capstyle": "round", "zorder": 2.5}
        shape = PathPatch(Path(ends, codes), transform=None, linewidth=diameter, **paint)
        self._artists.append(shape)

    def text(self, x: float, y: float, text: str, colour: str = INK, align: str = "left") -> None:
        """Write one line whose middle is at height y; ``align`` is left, center or right."""
        self._refers = self._refers or SEE_DATA in text
        width = font.measure(text)
        left = x - {"left": 0.0, "center": width / 2, "right": width}[align]
        baseline = self._height - y - _MIDDLE * font.SIZE
        self._artists.append(_Writing(left, baseline, font.writable(text), self._font, colour))

    def drawing(self) -> Drawing:
        """Finish the sheet."""
        sheet = Sheet(self._width, self._height)
        _draw(_rectangle(0, 0, self._width, self._height, _PAPER), sheet)
        for artist in sorted(self._artists, key=lambda artist: artist.zorder):
            _draw(artist, sheet)
        return Drawing(sheet.svg, self._width, self._height, self._refers)


def _draw(artist: Artist, sheet: Sheet) -> None:
    # A notebook in the style of xkcd must not make the charts tremble.
    artist.set_sketch_params()
    artist.set_path_effects([])
    artist.draw(sheet)


def _rectangle(x: float, low: float, width: float, height: float, fill: str) -> Rectangle:
    paint: Any = {"facecolor": fill, "edgecolor": "none", "linewidth": 0, "antialiased": True}
    return Rectangle((x, low), width, height, transform=None, **paint)


class _Writing(Artist):
    """A line of text at its place: matplotlib's own texts lay themselves out once more."""

    zorder = 3

    def __init__(
        self, left: float, baseline: float, text: str, properties: FontProperties, colour: str
    ) -> None:
        super().__init__()
        self._place, self._text = (left, baseline), text
        self._font, self._colour = properties, colour

    def draw(self, renderer: RendererBase) -> None:
        """Hand the text to the renderer."""
        context = renderer.new_gc()
        context.set_foreground(self._colour)
        renderer.draw_text(context, *self._place, self._text, self._font, 0)
