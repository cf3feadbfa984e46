"""Turns one written table cell into a value and a state, and never guesses."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

LIMIT = 10**12
"""No count or amount of one body reaches this; a larger number is a slip, not a figure."""

EMPTY_STATES = ("blank", "dash", "slash", "word")
"""States of a cell that was found without a figure: four different things, none of them 0."""

_DASHES = set("-‐‑‒–—―−─ー")
_WORDS = {"无", "没有", "*", "**", "空", "无数据", "未统计"}
_GROUPED = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_RAISED = ("<super>", "<sub>", "<circle>")
"""Footnote marks such as ² and ①: folding their width would turn them into digits."""
_COUNT_UNITS = ("件次", "件")
INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class Value:
    """What a written cell means.

    Attributes
    ----------
    number : int or decimal.Decimal or None
        The figure, in the form's unit (件, or 万元 for amounts); only in state ``number``.
    state : str
        ``number``, ``blank``, ``dash``, ``slash``, ``word`` or ``unreadable``.
    reason : str
        Why a cell is unreadable, in Chinese; else empty.
    """

    number: int | Decimal | None
    state: str
    reason: str = ""


def parse(written: str, *, decimal: bool = False) -> Value:
    """Read one cell.

    Parameters
    ----------
    written : str
        The text of the cell as it stands in the source.
    decimal : bool
        Whether the form allows a fraction here (only 行政事业性收费, in 万元).

    Returns
    -------
    Value
        Blank, ``0``, ``/`` and ``—`` are four different things; none is turned into another.
    """
    if any(unicodedata.decomposition(sign).startswith(_RAISED) for sign in written):
        return Value(None, "unreadable", "数字旁有注号或角标")
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", written)).strip()
    marker = _marker(text)
    if marker:
        return Value(None, marker)
    unit = "万元" if decimal else next((u for u in _COUNT_UNITS if text.endswith(u)), "件")
    figure = text.removesuffix(unit).strip()
    if not figure.isascii() or not (_PLAIN.fullmatch(figure) or _GROUPED.fullmatch(figure)):
        return Value(None, "unreadable", "不是数字")
    return _number(Decimal(figure.replace(",", "").replace(" ", "")), decimal=decimal)


def _marker(text: str) -> str:
    """Name the state of a cell that holds no figure at all, or nothing."""
    if not text:
        return "blank"
    if set(text) <= _DASHES:
        return "dash"
    if set(text) <= {"/", "\\"}:
        return "slash"
    return "word" if text in _WORDS else ""


def _number(number: Decimal, *, decimal: bool) -> Value:
    """Keep counts as integers and amounts as exact decimals, within the limit."""
    if number > LIMIT:
        return Value(None, "unreadable", "数字超过一万亿，疑为误录")
    if decimal:
        return Value(number, "number")
    if number != number.to_integral_value():
        return Value(None, "unreadable", "件数不应有小数")
    return Value(int(number), "number")
