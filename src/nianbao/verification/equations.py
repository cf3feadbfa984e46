"""Shows every balance rule with its numbers put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from nianbao.chapters import YEARS, of_chapter
from nianbao.finding import Finding
from nianbao.forms import RuleSpec
from nianbao.fragments import Fragment, grouped, render
from nianbao.report import Report
from nianbao.tables import shown
from nianbao.verdict import judge
from nianbao.verification.items import SIGNS, waivers


@dataclass(frozen=True, slots=True)
class Term:
    """One number of an equation, with the cell it links to."""

    code: str
    text: str
    label: str
    state: str


@dataclass(frozen=True, slots=True)
class Equation:
    """One rule with numbers put in."""

    finding: Finding
    sign: str
    word: str
    scope: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    told: str
    waiver: str


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """A rule with all its equations and how they came out."""

    spec: RuleSpec
    table: str
    formula: str
    equations: tuple[Equation, ...]
    tally: str
    status: str
    inferred: int
    implied: int
    undecided: int


def equations(report: Report, findings: Sequence[Finding]) -> Fragment:
    """Show all balance rules, group by group, each equation with its numbers.

    Returns
    -------
    Fragment
        Every number links to its cell; a group with a failure is unfolded. Tables without any
        balance rule are named.
    """
    groups = [
        _group(report, spec, tuple(members))
        for spec, members in groupby(
            (finding for finding in findings if finding.balances),
            key=lambda finding: finding.rule.spec,
        )
    ]
    bound = {spec.table for spec in report.form.rules}
    free = [table for table in report.form.tables if table.id not in bound]
    joined = any(
        f.rule.spec.table in {table.id for table in free} for f in of_chapter(findings, YEARS)
    )
    return render(
        "equations",
        judge(report, findings).text,
        groups=groups,
        unbound=[table.name for table in free],
        joined=YEARS.id if joined else "",
    )


def _group(report: Report, spec: RuleSpec, findings: tuple[Finding, ...]) -> RuleGroup:
    statuses = [finding.status for finding in findings]
    worst = next(s for s in ("failed", "undecided", "passed") if s in statuses)
    tally = "，".join(
        f"{statuses.count(status)}条{word}"
        for status, (_, word) in SIGNS.items()
        if status in statuses
    )
    return RuleGroup(
        spec=spec,
        table=report.form.table(spec.table).name,
        formula=_formula(report, findings[0]),
        equations=tuple(_equation(report, finding) for finding in findings),
        tally=tally,
        status=worst,
        inferred=sum(bool(f.inferred) and f.status == "passed" for f in findings),
        implied=sum(bool(f.implied) and f.status == "passed" for f in findings),
        undecided=statuses.count("undecided"),
    )


def _formula(report: Report, finding: Finding) -> str:
    """Write the rule in words, its terms in the order of the numbers below."""
    if finding.subtotal:
        return "小计 = 所列各项之和"
    by_column = finding.rule.spec.each == "column"
    sides = []
    for codes in (finding.rule.left, finding.rule.right):
        specs = [report.form.cells[code] for code in codes]
        sides.append(" + ".join((s.row if by_column else s.column)[-1].official for s in specs))
    return " = ".join(sides)


def _equation(report: Report, finding: Finding) -> Equation:
    sign, word = SIGNS[finding.status]
    return Equation(
        finding=finding,
        sign=sign,
        word=word,
        scope=finding.rule.scope,
        left=_given(finding) or tuple(_term(report, code) for code in finding.rule.left),
        right=tuple(_term(report, code) for code in finding.rule.right),
        told=_told(finding),
        waiver=waivers(report).get(finding.id, "") if finding.waived else "",
    )


def _told(finding: Finding) -> str:
    """Say how both sides differ; their terms stand above."""
    outcome = finding.outcome
    if outcome.imbalance is None:
        return f"{finding.found}。"
    gap = outcome.imbalance
    differ = f"多{grouped(gap)}" if gap > 0 else f"少{grouped(-gap)}"
    sides = f"左边{grouped(outcome.left)}，右边{grouped(outcome.right)}"
    return f"{sides}；左边比右边{differ}，不成立。"


def _given(finding: Finding) -> tuple[Term, ...]:
    """Return the sum that an office added, which is no cell of the form."""
    given = finding.subtotal
    return (Term("", grouped(given.value), given.name, "number"),) if given else ()


def _term(report: Report, code: str) -> Term:
    cell = report.cells[code]
    text = str(report.implied[code]) if code in report.implied else shown(cell)
    state = "implied" if code in report.implied else cell.state
    return Term(code, text or "（空白）", report.form.cells[code].label, state)
