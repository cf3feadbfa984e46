"""The fonts that an archived page carries: subsets of the pages' own, with their licence."""

from __future__ import annotations

import base64
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from fontTools import subset
from matplotlib import get_data_path
from pylopdf_fonts_zh_cn import sans_path, serif_path

from nianbao.charts.font import face

_FEATURES: Final = ("kern", "ccmp", "locl", "tnum", "lnum")
_COPYRIGHT, _LICENCE, _LICENCE_PLACE = 0, 13, 14
_FAMILY, _STYLE, _FULL, _POSTSCRIPT = 1, 2, 4, 6


@dataclass(frozen=True, slots=True)
class Face:
    """A font that pages name in their style sheet.

    Attributes
    ----------
    family : str
        What its subset is called: the licence forbids a changed font to keep a reserved name,
        and a page must not take a font of the reader's own for it.
    """

    family: str
    path: Path


_OTHERS: Final = Path(get_data_path(), "fonts", "ttf")
SANS: Final = Face("Nianbao Sans", sans_path())
SERIF: Final = Face("Nianbao Serif", serif_path())
SIGNS: Final = Face("Nianbao Signs", _OTHERS / "DejaVuSans.ttf")
"""For the few signs that the Chinese fonts have not got, such as ✗."""


def subset_of(source: Face, characters: Collection[str]) -> bytes:
    """Return a font with some characters alone, as WOFF2: the same bytes for the same ones.

    Parameters
    ----------
    source : Face
        The font.
    characters : collection of str
        Those that it has not got are left out.
    """
    options = subset.Options(
        flavor="woff2",
        layout_features=list(_FEATURES),
        hinting=False,
        desubroutinize=True,  # smaller, once it is compressed, and sooner done
        name_IDs=[_COPYRIGHT, _LICENCE, _LICENCE_PLACE, _FAMILY, _STYLE, _FULL, _POSTSCRIPT],
        notdef_outline=True,
        drop_tables=[*subset.Options().drop_tables, "FFTM"],  # when FontForge made it
        recalc_timestamp=False,
    )
    with subset.load_font(str(source.path), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=sorted(map(ord, characters)))
        cutter.subset(font)
        _rename(font, source.family)
        made = io.BytesIO()
        subset.save_font(font, made, options)
    return made.getvalue()


def face_rule(source: Face, content: bytes) -> str:
    """Return the rule of a style sheet that brings a font along."""
    data = base64.b64encode(content).decode()
    place = f'url(data:font/woff2;base64,{data}) format("woff2")'
    return f'@font-face{{font-family:"{source.family}";src:{place}}}'


def missing(characters: Iterable[str]) -> set[str]:
    """Return the characters that the Chinese sans font has not got."""
    return {each for each in characters if not face().get_char_index(ord(each))}


def licences() -> dict[str, bytes]:
    """Return the licences that the fonts came with, by the name of the file."""
    listed = metadata.files("pylopdf-fonts-zh-cn") or []
    text = next(file for file in listed if file.parts[-2:] == ("licenses", "LICENSE"))
    return {
        "OFL.txt": Path(str(text.locate())).read_bytes(),
        "DejaVu.txt": (_OTHERS / "LICENSE_DEJAVU").read_bytes(),
    }


def _rename(font: Any, family: str) -> None:
    """Call a font by another name, in all places where it says its own."""
    plain = family.replace(" ", "")
    names = {_FAMILY: family, _STYLE: "Regular", _FULL: family, _POSTSCRIPT: f"{plain}-Regular"}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
    if "CFF " not in font:
        return
    outlines = font["CFF "].cff
    outlines.fontNames = [f"{plain}-Regular"]
    for top in outlines.topDictIndex:
        top.FamilyName = top.FullName = family
