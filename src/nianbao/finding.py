"""What one rule says about one report, with its id, which a waiver names."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal

from nianbao.report import Subtotal
from nianbao.rules import Number, Outcome, Rule

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


SEVERITY_WORDS = {"error": "错误", "warning": "提醒", "hint": "说明"}
"""What the severities of findings and notes are called in Chinese."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says about one report.

    Attributes
    ----------
    outcome : Outcome
        Status and both sides.
    severity : str
        ``error``, ``warning`` or ``hint``: the rule's, or lighter where the case is.
    place : str
        Where, in the official words of table, row and column, or the part of the prose.
    found : str
        What was found, with both sides and their numbers; a sentence without its stop.
    advice : str
        What to look at; without its stop, empty where there is nothing to do.
    inferred : tuple of str
        Its cells that were placed by the rules themselves: it holds under that reading only.
    implied : tuple of str
        Its empty cells that were checked with the value the rules force (推定).
    waived : bool
        Whether a waiver of ``params/<year>/<agency>.yaml`` names it.
    subtotal : Subtotal or None
        The added sum that stands on its left; None for a rule of the form.
    """

    id: str
    outcome: Outcome
    severity: str
    place: str = ""
    found: str = ""
    advice: str = ""
    inferred: tuple[str, ...] = ()
    implied: tuple[str, ...] = ()
    waived: bool = False
    subtotal: Subtotal | None = None

    @property
    def message(self) -> str:
        """Where, what was found and what to look at, in one text."""
        advice = f"{self.advice}。" if self.advice else ""
        return f"{self.place}：{self.found}。{advice}"

    @property
    def balances(self) -> bool:
        """Whether it is about a balance rule (勾稽关系) between the report's own figures."""
        return self.rule.spec.balances

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

    @property
    def objection(self) -> bool:
        """Whether a hard rule failed without a waiver."""
        return self.status == "failed" and self.severity == "error" and not self.waived


def finding_id(rule: str, agency: str, year: int, cells: tuple[str, ...]) -> str:
    """Return the id that a waiver names: the same in every run (contract)."""
    name = "|".join([rule, agency, str(year), " ".join(cells)])
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def record(finding: Finding) -> dict[str, object]:
    """Return a finding as one record with the fields of ``findings.csv``; cells as a list."""
    outcome = finding.outcome
    open_sides = finding.status == "undecided"
    return {
        "id": finding.id,
        "rule": finding.rule.id,
        "severity": finding.severity,
        "status": finding.status,
        "left": "" if open_sides else _plain(outcome.left),
        "right": "" if open_sides else _plain(outcome.right),
        "imbalance": "" if open_sides else _plain(outcome.imbalance),
        "cells": list(finding.rule.cells),
        "message": finding.message,
        "basis": finding.rule.spec.basis,
        "waived": finding.waived,
    }


def _plain(number: Number | None) -> str:
    return "" if number is None else format(Decimal(number), "f")
