"""Slips of single figures: random wrong cells, digits, a total left as it was, a blank."""

from __future__ import annotations

import random

from corpus import statute
from damage.truth import Figures

Damaged = Figures | None
"""The figures as published, or None where this draw cannot be damaged in this way."""


def random_cells(rng: random.Random, figures: Figures, count: int) -> Damaged:
    """Give some cells of 表三 any other figures."""
    chosen = rng.sample([code for code in figures if code.startswith("t3.")], count)
    return figures | {code: _other(rng, figures[code] or 0) for code in chosen}


def _other(rng: random.Random, value: int) -> int:
    high = rng.choice([2 * value + 20, 99, 9999])
    return rng.choice(
        [n for n in (rng.randint(0, high), rng.randint(0, high)) if n != value] or [value + 1]
    )


def digit(rng: random.Random, figures: Figures, table: str = "t3.") -> Damaged:
    """Mistype one digit of a figure: another one, one left out, one too many."""
    code = _some(rng, figures, table, 1)
    text = str(figures[code])
    at = rng.randrange(len(text))
    figure = rng.choice("0123456789")
    made = rng.choice(
        [
            text[:at] + figure + text[at + 1 :],
            text[:at] + text[at + 1 :],
            text[:at] + figure + text[at:],
        ]
    )
    return figures | {code: int(made or "0")}


def digit_of_table_four(rng: random.Random, figures: Figures) -> Damaged:
    return digit(rng, figures, "t4.")


def reversed_digits(rng: random.Random, figures: Figures) -> Damaged:
    """Exchange two neighbouring digits."""
    code = _some(rng, figures, "t3.", 10)
    text = str(figures[code])
    if len(text) < 2:
        return None
    at = rng.randrange(len(text) - 1)
    return figures | {code: int(text[:at] + text[at + 1] + text[at] + text[at + 2 :])}


def _some(rng: random.Random, figures: Figures, table: str, least: int) -> str:
    codes = [c for c, v in figures.items() if c.startswith(table) and (v or 0) >= least]
    return rng.choice(codes or [c for c in figures if c.startswith(table)])


def total_not_updated(
    rng: random.Random, figures: Figures, variant: str
) -> tuple[Figures, Damaged]:
    """Change a detail and all sums that follow from it, but leave one 总计 as it was."""
    name = rng.choice(statute.details(variant))
    column = rng.choice(statute.COLUMNS[:-1])
    more = rng.randint(1, 30)
    follows = [f"t3.{name}.total", f"t3.total.{column}", "t3.total.total", "t3.new.total"]
    changed = [f"t3.{name}.{column}", f"t3.new.{column}", *follows]
    true = figures | {code: (figures[code] or 0) + more for code in changed}
    left = rng.choice(follows)
    return true, true | {left: figures[left]}
