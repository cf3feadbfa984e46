"""Gathers what the rules say about a report: a finding for every rule, passed ones too."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from nianbao.forms.structure import words
from nianbao.report import Report
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
    """

    id: str
    outcome: Outcome
    inferred: tuple[str, ...]
    implied: tuple[str, ...]
    waived: bool = False
    message: str = ""

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
    """Check a report against all balance rules of its form, in the form's order."""
    waived = {str(w["finding"]) for w in _waivers(report)}
    return tuple(_finding(report, rule, waived) for rule in expand(report.form.id))


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
    figures = {code: report.value(code) for code in rule.cells}
    implied = tuple(code for code in rule.cells if code in report.implied)
    outcome = check(rule, figures | {code: report.implied[code] for code in implied})
    name = "|".join([rule.id, report.agency, str(report.year), " ".join(rule.cells)])
    key = hashlib.sha256(name.encode()).hexdigest()[:12]
    found = Finding(
        id=key,
        outcome=outcome,
        inferred=tuple(c for c in rule.cells if report.cells[c].state == "inferred"),
        implied=implied,
        waived=key in waived,
    )
    return replace(found, message=message(report, found))


def place(report: Report, finding: Finding) -> str:
    """Name table and column, row or block that a rule speaks of, in the official words."""
    rule = finding.rule
    quoted = rule.scope.replace("“", "‘").replace("”", "’")
    kind = {"column": "列", "row": "行"}.get(rule.spec.each, "")
    return f"{report.form.table(rule.spec.table).name}“{quoted}”{kind}"


def message(report: Report, finding: Finding) -> str:
    """Say in Chinese, with the official words and all numbers, how a rule came out."""
    outcome, rule = finding.outcome, finding.rule
    text = f"{place(report, finding)}：{_side(report, rule, rule.left)} {_sign(outcome)} "
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
