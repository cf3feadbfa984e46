"""Small SVG: shapes and outlined text as one short text, and as a data URI."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from nianbao.charts.font import SCALE
from nianbao.charts.glyphs import EM, glyph_data, glyphs
from nianbao.charts.outline import Outline, Point, path_data

PLACES: Final = 2
"""Decimals of the coordinates of shapes, in CSS px."""

_FINE = 6
"""Decimals to which a coordinate counts before it is rounded: what lies beyond is noise."""
_FIRST = re.compile(r"m(-?\d+),?(-?\d+)")
_SAFE = frozenset("/:=',;()!*~@$+-._?")
_USE_BYTES, _DEFINITION_BYTES = 46, 28
"""What a reference and a definition cost in a data URI beside the outline itself."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph where it is to stand: which one, its fill and size, its place on the em grid."""

    index: int
    fill: str
    unit: float
    x: int
    y: int


def shape(
    commands: Iterable[tuple[str, Sequence[tuple[float, float]]]], style: Mapping[str, str]
) -> str:
    """Write a shape.

    Parameters
    ----------
    commands : iterable
        Letters ``M L z`` with points in CSS px from the top left.
    style : mapping
        SVG's attributes.
    """
    drawn: Outline = [(letter, tuple(map(_on_grid, points))) for letter, points in commands]
    return f"<path{_attributes(style)} d='{path_data(drawn, PLACES)}'/>"


def _on_grid(point: tuple[float, float]) -> Point:
    x, y = point
    return round(round(x, _FINE) * 10**PLACES), round(round(y, _FINE) * 10**PLACES)


def _attributes(named: Mapping[str, str]) -> str:
    return "".join(f" {name}='{_colour(value)}'" for name, value in sorted(named.items()))


def _colour(value: str) -> str:
    """Write a colour whose digits come in pairs in half of them."""
    if len(value) == 7 and value[0] == "#" and value[1::2] == value[2::2]:
        return f"#{value[1::2]}"
    return value


def writing(text: str, left: float, baseline: float, size: float, fill: str) -> Iterator[Glyph]:
    """Yield the glyphs of a text in a font of a size (CSS px) where they stand on the em grid."""
    scale = size / SCALE
    unit = round(size / EM, _FINE)
    left, y = round(left, _FINE), round(round(baseline, _FINE) / unit)
    for index, start in glyphs(text):
        yield Glyph(index, _colour(fill), unit, round((left + scale * start) / unit), y)


def picture(width: int, height: int, shapes: Iterable[str], written: Sequence[Glyph]) -> str:
    """Write a picture: the shapes in their order, and on top of them all text.

    Glyphs that occur once are put into one path for each colour, the others are defined once.

    Parameters
    ----------
    width, height : int
        CSS px.
    shapes : iterable of str
        As `shape` returns them.
    written : sequence of Glyph
        As `writing` yields them.
    """
    body = "".join([*shapes, *_text(written)])
    box = f"width='{width}' height='{height}' viewBox='0 0 {width} {height}'"
    return f"<svg xmlns='http://www.w3.org/2000/svg' {box}>{body}</svg>"


def data_uri(svg: str) -> str:
    """Return an SVG as a valid URL without blanks, quotes of HTML, or base64's extra third."""
    # A picture has few kinds of characters: to replace each at once is quicker than one by one.
    text = svg.replace("%", "%25")
    for character in sorted(set(svg) - {"%"}):
        if not (character.isascii() and character.isalnum()) and character not in _SAFE:
            text = text.replace(character, quote(character, safe=""))
    return f"data:image/svg+xml,{text}"


def _text(written: Sequence[Glyph]) -> Iterator[str]:
    """Write all glyphs: the repeated ones as definitions and references, the others in place."""
    times = Counter(glyph.index for glyph in written)
    shared = [index for index in times if _pays(len(glyph_data(index)), times[index])]
    ids = {index: _name(number) for number, index in enumerate(shared)}
    if ids:
        paths = "".join(f"<path id='{ids[index]}' d='{glyph_data(index)}'/>" for index in shared)
        yield f"<defs>{paths}</defs>"
    for fill, unit in dict.fromkeys((glyph.fill, glyph.unit) for glyph in written):
        members = [glyph for glyph in written if (glyph.fill, glyph.unit) == (fill, unit)]
        single = "".join(_in_place(g) for g in members if g.index not in ids)
        inside = f"<path d='{single}'/>" if single else ""
        inside += "".join(
            f"<use href='#{ids[g.index]}' x='{g.x}' y='{g.y}'/>" for g in members if g.index in ids
        )
        yield f"<g fill='{fill}' transform='scale({unit:g})'>{inside}</g>"


def _in_place(glyph: Glyph) -> str:
    """Move relative path data to a glyph's place: only its very first point is absolute."""
    data = glyph_data(glyph.index)
    if not data:
        return ""  # a blank
    match = _FIRST.match(data)
    assert match is not None  # every outline begins with a move
    x, y = int(match[1]) + glyph.x, int(match[2]) + glyph.y
    return f"M{x}{'' if y < 0 else ','}{y}{data[match.end() :]}"


def _pays(length: int, times: int) -> bool:
    return length * (times - 1) > _DEFINITION_BYTES + _USE_BYTES * times


def _name(number: int) -> str:
    """Return the shortest valid id for a number: a to z, then aa."""
    letters = ""
    while number >= 0:
        letters = chr(ord("a") + number % 26) + letters
        number = number // 26 - 1
    return letters
