"""The glyphs of a text: their outlines on the em grid, and where each of them stands."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import Final

from matplotlib.ft2font import GlyphIndexType, LoadFlags

from nianbao.charts.font import SCALE, advance, face
from nianbao.charts.outline import Outline, path_data

EM: Final = 128
"""Grid of glyph outlines, units an em: at 15 px a unit is an eighth of a CSS px."""

_SUBPIXELS = 64
"""FreeType gives outlines and widths in so many parts of a px."""
_APART = re.compile(
    r"[-0-9 !%()+,./:;<=>?\[\]~·×÷‘’“”…−≠○①-⑳、。〇〈〉《》「」『』【】〓〔〕一-鿿"
    r"！％（）＋，－．／：；？～]*"
)
"""Characters that no neighbour moves or alters; beside a letter they may be set closer."""
_LETTERS = {1: "M", 2: "L", 3: "Q", 4: "C", 79: "z"}
_POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3, "z": 1}


def glyphs(text: str) -> list[tuple[int, float]]:
    """Return a text's glyphs, each with where it begins, in px of a font of ``SCALE`` px."""
    if _APART.fullmatch(text):
        # Widths are added as FreeType's whole parts of a px, as a text is set.
        widths = (round(advance(c) * SCALE * _SUBPIXELS) for c in text)
        starts = accumulate(widths, initial=0)
        return [(_index(c), start / _SUBPIXELS) for c, start in zip(text, starts, strict=False)]
    return _set(text)


@lru_cache(maxsize=4096)
def _index(character: str) -> int:
    return face().get_char_index(ord(character))


@lru_cache(maxsize=512)
def _set(text: str) -> list[tuple[int, float]]:
    """Let matplotlib set a text in which letters stand closer and signs change beside them."""
    from matplotlib.textpath import TextToPath  # takes long to import and is seldom asked

    placed, _, _ = TextToPath().get_glyphs_with_font(face(), text)
    return [(int(name.rpartition("-")[2], 16), start) for name, start, _, _ in placed]


@lru_cache(maxsize=4096)
def glyph_data(index: int) -> str:
    """Return a glyph's outline as path data on the em grid; the same few come in every chart."""
    font = face()
    font.load_glyph(GlyphIndexType(index), flags=LoadFlags.NO_HINTING)
    vertices, codes = font.get_path()
    return path_data(_outline((vertices * _SUBPIXELS).tolist(), codes.tolist()))


def _outline(vertices: list[list[float]], codes: list[int]) -> Outline:
    """Round every point to the grid, whose y grows downwards."""
    unit = EM / (SCALE * _SUBPIXELS)
    commands: Outline = []
    at = 0
    while at < len(codes):
        letter = _LETTERS[codes[at]]
        end = at + _POINTS[letter]
        points = tuple((round(x * unit), round(y * -unit)) for x, y in vertices[at:end])
        commands.append((letter, () if letter == "z" else points))
        at = end
    return commands
