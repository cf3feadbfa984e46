"""A small table whose suspects can be found by trying everything."""

from __future__ import annotations

import random
from itertools import combinations, product

from nianbao.forms.structure import RuleSpec
from nianbao.rules import Rule
from nianbao.suspects.part import Part

HIGH = 5
ROWS, COLUMNS = ("a", "b", "sum"), ("x", "y", "total")
CELLS = tuple(f"{row}.{column}" for row in ROWS for column in COLUMNS)
BY_ROW = [(f"{row}.total", (f"{row}.x", f"{row}.y")) for row in ROWS]
BY_COLUMN = [(f"sum.{column}", (f"a.{column}", f"b.{column}")) for column in COLUMNS]


def part_of(known: dict[str, int]) -> Part:
    rules = [_rule("row", *each) for each in BY_ROW] + [_rule("column", *e) for e in BY_COLUMN]
    return Part("小表", tuple(rules), CELLS, known)


def _rule(each: str, total: str, parts: tuple[str, ...]) -> Rule:
    spec = RuleSpec(each, "", "t", each, (), (), "error", "")
    return Rule(f"{each}:{total}", spec, total, (total,), parts, (total, *parts))


def draw(rng: random.Random, blanks: int) -> dict[str, int]:
    """Return small figures, most of them not in balance, without some cells."""
    found = {code: rng.choice((0, 1, 1)) for code in CELLS}
    for code in rng.sample(CELLS, blanks):
        del found[code]
    return found


def smallest_sets(known: dict[str, int]) -> dict[tuple[str, ...], dict[str, set[int]]]:
    """Return every smallest set, with all figures that each of its cells may take."""
    free = [code for code in CELLS if code not in known]
    for size in range(len(known) + 1):
        found = {}
        for cells in combinations([code for code in CELLS if code in known], size):
            unknown = [*cells, *free]
            fits = [
                values
                for values in product(range(HIGH + 1), repeat=len(unknown))
                if _balanced(known | dict(zip(unknown, values, strict=True)))
            ]
            if fits:
                found[cells] = {
                    code: {values[i] for values in fits} for i, code in enumerate(cells)
                }
        if found:
            return found
    raise AssertionError


def _balanced(values: dict[str, int]) -> bool:
    return all(values[t] == sum(values[p] for p in parts) for t, parts in BY_ROW + BY_COLUMN)
