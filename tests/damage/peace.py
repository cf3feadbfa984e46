"""Counts what is held against reports in which nothing is wrong: false alarms."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal

from corpus.figures import completed, names, published
from nianbao.findings import check_report
from nianbao.register import Agency
from nianbao.report import Report
from nianbao.surroundings import Surroundings
from plausibility.offices import report_of, years

KINDS = {
    "published": "published figures, alone",
    "years": "random offices with last year's report beside",
    "government": "random governments with 2–12 offices below",
}
_FORMS = (("2021", "2021"), ("2019", "2019"), ("2019", "2021"), ("2021", "hybrid"))
"""The forms of last year and of this year."""
_OFFICE = Agency("test", "测试市测试局", "department", "town", "", "", "")
_TOWN = Agency("town", "测试市人民政府", "city", "", "", "", "")


def held_against(kind: str, seed: int) -> Counter[str]:
    """Return what is held against one clean report, by severity and rule."""
    report, around = _MADE[kind](random.Random(f"{kind}:{seed}"))
    failed = [f for f in check_report(report, around) if f.status == "failed"]
    return Counter(f"{f.severity} {f.rule.spec.id}" for f in failed)


def _published(rng: random.Random) -> tuple[Report, Surroundings]:
    raw, printed = published(rng.choice(names()))
    variant = str(raw["form"])
    values = completed(printed, variant).items()
    figures = {code: int(v) if v == int(v) else v for code, v in values}
    report = report_of(variant, figures, int(str(raw["year"])))
    return report, _surrounded(report, _TOWN)


def _years(rng: random.Random) -> tuple[Report, Surroundings]:
    before, now = rng.choice(_FORMS)
    year = {"2021": 2021 if before == "2019" else 2023, "2019": 2020, "hybrid": 2022}[now]
    figures = _offices(rng, (before, now))
    previous = report_of(before, figures[0], year - 1)
    report = report_of(now, figures[1], year)
    return report, _surrounded(report, _OFFICE, previous=previous)


def _government(rng: random.Random) -> tuple[Report, Surroundings]:
    """Return a city that adds up what its offices file."""
    variant, year = rng.choice((("2019", 2020), ("2021", 2023)))
    offices = [
        Agency(f"office-{n}", f"测试{n}局", "department", "town", "", "", "")
        for n in range(rng.randint(2, 12))
    ]
    figures = [_offices(rng, (variant, variant))[1] for _ in offices]
    codes = dict.fromkeys(code for each in figures for code in each)
    total = {code: sum(each.get(code, 0) for each in figures) for code in codes}
    report = report_of(variant, total, year)
    children = tuple(
        (office, report_of(variant, each, year))
        for office, each in zip(offices, figures, strict=True)
    )
    return report, _surrounded(report, _TOWN, children=children)


def _offices(rng: random.Random, forms: tuple[str, str]) -> list[dict[str, int | Decimal]]:
    """Return two years of a department, which makes no 规章."""
    drawn = years(rng.getrandbits(32), forms)
    return [{c: 0 if ".regulations." in c else v for c, v in each.items()} for each in drawn]


_MADE = {"published": _published, "years": _years, "government": _government}


def _surrounded(report: Report, agency: Agency, **known: object) -> Surroundings:
    """Return surroundings of which everything is given."""
    around = Surroundings(agency.id, report.year, None)
    given = {"previous": None, "children": (), "siblings": (), "rules": ()} | known
    around.__dict__.update(given | {"register": {a.id: a for a in (_TOWN, agency)}})
    return around


def row(kind: str, found: list[Counter[str]]) -> str:
    """Return a line of the table: how many reports are left in peace, and what is told."""
    total = sum(found, Counter())
    named = [f"{rule} ×{count}" for rule, count in sorted(total.items())]

    def spared(*severities: str) -> int:
        return sum(not any(rule.startswith(severities) for rule in each) for each in found)

    quiet = [spared("error"), spared("error", "warning"), spared("error", "warning", "hint")]
    told = ", ".join(named) or "–"
    return f"| {KINDS[kind]} | {len(found)} | {' | '.join(map(str, quiet))} | {told} |"
