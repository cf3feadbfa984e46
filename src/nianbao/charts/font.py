"""The one font of the charts: what it can write, how wide a text is, where a line may break."""

from __future__ import annotations

import io
import re
from functools import cache, lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags
from pylopdf_fonts_zh_cn import sans_path

SIZE = 15.0
"""Size of all text in charts, in CSS px: above the 14 px of the tables."""

SCALE = 100
"""Size at which outlines are taken from the font, in px an em."""

MISSING = "〓"
"""Chinese printers' mark for a character that the font has not got."""

_TOKEN = re.compile(r"[0-9A-Za-z.,%]{1,16}|.", re.DOTALL)
_MARK = re.compile("[，、；：]")
_NOT_FIRST = frozenset("，。、；：？！）》”’」』】〉%…·")
_NOT_LAST = frozenset("（《“‘「『【〈")


@cache
def face() -> FT2Font:
    """Return the font, opened once, outlines at ``SCALE`` px an em."""
    # From memory: an open file has one place where it is read, which forked children would share.
    opened = FT2Font(io.BytesIO(sans_path().read_bytes()))
    opened.set_size(SCALE, 72)
    return opened


@cache
def properties() -> FontProperties:
    """Return the font by its file, so that matplotlib's global list of fonts stays as it is."""
    return FontProperties(fname=str(sans_path()), size=SIZE)


@lru_cache(maxsize=8192)
def _drawn(character: str) -> str:
    """Return what stands for a character in a line: itself, a blank or 〓."""
    plain = " " if character.isspace() else character
    return plain if _writable(plain) else MISSING


@lru_cache(maxsize=8192)
def _width(character: str) -> float:
    return advance(_drawn(character))


@lru_cache(maxsize=8192)
def _writable(character: str) -> bool:
    return character.isprintable() and face().get_char_index(ord(character)) != 0


@lru_cache(maxsize=8192)
def advance(character: str) -> float:
    """Return how far a character that the font has moves the next one, in ems."""
    glyph = face().load_char(ord(character), LoadFlags.NO_SCALE)
    return glyph.horiAdvance / face().units_per_EM


def writable(text: str) -> str:
    """Return the text in one line, with 〓 for every character that the font lacks."""
    return "".join(map(_drawn, text))


def measure(text: str) -> float:
    """Return how wide a text stands, in CSS px."""
    return SIZE * sum(map(_width, text))


def widest(texts: list[str]) -> float:
    """Return the width of the widest of several texts, in CSS px; 0 where there is none."""
    return max((measure(text) for text in texts), default=0.0)


def clipped(text: str, most: int = 60) -> str:
    """Return a text cut to so many characters; what is cut stands in the table in full."""
    return text if len(text) <= most else text[: most - 1] + "…"


def wrap(text: str, limit: float) -> list[str]:
    """Break a text into as few lines as fit into a width (px), and these about equally long.

    Figures are never torn apart; closing marks never begin a line, opening ones never end it.
    """
    lines = _fill(writable(text), limit)
    if len(lines) == 2:
        return _at_mark(writable(text), limit) or _even(lines, limit)
    return _even(lines, limit)


def _at_mark(text: str, limit: float) -> list[str]:
    """Break a text in two after a mark, as evenly as can be; nothing where no half fits."""
    halves = [[text[: m.end()], text[m.end() :]] for m in _MARK.finditer(text)]
    fitting = [pair for pair in halves if pair[1] and widest(pair) <= limit]
    return min(fitting, key=widest, default=[])


def _even(lines: list[str], limit: float) -> list[str]:
    text = "".join(lines)
    # The narrowest width with as many lines leaves no line with a single character.
    while len(lines) > 1 and limit > SIZE * 4:
        limit -= SIZE / 2
        tighter = _fill(text, limit)
        if len(tighter) > len(lines) or widest(tighter) > limit:
            break
        lines = tighter
    return lines


def _fill(text: str, limit: float) -> list[str]:
    lines: list[list[str]] = [[]]
    for token in _TOKEN.findall(text):
        line = lines[-1]
        if line and measure("".join([*line, token])) > limit and token not in _NOT_FIRST:
            carried = [line.pop()] if len(line) > 1 and line[-1] in _NOT_LAST else []
            lines.append([*carried, token])
        else:
            # A closing mark hangs over the edge rather than beginning a line.
            line.append(token)
    return ["".join(line) for line in lines]
