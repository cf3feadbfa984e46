"""Small SVG: matplotlib's picture again, as one short text and as a data URI."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote
from xml.etree import ElementTree

from nianbao.charts.outline import outline, path_data

EM = 128
"""Grid of glyph outlines, units an em: at 15 px a unit is an eighth of a CSS px."""

PLACES = 2
"""Decimals of all other coordinates, in CSS px."""

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_MPL_EM = 6400
_NUMBER = r"(-?[\d.]+)"
_RUN = re.compile(rf"translate\({_NUMBER} {_NUMBER}\) scale\({_NUMBER} -?[\d.]+\)")
_SHIFT = re.compile(rf"translate\({_NUMBER} {_NUMBER}\)")
_FIRST = re.compile(r"m(-?\d+),?(-?\d+)")
_USE_BYTES, _DEFINITION_BYTES = 46, 28
"""What a reference and a definition cost in a data URI beside the outline itself."""


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A glyph where it is to stand: its name, its fill and size, its place on the em grid."""

    name: str
    fill: str
    unit: float
    x: int
    y: int


def compact(source: str, width: int, height: int) -> str:
    """Write matplotlib's SVG of a chart again in a fraction of the bytes.

    Glyphs that occur once are put into one path for each colour, the others are defined once.
    Text comes last, on top. Anything that is neither a path nor text is an error, so that
    nothing can get lost in silence.

    Parameters
    ----------
    source : str
        What ``FigureCanvasSVG`` wrote with ``svg.fonttype`` path.
    width, height : int
        CSS px.
    """
    root = ElementTree.fromstring(source)
    outlines: dict[str, str] = {}
    glyphs: list[_Glyph] = []
    shapes: list[str] = []
    for group in root.iter():
        for item in group:
            if item.tag == f"{_SVG}path" and "id" in item.attrib:
                outlines[item.attrib["id"]] = _glyph_data(item.attrib.get("d", ""))
            elif item.tag == f"{_SVG}path":
                shapes.append(_shape(item.attrib))
            elif item.tag == f"{_SVG}use":
                glyphs.append(_placed(item.attrib, group.attrib))
            elif item.tag not in {f"{_SVG}{name}" for name in ("g", "defs", "style")}:
                raise ValueError(f"unexpected element in a chart: {item.tag}")
    body = "".join([*shapes, *_text(glyphs, outlines)])
    box = f"width='{width}' height='{height}' viewBox='0 0 {width} {height}'"
    return f"<svg xmlns='http://www.w3.org/2000/svg' {box}>{body}</svg>"


def data_uri(svg: str) -> str:
    """Return an SVG as a valid URL without blanks, quotes of HTML, or base64's extra third."""
    return "data:image/svg+xml," + quote(svg, safe="/:=',;()!*~@$+-._?&")


@lru_cache(maxsize=4096)
def _glyph_data(data: str) -> str:
    """Return a glyph's outline as path data on the em grid; the same few come in every chart."""
    return path_data(outline(data, EM / _MPL_EM, -EM / _MPL_EM))


def _styles(attributes: dict[str, str]) -> dict[str, str]:
    pairs = (item.partition(":") for item in attributes.get("style", "").split(";") if item)
    styles = {key.strip(): value.strip() for key, _, value in pairs}
    return {key: _colour(value) for key, value in styles.items() if key != "stroke-dashoffset"}


def _colour(value: str) -> str:
    return re.sub(r"^#(.)\1(.)\2(.)\3$", r"#\1\2\3", value)


def _shape(attributes: dict[str, str]) -> str:
    grid = 10**PLACES
    data = path_data(outline(attributes["d"], grid, grid), PLACES)
    styles = "".join(f" {key}='{value}'" for key, value in sorted(_styles(attributes).items()))
    return f"<path{styles} d='{data}'/>"


def _placed(use: dict[str, str], run: dict[str, str]) -> _Glyph:
    """Put a glyph of a text run, which matplotlib sets at 100 units an em, on the em grid."""
    at = _RUN.fullmatch(run["transform"])
    shift = _SHIFT.fullmatch(use.get("transform", "translate(0 0)"))
    if at is None or shift is None:
        raise ValueError(f"unexpected transform in a chart: {run['transform']}")
    left, baseline, scale = (float(number) for number in at.groups())
    unit = round(scale * 100 / EM, 6)
    x = (left + scale * float(shift[1])) / unit
    y = (baseline - scale * float(shift[2])) / unit
    fill = _styles(run).get("fill", "#000")
    return _Glyph(use[_HREF].removeprefix("#"), fill, unit, round(x), round(y))


def _text(glyphs: list[_Glyph], outlines: dict[str, str]) -> Iterator[str]:
    """Write all glyphs: the repeated ones as definitions and references, the others in place."""
    times = Counter(glyph.name for glyph in glyphs)
    shared = [name for name in times if _pays(len(outlines[name]), times[name])]
    ids = {name: _name(number) for number, name in enumerate(shared)}
    if ids:
        paths = "".join(f"<path id='{ids[name]}' d='{outlines[name]}'/>" for name in shared)
        yield f"<defs>{paths}</defs>"
    for fill, unit in dict.fromkeys((glyph.fill, glyph.unit) for glyph in glyphs):
        members = [glyph for glyph in glyphs if (glyph.fill, glyph.unit) == (fill, unit)]
        single = "".join(_in_place(outlines[g.name], g) for g in members if g.name not in ids)
        inside = f"<path d='{single}'/>" if single else ""
        inside += "".join(
            f"<use href='#{ids[g.name]}' x='{g.x}' y='{g.y}'/>" for g in members if g.name in ids
        )
        yield f"<g fill='{fill}' transform='scale({unit:g})'>{inside}</g>"


def _in_place(data: str, glyph: _Glyph) -> str:
    """Move relative path data to a glyph's place: only its very first point is absolute."""
    match = _FIRST.match(data)
    if match is None:
        return ""  # a blank
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
