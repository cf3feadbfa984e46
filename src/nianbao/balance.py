"""Confronts a report with the balance rules of its form, and with the sums an office added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from nianbao.catalogue import rule_of
from nianbao.finding import Finding, finding_id
from nianbao.forms.structure import words
from nianbao.forms.wording import inner
from nianbao.report import Report, Subtotal
from nianbao.rules import Number, Outcome, Rule, check, expand

_LONG = 6
"""Of a side with more terms than this, zeros are only counted."""


def balance_findings(report: Report) -> list[Finding]:
    """Check all balance rules of a report's form, in its order."""
    return [check_rule(report, rule) for rule in expand(report.form.key)]


def check_rule(report: Report, rule: Rule) -> Finding:
    """Check one balance rule of a report's form."""
    return _finding(report, check(rule, _figures(report, rule.cells)))


def subtotal_findings(report: Report) -> list[Finding]:
    """Check the sums that the office added to its form."""
    return [_of_subtotal(report, subtotal) for subtotal in report.subtotals]


def _figures(report: Report, codes: Iterable[str]) -> dict[str, Number | None]:
    """Return what cells are checked with: their figures, or what the rules force blanks to be."""
    return {code: report.implied.get(code, report.value(code)) for code in codes}


def _finding(report: Report, outcome: Outcome, subtotal: Subtotal | None = None) -> Finding:
    rule = outcome.rule
    found = Finding(
        id=finding_id(rule.id, report.agency, report.year, rule.cells),
        outcome=outcome,
        severity=rule.spec.severity,
        place=place(report, rule),
        inferred=tuple(c for c in rule.cells if report.cells[c].state == "inferred"),
        implied=tuple(code for code in rule.cells if code in report.implied),
        subtotal=subtotal,
    )
    told, advice = _told(report, found)
    return replace(found, found=told, advice=advice)


def _of_subtotal(report: Report, subtotal: Subtotal) -> Finding:
    """Check a sum that the office added against the cells that it sums."""
    spec = rule_of("T3-6")
    spec = replace(spec, basis=spec.basis.replace("{basis}", report.form.basis))
    rule = Rule(
        f"{spec.id}:{subtotal.scope}", spec, subtotal.name, (), subtotal.parts, subtotal.parts
    )
    figures = _figures(report, subtotal.parts)
    known = [figure for figure in figures.values() if figure is not None]
    right = sum(known, start=0)
    if len(known) == len(figures):
        outcome = Outcome(
            rule, "passed" if right == subtotal.value else "failed", subtotal.value, right
        )
    else:
        status = "failed" if right > subtotal.value else "undecided"
        outcome = Outcome(rule, status, subtotal.value, None)
    return _finding(report, outcome, subtotal)


def place(report: Report, rule: Rule) -> str:
    """Name table and column, row or block that a rule speaks of, in the official words."""
    kind = {"column": "列", "row": "行"}.get(rule.spec.each, "")
    return f"{report.form.table(rule.spec.table).name}“{inner(rule.scope)}”{kind}"


def _told(report: Report, finding: Finding) -> tuple[str, str]:
    """Say in Chinese, with the official words and all numbers, how a rule came out."""
    outcome, rule = finding.outcome, finding.rule
    given = finding.subtotal
    left = f"小计 {given.value}" if given else _side(report, rule, rule.left)
    text = f"{left} {_sign(outcome)} {_side(report, rule, rule.right)}"
    if outcome.status == "passed":
        return f"{text}，成立", ""
    if outcome.imbalance is not None:
        gap = abs(outcome.imbalance)
        more = "多" if outcome.imbalance > 0 else "少"
        return f"{text}；左边比右边{more}{gap}，不成立", "请核对这一等式中的各数"
    empty = [c for c in rule.cells if report.value(c) is None and c not in report.implied]
    named = "、".join(report.form.cells[code].label for code in empty[:3])
    rest = f"等{len(empty)}格" if len(empty) > 3 else ""
    if outcome.status == "failed":
        told = f"{text}；{named}{rest}没有数字，且填任何非负数都不能使等式成立，不成立"
        return told, "请核对"
    return f"{text}；{named}{rest}没有可用的数字，无法判定", ""


def _sign(outcome: Outcome) -> str:
    return {"passed": "=", "failed": "≠"}.get(outcome.status, "？=")


def _side(report: Report, rule: Rule, codes: tuple[str, ...]) -> str:
    """Write one side with labels and numbers; a long one as its sum and its terms but zeros."""
    terms = [(code, _shown(report, code)) for code in codes]
    kept = [term for term in terms if len(terms) <= _LONG or term[1] != "0"]
    text = " + ".join(f"{_term(report, rule, code)} {shown}" for code, shown in kept)
    if len(terms) <= _LONG:
        return text
    values = [report.implied.get(code, report.value(code)) for code in codes]
    total = "" if None in values else f" {sum(value for value in values if value is not None)}"
    zeros = len(terms) - len(kept)
    parts = [text] if kept else []
    parts += [f"其余{zeros}项为0" if kept else f"{zeros}项均为0"] if zeros else []
    return f"各项之和{total}〔{'；'.join(parts)}〕"


def _term(report: Report, rule: Rule, code: str) -> str:
    """Name a term in its rule by the official words: by row in a column, by column in a row."""
    spec = report.form.cells[code]
    if not rule.left:
        by_row = len({report.form.cells[c].column for c in rule.cells}) == 1
        return words(spec.row, brief=True) if by_row else spec.column[-1].official
    return words(spec.row, brief=True) if rule.spec.each == "column" else spec.column[-1].official


def _shown(report: Report, code: str) -> str:
    value: Number | None = report.implied.get(code, report.value(code))
    if value is not None:
        return f"{value}（推定）" if code in report.implied else str(value)
    cell = report.cells[code]
    if cell.state == "unknown":
        return "（未知）"
    return f"“{cell.written}”" if cell.written else "（空白）"
