"""Confronts one figure of a government's report with those of its subordinate bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from nianbao.levels.aggregates import Aggregate
from nianbao.levels.rounding import add, less, size, tolerance
from nianbao.report import Report
from nianbao.rules import Number


@dataclass(frozen=True)
class Tally:
    """A government's figure, and the figures that it should be the sum of.

    Attributes
    ----------
    own : int or decimal.Decimal or None
        What the government shows (件, 万元); None where that is not known.
    parts : tuple of (int or decimal.Decimal or None)
        What each subordinate body shows; None where there is no report or no figure.
    missing, formless : tuple of int
        The places of the bodies without a report, and of those whose form has no such figure.
    settled, parts_settled : bool
        Whether the rules, and not the source, tell its own figure, or one of the parts (推定).
    tolerance : int or decimal.Decimal
        By how much rounding may have moved the sum.
    """

    aggregate: Aggregate
    own: Number | None
    parts: tuple[Number | None, ...]
    missing: tuple[int, ...] = ()
    formless: tuple[int, ...] = ()
    settled: bool = False
    parts_settled: bool = False
    tolerance: Number = 0

    @cached_property
    def total(self) -> Number:
        """What the known parts add up to."""
        return add(part for part in self.parts if part is not None)

    @cached_property
    def open(self) -> tuple[int, ...]:
        """The places of the bodies without a known figure."""
        return tuple(i for i, part in enumerate(self.parts) if part is None)

    @cached_property
    def gap(self) -> Number | None:
        """The government's figure less the known parts."""
        return None if self.own is None else less(self.own, self.total)

    @property
    def exceeded(self) -> bool:
        """Whether the known parts alone are more than the government shows."""
        return self.gap is not None and self.gap < 0 and size(self.gap) > self.tolerance

    @cached_property
    def status(self) -> str:
        """Say how it came out: ``failed`` also where no missing figure could mend it."""
        if len(self.missing) + len(self.formless) == len(self.parts):
            return "not_applicable"
        if self.gap is None:
            return "undecided"
        if self.open:
            return "failed" if self.exceeded else "undecided"
        return "passed" if size(self.gap) <= self.tolerance else "failed"


def tally(aggregate: Aggregate, report: Report, children: Sequence[Report | None]) -> Tally:
    """Confront one figure of a report with the same figure of others; None is a missing one."""
    codes = [aggregate.by_form[child.form.key] if child else () for child in children]
    return Tally(
        aggregate=aggregate,
        own=_figure(report, aggregate.cells),
        parts=tuple(map(_figure, children, codes)),
        missing=tuple(i for i, child in enumerate(children) if child is None),
        formless=tuple(i for i, child in enumerate(children) if child and not codes[i]),
        settled=any(map(report.settled, aggregate.cells)),
        parts_settled=any(
            child.settled(code)
            for child, own in zip(children, codes, strict=True)
            if child
            for code in own
        ),
        tolerance=_tolerance(aggregate, report, children) if aggregate.kind.rounded else 0,
    )


def _figure(report: Report | None, codes: Sequence[str]) -> Number | None:
    """Return what cells come to together, or None where one of them is not known."""
    if report is None or not codes:
        return None
    figures = [report.known(code) for code in codes]
    known = [figure for figure in figures if figure is not None]
    return add(known) if len(known) == len(figures) else None


def _tolerance(aggregate: Aggregate, report: Report, children: Sequence[Report | None]) -> Number:
    (code,) = aggregate.cells
    published = [child.cells[code] for child in children if child and code in child.cells]
    return tolerance(report.cells[code], published)
