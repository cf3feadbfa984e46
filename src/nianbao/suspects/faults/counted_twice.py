"""Faults of adding up: the subtotal of a group counted in once more."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from nianbao.suspects.faults.fault import Fault
from nianbao.suspects.grid import Grid, Row

_GROUPS = {
    "deny": "（三）不予公开",
    "unable": "（四）无法提供",
    "refuse": "（五）不予处理",
    "other": "（六）其他处理",
}
_SOME = 1.5
"""Assumptions where some of the groups, not one and not all, were counted twice."""


def counted_twice(grid: Grid) -> Iterator[Fault]:
    """Find subtotals in 总计 or in another row whose removal mends every rule."""
    groups = {key: _members(grid, key) for key in _GROUPS}
    groups = {key: members for key, members in groups.items() if any(_sum(grid, members))}
    yield from _in_total(grid, groups)
    for key, members in groups.items():
        for index, name in enumerate(grid.names):
            if name != "total":
                yield from _in_row(grid, _GROUPS[key], members, index)


def _members(grid: Grid, key: str) -> list[int]:
    return [i for i, name in enumerate(grid.names) if name.startswith(f"{key}_")]


def _in_total(grid: Grid, groups: dict[str, list[int]]) -> Iterator[Fault]:
    at = grid.row("total")
    for count in range(1, len(groups) + 1):
        for keys in combinations(groups, count):
            sums = [_sum(grid, groups[key]) for key in keys]
            row = grid.rows[at]
            for each in sums:
                row = _minus(row, each)
            if grid.mends({at: row}):
                named = "、".join(f"“{_GROUPS[key]}”" for key in keys)
                story = f"{{}}行把{named}的小计重复计入"
                cost = 1 if count in (1, len(groups)) else _SOME
                yield Fault("subtotal_counted", story, (at,), {at: row}, cost)


def _in_row(grid: Grid, group: str, members: list[int], index: int) -> Iterator[Fault]:
    """Try a row that holds a subtotal in place of its own figures, or added to them."""
    others = _sum(grid, [member for member in members if member != index])
    if not any(others):
        return
    row = _minus(grid.rows[index], others)
    if grid.mends({index: row}):
        inside = "填成了" if index in members else "多计了"
        story = f"{{}}行{inside}“{group}”的小计"
        yield Fault("subtotal_counted", story, (index,), {index: row}, 1)
    if index in members and not any(value % 2 for value in row):
        half = tuple(value // 2 for value in row)
        if grid.mends({index: half}):
            story = f"{{}}行多计了“{group}”的小计"
            yield Fault("subtotal_counted", story, (index,), {index: half}, 1)


def _sum(grid: Grid, members: list[int]) -> Row:
    rows = (grid.rows[i] for i in members)
    return tuple(sum(column) for column in zip(*rows, strict=True))


def _minus(row: Row, other: Row) -> Row:
    return tuple(a - b for a, b in zip(row, other, strict=True))
