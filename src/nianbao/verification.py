"""Shows every balance rule with numbers put in, and the notes taken while reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from nianbao.finding import Finding
from nianbao.forms import RuleSpec
from nianbao.fragments import Fragment, grouped, render
from nianbao.report import Report
from nianbao.tables import STATE_WORDS, shown
from nianbao.verdict import judge

SIGNS = {"passed": ("✓", "成立"), "failed": ("✗", "不成立"), "undecided": ("○", "无法判定")}
"""A sign and a word for every status: never a colour alone."""

_SEVERITIES = {"error": "错误", "warning": "提醒", "hint": "说明"}


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
        Every number links to its cell; a group with a failure is unfolded.
    """
    groups = [
        _group(report, spec, tuple(members))
        for spec, members in groupby(
            (finding for finding in findings if finding.balances),
            key=lambda finding: finding.rule.spec,
        )
    ]
    verdict = judge(report, findings)
    return render("equations", verdict.text, groups=groups, verdict=verdict)


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
    )


def _given(finding: Finding) -> tuple[Term, ...]:
    """Return the sum that an office added, which is no cell of the form."""
    given = finding.subtotal
    return (Term("", grouped(given.value), given.name, "number"),) if given else ()


def _term(report: Report, code: str) -> Term:
    cell = report.cells[code]
    text = str(report.implied[code]) if code in report.implied else shown(cell)
    state = "implied" if code in report.implied else cell.state
    return Term(code, text or "（空白）", report.form.cells[code].label, state)


def notes(report: Report) -> Fragment:
    """Show what a reader of the reading must know, the weightiest first."""
    return render(
        "notes",
        f"{len(report.notes)}条读取说明",
        notes=report.notes,
        severities=_SEVERITIES,
    )


def cell_readings(report: Report) -> Fragment:
    """Show, cell by cell, what was written, where, and what it was taken for."""
    tables = [
        (table, [report.cells[c] for c in report.form.cells if c.startswith(f"{table.id}.")])
        for table in report.form.tables
    ]
    return render(
        "readings",
        f"{len(report.cells)}格的读取结果",
        tables=tables,
        specs=report.form.cells,
        words=STATE_WORDS,
        shown=shown,
        implied=report.implied,
    )
