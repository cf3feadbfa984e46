"""Counts what is held against reports in which nothing is wrong: false alarms."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal

from corpus.figures import balanced, completed, names, published
from corpus.statute import COLUMNS, rows
from nianbao.findings import check_report
from nianbao.forms import load_form
from nianbao.register import Agency
from nianbao.report import Cell, Report
from nianbao.surroundings import Surroundings

Figures = dict[str, Decimal]
_KEYS = {"2021": "2021", "2019": "2019", "hybrid": "2021+t3:2019"}
_SIZES = ((3, 0.1), (40, 0.3), (400, 0.3), (9999, 0.6))
"""The largest detail figure and how many are not 0: tiny offices and large ones."""
_OFFICE = Agency("office", "测试局", "department", "town", "", "", "")
_TOWN = Agency("town", "测试市", "city", "", "", "", "")


def two_years(rng: random.Random, variant: str = "") -> tuple[str, Figures, Figures]:
    """Return a form and figures of two years that fit each other."""
    variant = variant or rng.choice(sorted(_KEYS))
    size = rng.choice(_SIZES)
    before, now = (_tidy(balanced(rng, variant, *size), rng) for _ in range(2))
    for column in COLUMNS[:-1]:
        carried = before[f"t3.carried_out.{column}"] - now[f"t3.carried_in.{column}"]
        now[f"t3.carried_in.{column}"] += carried
        for row in ("granted", "total") if carried > 0 else ("new",):
            now[f"t3.{row}.{column}"] += abs(carried)
    for row in rows(variant):
        now[f"t3.{row}.total"] = sum((now[f"t3.{row}.{c}"] for c in COLUMNS[:-1]), Decimal(0))
    for code in now:
        if code.endswith(".in_force"):
            stem = code.removesuffix("in_force")
            before[code] = max(before[code], now[f"{stem}repealed"] - now[f"{stem}issued"])
            now[code] = before[code] + now[f"{stem}issued"] - now[f"{stem}repealed"]
            before[code] += max(Decimal(0), before[f"{stem}issued"] - before[code])
            now[code] = before[code] + now[f"{stem}issued"] - now[f"{stem}repealed"]
        if code.endswith(".prev_items"):
            change = code.replace("prev_items", "change")
            before[change] = max(before[change], -before[code])
            now[code] = before[code] + before[change]
    return variant, before, now


def _tidy(figures: Figures, rng: random.Random) -> Figures:
    """Make 表二 what an office that makes no rules of its own files."""
    for code in figures:
        if code.startswith("t2.regulations"):
            figures[code] = Decimal(0)
    for block in ("review", "direct", "after"):
        if rng.random() < 0.5:
            for code in (code for code in figures if code.startswith(f"t4.{block}.")):
                figures[code] = Decimal(0)
    return figures


def report_of(variant: str, figures: Figures, agency: Agency, year: int) -> Report:
    """Return a report that shows these figures and has no prose."""
    form = load_form(_KEYS[variant])
    cells = {}
    for code, spec in form.cells.items():
        value = figures[code] if spec.decimal else int(figures[code])
        cells[code] = Cell(code, value, "number", f"{value}")
    source = f"{agency.id}.txt"
    return Report(agency.id, agency.name, year, form, source, "0" * 64, "", cells, ())


def surrounded(report: Report, agency: Agency, **known: object) -> Surroundings:
    """Return surroundings of which everything is given."""
    around = Surroundings(report.agency, report.year, None)
    given = {"previous": None, "children": (), "siblings": (), "rules": ()} | known
    around.__dict__.update(given | {"register": {a.id: a for a in (_TOWN, agency)}})
    return around


def held_against(kind: str, seed: int) -> Counter[str]:
    """Return what is held against one clean report, by severity and rule."""
    rng = random.Random(f"{kind}:{seed}")
    if kind == "published":
        raw, printed = published(rng.choice(names()))
        figures = completed(printed, str(raw["form"]))
        report = report_of(str(raw["form"]), figures, _TOWN, int(raw["year"]))
        around = surrounded(report, _TOWN)
    elif kind == "two years":
        variant, before, now = two_years(rng)
        year = 2020 if variant == "2019" else 2023
        report = report_of(variant, now, _OFFICE, year)
        previous = report_of(variant, before, _OFFICE, year - 1)
        around = surrounded(report, _OFFICE, previous=previous)
    else:
        report, around = _government(rng)
    failed = [f for f in check_report(report, around) if f.status == "failed"]
    return Counter(f"{f.severity} {f.rule.spec.id}" for f in failed)


def _government(rng: random.Random) -> tuple[Report, Surroundings]:
    """Return a city that adds up what its offices file."""
    offices = [
        Agency(f"office-{n}", f"测试{n}局", "department", "town", "", "", "")
        for n in range(rng.randint(2, 12))
    ]
    variant = rng.choice(("2019", "2021"))
    year = 2020 if variant == "2019" else 2023
    figures = [two_years(rng, variant)[2] for _ in offices]
    total = {code: sum((each[code] for each in figures), Decimal(0)) for code in figures[0]}
    report = report_of(variant, total, _TOWN, year)
    children = tuple(
        (office, report_of(variant, each, office, year))
        for office, each in zip(offices, figures, strict=True)
    )
    return report, surrounded(report, _TOWN, children=children)


KINDS = {
    "published": "published figures, alone",
    "two years": "random offices with last year's report beside",
    "government": "random governments with 2–12 offices below",
}


def row(kind: str, found: list[Counter[str]]) -> str:
    """Return a line of the table: how many reports are left in peace, and what is held against."""
    total = sum(found, Counter())
    named = [f"{rule} ×{count}" for rule, count in sorted(total.items())]

    def spared(*severities: str) -> int:
        return sum(not any(rule.startswith(severities) for rule in each) for each in found)

    quiet = (
        f"{spared('error')} | {spared('error', 'warning')} | {spared('error', 'warning', 'hint')}"
    )
    return f"| {KINDS[kind]} | {len(found)} | {quiet} | {', '.join(named) or '–'} |"
