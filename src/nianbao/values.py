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

INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
STRUCK = "\u0336"
"""Follows every character that is struck through in the source: such text is no figure."""

_DASHES = set("-‐‑‒–—―−─ー")
_WORDS = {"无", "没有", "*", "**", "空", "无数据", "未统计"}
_UNITS = {"件": ("件次", "件"), "项": ("项", "个", "件"), "万元": ("万元", "元")}
"""What may stand after a figure, by the form's unit; 元 is converted, exactly."""
_RAISED = ("<super>", "<circle>", "<sub>")
"""Footnote marks such as ² and ①: folding their width would turn them into digits."""
_REMARK = re.compile(r"(?P<figure>[^()]*)\((?P<remark>[^()]*[\u4e00-\u9fff][^()]*)\)")
_SIGN = re.compile(r"(?P<minus>-|−|–|负|减少|减)|(?P<plus>\+|增加|增)")
_GROUPED = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Value:
    """What a written cell means.

    Attributes
    ----------
    number : int or decimal.Decimal or None
        The figure, in the form's unit (件, 项, or 万元 for amounts); only in state ``number``.
    state : str
        ``number``, ``blank``, ``dash``, ``slash``, ``word`` or ``unreadable``.
    reason : str
        Why a cell is unreadable, in Chinese; else empty.
    remark : str
        What stands beside the figure: a footnote mark, or words in brackets.
    unit : str
        The unit written after the figure, if any.
    """

    number: int | Decimal | None
    state: str
    reason: str = ""
    remark: str = ""
    unit: str = ""


def parse(written: str, *, unit: str = "件", signed: bool = False) -> Value:
    """Read one cell.

    Parameters
    ----------
    written : str
        The text of the cell as it stands in the source.
    unit : str
        The form's unit here: ``件``, ``项``, or ``万元`` (only there a fraction is allowed).
    signed : bool
        Whether the form allows a figure below zero here (本年增/减).

    Returns
    -------
    Value
        Blank, ``0``, ``/`` and ``—`` are four different things; none is turned into another.
        An amount written in 元 is converted to 万元.
    """
    raised = [sign for sign in written if unicodedata.decomposition(sign).startswith(_RAISED)]
    bare = written.rstrip().rstrip("".join(raised))
    if any(sign in bare or unicodedata.decomposition(sign).startswith("<sub>") for sign in raised):
        return Value(None, "unreadable", "数字旁有注号或角标")
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", bare)).strip()
    if not raised and (marker := _marker(text)):
        return Value(None, marker)
    figure, remark = _without_remark(text, unit)
    remark = "".join(raised) + remark
    found = next((u for u in _UNITS[unit] if figure.endswith(u)), "")
    return _value(figure.removesuffix(found).strip(), unit, found, remark, signed=signed)


def _without_remark(text: str, unit: str) -> tuple[str, str]:
    """Part a figure from words in brackets after it; a unit in brackets is no remark."""
    match = _REMARK.fullmatch(text)
    if not match:
        return text, ""
    if match["remark"] in _UNITS[unit]:
        return match["figure"].strip() + match["remark"], ""
    return match["figure"].strip(), f"（{match['remark']}）"


def _marker(text: str) -> str:
    """Name the state of a cell that holds no figure at all, or nothing."""
    if not text:
        return "blank"
    if set(text) <= _DASHES:
        return "dash"
    if set(text) <= {"/", "\\"}:
        return "slash"
    return "word" if text in _WORDS else ""


def _value(figure: str, unit: str, written_unit: str, remark: str, *, signed: bool) -> Value:
    """Read a figure without its unit and remark: exactly, and within the limits of its kind."""
    if STRUCK in figure:
        return Value(None, "unreadable", "文字带删除线")
    sign = _SIGN.match(figure)
    digits = figure[sign.end() :].strip() if sign else figure
    if not digits.isascii() or not (_PLAIN.fullmatch(digits) or _GROUPED.fullmatch(digits)):
        return Value(None, "unreadable", "不是数字")
    if sign and not signed:
        return Value(None, "unreadable", "此处不应有正负号")
    number = Decimal(digits.replace(",", "").replace(" ", ""))
    if number > LIMIT:
        return Value(None, "unreadable", "数字超过一万亿，疑为误录")
    if sign and sign["minus"]:
        number = -number
    if unit == "万元":
        amount = number / 10000 if written_unit == "元" else number
        return Value(amount, "number", remark=remark, unit=written_unit)
    if number != number.to_integral_value():
        return Value(None, "unreadable", "件数不应有小数")
    return Value(int(number), "number", remark=remark, unit=written_unit)
