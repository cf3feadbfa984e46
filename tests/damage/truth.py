"""True figures to damage, and reports that show figures."""

from __future__ import annotations

import random
from collections.abc import Mapping

from corpus import statute
from corpus.figures import balanced, completed, names, published
from nianbao.forms import load_form
from nianbao.report import Cell, Report

Figures = dict[str, int | None]
_KEYS = {"2021": "2021", "2019": "2019", "hybrid": "2021+t3:2019"}
_SIZES = ((40, 0.3), (40, 0.6), (9999, 0.6), (400, 0.3))
"""The largest detail figure and how many are not 0: small offices and large ones."""


def true_figures(rng: random.Random) -> tuple[str, Figures]:
    """Return a form and figures of 表三 and 表四 that satisfy every rule.

    Half the draws are published reports, half are random.
    """
    if rng.random() < 0.5:
        raw, printed = published(rng.choice(names()))
        variant = raw["form"]
        found = completed(printed, variant)
    else:
        variant = rng.choice(sorted(_KEYS))
        found = balanced(rng, variant, *rng.choice(_SIZES))
    return variant, {c: int(v) for c, v in found.items() if not c.startswith("t2.")}


def report_of(variant: str, figures: Mapping[str, int | None]) -> Report:
    """Return a report that shows these figures; None is a blank cell."""
    form = load_form(_KEYS[variant])
    cells = {code: Cell(code, 0, "number", "0") for code in form.cells}
    for code, value in figures.items():
        text = "" if value is None else str(value)
        cells[code] = Cell(code, value, "blank" if value is None else "number", text)
    return Report("test", "测试局", 2022, form, "test.txt", "0" * 64, "", cells, ())


def row(figures: Mapping[str, int | None], name: str) -> list[int | None]:
    """Return the figures of a row of 表三."""
    return [figures[f"t3.{name}.{column}"] for column in statute.COLUMNS]


def with_row(figures: Figures, name: str, values: list[int | None]) -> Figures:
    """Return figures with another row."""
    codes = [f"t3.{name}.{column}" for column in statute.COLUMNS]
    return figures | dict(zip(codes, values, strict=True))


def broken(variant: str, figures: Mapping[str, int | None]) -> bool:
    """Whether figures break a rule for certain; the rules are stated here by hand."""
    for left, right in _equations(variant):
        known = [figures[code] for code in (*left, *right)]
        if None in known:
            continue
        if sum(figures[c] or 0 for c in left) != sum(figures[c] or 0 for c in right):
            return True
    return False


def _equations(variant: str) -> list[tuple[list[str], list[str]]]:
    found = []
    for c in statute.COLUMNS:
        details = [f"t3.{name}.{c}" for name in statute.details(variant)]
        left = [f"t3.new.{c}", f"t3.carried_in.{c}"]
        found.append((left, [f"t3.total.{c}", f"t3.carried_out.{c}"]))
        found.append(([f"t3.total.{c}"], details))
    for name in statute.rows(variant):
        parts = [f"t3.{name}.{c}" for c in statute.COLUMNS[:-1]]
        found.append(([f"t3.{name}.total"], parts))
    for block in statute.BLOCKS:
        parts = [f"t4.{block}.{result}" for result in statute.RESULTS[:-1]]
        found.append(([f"t4.{block}.total"], parts))
    return found
