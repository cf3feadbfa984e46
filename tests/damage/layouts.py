"""Faults of layout in 表三: shifted, exchanged, counted twice."""

from __future__ import annotations

import random

from corpus import statute
from damage.slips import Damaged
from damage.truth import Figures, row, with_row

FRAME = ("new", "carried_in", "total", "carried_out")


def shifted_right(rng: random.Random, figures: Figures, variant: str) -> Damaged:
    """Shift rows by a column to the right: a 0, a blank or what fell out comes in."""

    def shift(values, came_in):
        return [values[-1] if came_in == "round" else came_in, *values[:-1]]

    return _in_rows(rng, figures, variant, shift)


def shifted_left(rng: random.Random, figures: Figures, variant: str) -> Damaged:
    """Shift rows by a column to the left."""

    def shift(values, came_in):
        return [*values[1:], values[0] if came_in == "round" else came_in]

    return _in_rows(rng, figures, variant, shift)


def _in_rows(rng, figures, variant, shift) -> Damaged:
    filled = [name for name in statute.rows(variant) if any(row(figures, name))]
    came_in = rng.choice([0, 0, None, "round"])
    for name in rng.sample(filled, min(len(filled), rng.choice([1, 1, 2, 3, 5, 10]))):
        figures = with_row(figures, name, shift(row(figures, name), came_in))
    return figures


def total_swapped(rng: random.Random, figures: Figures, variant: str) -> Damaged:
    """Exchange 总计 with its neighbour, in one row, in several, or in all."""
    names = statute.rows(variant)
    for name in rng.sample(names, rng.choice([1, 2, 4, len(names)])):
        values = row(figures, name)
        figures = with_row(figures, name, [*values[:5], values[6], values[5]])
    return figures


def columns_exchanged(rng: random.Random, figures: Figures, variant: str) -> Damaged:
    """Exchange two applicant columns in one row."""
    name = rng.choice(statute.rows(variant))
    one, two = rng.sample(range(6), 2)
    values = row(figures, name)
    values[one], values[two] = values[two], values[one]
    return with_row(figures, name, values)


def rows_exchanged(rng: random.Random, figures: Figures, variant: str) -> Damaged:
    """Exchange one of 新收, 上年结转, 总计, 结转下年 with any other row."""
    one = rng.choice(FRAME)
    two = rng.choice([name for name in statute.rows(variant) if name != one])
    return with_row(with_row(figures, one, row(figures, two)), two, row(figures, one))


def rows_shifted(rng: random.Random, figures: Figures, variant: str) -> Damaged:
    """Move the figures of 新收, 上年结转, 总计 and 结转下年 on by one of these rows."""
    step = rng.choice([1, -1])
    moved = dict(figures)
    for index, name in enumerate(FRAME):
        moved = with_row(moved, name, row(figures, FRAME[(index + step) % 4]))
    return moved


def row_lost(rng: random.Random, figures: Figures, variant: str) -> Damaged:
    """Lose a row of the results: what follows moves up, to 结转下年, and 0 comes in."""
    names = statute.rows(variant)
    first = rng.randrange(2, len(names) - 2)
    moved = dict(figures)
    for here, after in zip(names[first:], names[first + 1 :], strict=False):
        moved = with_row(moved, here, row(figures, after))
    return with_row(moved, names[-1], [0] * 7)


def subtotal_in_total(rng: random.Random, figures: Figures, variant: str) -> Damaged:
    """Count the subtotal of a group into （七）总计 once more."""
    return _plus(figures, "total", _group(rng, figures, variant))


def subtotal_in_row(rng: random.Random, figures: Figures, variant: str) -> Damaged:
    """Count the subtotal of a group into a row of results once more."""
    name = rng.choice(statute.details(variant))
    return _plus(figures, name, _group(rng, figures, variant))


def organisations_in_totals(rng: random.Random, figures: Figures, variant: str) -> Damaged:
    """Count the subtotal 法人或其他组织 into the 总计 of some rows, or of all, once more."""
    names = statute.rows(variant)
    for name in rng.sample(names, rng.choice([2, 4, len(names)])):
        values = row(figures, name)
        figures = with_row(figures, name, [*values[:6], values[6] + sum(values[1:6])])
    return figures


def _group(rng: random.Random, figures: Figures, variant: str) -> list[int]:
    key = rng.choice(["deny_", "unable_", "refuse_"])
    rows = [row(figures, name) for name in statute.rows(variant) if name.startswith(key)]
    return [sum(column) for column in zip(*rows, strict=True)]


def _plus(figures: Figures, name: str, more: list[int]) -> Figures:
    values = [a + b for a, b in zip(row(figures, name), more, strict=True)]
    return with_row(figures, name, values)
