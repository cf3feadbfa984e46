"""A year's stock and flow as four figures, whether they agree, and how they are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from nianbao.charts.words import count


@dataclass(frozen=True, slots=True)
class Period:
    """One year: what was there, what came, what went, what was left; None where not known."""

    year: int
    opening: int | None
    added: int | None
    removed: int | None
    closing: int | None

    @property
    def figures(self) -> tuple[int | None, int | None, int | None, int | None]:
        """The four figures in the order in which they are drawn."""
        return self.opening, self.added, self.removed, self.closing

    def known(self) -> Period:
        """Return the year with every figure below zero as not known."""
        return Period(self.year, *(n if n is None or n >= 0 else None for n in self.figures))

    @property
    def expected(self) -> int | None:
        """What should be left: opening + added − removed; None where one is not known."""
        if self.opening is None or self.added is None or self.removed is None:
            return None
        return self.opening + self.added - self.removed

    @property
    def places(self) -> tuple[int | None, int | None, int | None]:
        """Where what came begins and ends, and where what went ends; None where nobody knows.

        Counted from the year's start, and where that is not known back from its end.
        """
        start, end = self.opening, self.expected
        top = None if start is None or self.added is None else start + self.added
        if top is None and self.closing is not None and self.removed is not None:
            top, end = self.closing + self.removed, self.closing
        if start is None and top is not None and self.added is not None:
            start = top - self.added
        return start, top, end

    @property
    def difference(self) -> int:
        """How much more is left than should be; 0 where this cannot be said."""
        if self.expected is None or self.closing is None:
            return 0
        return self.closing - self.expected


@dataclass(frozen=True, slots=True)
class Terms:
    """The words for the four figures as the form has them, and their unit."""

    opening: str
    added: str
    removed: str
    closing: str
    unit: str = "件"


class Earlier(NamedTuple):
    """A figure of an older series that counts something else: year, figure, what it counts."""

    year: int
    value: int | None
    label: str


def break_between(sooner: Period | None, later: Period) -> int:
    """Return how much more a year begins with than the year before left; 0 where not known."""
    if sooner is None or sooner.year + 1 != later.year:
        return 0
    if sooner.closing is None or later.opening is None:
        return 0
    return later.opening - sooner.closing


def differences(periods: Sequence[Period], terms: Terms) -> list[str]:
    """Say with both sides which years do not begin as they should, and which do not add up."""
    notes: list[str] = []
    for sooner, later in pairwise([None, *periods]):
        if later is None:
            continue
        if sooner is not None and break_between(sooner, later):
            size = count(abs(break_between(sooner, later)), terms.unit)
            notes.append(
                f"{sooner.year}年{terms.closing}写为{_figure(sooner.closing)}，"
                f"{later.year}年{terms.opening}写为{_figure(later.opening)}，相差{size}"
            )
        if later.difference:
            size = count(abs(later.difference), terms.unit)
            notes.append(
                f"{later.year}年{terms.opening}{_figure(later.opening)}+"
                f"{terms.added}{_figure(later.added)}−{terms.removed}{_figure(later.removed)}"
                f"={_figure(later.expected)}，{terms.closing}写为{_figure(later.closing)}，"
                f"相差{size}"
            )
    return notes


def verdict(sooner: Period | None, period: Period, terms: Terms) -> str:
    """Say in a few words whether a year agrees with the year before and with itself."""
    found = {"与上年末": break_between(sooner, period), "本年各项": period.difference}
    words = [f"{what}相差{count(abs(n), terms.unit)}" for what, n in found.items() if n]
    known = period.expected is not None and period.closing is not None
    return "；".join(words) or ("相符" if known else "无法判定")


def figures(periods: Sequence[Period], terms: Terms) -> list[str]:
    """Tell the four figures of each year; of more than four years, of the first and the last."""
    shown = periods if len(periods) <= 4 else (periods[0], periods[-1])
    names = (terms.opening, terms.added, terms.removed, terms.closing)
    texts = []
    for period in shown:
        pairs = zip(names, period.figures, strict=True)
        told = [f"{n}{'未知' if v is None else count(v, terms.unit)}" for n, v in pairs]
        texts.append(f"{period.year}年{'、'.join(told)}")
    return texts


def account(periods: Sequence[Period], terms: Terms) -> str:
    """State the finding: how what was left has changed, and whether the years agree."""
    first, last = periods[0], periods[-1]
    failing = len(differences(periods, terms))
    ending = f"，{failing}处不相符" if failing else ""
    if first is last:
        return "，".join(figures(periods, terms)[0].split("、")) + ending
    if first.closing is None or last.closing is None:
        return f"{first.year}年至{last.year}年的{terms.closing}，有的年度未知{ending}"
    unit, change = terms.unit, last.closing - first.closing
    moved = (
        f"{'增加' if change > 0 else '减少'}{count(abs(change), unit)}" if change else "没有变化"
    )
    return (
        f"{first.year}年{terms.closing}{count(first.closing, unit)}，"
        f"{last.year}年{count(last.closing, unit)}，{moved}{ending}"
    )


def _figure(value: int | None) -> str:
    return "未知" if value is None else f"{value:,}".replace("-", "−")
