"""A sheet to draw a chart on: CSS pixels from the top left, the project's font and colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.charts import font
from nianbao.charts.svg import Glyph, data_uri, picture, shape, writing

WIDE, NARROW = 680, 335
"""Widths in CSS px: the text column of the page, and a phone of 375 px less its margins."""

LINE = 22
"""Height of a line of text, CSS px."""

CROSS = 9
"""Width and height of the sign ✗, CSS px."""

INK, QUIET = "#1f2328", "#57606a"
ACCENT, SECOND, CONTEXT = "#1f4e8c", "#5b84b8", "#8b949e"
CARRIED, FAILED, RULE = CONTEXT, "#b83216", "#8b949e"

# Half of a figure's height in this font, in ems: brings a text's middle onto a line.
_MIDDLE = 0.37


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished picture: minified SVG and its size in CSS px."""

    svg: str
    width: int
    height: int

    @property
    def uri(self) -> str:
        """The picture as a data URI, fit for ``src`` and ``srcset``."""
        return data_uri(self.svg)


class Canvas:
    """Draws on a white sheet, y growing downwards, and writes SVG itself.

    A general drawing library would lay out, style and write every shape for any output there is,
    to be read again and shortened here: it took most of a report's time.
    """

    def __init__(self, width: int, height: float) -> None:
        self._width, self._height = width, round(height)
        # Areas lie below lines, lines below dots.
        self._areas: list[str] = []
        self._lines: list[str] = []
        self._dots: list[str] = []
        self._written: list[Glyph] = []

    @property
    def width(self) -> int:
        """Width of the sheet, CSS px."""
        return self._width

    def rect(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """Fill a rectangle whose upper left corner is at x, y."""
        self._areas.append(_area(x, y, width, height, fill))

    def line(
        self, points: Sequence[tuple[float, float]], colour: str, width: float = 1, dash: float = 0
    ) -> None:
        """Draw a line through points; ``dash`` is the length of dashes and gaps, 0 for none."""
        style = _stroke(colour, width)
        if dash:
            length = _number(dash * width)
            style["stroke_dasharray"] = f"{length},{length}"
        else:
            style["stroke_linejoin"] = "miter"
        self._lines.append(shape(_line(points), **style))

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
        ends = ((round(x, 2), self._height - round(self._height - y, 2)) for x, y in points)
        strokes = [_line([(x, y), (x + 0.01, y)]) for x, y in ends]
        if strokes:
            style = _stroke(colour, diameter) | {
                "stroke_linecap": "round",
                "stroke_linejoin": "miter",
            }
            self._dots.append(shape([step for stroke in strokes for step in stroke], **style))

    def text(self, x: float, y: float, text: str, colour: str = INK, align: str = "left") -> None:
        """Write one line whose middle is at height y; ``align`` is left, center or right."""
        width = font.measure(text)
        left = x - {"left": 0.0, "center": width / 2, "right": width}[align]
        baseline = y + _MIDDLE * font.SIZE
        self._written += writing(font.writable(text), left, baseline, font.SIZE, colour)

    def drawing(self) -> Drawing:
        """Finish the sheet."""
        sheet = _area(0, 0, self._width, self._height, "#ffffff")
        shapes = [sheet, *self._areas, *self._lines, *self._dots]
        svg = picture(self._width, self._height, shapes, self._written)
        return Drawing(svg, self._width, self._height)


def _area(x: float, y: float, width: float, height: float, fill: str) -> str:
    low, right = y + height, x + width
    corners = [(x, low), (right, low), (right, y), (x, y)]
    return shape([*_line(corners), ("z", ())], fill=fill)


_Steps = list[tuple[str, Sequence[tuple[float, float]]]]


def _line(points: Sequence[tuple[float, float]]) -> _Steps:
    return [("L" if number else "M", (point,)) for number, point in enumerate(points)]


def _stroke(colour: str, width: float) -> dict[str, str]:
    style = {"fill": "none", "stroke": colour}
    return style if width == 1 else style | {"stroke_width": _number(width)}


def _number(value: float) -> str:
    return f"{value:f}".rstrip("0").rstrip(".")
