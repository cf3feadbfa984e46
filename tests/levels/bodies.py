"""Governments and their subordinate bodies, with reports made from figures.

What adds up is stated here once more, by hand, for the oracle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from builders import CODES, COLUMNS, RESULTS, ROWS, figures
from nianbao.forms import load_form
from nianbao.judgement import Judgement
from nianbao.levels import levels
from nianbao.register import Agency
from nianbao.report import Cell, Report

Figures = dict[str, int | Decimal | None]
FEES = "t2.fees.amount_10k"
SUMMED = [
    *(f"t3.{row}.{column}" for row in ROWS for column in COLUMNS),
    *(f"t2.{item}.decisions" for item in ("licences", "penalties", "coercion")),
    FEES,
    *(f"t2.normative_docs.{field}" for field in ("issued", "repealed", "in_force")),
    *(f"t4.{block}.{result}" for block in ("review", "direct", "after") for result in RESULTS),
]
"""The cells that add up, on the form of 2021."""
CITY = Agency("city", "甲市人民政府", "city", "", "", "", "")


def body(number: int, level: str = "department") -> Agency:
    return Agency(f"b{number}", f"第{number}局", level, "city", "", "", "")


def balanced(seed: int, density: float = 0.3, high: int = 40) -> Figures:
    """Return the figures of a body that makes no 规章."""
    found: Figures = {
        code: Decimal(value) if isinstance(value, str) else value
        for code, value in figures(seed, density, high).items()
    }
    return found | {code: 0 for code in CODES if code.startswith("t2.regulations.")}


def total(parts: Sequence[Mapping[str, int | Decimal | None]]) -> Figures:
    """Return the figures of a government that sums its bodies up; 规章 are its own."""
    found: Figures = {code: sum(part[code] or 0 for part in parts) for code in parts[0]}
    return found | {"t2.regulations.in_force": 7}


def report_of(shown: Figures, form: str = "2021", **changes: Any) -> Report:
    """Return a report that shows figures; None is a blank cell, what is not named shows 0."""
    cells = {code: Cell(code, 0, "number", "0") for code in load_form(form).cells}
    for code, value in shown.items():
        text = "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
        cells[code] = Cell(code, value, "blank" if value is None else "number", text)
    made = Report("x", "x", 2023, load_form(form), "x.txt", "0" * 64, "", cells, ())
    return replace(made, **changes)


def told(own: Figures, parts: Sequence[Figures | None]) -> dict[str, Judgement]:
    """Judge a city's report by those of its departments; by rule and scope."""
    return judged(report_of(own), [part and report_of(part) for part in parts])


def judged(own: Report, reports: Sequence[Report | None]) -> dict[str, Judgement]:
    children = [(body(number), found) for number, found in enumerate(reports, start=1)]
    return keyed(levels(own, CITY, children))


def keyed(found: Sequence[Judgement]) -> dict[str, Judgement]:
    keys = [f"{each.rule}:{each.scope}" for each in found]
    assert len(keys) == len(set(keys))
    return dict(zip(keys, found, strict=True))


def by_status(found: Mapping[str, Judgement], status: str) -> set[str]:
    return {key for key, judgement in found.items() if judgement.status == status}
