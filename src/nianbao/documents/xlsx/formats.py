"""Excel's number formats and fonts, as far as they change what a figure says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from nianbao.documents.ooxml import attribute, child, children, whole_number

MAX_STYLES = 70_000
"""Excel itself allows 65,490 cell formats."""

_PERCENT = {"9": "0%", "10": "0.00%"}
"""The two built-in formats that multiply what is stored; the others leave the figure as it is."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|(?P<bracket>\[[^\]]*\])'
    r"|(?P<general>General|G/通用格式)|(?P<places>[0#?][0#?.,/ ]*|\.[0#?]+)(?:E[+-][0#?]+)?"
    r"|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_DATES = re.compile(r"[ymdhsge年月日时分秒上下午]", re.IGNORECASE)
_SCALED = re.compile(r",(?![0#?])")


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell's format changes what is stored in it.

    Attributes
    ----------
    before, after : str
        Words that the format puts around a figure (``件``).
    doubt : str
        The format itself, where the figure seen is another one than is stored; else empty.
    struck : bool
        Whether the cell is struck out.
    height : str
        ``superscript``, ``subscript`` or empty.
    """

    before: str = ""
    after: str = ""
    doubt: str = ""
    struck: bool = False
    height: str = ""


PLAIN = Look()


def read_looks(root: ET.Element | None) -> list[Look]:
    """List the looks of ``styles.xml`` in the order in which cells number them."""
    codes = dict(_PERCENT)
    for node in children(child(root, "numFmts")):
        codes[attribute(node, "numFmtId") or ""] = attribute(node, "formatCode") or ""
    fonts = [read_font(node) for node in children(child(root, "fonts"))]
    looks = []
    for node in children(child(root, "cellXfs"))[:MAX_STYLES]:
        before, after, doubt = read_code(codes.get(attribute(node, "numFmtId") or "", ""))
        font = whole_number(attribute(node, "fontId"), 0, MAX_STYLES)
        struck, height = fonts[font] if font < len(fonts) else (False, "")
        looks.append(Look(before, after, doubt, struck, height))
    return looks


def read_font(node: ET.Element | None) -> tuple[bool, str]:
    """Return whether a font strikes out, and whether it raises or lowers."""
    strike = child(node, "strike")
    struck = strike is not None and attribute(strike, "val") not in ("0", "false")
    height = attribute(child(node, "vertAlign"), "val") or ""
    return struck, height if height in ("superscript", "subscript") else ""


def read_code(code: str) -> tuple[str, str, str]:
    """Take the format of positive figures apart.

    Returns
    -------
    tuple of str
        The words before and after the figure, and the whole code where the figure cannot be
        told from what is stored: percentages, thousands left out, conditions, hidden figures.
    """
    before, after, places, doubt = "", "", 0, False
    for token in _TOKEN.finditer(code):
        if token["plain"] == ";":
            break
        if token["bracket"]:
            doubt |= token["bracket"][1] in "<>="
        elif token["places"] or token["general"]:
            places += 1
            doubt |= bool(token["places"]) and bool(_SCALED.search(token["places"].rstrip(" ")))
        elif token["plain"] == "@":
            places += 1
        else:
            word = token["quoted"] or token["escaped"] or token["plain"] or ""
            before, after = (before, after + word) if places else (before + word, after)
    unquoted = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code)
    if not code or (not places and _DATES.search(unquoted)):
        return "", "", ""
    doubt |= places != 1 or "%" in unquoted
    return ("", "", code[:60]) if doubt else (before.strip(), after.strip(), "")
