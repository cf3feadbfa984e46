"""Says which reports are out of date: those whose output is not true or not whole any more."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from nianbao.ledger import Ledger
from nianbao.plan import PUBLISHED, reasons, report_depends

PROMISED = (
    "report.html",
    "review.html",
    "report.ipynb",
    "cells.csv",
    "findings.csv",
    "provenance.json",
    "standing.json",
    PUBLISHED,
    "run.json",
)
"""What every build leaves in ``output/<year>/<agency>/`` (contract)."""


def why_due(ledger: Ledger, targets: Iterable[tuple[int, str]]) -> dict[tuple[int, str], str]:
    """Return which reports are out of date, each with the reasons."""
    found = {}
    for year, agency in targets:
        folder = ledger.workspace.output / str(year) / agency
        told = reasons(folder, partial(report_depends, ledger, agency, year), PROMISED)
        if told:
            found[year, agency] = "、".join(told)
    return found
