"""Finds the numbers in prose that count something, with unit, exactness and place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from nianbao.narrative.numerals import arabic, chinese, last_place, scale_of, simplified
from nianbao.narrative.units import (
    APPROXIMATE_AFTER,
    APPROXIMATE_BEFORE,
    NOT_COUNTED,
    SHARE,
    SPACE,
    UNIT,
)

_DIGIT: Final = "[0-9０-９]"
_FORM: Final = re.compile(
    # Titles and quoted names are opaque: their numbers belong to the name.
    rf"(?P<name>《[^《》\n]{{0,80}}》|“[^“”\n]{{0,40}}”)"
    rf"|(?P<of>百分之{SPACE}?)?(?:"
    rf"(?P<arabic>{_DIGIT}+(?:[,，.．]{_DIGIT}+)*"
    rf"(?:{SPACE}{{0,2}}[百千万亿]{{1,2}}(?:{_DIGIT}{{1,4}}[百千万]{{0,2}}){{0,2}})?)"
    rf"|(?P<chinese>[零〇一二两三四五六七八九十百千万亿]{{1,20}}))"
    rf"(?P<more>[余多来几]?)(?P<scale>[万亿]{{0,2}})"
    rf"(?:{SPACE}{{0,2}}(?:(?P<uncounted>{NOT_COUNTED})|(?P<share>{SHARE})|(?P<unit>{UNIT})))?"
)
_BOUNDARY: Final = frozenset("，,、；;：:。！？!?)）和及与以共 \u3000\xa0\n\r\t|")
_RANGE: Final = "-—–~～至到"
_CODE: Final = frozenset("/:：.．_@#=-—–")
_ORDINAL: Final = re.compile(rf"(?:第{SPACE}?[（(]?|届|〔|\[|【|[Nn]o\.?{SPACE}?)\Z")
# 统一, 唯一, 每一件: here 一 is part of a word and counts nothing.
_WORDS_IN_ONE: Final = frozenset("统唯单同之逐每任某这那另进")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in prose that counts something.

    Attributes
    ----------
    value
        The number after 万 and 亿: ``4.5万条`` is 45000, ``1.2万元`` is 12000 元.
    unit
        件, 条, 篇, 次, 元 …; ``%``, ``‰`` or ``个百分点`` for shares; empty where none is written.
    approximate
        Whether the words say so (约, 近, 余, 多, 超过, 以上, a range).
    text, start, end
        What was written and its half-open code point offsets.
    """

    value: int | Decimal
    unit: str
    approximate: bool
    text: str
    start: int
    end: int

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage and so never a part of a count."""
        return self.unit in {"%", "‰", "个百分点"}

    @property
    def rounding(self) -> int:
        """The last written place of a number in 百…亿 (``4.5万`` → 1000), 0 if exact."""
        return last_place(self.text)


def quantities(text: str) -> list[Quantity]:
    """Return the numbers of a text that count something, in order.

    Dates, years, durations, ordinals (第N, N号, N届), numbers in 《titles》 and “names”,
    codes and telephone numbers are left out. Chinese numerals need a unit.
    """
    return list(_quantities(text))


def _quantities(text: str) -> Iterator[Quantity]:
    ordinal_end = -1
    for found in _FORM.finditer(text):
        if found["name"]:
            continue
        # 第三、四条: the second number is an ordinal like the first.
        chained = found.start() == ordinal_end + 1 and text[ordinal_end] in "、和及至到-—~"
        if chained or _ORDINAL.search(text, max(found.start() - 4, 0), found.start()):
            ordinal_end = -1 if found["unit"] else found.end()
            continue
        quantity = None if found["uncounted"] else _quantity(text, found)
        if quantity is not None:
            yield quantity


def _quantity(text: str, found: re.Match[str]) -> Quantity | None:
    unit = "%" if found["of"] or found["share"] == "％" else found["share"] or found["unit"] or ""
    value = _value(found)
    if value is None or not (unit or _stands_alone(text, found)):
        return None
    if found["chinese"] and (not unit or _is_word(text, found)):
        return None
    ranged = bool(unit) and _in_range(text, found.start())
    if not ranged and _in_code(text, found.start()):
        return None
    return Quantity(
        value,
        unit,
        bool(found["more"]) or ranged or _is_approximate(text, found),
        found.group(),
        found.start(),
        found.end(),
    )


def _value(found: re.Match[str]) -> int | Decimal | None:
    if found["arabic"]:
        number = arabic(found["arabic"])
    else:
        counted = chinese(found["chinese"])
        number = None if counted is None else Decimal(counted)
    return None if number is None else simplified(number * scale_of(found["scale"]))


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    """Whether a number without unit is one: closed by punctuation, and no year."""
    if found.end() < len(text) and text[found.end()] not in _BOUNDARY:
        return False
    before = text[found.start() - 1 : found.start()]
    year = len(found.group()) == 4 and found.group()[:2] in {"19", "20", "１９", "２０"}
    return not (year or (before.isascii() and before.isalpha()))


def _is_word(text: str, found: re.Match[str]) -> bool:
    return found["chinese"] == "一" and text[found.start() - 1 : found.start()] in _WORDS_IN_ONE


def _in_range(text: str, start: int) -> bool:
    before = text[max(start - 2, 0) : start]
    return len(before) == 2 and before[0].isdigit() and before[1] in _RANGE


def _in_code(text: str, start: int) -> bool:
    before = text[max(start - 2, 0) : start]
    return len(before) == 2 and before[1] in _CODE and before[0].isascii() and before[0].isalnum()


def _is_approximate(text: str, found: re.Match[str]) -> bool:
    if APPROXIMATE_BEFORE.search(text, max(found.start() - 5, 0), found.start()):
        return True
    # 数十件, 几百条, 上千次: a scale with an indefinite digit.
    if found["chinese"] and not found["chinese"].strip("十百千万亿"):
        indefinite = "数几" if found["chinese"][0] == "十" else "数几上成"
        if found.start() and text[found.start() - 1] in indefinite:
            return True
    return APPROXIMATE_AFTER.match(text, found.end()) is not None
