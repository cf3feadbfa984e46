"""The fonts that an archived page carries: subsets of the pages' own, with their licence."""

from __future__ import annotations

import base64
import io
from collections.abc import Collection
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from fontTools import subset
from pylopdf_fonts_zh_cn import sans_path, serif_path

LICENCE: Final = "OFL.txt"
"""The file of a bag that holds the licence of the fonts."""
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
    variable : str
        The style sheet's variable whose list of families it leads.
    """

    family: str
    variable: str
    path: Path


SANS: Final = Face("Nianbao Sans", "--sans", sans_path())
SERIF: Final = Face("Nianbao Serif", "--serif", serif_path())


def subset_of(face: Face, characters: Collection[str]) -> bytes:
    """Return a font with some characters alone, as WOFF2: the same bytes for the same ones.

    Parameters
    ----------
    face : Face
        The font.
    characters : collection of str
        Those that it has not got are left out.
    """
    options = subset.Options(
        flavor="woff2",
        layout_features=list(_FEATURES),
        hinting=False,
        name_IDs=[_COPYRIGHT, _LICENCE, _LICENCE_PLACE, _FAMILY, _STYLE, _FULL, _POSTSCRIPT],
        notdef_outline=True,
        recalc_timestamp=False,
    )
    with subset.load_font(str(face.path), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=sorted(map(ord, characters)))
        cutter.subset(font)
        _rename(font, face.family)
        made = io.BytesIO()
        subset.save_font(font, made, options)
    return made.getvalue()


def face_rule(face: Face, content: bytes) -> str:
    """Return the rule of a style sheet that brings a font along."""
    data = base64.b64encode(content).decode()
    source = f'url(data:font/woff2;base64,{data}) format("woff2")'
    return f'@font-face{{font-family:"{face.family}";src:{source}}}'


def licence() -> bytes:
    """Return the text of the licence that the fonts came with."""
    listed = metadata.files("pylopdf-fonts-zh-cn") or []
    text = next(file for file in listed if file.parts[-2:] == ("licenses", "LICENSE"))
    return Path(str(text.locate())).read_bytes()


def _rename(font: Any, family: str) -> None:
    """Call a font by another name, in all places where it says its own."""
    plain = family.replace(" ", "")
    names = {_FAMILY: family, _STYLE: "Regular", _FULL: family, _POSTSCRIPT: f"{plain}-Regular"}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
    outlines = font["CFF "].cff
    outlines.fontNames = [f"{plain}-Regular"]
    for top in outlines.topDictIndex:
        top.FamilyName = top.FullName = family
