"""Agencies compared by a rate: whose figures say enough, whose do not, what holds for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.charts.intervals import stray, wilson
from nianbao.charts.words import SHARES_FROM

LEAST = SHARES_FROM
"""With fewer cases than this an agency's rate says nothing, and is not compared."""

MOST_ROWS = 40
"""More agencies than this are seen better in a funnel plot than in rows."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One agency: its name, the cases (件) that count, all its cases; None where not known."""

    name: str
    part: int | None
    whole: int | None


@dataclass(frozen=True, slots=True)
class Rate:
    """An agency whose rate can be calculated: 0 ≤ part ≤ whole, and whole above 0."""

    name: str
    part: int
    whole: int

    @property
    def value(self) -> float:
        """The rate, between 0 and 1."""
        return self.part / self.whole

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95 % interval by Wilson."""
        return wilson(self.part, self.whole)

    @property
    def fraction(self) -> str:
        """The rate as it was counted: ``12/1,340``."""
        return f"{self.part:,}/{self.whole:,}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Agencies in groups: with enough cases, with few, and what has no rate at all.

    Attributes
    ----------
    ranked : tuple of Rate
        With ``LEAST`` cases or more, highest rate first, of equal ones the larger first.
    few : tuple of Rate
        With fewer, in the order given: they are never ranked.
    empty, unknown, wrong : tuple of Entry
        Without cases; without figures; with figures that cannot be a part and its whole.
    overall : Rate
        All agencies that have a rate together, those with few cases included; without a name.
    """

    ranked: tuple[Rate, ...]
    few: tuple[Rate, ...]
    empty: tuple[Entry, ...]
    unknown: tuple[Entry, ...]
    wrong: tuple[Entry, ...]
    overall: Rate

    @property
    def rates(self) -> tuple[Rate, ...]:
        """All rates that can be calculated."""
        return self.ranked + self.few

    @property
    def as_funnel(self) -> bool:
        """Whether there are too many agencies for rows."""
        return len(self.ranked) > MOST_ROWS

    def side(self, rate: Rate) -> int:
        """Say on which side of the overall rate an agency is seen to be: -1, 0, 1.

        In rows, by its 95 % interval; in a funnel plot, where chance alone would put several of
        so many outside such a one, by exact 99.8 % limits. The overall rate is taken as known.
        As the agency itself is part of it, that finds rather fewer differences than there are.
        """
        if rate.whole < LEAST:
            return 0
        overall = self.overall.value
        if self.as_funnel:
            return stray(rate.part, rate.whole, overall)
        lower, upper = rate.interval
        return (lower > overall) - (upper < overall)


def compare(entries: Sequence[Entry]) -> Comparison:
    """Put agencies into groups by what their figures allow to say."""
    found = [rate for entry in entries if (rate := rate_of(entry))]
    ranked = [rate for rate in found if rate.whole >= LEAST]
    known = [e for e in entries if e.part is not None and e.whole is not None]
    return Comparison(
        ranked=tuple(sorted(ranked, key=lambda rate: (-rate.value, -rate.whole))),
        few=tuple(rate for rate in found if rate.whole < LEAST),
        empty=tuple(e for e in known if e.whole == 0 and _is_part(e)),
        unknown=tuple(e for e in entries if e.part is None or e.whole is None),
        wrong=tuple(e for e in known if not _is_part(e)),
        overall=Rate("", sum(rate.part for rate in found), sum(rate.whole for rate in found)),
    )


def rate_of(entry: Entry) -> Rate | None:
    """Return an agency's rate, None where it cannot be calculated."""
    if entry.part is None or not entry.whole or not _is_part(entry):
        return None
    return Rate(entry.name, entry.part, entry.whole)


def _is_part(entry: Entry) -> bool:
    return entry.part is not None and entry.whole is not None and 0 <= entry.part <= entry.whole


def percent(rate: float) -> str:
    """Write a rate in per cent, below 10 % with one decimal; never 0 or 100 where it is not."""
    if rate in (0, 1):
        return f"{rate:.0%}"
    if rate < 0.1:
        return "不足0.1%" if rate < 0.001 else f"{100 * rate:.1f}%".replace(".0%", "%")
    return "超过99%" if rate >= 0.995 else f"{rate:.0%}"
