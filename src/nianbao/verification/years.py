"""Shows how a report joins with last year's, or what that one must have said if it is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from nianbao.chapters import YEARS, of_chapter
from nianbao.comparisons import Instance, Term, instances
from nianbao.finding import Finding
from nianbao.forms.wording import place_words
from nianbao.fragments import Fragment, grouped, render
from nianbao.report import Report
from nianbao.rules import Number
from nianbao.surroundings import Surroundings
from nianbao.verification.items import SIGNS, groups, result


@dataclass(frozen=True, slots=True)
class Expected:
    """What last year's report must have said at one place; several figures have their columns."""

    place: str
    figures: tuple[str, ...]


def years(report: Report, findings: Sequence[Finding], around: Surroundings) -> Fragment:
    """Show the rules over two years; nothing where there are none for the form.

    Parameters
    ----------
    report : Report
        The report.
    findings : sequence of Finding
        All of them.
    around : Surroundings
        Where last year's report is, or why it cannot be used.

    Returns
    -------
    Fragment
        The rules with their numbers; without last year's report the figures it must have shown.
    """
    own = of_chapter(findings, YEARS)
    if not own:
        return Fragment("", "没有与上一年度衔接的关系")
    missing = around.previous is None
    open_ones = [finding for finding in own if finding.status == "undecided"]
    shown = [f for f in own if f.status == "failed"] if missing else own
    return render(
        "years",
        f"与{report.year - 1}年报告{result(own)}",
        chapter=YEARS,
        last=report.year - 1,
        missing=missing,
        reason=around.unreadable.get(f"{report.year - 1} {report.agency}", ""),
        result=result(own),
        groups=groups(report, shown),
        expected=list(_expected(report, open_ones)),
        signs=SIGNS,
    )


def _expected(report: Report, findings: Sequence[Finding]) -> Iterator[Expected]:
    """Tell the figures that last year's report must have shown, a line a rule."""
    for spec, members in groupby(findings, key=lambda finding: finding.rule.spec):
        scopes = {instance.scope: instance for instance in instances(report.form, spec)}
        figures = []
        for finding in members:
            instance = scopes.get(finding.rule.id.partition(":")[2])
            found = _figure(report, instance) if instance else None
            if found:
                figures.append(found)
        if figures:
            place = place_words(report.form, [code for code, _ in figures])
            yield Expected(place, _figures(report, figures))


def _figure(report: Report, instance: Instance) -> tuple[str, Number] | None:
    """Return last year's only cell in an equation, and what it must have been."""
    last = [term for term in instance.sides.terms if term.last]
    own = [term for term in instance.sides.terms if term.code and not term.last]
    if instance.sides.relation != "=" or len(last) != 1 or abs(last[0].factor) != 1:
        return None
    if any(report.known(term.code) is None for term in own):
        return None
    sign = last[0].factor * (1 if last[0] in instance.sides.right else -1)
    left, right = (_sum(report, side) for side in (instance.sides.left, instance.sides.right))
    return last[0].code, sign * (left - right)


def _sum(report: Report, terms: Sequence[Term]) -> Number:
    """Add up a side without its term of last year."""
    total: Number = 0
    for term in [term for term in terms if not term.last]:
        total += term.factor * ((report.known(term.code) or 0) if term.code else 1)
    return total


def _figures(report: Report, figures: Sequence[tuple[str, Number]]) -> tuple[str, ...]:
    """Write one figure, or those of all columns by their names."""
    if len(figures) == 1:
        return (grouped(figures[0][1]),)
    if len({number for _, number in figures}) == 1:
        return (f"各列均为{grouped(figures[0][1])}",)
    named = [(report.form.cells[code].column[-1].official, number) for code, number in figures]
    return tuple(f"{name}{grouped(number)}" for name, number in named)
