"""Recomputes growth (同比增长28%) where the earlier number, or the difference, is at hand."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from nianbao.narrative.numbers import Quantity
from nianbao.narrative.quotients import Base, Number, Percentage, fits, told

GROWTH: Final = re.compile(
    r"(?P<up>增长|增加|上升|增幅|涨幅|提高|上涨)(?:率)?[了约近为达]{0,2}\Z"
    r"|(?P<down>下降|减少|降低|降幅|减幅)[了约近为达]{0,2}\Z"
)
#: The words right before a percentage that make it a growth; which way is its group.
_AGO: Final = re.compile(r"(?:[上去]一?年度?|同期|由|从|较|比|同)[^，,；;。]{0,16}\Z")
_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2})年度?[^，,；;。0-9]{0,14}[（(]?\Z")
_CHANGED: Final = re.compile(r"(?:(?P<more>增加|多)|(?P<less>减少|少|下降))了?\s?\Z")
_NOW: Final = re.compile(r"(?:至|达到?|为)\s?\Z")
_LAST_YEAR: Final = re.compile(r"[上去]年[^，]{0,6}\Z")
_FARTHEST: Final = 120

Pair = tuple[Quantity, Number, Number]


def growth_of(
    text: str,
    start: int,
    number: Quantity,
    inside: list[Quantity],
    down: bool,
    base: Base,
    year: int | None,
) -> Percentage | None:
    """Check a growth against every pair of a number and an earlier one in its sentence."""
    near = [
        n
        for n in inside
        if not (n.is_share or n.approximate or abs(n.start - number.start) > _FARTHEST)
    ]
    found = _pairs(text, start, near, base, year)
    pairs: list[Pair] = [(n, new, old) for n, new, old in found if old > 0 and (new < old) == down]
    for current, new, old in pairs:
        difference: Number = new - old
        agreed = fits(number, abs(Decimal(difference)), old)
        if agreed is not False or len(pairs) == 1:
            return told(text, current, number, (difference, old), agreed, growth=True)
    return None


def _pairs(text: str, start: int, near: list[Quantity], base: Base, year: int | None) -> list[Pair]:
    """Return the numbers of now, each with the earlier one that it may be compared with."""
    now: list[Quantity] = []
    then: list[Quantity] = []
    changes: list[tuple[Quantity, int]] = []
    for other in near:
        before = text[max(start, other.start - 24) : other.start]
        changed = _CHANGED.search(before)
        if changed:
            changes.append((other, -1 if changed["less"] else 1))
        else:
            (then if _is_past(before, year) else now).append(other)
    pairs: list[Pair] = [(a, a.value, b.value) for a in now for b in then if a.unit == b.unit]
    for a in now:
        differing = [(c, s) for c, s in changes if a.unit == c.unit and a.start < c.start]
        pairs += [(a, a.value, a.value - sign * c.value) for c, sign in differing]
        pairs += [(a, a.value, old) for new, old in base.previous if new == a.value]
    return pairs


def _is_past(before: str, year: int | None) -> bool:
    """Whether the words before a number say that it is last year's."""
    if _NOW.search(before) and not _LAST_YEAR.search(before):
        return False
    stated = _YEAR.search(before)
    if stated is None:
        return _AGO.search(before) is not None
    return int(stated[1]) == year - 1 if year else "较" in before or "比" in before
