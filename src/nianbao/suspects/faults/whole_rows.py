"""Faults of whole rows: exchanged, or shifted by a row, the last one lost or come round."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations

from nianbao.suspects.faults.fault import Fault
from nianbao.suspects.grid import Grid, Row

_FRAME = ("new", "carried_in", "total", "carried_out")
_ROUND = 1.5
_LOST = 2.0
"""Assumptions: the rows went round; a row fell out, and its figures are but what follows."""


def whole_rows(grid: Grid) -> Iterator[Fault]:
    """Find exchanges and shifts of whole rows that mend every rule."""
    if not grid.failing:
        yield from _exchanged(grid)
        yield from _framed(grid)
        yield from _shifted(grid)


def _exchanged(grid: Grid) -> Iterator[Fault]:
    rows = grid.rows
    for one, two in combinations(range(len(rows)), 2):
        changes = {one: rows[two], two: rows[one]}
        if rows[one] != rows[two] and grid.mends(changes):
            yield Fault("rows_exchanged", "{}两行的数字整行互换", (one, two), changes, 1)


def _framed(grid: Grid) -> Iterator[Fault]:
    """Try every order of the four rows 新收, 上年结转, 总计, 结转下年 but exchanges."""
    frame = [grid.row(name) for name in _FRAME]
    for order in permutations(frame):
        changes = _changes(grid, dict(zip(frame, order, strict=True)))
        if len(changes) > 2 and grid.mends(changes):
            yield Fault("rows_shifted", "{}各行的数字互相错行", tuple(changes), changes, _ROUND)


def _shifted(grid: Grid) -> Iterator[Fault]:
    """Try every run of rows, moved down or up by one."""
    for first, last in combinations(range(len(grid.rows)), 2):
        run = list(range(first, last + 1))
        for step, way in ((1, "下"), (-1, "上")):
            back = {i: i + step for i in run if i + step in run}
            # A row at the end of the run has no neighbour to get its figures back from.
            (lost,) = set(run) - back.keys()
            came_in = first if step == 1 else last
            story = f"{{}}之间各行的数字整体{way}移了一行"
            if len(run) > 2 and grid.mends(changes := _changes(grid, back | {lost: came_in})):
                yield Fault("rows_shifted", story, (first, last), changes, _ROUND)
            if any(grid.rows[came_in]):
                continue
            found = _with_lost(grid, _changes(grid, back), lost)
            if found:
                lost_too = f"{story}，移出的一行丢失"
                yield Fault("rows_shifted", lost_too, (first, last), found, _LOST)


def _changes(grid: Grid, sources: dict[int, int]) -> dict[int, Row]:
    """Return the rows that get other figures when each takes those of its source."""
    return {
        index: grid.rows[source]
        for index, source in sources.items()
        if grid.rows[index] != grid.rows[source]
    }


def _with_lost(grid: Grid, changes: dict[int, Row], lost: int) -> dict[int, Row] | None:
    """Complete a shift by the lost row's figures, as the column rules force them."""
    width = len(grid.columns)
    gaps = grid.gaps
    for index, row in changes.items():
        moved = grid.moved(index, row)
        gaps = tuple(gap + move for gap, move in zip(gaps, moved, strict=True))
    kind = next(k for k, factor in enumerate(grid.factors[lost]) if factor)
    factor = grid.factors[lost][kind]
    own = grid.rows[lost]
    row = tuple(
        was - factor * gap
        for was, gap in zip(own, gaps[kind * width : (kind + 1) * width], strict=True)
    )
    whole = changes | {lost: row}
    return whole if row != own and grid.mends(whole) else None
