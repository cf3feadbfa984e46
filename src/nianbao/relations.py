"""Asks the arithmetic rules of the catalogue of a report, with last year's report where needed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import localcontext

from nianbao.comparing import Years, holds, total
from nianbao.comparisons import Instance, instances
from nianbao.forms import RuleSpec
from nianbao.judgement import Judgement
from nianbao.relating import found, place
from nianbao.report import Report

_DIGITS = 100
"""Digits of an amount that are reckoned with: more than any cell may hold."""


def relations(
    report: Report,
    previous: Report | None,
    specs: Iterable[RuleSpec],
    *,
    unread: bool = False,
) -> list[Judgement]:
    """Ask all arithmetic rules that are for the year and form of a report.

    Parameters
    ----------
    report : Report
        The report; figures that the rules force a blank to have count (推定).
    previous : Report or None
        Last year's report of the same agency. Without it a rule over two years is undecided,
        and says what last year's figure must have been.
    specs : iterable of RuleSpec
        The rules; others than comparisons are passed over.
    unread : bool
        Whether last year's report is there, but could not be read.
    """
    years = Years(report, previous, unread)
    with localcontext(prec=_DIGITS):
        return _judged(years, specs)


def _judged(years: Years, specs: Iterable[RuleSpec]) -> list[Judgement]:
    report = years.report
    return [
        _judge(years, instance)
        for spec in specs
        if spec.kind == "comparison" and spec.since <= report.year <= spec.until
        for instance in instances(report.form, spec)
        if all(years.comparable(term) for term in instance.sides.terms)
        and all(years.comparable(term) for sides in instance.when for term in sides.terms)
    ]


def _judge(years: Years, instance: Instance) -> Judgement:
    form, sides = years.report.form, instance.sides
    asked = [holds(years, when) for when in instance.when]
    whole = holds(years, sides)
    if whole is False and years.previous is None and any(term.last for term in sides.terms):
        whole = None  # without last year's report nothing is held against this one
    if False in asked:
        status = "not_applicable"
    elif None in asked or whole is None:
        status = "undecided"
    else:
        status = "passed" if whole else "failed"
    own = instance.own(form)
    left, right = (total(years, side) for side in (sides.left, sides.right))
    return Judgement(
        rule=instance.spec.id,
        scope=instance.scope,
        status=status,
        cells=own,
        left=left,
        right=right,
        place=place(form, instance, own),
        found=found(years, instance, status),
        advice=instance.spec.advice if status in ("failed", "undecided") else "",
    )
