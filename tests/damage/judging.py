"""Confronts what the package names with what was damaged."""

from __future__ import annotations

import time
from dataclasses import dataclass

from corpus.statute import COLUMNS
from damage.truth import Figures, report_of
from nianbao.suspects import Suspicion, suspect


@dataclass(frozen=True)
class Verdict:
    """How one damaged report was judged.

    Attributes
    ----------
    optimal : bool
        The injected cells are a smallest set, or a smaller one explains everything.
    smaller : bool
        A smaller set than the injected one explains everything.
    shown : bool
        The injected cells are among the sets listed.
    first : bool
        They are the only set of the first rank, and no structural fault is told.
    named : str
        ``right`` where the fault told first gives back the true figures, ``tied`` where one of
        those that it says it cannot tell apart does, ``alike`` where it gives figures that no rule
        tells from the true ones (results exchanged among themselves), else ``other``.
    structural : bool
        Whether a structural fault is told.
    """

    optimal: bool
    smaller: bool
    shown: bool
    first: bool
    named: str
    structural: bool
    capped: bool
    localizable: bool
    seconds: float


def judge(variant: str, true: Figures, damaged: Figures) -> Verdict:
    """Ask the package about a damaged report."""
    injected = {code for code in true if damaged[code] != true[code]}
    cells = {code for code in injected if damaged[code] is not None}
    report = report_of(variant, damaged)
    start = time.perf_counter()
    found = suspect(report)
    seconds = time.perf_counter() - start
    size = sum(len(part.sets[0].cells) for part in found.parts if part.sets)
    shown = any(set(each.cells) == cells for each in found.sets)
    leading = [each for each in found.sets if each.rank == 1]
    first = len(leading) == 1 and set(leading[0].cells) == cells
    return Verdict(
        optimal=found.localizable and (size < len(cells) or size == len(cells)),
        smaller=found.localizable and size < len(cells),
        shown=shown,
        first=first and found.structural is None,
        named=_named(found, true, damaged),
        structural=found.structural is not None,
        capped=any(part.capped for part in found.parts),
        localizable=found.localizable,
        seconds=seconds,
    )


def _named(found: Suspicion, true: Figures, damaged: Figures) -> str:
    """Say whether what is told first gives the true figures back."""
    wrong = {c for c in true if damaged[c] not in (None, true[c])}
    fault = found.structural
    if fault is not None:
        if _restores(fault.implied, wrong, true):
            return "right"
        if _sees_alike(fault.implied, true, damaged):
            return "alike"
        if any(_restores(each.implied, wrong, true) for each in fault.alternatives):
            return "tied"
        return "other"
    leading = [each for each in found.sets if each.rank == 1]
    good = [each for each in leading if _restores(each.implied, wrong, true)]
    if good:
        return "right" if len(leading) == 1 else "tied"
    return "tied" if any(_restores(s.implied, wrong, true) for s in found.sets) else "other"


def _sees_alike(implied, true: Figures, damaged: Figures) -> bool:
    """Whether no rule can tell the figures that a fault gives from the true ones.

    Results may be exchanged among themselves, and 新收 with 上年结转: no rule sees that.
    """
    given = damaged | dict(implied)

    def seen(figures):
        exact = [figures[f"t3.{name}.{c}"] for name in ("total", "carried_out") for c in COLUMNS]
        come = [
            (figures[f"t3.new.{c}"] or 0) + (figures[f"t3.carried_in.{c}"] or 0) for c in COLUMNS
        ]
        return exact + come

    return seen(given) == seen(true)


def _restores(implied, wrong: set[str], true: Figures) -> bool:
    """Whether figures are the true ones, and those of every wrong cell are among them."""
    return wrong <= set(implied) and all(true[code] == value for code, value in implied.items())
