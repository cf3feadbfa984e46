"""Gathers what the rules say about a report: a finding for every rule, passed ones too."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from nianbao.forms.structure import words
from nianbao.notes import form_message
from nianbao.report import Report, Subtotal
from nianbao.rules import Number, Outcome, Rule, check, expand

_LONG = 6
"""Of a side with more terms than this, zeros are only counted."""

FINDING_FIELDS = (
    "id",
    "rule",
    "severity",
    "status",
    "left",
    "right",
    "imbalance",
    "cells",
    "message",
    "basis",
    "waived",
)
"""Columns of ``findings.csv``, in order (contract)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says about one report.

    Attributes
    ----------
    outcome : Outcome
        Status and both sides.
    inferred : tuple of str
        Its cells that were placed by the rules themselves: it holds under that reading only.
    implied : tuple of str
        Its empty cells that were checked with the value the rules force (推定).
    subtotal : Subtotal or None
        The added sum that stands on its left; None for a rule of the form.
    """

    id: str
    outcome: Outcome
    inferred: tuple[str, ...]
    implied: tuple[str, ...]
    waived: bool = False
    message: str = ""
    subtotal: Subtotal | None = None

    @property
    def balances(self) -> bool:
        """Whether it is about a balance rule (勾稽关系), and not about the report as a whole."""
        return bool(self.rule.cells)

    @property
    def rule(self) -> Rule:
        """The rule that was checked."""
        return self.outcome.rule

    @property
    def status(self) -> str:
        """``passed``, ``failed``, ``undecided`` or ``not_applicable``."""
        return self.outcome.status

    @property
    def independent(self) -> bool:
        """Whether every term was read from the source."""
        return not self.inferred and not self.implied


def check_report(report: Report) -> tuple[Finding, ...]:
    """Check a report against all balance rules of its form, in the form's order.

    After them come the sums that the office added, and the form where it is not that of the
    report's year.
    """
    waived = {str(w["finding"]) for w in _waivers(report)}
    found = [_finding(report, rule, waived) for rule in expand(report.form.key)]
    found += [_of_subtotal(report, subtotal, waived) for subtotal in report.subtotals]
    if not report.form.serves(report.year):
        found.append(_of_form(report, waived))
    return tuple(found)


def objections(findings: Iterable[Finding]) -> list[str]:
    """Return what a person must look at: all that failed, and what is undecided, if little."""
    found = tuple(findings)
    failed = [finding.message for finding in found if finding.status == "failed"]
    undecided = [finding.message for finding in found if finding.status == "undecided"]
    if len(undecided) > _LONG:
        undecided = [f"另有{len(undecided)}条无法判定，逐条见 findings.csv 或审阅页。"]
    return failed + undecided


def _waivers(report: Report) -> Iterable[dict[str, object]]:
    waivers = report.parameters.get("waivers", [])
    return waivers if isinstance(waivers, list) else []


def _finding(report: Report, rule: Rule, waived: set[str]) -> Finding:
    found = _found(report, check(rule, _figures(report, rule.cells)), waived)
    return replace(found, message=message(report, found))


def _figures(report: Report, codes: Iterable[str]) -> dict[str, Number | None]:
    """Return what cells are checked with: their figures, or what the rules force blanks to be."""
    return {code: report.implied.get(code, report.value(code)) for code in codes}


def _of_subtotal(report: Report, subtotal: Subtotal, waived: set[str]) -> Finding:
    """Check a sum that the office added against the cells that it sums."""
    spec = report.form.check("T3-6")
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
    found = replace(_found(report, outcome, waived), subtotal=subtotal)
    return replace(found, message=message(report, found))


def _of_form(report: Report, waived: set[str]) -> Finding:
    """Tell that a report is filed on a form that was not made for its year."""
    rule = Rule("F-1", report.form.check("F-1"), "", (), (), ())
    found = _found(report, Outcome(rule, "failed", None, None), waived)
    return replace(found, message=form_message(report.form, report.year))


def _found(report: Report, outcome: Outcome, waived: set[str]) -> Finding:
    rule = outcome.rule
    implied = tuple(code for code in rule.cells if code in report.implied)
    name = "|".join([rule.id, report.agency, str(report.year), " ".join(rule.cells)])
    key = hashlib.sha256(name.encode()).hexdigest()[:12]
    return Finding(
        id=key,
        outcome=outcome,
        inferred=tuple(c for c in rule.cells if report.cells[c].state == "inferred"),
        implied=implied,
        waived=key in waived,
    )


def place(report: Report, finding: Finding) -> str:
    """Name table and column, row or block that a rule speaks of, in the official words."""
    rule = finding.rule
    quoted = rule.scope.replace("“", "‘").replace("”", "’")
    kind = {"column": "列", "row": "行"}.get(rule.spec.each, "")
    return f"{report.form.table(rule.spec.table).name}“{quoted}”{kind}"


def message(report: Report, finding: Finding) -> str:
    """Say in Chinese, with the official words and all numbers, how a rule came out."""
    outcome, rule = finding.outcome, finding.rule
    given = finding.subtotal
    left = f"小计 {given.value}" if given else _side(report, rule, rule.left)
    text = f"{place(report, finding)}：{left} {_sign(outcome)} "
    text += _side(report, rule, rule.right)
    if outcome.status == "passed":
        return f"{text}，成立。"
    if outcome.imbalance is not None:
        gap = abs(outcome.imbalance)
        more = "多" if outcome.imbalance > 0 else "少"
        return f"{text}；左边比右边{more}{gap}，不成立。请核对这一等式中的各数。"
    empty = [c for c in rule.cells if report.value(c) is None and c not in report.implied]
    named = "、".join(report.form.cells[code].label for code in empty[:3])
    rest = f"等{len(empty)}格" if len(empty) > 3 else ""
    if outcome.status == "failed":
        return f"{text}；{named}{rest}没有数字，且填任何非负数都不能使等式成立，不成立。请核对。"
    return f"{text}；{named}{rest}没有可用的数字，无法判定。"


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


def record(finding: Finding) -> dict[str, object]:
    """Return a finding as one record with the fields of ``findings.csv``; cells as a list."""
    outcome = finding.outcome
    open_sides = finding.status == "undecided"
    return {
        "id": finding.id,
        "rule": finding.rule.id,
        "severity": finding.rule.spec.severity,
        "status": finding.status,
        "left": "" if open_sides else _plain(outcome.left),
        "right": "" if open_sides else _plain(outcome.right),
        "imbalance": _plain(outcome.imbalance),
        "cells": list(finding.rule.cells),
        "message": finding.message,
        "basis": finding.rule.spec.basis,
        "waived": finding.waived,
    }


def _plain(number: Number | None) -> str:
    return "" if number is None else format(Decimal(number), "f")
