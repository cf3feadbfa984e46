"""Reads what prose says of the 信息处理费: how much, or that none was collected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from nianbao.narrative.numbers import quantities

_SENTENCE: Final = re.compile(r"[^。！？!?\n]+")
_FEE: Final = re.compile(r"信息处理费|信息公开[^，。；\n]{0,8}(?:收费|费用)")
_NONE: Final = re.compile(
    r"(?:未|没有|无|零)[^，。；\n]{0,12}(?:收取|产生|发生|收费|收入)|未收费|不收取|免收|没有[^，。；\n]{0,8}信息处理费"
)
_STANDARD: Final = re.compile(r"[每超][^，。；\n]{0,10}\Z|标准[^，。；\n]{0,10}\Z|以[上下]")
_OTHERS: Final = re.compile(r"(?:19|20)[0-9]{2}年[^，。；\n]{0,20}\Z|[上去]年[^，。；\n]{0,12}\Z")


@dataclass(frozen=True, slots=True)
class Fee:
    """An amount of 信息处理费 in 元, or 0 where the words say that there was none.

    ``holds`` is whether it can be: by the fee rule every amount is a multiple of 10 元.
    """

    value: int | Decimal
    holds: bool
    text: str
    start: int
    end: int


def fees(text: str, year: int | None = None) -> list[Fee]:
    """Return the amounts that a text gives; prices, standards and other years are left out."""
    found: list[Fee] = []
    for sentence in _SENTENCE.finditer(text):
        named = _FEE.search(text, sentence.start(), sentence.end())
        if not named:
            continue
        amounts = _amounts(text, sentence.start(), sentence.end(), named.end(), year)
        none = _NONE.search(text, sentence.start(), sentence.end())
        if none and not amounts:
            amounts = [Fee(0, True, none.group(), none.start(), none.end())]
        found += amounts
    return found


def _amounts(text: str, start: int, end: int, named: int, year: int | None) -> list[Fee]:
    found = []
    for number in quantities(text[start:end]):
        begin = start + number.start
        before = text[max(start, begin - 30) : begin]
        if number.unit != "元" or begin < named - 40 or _STANDARD.search(before):
            continue
        other = _OTHERS.search(before)
        if other and not (year and f"{year}年" in other.group()):
            continue
        holds = number.approximate or number.value % 10 == 0
        found.append(Fee(number.value, holds, number.text, begin, start + number.end))
    return found
