"""Makes histories of several years: offices whose books join, and what may go wrong with them."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from corpus import statute
from nianbao.history import History, load
from nianbao.report import Report
from nianbao.workspace import Workspace
from offices import project
from plausibility.offices import Figures, report_of

KINDS = statute.COLUMNS[:-1]
REGISTER = "office,测试市测试局,city,,,,\n"


def books(seed: int, variants: Sequence[str], high: int = 40) -> list[Figures]:
    """Return the figures of years that follow one another and join without a slip."""
    rng = random.Random(seed)
    left = {column: rng.randint(0, high) for column in KINDS}
    stock = {"regulations": rng.randint(1, 9), "normative_docs": rng.randint(30, 90)}
    items: dict[str, int] = {}
    return [_year(rng, variant, high, left, stock, items) for variant in variants]


def _year(rng, variant, high, left, stock, items):
    figures: Figures = {code: rng.randint(0, high) for code in statute.t2_codes(variant)}
    for column in KINDS:
        done = {row: rng.choice((0, rng.randint(0, high))) for row in statute.details(variant)}
        figures |= {f"t3.{row}.{column}": number for row, number in done.items()}
        figures[f"t3.total.{column}"] = sum(done.values())
        figures[f"t3.carried_in.{column}"] = open_ = left[column]
        left[column] = rng.randint(0, high) + max(0, open_ - sum(done.values()))
        figures[f"t3.new.{column}"] = sum(done.values()) + left[column] - open_
        figures[f"t3.carried_out.{column}"] = left[column]
    for row in statute.rows(variant):
        figures[f"t3.{row}.total"] = sum(figures[f"t3.{row}.{column}"] for column in KINDS)
    for block in statute.BLOCKS:
        # So many are decided each year that those open a year before may be among them.
        results = {result: rng.randint(3, 9) for result in statute.RESULTS[:-1]}
        figures |= {f"t4.{block}.{result}": number for result, number in results.items()}
        figures[f"t4.{block}.total"] = sum(results.values())
    if "t2.normative_docs.in_force" in figures:
        for item in stock:
            figures[f"t2.{item}.repealed"] = rng.randint(0, stock[item])
            stock[item] += figures[f"t2.{item}.issued"] - figures[f"t2.{item}.repealed"]
            figures[f"t2.{item}.in_force"] = stock[item]
    for code in [code for code in figures if code.endswith(".prev_items")]:
        figures[code] = items.get(code, figures[code])
        items[code] = figures[code] + figures[code.replace("prev_items", "change")]
    return figures


def reports(seed: int, variants: Mapping[int, str], high: int = 40) -> dict[int, Report]:
    """Return reports of years that join; a year that is left out has none."""
    figures = books(seed, list(variants.values()), high)
    return {
        year: report_of(variant, values, year)
        for (year, variant), values in zip(variants.items(), figures, strict=True)
    }


def altered(report: Report, figures: Mapping[str, int | None], state: str = "blank") -> Report:
    """Return a report with other figures; None is a cell without one, in this state."""
    cells = dict(report.cells)
    for code, value in figures.items():
        kind = state if value is None else "number"
        written = {"slash": "/", "dash": "—", "unreadable": "二十？"}.get(kind, "")
        text = written if value is None else str(value)
        cells[code] = replace(cells[code], value=value, state=kind, written=text)
    return replace(report, cells=cells)


def write(root: Path, report: Report, agency: str = "office") -> None:
    """File a report as the listing of its cells."""
    path = root / "data" / "raw" / str(report.year) / f"{agency}.csv"
    path.parent.mkdir(exist_ok=True)
    rows = [row | {"agency": agency} for row in report.rows()]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({k: _text(v) for k, v in row.items()} for row in rows)


def _text(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else "" if value is None else str(value)


def spoil(root: Path, year: int, agency: str = "office") -> None:
    """File something that is no report."""
    path = root / "data" / "raw" / str(year) / f"{agency}.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text("会议通知：请于周五下午参加会议。\n", "utf-8")


def filed(folder: Path, found: Mapping[int, Report], register: str = REGISTER) -> History:
    """Make a project of these reports and load the agency's history."""
    root = project(folder, register)
    for report in found.values():
        write(root, report)
    return loaded(root)


def loaded(root: Path, agency: str = "office") -> History:
    return load(agency, Workspace(root))
