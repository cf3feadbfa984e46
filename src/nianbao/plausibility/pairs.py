"""Figures of two years that count the same thing."""

from __future__ import annotations

from decimal import Decimal
from fnmatch import fnmatchcase

from nianbao.forms import bridge
from nianbao.report import Report

Number = int | Decimal


def comparable(report: Report, previous: Report, code: str) -> bool:
    """Whether a cell counts the same in both reports: one form, or a series that joins two."""
    if code not in report.cells or code not in previous.cells:
        return False
    form, earlier = _form(report, code), _form(previous, code)
    return form == earlier or any(
        series.joined and _named(series.cells[form], code) and _named(series.cells[earlier], code)
        for series in bridge()
    )


def pair(report: Report, previous: Report, code: str) -> tuple[Number, Number] | None:
    """Return this year's and last year's figure of a cell, or None where there is no such pair."""
    if not comparable(report, previous, code):
        return None
    now, then = report.known(code), previous.known(code)
    return None if now is None or then is None else (now, then)


def _form(report: Report, code: str) -> str:
    return report.form.table(report.form.cells[code].table).form


def _named(patterns: tuple[str, ...], code: str) -> bool:
    return any(fnmatchcase(code, pattern) for pattern in patterns)
