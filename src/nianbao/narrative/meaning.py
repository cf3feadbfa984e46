"""Turns a number in its words into the cells that it may mean, or into nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from nianbao.narrative.families import found_in, of_all
from nianbao.narrative.mentions import Mention
from nianbao.narrative.readings import (
    Layout,
    Reading,
    case_readings,
)

_UNITS: Final = frozenset({"件", "宗", "份", "起", "例", "件次", ""})
_EACH: Final = re.compile("均|都|各")
_FROM: Final = re.compile(r"[由从较比]\s?\Z")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A number, the cells that it may mean, and how sure it is that it means them.

    ``doubt`` is empty, ``topic`` (nothing near says that requests are meant) or ``scope``.
    """

    value: int | Decimal
    readings: tuple[Reading, ...]
    family: str
    start: int
    end: int
    doubt: str = ""
    approximate: bool = False
    rounding: int | Decimal = 0

    def agrees(self, known: int | Decimal) -> bool:
        """Whether a figure of the tables can be what was written, within its rounding."""
        difference = abs(Decimal(known) - Decimal(self.value))
        return difference <= self.rounding if self.rounding else not difference


def meanings(text: str, mention: Mention, layout: Layout) -> Iterator[Meaning]:
    """Yield what a mention says of the tables: nothing, one thing, or (均为0) two."""
    if mention.quantity.is_share or _silent(mention):
        return
    if mention.wholly is not None:
        found = of_all(mention, layout)
    else:
        found = found_in(text, mention, layout)
    if found is None:
        return
    families, readings, doubt, first = found
    begin = first.start if first else mention.quantity.start
    number = mention.quantity
    end = max(number.end, first.end if first else 0)
    base = Meaning(
        number.value,
        tuple(readings),
        families,
        min(begin, number.start),
        end,
        doubt or mention.state.doubt,
        number.approximate,
        _rounding(mention),
    )
    if readings == case_readings("both") and _EACH.search(mention.gap):
        for block in ("review", "suits"):
            yield replace(base, readings=tuple(case_readings(block)), family=block)
        return
    yield base


def _rounding(mention: Mention) -> int | Decimal:
    """Return how far a figure may be off: half a written place, a whole one if approximate."""
    number = mention.quantity
    if not number.approximate:
        return Decimal(number.rounding) / 2
    digits = str(number.value).split(".")[0]
    place: int = 10 ** (len(digits) - len(digits.rstrip("0")))
    return max(place, number.rounding)


def _silent(mention: Mention) -> bool:
    """Whether the words forbid to compare: another year, several years, a plan, a channel."""
    state = mention.state
    if state.muted or mention.quantity.unit not in _UNITS | {"元", "个", "项", "部"}:
        return True
    if state.other_time or _FROM.search(mention.gap):
        return True
    kinds = [word.kind for word in mention.before]
    if "mute" in kinds or any(word.kind == "mute" for word in mention.after[:2]):
        return True
    return bool(kinds) and kinds[-1] == "change"
