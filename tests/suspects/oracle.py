"""A small table whose suspects can be found by trying everything."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations, product

from nianbao.forms.structure import RuleSpec
from nianbao.report import ShortRow
from nianbao.rules import Rule
from nianbao.suspects.part import Part

HIGH = 5
ROWS, COLUMNS = ("a", "b", "sum"), ("x", "y", "total")
CELLS = tuple(f"{row}.{column}" for row in ROWS for column in COLUMNS)
BY_ROW = [(f"{row}.total", (f"{row}.x", f"{row}.y")) for row in ROWS]
BY_COLUMN = [(f"sum.{column}", (f"a.{column}", f"b.{column}")) for column in COLUMNS]


def part_of(known: dict[str, int], short_rows: tuple[ShortRow, ...] = ()) -> Part:
    rules = [_rule("row", *each) for each in BY_ROW] + [_rule("column", *e) for e in BY_COLUMN]
    return Part("小表", tuple(rules), CELLS, known, short_rows)


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


def lose(rng: random.Random, known: dict[str, int], count: int) -> tuple[ShortRow, ...]:
    """Take some rows out of the known figures, each without one or two of its numbers."""
    rows = []
    for row in sorted(rng.sample(ROWS, count)):
        codes = tuple(f"{row}.{column}" for column in COLUMNS)
        figures = [known.pop(code) for code in codes]
        kept = sorted(rng.sample(range(3), rng.choice((1, 2, 2))))
        rows.append(ShortRow(codes, tuple(figures[place] for place in kept)))
    return tuple(rows)


Found = dict[tuple[str, ...], list[tuple[dict[str, int], dict[str, str]]]]
"""For each set, every filling that it allows: the figures, and where each number stands."""


def smallest_with_rows(known: dict[str, int], rows: tuple[ShortRow, ...]) -> Found:
    """Compare what is published with every small table that balances, number by number."""
    found: Found = {}
    size = len(CELLS)
    for figures in _tables():
        wrong = [code for code in known if figures[code] != known[code]]
        for stands, off in _placements(rows, figures):
            names = tuple(sorted(wrong + off))
            if len(names) < size:
                found, size = {}, len(names)
            if len(names) == size:
                found.setdefault(names, []).append((figures, stands))
    return found


def _tables() -> Iterator[dict[str, int]]:
    for inner in product(range(HIGH + 1), repeat=4):
        values = dict(zip(("a.x", "a.y", "b.x", "b.y"), inner, strict=True))
        for row in ROWS[:2]:
            values[f"{row}.total"] = values[f"{row}.x"] + values[f"{row}.y"]
        for total, parts in BY_COLUMN:
            values[total] = sum(values[part] for part in parts)
        yield values


def _placements(
    rows: tuple[ShortRow, ...], figures: dict[str, int]
) -> Iterator[tuple[dict[str, str], list[str]]]:
    """Yield where each number may stand, and which of them would then be wrong."""
    for choice in product(*(combinations(row.codes, len(row.values)) for row in rows)):
        stands, off = {}, []
        for row, cells in zip(rows, choice, strict=True):
            for place, (code, value) in enumerate(zip(cells, row.values, strict=True), start=1):
                name = f"{row.codes[0]}#{place}"
                stands[name] = code
                if figures[code] != value:
                    off.append(name)
        yield stands, off
