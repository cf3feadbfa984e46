"""Faults within rows: numbers shifted by a column, columns exchanged, a subtotal in 总计."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from nianbao.suspects.faults.fault import Fault, alike
from nianbao.suspects.grid import Grid, Row, filled, sums

_Written = tuple[int | None, ...]
_OPTIONAL = 2
"""So many rows that add up as they stand may have moved as well."""


@dataclass(frozen=True)
class _Move:
    """What may have happened to a row, and how it is undone."""

    kind: str
    story: str
    undo: Callable[[_Written], Row | None]
    touches_total: bool = True


def within_rows(grid: Grid, labels: tuple[str, ...]) -> Iterator[Fault]:
    """Find the faults in which some rows, all in the same way, mend every rule."""
    for move in _moves(len(grid.columns), labels):
        undone = {}
        for index, written in enumerate(grid.written):
            row = move.undo(written)
            if row is not None and row != grid.rows[index] and sums(row):
                undone[index] = row
        if grid.failing <= undone.keys():
            yield from _tried(grid, move, undone)


def _tried(grid: Grid, move: _Move, undone: dict[int, Row]) -> Iterator[Fault]:
    """Undo a move in every failing row, and in as few others as mend the columns.

    A row with a free cell cannot fail for itself: such rows are also tried all together.
    """
    moved = {index: grid.moved(index, row) for index, row in undone.items()}
    open_rows = {index for index in undone if None in grid.written[index]}
    bases = [grid.failing, grid.failing | open_rows]
    if move.touches_total:
        # Among applicants alone no rule sees a move everywhere: it would undo itself.
        bases.append(frozenset(undone))
    for base in dict.fromkeys(bases):
        others = [index for index in undone if index not in base]
        gaps = _added(grid.gaps, [moved[index] for index in base])
        for count in range(_OPTIONAL + 1):
            for more in combinations(others, count):
                chosen = sorted([*base, *more])
                if chosen and not any(_added(gaps, [moved[index] for index in more])):
                    whole = len(chosen) > _OPTIONAL and len(chosen) == len(undone)
                    everywhere = whole and move.touches_total
                    rows = {i: undone[i] for i in chosen}
                    yield _fault(move, rows, everywhere=everywhere)


def _added(gaps: Row, moves: list[Row]) -> Row:
    return tuple(sum(each) for each in zip(gaps, *moves, strict=True)) if moves else gaps


def _fault(move: _Move, rows: dict[int, Row], *, everywhere: bool) -> Fault:
    # That applicants' columns are exchanged in a row leaves no trace in the row itself: further
    # rows are then chosen only to fit, and each is an assumption of its own.
    seen = move.touches_total or move.kind != "columns_exchanged"
    cost = alike(len(rows), everywhere=everywhere) if seen else len(rows)
    return Fault(move.kind, move.story, tuple(rows), rows, cost)


def _moves(width: int, labels: tuple[str, ...]) -> Iterator[_Move]:
    """List what may have happened to a row, plain things first."""
    last = width - 1
    for right in range(1, width):
        for left in reversed(range(right)):
            story = f"{{}}行的“{labels[left]}”与“{labels[right]}”两栏数字互换"
            yield _Move("columns_exchanged", story, _exchange(left, right), right == last)
    for end in (last, last - 1):
        for start in range(end - 1):
            where = f"自“{labels[start]}”至“{labels[end]}”的数字"
            yield _Move(
                "row_shifted", f"{{}}行{where}整体右移了一栏", _from_right(start, end), end == last
            )
            yield _Move(
                "row_shifted", f"{{}}行{where}整体左移了一栏", _from_left(start, end), end == last
            )
    story = "{}行的“总计”把“法人或其他组织”小计重复计入"
    yield _Move("subtotal_counted", story, _without_organisations)


def _exchange(left: int, right: int) -> Callable[[_Written], Row | None]:
    def undo(written: _Written) -> Row | None:
        row = list(written)
        row[left], row[right] = row[right], row[left]
        return filled(tuple(row))

    return undo


def _from_right(start: int, end: int) -> Callable[[_Written], Row | None]:
    """Undo a shift to the right: what fell out follows from the row's sum."""

    def undo(written: _Written) -> Row | None:
        back = (*written[:start], *written[start + 1 : end + 1], None, *written[end + 1 :])
        return _completed(back, end, written[start])

    return undo


def _from_left(start: int, end: int) -> Callable[[_Written], Row | None]:
    """Undo a shift to the left: what fell out follows from the row's sum."""

    def undo(written: _Written) -> Row | None:
        back = (*written[:start], None, *written[start:end], *written[end + 1 :])
        return _completed(back, start, written[end])

    return undo


def _completed(row: _Written, gap: int, came_in: int | None) -> Row | None:
    """Fill a gap; what came in at the other side was nothing, or what fell out."""
    parts = [0 if value is None else value for value in row]
    rest = sum(parts[:-1])
    parts[gap] = rest if gap == len(row) - 1 else parts[-1] - rest
    if parts[gap] < 0 or came_in not in (None, 0, parts[gap]):
        return None
    return tuple(parts)


def _without_organisations(written: _Written) -> Row | None:
    if None in written:
        return None
    row = [value or 0 for value in written]
    return (*row[:-1], row[-1] - sum(row[1:-1]))
