"""Takes one page of a PDF down to what the eye sees on it: characters, ruled lines, pictures."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from nianbao.documents.pdf.radicals import fold_radicals

UNDECODED = "\ufffd"
"""Stands for a character that is there but cannot be told: the cell then reads as unreadable."""

THIN = 3.0
"""Points; a filled rectangle no thicker than this is a ruled line, a thicker one is shading."""

_WHITE = 0.97
_NONE_OF_CMYK = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """One visible character, in points from the page's top left.

    Attributes
    ----------
    base : float
        Where its baseline lies, with a raised or lowered one's own.
    turned : int
        How far it is turned against the page's reading direction (0, 90, 180, 270).
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    font: str = ""
    turned: int = 0

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its body."""
        return (self.x0 + self.x1) / 2, self.base - 0.35 * self.size


@dataclass(frozen=True, slots=True)
class Stroke:
    """A ruled line: level or upright, where it lies and from where to where it runs."""

    level: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number in the file, its size, and what is drawn on it.

    Attributes
    ----------
    pictured : float
        The share of the page that its largest picture covers.
    """

    number: int
    width: float
    height: float
    marks: tuple[Mark, ...]
    strokes: tuple[Stroke, ...]
    pictured: float = 0.0


@dataclass(frozen=True, slots=True)
class _Turn:
    """Turns a page so that most of its text reads from left to right."""

    quarter: int
    left: float
    top: float
    width: float
    height: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.top
        if self.quarter == 90:
            return self.height - y, x
        if self.quarter == 180:
            return self.width - x, self.height - y
        if self.quarter == 270:
            return y, self.width - x
        return x, y

    def box(self, drawn: Mapping[str, Any]) -> tuple[float, float, float, float]:
        (ax, ay) = self.point(drawn["x0"], drawn["top"])
        (bx, by) = self.point(drawn["x1"], drawn["bottom"])
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def read_sheet(page: Any, number: int) -> Sheet:
    """Read a page that pdfplumber has opened.

    Notes
    -----
    Text at a slant is a watermark and is left out. White text on a light ground, which no reader
    of the page sees, is left out of the prose, but in a table it makes its cell unreadable:
    nothing shows what it was meant for.
    """
    left, top, right, bottom = page.cropbox
    quarters = [(char, _quarter(char["matrix"])) for char in page.chars]
    upright = Counter(q for char, q in quarters if q is not None and not char["text"].isspace())
    quarter = max(upright, key=lambda q: (upright[q], -q), default=0)
    turn = _Turn(quarter, left, top, right - left, bottom - top)
    width, height = (turn.width, turn.height) if quarter % 180 == 0 else (turn.height, turn.width)
    grounds = [turn.box(rect) for rect in page.rects if rect["fill"] and not _is_white(rect)]
    grounds = [box for box in grounds if min(box[2] - box[0], box[3] - box[1]) > THIN]
    read = (_mark(c, q, turn, page, grounds) for c, q in quarters if q is not None)
    marks = [mark for mark in read if mark]
    area = max((_area(turn.box(image), width, height) for image in page.images), default=0.0)
    strokes = tuple(_strokes(page, turn))
    drawn = (*((m.x0, m.x1, m.base) for m in marks), *((s.at, s.start, s.end) for s in strokes))
    if not all(math.isfinite(place) for places in drawn for place in places):
        raise ValueError("a place that is no number")
    return Sheet(
        number=number,
        width=width,
        height=height,
        marks=tuple(_once(marks)),
        strokes=strokes,
        pictured=area / max(width * height, 1.0),
    )


def _quarter(matrix: tuple[float, ...]) -> int | None:
    """Return the direction of a character's writing in degrees, or None for a slant."""
    angle = math.degrees(math.atan2(matrix[1], matrix[0])) % 360
    nearest = round(angle / 90) * 90
    return nearest % 360 if abs(angle - nearest) < 3 else None


def _mark(
    char: Mapping[str, Any], quarter: int, turn: _Turn, page: Any, grounds: Iterable[Any]
) -> Mark | None:
    text = _text(char["text"])
    if not text:
        return None
    x0, top, x1, bottom = turn.box(char)
    origin_x = char["matrix"][4] + page.mediabox[0]
    origin_y = page.height - char["matrix"][5] + page.mediabox[1]
    base = turn.point(origin_x, origin_y)[1]
    turned = (quarter - turn.quarter) % 360
    size = x1 - x0 if turned in (90, 270) else bottom - top
    if turned:
        base = bottom
        text = UNDECODED if text.isdigit() else text
    mark = Mark(text, x0, x1, base, max(size, 0.1), str(char["fontname"]), turned)
    x, y = mark.middle
    if _is_white(char) and not any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in grounds):
        return replace(mark, text=UNDECODED, font="")
    return mark


def _text(written: str) -> str:
    """Return what a character says; what cannot be decoded never vanishes."""
    if written.startswith("(cid:") or not written:
        return UNDECODED
    if written.isspace() or all(unicodedata.category(sign) == "Cf" for sign in written):
        return ""
    known = (UNDECODED if unicodedata.category(c) in ("Cc", "Co", "Cn") else c for c in written)
    return fold_radicals("".join(known))


def _is_white(drawn: Mapping[str, Any]) -> bool:
    """Whether something is filled with white, in the colour spaces where that is certain."""
    colour = drawn.get("non_stroking_color")
    space = str(drawn.get("ncs") or "")
    if not isinstance(colour, tuple) or not all(isinstance(c, int | float) for c in colour):
        return False
    if len(colour) == _NONE_OF_CMYK:
        return all(c <= 1 - _WHITE for c in colour)
    # One part may also be the ink of a special colour, where 1 is full and not white.
    plain = len(colour) == 3 or (len(colour) == 1 and space in ("", "DeviceGray", "CalGray"))
    return plain and all(c >= _WHITE for c in colour)


def _once(marks: list[Mark]) -> Iterator[Mark]:
    """Leave out what is printed again on its own place to look bold; 11 stays 11."""
    kept: dict[tuple[str, int, int], list[Mark]] = {}
    for mark in marks:
        near = 0.15 * mark.size
        column, row = int(mark.x0 // 4), int(mark.base // 4)
        cells = [(mark.text, column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        twins = (twin for cell in cells for twin in kept.get(cell, ()))
        if mark.text != UNDECODED and any(
            abs(t.x0 - mark.x0) <= near
            and abs(t.base - mark.base) <= near
            and abs(t.size - mark.size) <= near
            for t in twins
        ):
            continue
        kept.setdefault((mark.text, column, row), []).append(mark)
        yield mark


def _strokes(page: Any, turn: _Turn) -> Iterator[Stroke]:
    for line in page.lines:
        yield from _thin(turn.box(line))
    for shape in [*page.rects, *page.curves]:
        x0, top, x1, bottom = turn.box(shape)
        if min(x1 - x0, bottom - top) <= THIN:
            yield from _thin((x0, top, x1, bottom))
        elif shape["stroke"]:
            points = [turn.point(*point) for point in shape["pts"]]
            closed = [*points, points[0]] if shape["object_type"] == "rect" else points
            for (ax, ay), (bx, by) in pairwise(closed):
                yield from _thin((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))


def _thin(box: tuple[float, float, float, float]) -> Iterator[Stroke]:
    """Give the line that a thin box is; a dot at a corner and a slanted line are none."""
    x0, top, x1, bottom = box
    if bottom - top <= THIN < x1 - x0:
        yield Stroke(True, (top + bottom) / 2, x0, x1)
    elif x1 - x0 <= THIN < bottom - top:
        yield Stroke(False, (x0 + x1) / 2, top, bottom)


def _area(box: tuple[float, float, float, float], width: float, height: float) -> float:
    """Return how much of the page a picture covers."""
    across = min(box[2], width) - max(box[0], 0.0)
    down = min(box[3], height) - max(box[1], 0.0)
    return max(across, 0.0) * max(down, 0.0)
