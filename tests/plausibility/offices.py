"""Two years of an office that is as offices are: mostly people, mostly few requests, no slips."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from corpus import statute
from corpus.statute import BLOCKS, COLUMNS, RESULTS
from nianbao.forms import load_form
from nianbao.register import Agency
from nianbao.report import Cell, Paragraph, Report, Section

KEYS = {"2021": "2021", "2019": "2019", "hybrid": "2021+t3:2019", "mixed": "2021+t2:2019"}
APPLICANTS = (930, 40, 2, 2, 20, 6)
OUTCOMES = {
    # about what the published reports of cities show, of a thousand
    "granted": 380, "partial": 120, "deny_1": 1, "deny_2": 8, "deny_3": 2, "deny_4": 8,
    "deny_5": 6, "deny_6": 4, "deny_7": 7, "deny_8": 15, "unable_1": 270, "unable_2": 10,
    "unable_3": 2, "refuse_1": 45, "refuse_2": 10, "refuse_3": 1, "refuse_4": 5, "refuse_5": 1,
    "other_1": 20, "other_2": 5, "other_3": 80,
}  # fmt: skip
ACTS = (0, 0, 5, 40, 900, 200_000)
SIZES = (1, 3, 8, 20, 60, 200, 1000, 4000)
Figures = dict[str, int | Decimal]


def report_of(
    variant: str, figures: Figures, year: int = 2023, prose: dict[int, str] | None = None
) -> Report:
    """Return a report that shows these figures; what is not given is 0."""
    form = load_form(KEYS[variant])
    cells = {code: Cell(code, 0, "number", "0") for code in form.cells}
    for code, value in figures.items():
        cells[code] = Cell(code, value, "number", str(value))
    texts = {number: (prose or {}).get(number, "") for number in range(1, 7)}
    sections = tuple(
        Section(number, statute.TITLES[number], (Paragraph(text),) if text else ())
        for number, text in texts.items()
    )
    name = f"测试市测试局{year}年政府信息公开工作年度报告"
    return Report("test", "测试市测试局", year, form, "test.txt", "0" * 64, name, cells, sections)


def with_figures(report: Report, figures: dict[str, int | Decimal | None]) -> Report:
    """Return a report with some other figures; None is a blank cell."""
    cells = dict(report.cells)
    for code, value in figures.items():
        text = "" if value is None else str(value)
        cells[code] = Cell(code, value, "blank" if value is None else "number", text)
    return replace(report, cells=cells)


def agency(level: str, parent: str = "") -> Agency:
    return Agency("test", "测试市测试局", level, parent, "", "", "")


def years(
    seed: int, variants: tuple[str, str] = ("2021", "2021"), size: int | None = None
) -> tuple[Figures, Figures]:
    """Return the figures of one office in two years that follow one another.

    ``size`` is about how many requests it receives.
    """
    rng = random.Random(seed)
    size = size or rng.choice(SIZES)
    weights = {row: weight * rng.lognormvariate(0, 0.7) for row, weight in OUTCOMES.items()}
    acts = {item: rng.choice(ACTS) for item in ("licences", "penalties", "coercion")}
    fees = Decimal(rng.choice((0, 0, 3, 80, 9000)))
    disputes = size // rng.choice((4, 20))
    left = dict.fromkeys(COLUMNS[:-1], 0)
    stock = {"regulations": rng.choice((0, 0, 11)), "normative_docs": rng.choice((0, 3, 20, 300))}
    found = []
    for variant in variants:
        count = round(size * rng.lognormvariate(0, 0.3))
        figures, left = _requests(rng, variant, count, weights, left)
        figures |= _cases(rng, disputes)
        figures |= _disclosed(rng, variant, acts, fees, stock)
        found.append({code: figures.get(code, 0) for code in statute.codes(variant)})
    return found[0], found[1]


def _requests(rng, variant, count, weights, left):
    rows = statute.rows(variant)
    single = "other" in rows
    new = Counter(rng.choices(COLUMNS[:-1], APPLICANTS, k=count))
    figures = Counter()
    carried = {}
    for column in COLUMNS[:-1]:
        open_ = new[column] + left[column]
        carried[column] = sum(rng.random() < 0.04 for _ in range(open_))
        done = Counter(
            rng.choices(list(weights), list(weights.values()), k=open_ - carried[column])
        )
        for row, number in done.items():
            figures[f"t3.{'other' if single and row.startswith('other') else row}.{column}"] += (
                number
            )
        figures[f"t3.new.{column}"] = new[column]
        figures[f"t3.carried_in.{column}"] = left[column]
        figures[f"t3.carried_out.{column}"] = carried[column]
        figures[f"t3.total.{column}"] = open_ - carried[column]
    for row in rows:
        figures[f"t3.{row}.total"] = sum(figures[f"t3.{row}.{c}"] for c in COLUMNS[:-1])
    return dict(figures), carried


def _about(rng, usual):
    """Return a number of events of which so many are usual."""
    return sum(rng.random() < 0.5 for _ in range(round(2 * usual)))


def _cases(rng, size):
    figures = Counter()
    for block, weight in zip(BLOCKS, (10, 2, 4), strict=True):
        results = rng.choices(RESULTS[:-1], (60, 12, 20, 8), k=_about(rng, size * weight / 16))
        for result in results:
            figures[f"t4.{block}.{result}"] += 1
        figures[f"t4.{block}.total"] = len(results)
    return dict(figures)


def _disclosed(rng, variant, acts, fees, stock):
    figures: Figures = {}
    for item, usual in acts.items():
        figures[f"t2.{item}.decisions"] = round(usual * rng.lognormvariate(0, 0.25))
    if "t2.fees.amount_10k" not in statute.t2_codes(variant):
        return figures
    amount = fees * round(Decimal(rng.lognormvariate(0, 0.25)), 4)
    figures["t2.fees.amount_10k"] = round(amount, rng.choice((1, 2, 4)))
    for item in stock:
        issued = rng.randint(0, stock[item] // 5)
        repealed = rng.randint(0, stock[item] // 5)
        stock[item] += issued - repealed
        figures[f"t2.{item}.issued"] = issued
        figures[f"t2.{item}.repealed"] = repealed
        figures[f"t2.{item}.in_force"] = stock[item]
    return figures
