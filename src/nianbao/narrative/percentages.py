"""Recomputes shares (占33.9%) and growth (同比增长28%) from the numbers beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nianbao.narrative.growth import GROWTH, growth_of
from nianbao.narrative.numbers import Quantity, quantities
from nianbao.narrative.quotients import Base, Number, Percentage, fits, told

_SENTENCE: Final = re.compile(r"[^。！？!?\n]+")
_SHARE: Final = re.compile(r"占[^，,；;、。0-9%]{0,20}\Z")
_RATE: Final = re.compile(
    r"(办结|答复|回复|办复|按期|按时|满意|公开)[^，,；;。0-9%]{0,6}率[^，,；;。0-9%]{0,4}\Z"
)
_NEXT: Final = re.compile(r"[，,、（(\s]{0,2}(?:约)?占")
_NAMED: Final = re.compile(
    r"占[^，。；0-9]{0,6}(?:(?P<done>办结|答复)|(?:申请|收到|受理|新收)[^，。；0-9]{0,4}总)"
)
#: Numbers looked at on each side, and characters between a number and its share.
_NEAREST: Final = 24
_FARTHEST: Final = 40


def percentages(text: str, base: Base | None = None, year: int | None = None) -> list[Percentage]:
    """Return the percentages of a text whose numbers are at hand.

    A share is tried of every greater number before it in its paragraph and of the tables'
    totals: it is called wrong only where the numbers stand in its own sentence or in the
    tables, and none fits. Never raises.

    Parameters
    ----------
    base : Base, optional
        Totals of the report's tables, and pairs (this year, last year) of last year's report.
    """
    base = base or Base()
    found: list[Percentage] = []
    counted = [n for n in quantities(text) if n.value >= 0]
    at = 0
    for sentence in _SENTENCE.finditer(text):
        inside: list[Quantity] = []
        earlier = [n for n in counted[max(at - _NEAREST, 0) : at] if not n.is_share]
        while at < len(counted) and counted[at].start < sentence.end():
            inside.append(counted[at])
            at += 1
        found += _in_sentence(text, sentence.start(), inside, earlier, base, year)
    return found


def _in_sentence(
    text: str,
    start: int,
    inside: list[Quantity],
    earlier: list[Quantity],
    base: Base,
    year: int | None,
) -> Iterator[Percentage]:
    for index, number in enumerate(inside):
        if number.unit != "%" or number.approximate:
            continue
        before = text[max(start, number.start - 30) : number.start]
        counts = [n for n in inside[max(index - _NEAREST, 0) : index] if not n.is_share]
        growth = GROWTH.search(before)
        # Only so many numbers on each side are looked at: linear in any sentence.
        near = inside[max(index - _NEAREST, 0) : index + _NEAREST]
        if growth:
            found = growth_of(text, start, number, near, growth["down"] is not None, base, year)
        elif _SHARE.search(before):
            found = _share(text, number, near, counts, earlier, base)
        elif _RATE.search(before):
            found = _rate(text, number, counts)
        else:
            found = None
        if found:
            yield found


def _share(
    text: str,
    number: Quantity,
    inside: list[Quantity],
    counts: list[Quantity],
    earlier: list[Quantity],
    base: Base,
) -> Percentage | None:
    """Check 予以公开57件，占39.3%: the number right before, of a total."""
    if not counts or number.start - counts[-1].end > _FARTHEST:
        return None
    part = counts[-1]
    between = text[part.end : number.start]
    own = _NEXT.match(between) is not None
    if part.approximate or (not own and re.search(r"[；;。]", between)):
        return None
    wholes = [n for n in [*counts[:-1], *earlier] if n.unit == part.unit and not n.approximate]
    following = [n for n in inside if n.start > number.end and n.unit == part.unit]
    near = [n.value for n in wholes + following if n.value >= part.value and n.value]
    shared = [n for n in counts if _NEXT.match(text, n.end)]
    alike = [n.value for n in inside if _NEXT.match(text, n.end) and n.unit == part.unit]
    near.append(sum(alike, start=0))
    figures = _offered(between, base)
    offered = [figure for figure in figures if figure >= part.value and figure]
    fitting = next((w for w in [*near, *offered] if fits(number, part.value, w) is True), None)
    if fitting is not None:
        return told(text, part, number, (part.value, fitting), True)
    before = [n for n in counts if not shared or n.start < shared[0].start]
    solid = [n.value for n in before if n.unit == part.unit and n.value >= sum(alike, start=0)]
    likely = max(solid, default=None) if solid else None
    if likely is None and part.value in figures and offered:
        likely = max(offered)
    if likely is None or not own or not likely:
        # 合计70件，占办结总量的48.3%, 占总数的: the words name a total of the tables.
        named = re.search(r"占[^，。；0-9]{0,8}(?:总[数量]|办结|申请)", between)
        if not named or not offered:
            return None
        likely = offered[0]
    return told(text, part, number, (part.value, likely), fits(number, part.value, likely))


def _offered(between: str, base: Base) -> tuple[Number, ...]:
    """Return the totals that the words allow: 占办结总数 is of what was done."""
    named = _NAMED.search(between)
    if named is None:
        return (*base.done, *base.received, *base.cases)
    return base.done if named["done"] else base.received


def _rate(text: str, number: Quantity, counts: list[Quantity]) -> Percentage | None:
    """Recognise 402件，办结399件，办结率99.3%; a rate that does not fit may be of others."""
    for part, earlier in zip(reversed(counts[1:]), reversed(counts[:-1]), strict=True):
        whole = max(earlier.value, counts[0].value)
        if part.value < whole and fits(number, part.value, whole):
            return told(text, part, number, (part.value, whole), True)
    return None
