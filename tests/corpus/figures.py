"""What reports say: four published ones, and random ones of several kinds."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from functools import cache
from pathlib import Path

from corpus import statute
from corpus.statute import BLOCKS, COLUMNS, RESULTS

FOLDER = Path(__file__).parents[1] / "fixtures" / "figures"
SHORT = {
    "licences": "t2.licences.decisions",
    "penalties": "t2.penalties.decisions",
    "coercion": "t2.coercion.decisions",
    "fees_10k": "t2.fees.amount_10k",
}
KINDS = ("balanced", "large", "blanks", "imbalanced", "zeros")
Figures = dict[str, Decimal]


@cache
def published(name: str) -> tuple[dict[str, object], dict[str, str]]:
    """Return a published report's own words, and what it prints in every cell."""
    raw = json.loads((FOLDER / f"{name}.json").read_text("utf-8"), parse_float=Decimal)
    printed = {}
    for table, items in raw["tables"].items():
        for item, fields in items.items():
            if not isinstance(fields, dict):
                printed[SHORT[item]] = fields
                continue
            for field, value in fields.items():
                printed[f"{table}.{item}.{field.removesuffix('_text')}"] = value
    return raw, {code: "" if value is None else str(value) for code, value in printed.items()}


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def value_of(text: str) -> Decimal:
    """Return a published cell's figure in the form's unit."""
    return Decimal(text.removesuffix("元")) / 10000 if text.endswith("元") else Decimal(text)


def completed(printed: dict[str, str], variant: str) -> Figures:
    """Return the figures that stand behind published cells left blank: zeros and sums."""
    found = {c: value_of(t) if t else Decimal(0) for c, t in printed.items()}
    for row in statute.rows(variant):
        parts = [f"t3.{row}.{column}" for column in COLUMNS[:-1]]
        if not printed[f"t3.{row}.total"]:
            found[f"t3.{row}.total"] = sum((found[code] for code in parts), Decimal(0))
    return found


def balanced(rng: random.Random, variant: str, high: int = 40, density: float = 0.3) -> Figures:
    """Return random figures that satisfy every rule."""

    def some() -> Decimal:
        return Decimal(rng.randint(1, high) if rng.random() < density else 0)

    found = {code: some() for code in statute.t2_codes(variant)}
    for code in statute.MONEY & set(found):
        found[code] = some() + Decimal(rng.randint(0, 9999)) / 10000
    for code in found:
        if code.endswith(".change") and rng.random() < 0.4:
            found[code] = -some()
    for column in COLUMNS[:-1]:
        _fill_column(rng, variant, column, found, some)
    for row in statute.rows(variant):
        parts = (found[f"t3.{row}.{column}"] for column in COLUMNS[:-1])
        found[f"t3.{row}.total"] = sum(parts, Decimal(0))
    for block in BLOCKS:
        for result in RESULTS[:-1]:
            found[f"t4.{block}.{result}"] = some()
        parts = (found[f"t4.{block}.{result}"] for result in RESULTS[:-1])
        found[f"t4.{block}.total"] = sum(parts, Decimal(0))
    return {code: found[code] for code in statute.codes(variant)}


def _fill_column(rng, variant, column, found, some) -> None:
    for row in statute.details(variant):
        found[f"t3.{row}.{column}"] = some()
    parts = (found[f"t3.{row}.{column}"] for row in statute.details(variant))
    total, out = sum(parts, Decimal(0)), some()
    carried = Decimal(rng.randint(0, int(total + out))) if rng.random() < 0.4 else Decimal(0)
    found[f"t3.total.{column}"] = total
    found[f"t3.carried_out.{column}"] = out
    found[f"t3.carried_in.{column}"] = carried
    found[f"t3.new.{column}"] = total + out - carried


def draw(rng: random.Random, variant: str, kind: str) -> tuple[Figures, dict[str, str]]:
    """Return the figures behind a random report of one kind, and what it prints."""
    high, density = {"large": (9_999_999, 0.6), "zeros": (1, 0.0)}.get(kind, (40, 0.3))
    found = balanced(rng, variant, high, density)
    if kind == "imbalanced":
        code = rng.choice([c for c in found if c.startswith(("t3.", "t4."))])
        found[code] += rng.choice([1, 2, 9, 10, 90])
    printed = {code: _plain(value) for code, value in found.items()}
    if kind == "blanks":
        for code, value in found.items():
            likely = 0.5 if value == 0 else 0.05
            if rng.random() < likely:
                printed[code] = ""
    return found, printed


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}" if value else "0"
