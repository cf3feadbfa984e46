"""Makes text from outside safe to stand in a cell: shown as written, never run, never too long."""

from __future__ import annotations

import re
import unicodedata
from math import ceil

LIMIT = 32_767
"""UTF-16 units that a cell can hold."""

_LINE_END = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# Lone surrogates and non-characters, which no XML can hold; signs that turn the reading order.
_NOTHING = re.compile("[\x80-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_FORMULA = tuple("=+-@＝＋－＠\t")


def plain(text: str) -> str:
    """Return a text as a cell can hold it.

    Control characters become their visible pictures (␀), what no file can hold becomes U+FFFD,
    and a text that is too long is cut and says so.
    """
    text = _LINE_END.sub("\n", text)
    text = _CONTROL.sub(_picture, text)
    text = _NOTHING.sub("\ufffd", text)
    return text if _units(text) <= LIMIT else _cut(text)


def formula_like(text: str) -> bool:
    """Whether a program would take a text for a formula once somebody edits its cell."""
    return text.startswith(_FORMULA)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    return "\u2421" if code == 0x7F else chr(0x2400 + code)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str) -> str:
    notice = f"……（全文{len(text)}字，超过一格的上限，此处截断）"
    room = 2 * (LIMIT - len(notice))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + notice


def breadth(text: str) -> int:
    """Return the width of a text in digits: a Chinese sign is as wide as two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def lines(text: str, pixels: float, size: float) -> int:
    """Estimate over how many lines a text runs in a cell.

    Parameters
    ----------
    text : str
        The text, with its line ends.
    pixels : float
        Width of the cell.
    size : float
        Size of the type in points.
    """
    signs = max(1, int((pixels - 8) / (size * 4 / 3)))
    return sum(max(1, ceil(breadth(line) / 2 / signs)) for line in text.split("\n"))
