"""The figures that charts draw, taken from a report's tables with the form's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from nianbao.charts.words import listing, quoted
from nianbao.forms.structure import Node
from nianbao.report import Report

_OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Term:
    """One figure of a table: short words for it and its group, its value in 件 or None."""

    label: str
    group: str
    value: int | Decimal | None

    @property
    def name(self) -> str:
        """The label behind its group's: ``不予公开：属于国家秘密``."""
        return f"{self.group}：{self.label}" if self.group else self.label

    @property
    def figure(self) -> int | Decimal:
        """The value, which must be known."""
        if self.value is None:
            raise ValueError(f"{self.name}: no figure")
        return self.value


def request_term(report: Report, row: str) -> Term:
    """Return a row of 表三 in its total column: ``new``, ``carried_in``, ``total``."""
    code = f"t3.{row}.total"
    return _term(report, code, report.form.cells[code].row[-1:])


def outcome_terms(report: Report) -> list[Term]:
    """Return the outcomes of requests in the total column of 表三, in the form's order."""
    specs = [s for s in report.form.cells.values() if s.table == "t3" and len(s.row) > 1]
    chosen = [s for s in specs if s.column[-1].id == "total" and s.row[-1].id != "total"]
    return [_term(report, spec.code, spec.row[1:]) for spec in chosen]


def applicant_terms(report: Report) -> list[Term]:
    """Return the new requests by kind of applicant, in the form's order."""
    specs = [s for s in report.form.cells.values() if s.table == "t3" and s.row[-1].id == "new"]
    kinds = [_term(report, s.code, s.column[1:]) for s in specs if s.column[-1].id != "total"]
    # Only 其他 needs its group's name to be understood.
    return [t if t.label == _OTHER else Term(t.label, "", t.value) for t in kinds]


def dispute_terms(report: Report, totals: bool = False) -> list[Term]:
    """Return reviews and lawsuits by result, or their stated totals, in the form's order."""
    specs = [s for s in report.form.cells.values() if s.table == "t4"]
    chosen = [s for s in specs if (s.column[-1].id == "total") is totals]
    return [_term(report, spec.code, spec.column) for spec in chosen]


def decision_terms(report: Report) -> list[Term]:
    """Return the numbers of administrative decisions in 表二, in the form's order."""
    specs = [s for s in report.form.cells.values() if s.column[-1].id == "decisions"]
    return [_term(report, spec.code, spec.row) for spec in specs]


def _term(report: Report, code: str, path: tuple[Node, ...]) -> Term:
    above = "·".join(node.short for node in path[:-1])
    value = report.known(code)
    # A count below zero cannot be drawn and cannot be right.
    return Term(path[-1].short, above, None if value is None or value < 0 else value)


def unknown(table: str, terms: Sequence[Term], consequence: str) -> str:
    """Say politely which figures are not known, and what cannot be shown without them."""
    names = [quoted(term.name) for term in terms if term.value is None]
    return f"{table}中{listing(names)}没有可用的数字，{consequence}，请核对原表。"


def total_source(report: Report) -> str:
    """Name the total column of 表三 as a chart's source, and say if figures in it are inferred."""
    table = report.form.table("t3").name
    codes = [code for code in report.cells if code.startswith("t3.") and code.endswith(".total")]
    inferred = any(report.settled(code) for code in codes)
    return f"来源：本报告{table}“总计”列" + ("；其中有推定的数，见表注" if inferred else "")


def is_known(terms: Sequence[Term]) -> bool:
    """Whether every term has a figure."""
    return all(term.value is not None for term in terms)


def total(terms: Sequence[Term]) -> int | Decimal:
    """Add up terms whose figures are all known."""
    return sum((term.figure for term in terms), start=0)


def ranked(terms: Sequence[Term]) -> list[Term]:
    """Return the terms above zero, largest first; equal ones keep the form's order."""
    return sorted((t for t in terms if t.figure), key=lambda t: t.figure, reverse=True)
