"""How the reports of one year and the next join: what the rules over two years came to."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.chapters import PLAUSIBILITY, YEARS
from nianbao.history import History
from nianbao.standing import Failure
from nianbao.trend.presence import absence, span


@dataclass(frozen=True, slots=True)
class Joint:
    """Two years that follow one another.

    Attributes
    ----------
    year : int
        The later one, in whose report the findings stand.
    passed, undecided : int
        How many rules over both years hold, and how many cannot be decided.
    failures : tuple of Failure
        Those that do not hold, waived ones too.
    obstacle : str
        Why the years cannot be held against each other at all; empty if they can.
    """

    year: int
    passed: int = 0
    undecided: int = 0
    failures: tuple[Failure, ...] = ()
    obstacle: str = ""

    @property
    def years(self) -> str:
        """Both years."""
        return span(self.year - 1, self.year)

    def standing(self, severity: str) -> tuple[Failure, ...]:
        """Return the failures of one severity that are not waived."""
        return tuple(f for f in self.failures if f.severity == severity and not f.waived)

    @property
    def waived(self) -> int:
        """How many failures are waived."""
        return sum(failure.waived for failure in self.failures)

    @property
    def status(self) -> str:
        """``error``, ``warning``, ``hint`` or ``waived``, else ``undecided`` or ``passed``."""
        severities = ("error", "warning", "hint")
        if found := next((s for s in severities if self.standing(s)), ""):
            return found
        if self.waived:
            return "waived"
        return "undecided" if self.obstacle or self.undecided else "passed"


def joints(history: History) -> tuple[Joint, ...]:
    """Return how each year joins with the one before it, from the second year on."""
    return tuple(_joint(history, year) for year in history.years[1:])


def _joint(history: History, year: int) -> Joint:
    reasons = [absence(history, each) for each in (year - 1, year)]
    standing = history.entries[year].standing
    if any(reasons) or standing is None:
        told = "，".join(filter(None, reasons)) or f"{year}年报告尚未核验"
        return Joint(year, obstacle=told)
    tallies = [tally for tally in standing.tallies if tally.chapter == YEARS.id]
    return Joint(
        year,
        sum(tally.passed for tally in tallies),
        sum(tally.undecided for tally in tallies),
        tuple(f for f in standing.failures if f.chapter == YEARS.id),
    )


def remarks(history: History) -> list[tuple[int, Failure]]:
    """Return what else was noticed beside the year before: jumps, copied tables (Y-5 …).

    Waived ones are left out; the report's own page has them.
    """
    return [
        (year, failure)
        for year, entry in history.entries.items()
        for failure in (entry.standing.failures if entry.standing else ())
        if failure.rule.startswith("Y-") and failure.chapter == PLAUSIBILITY.id
        if not failure.waived
    ]
