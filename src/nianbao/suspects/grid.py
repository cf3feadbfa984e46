"""A part as rows of figures under columns, for faults that move figures about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from nianbao.forms import Form
from nianbao.suspects.part import Part

Row = tuple[int, ...]


@dataclass(frozen=True)
class Grid:
    """The rows of 表三 with all cells filled, and how far each column rule is off.

    A free cell is filled for this purpose only: by its row where that forces it, else with 0.

    Attributes
    ----------
    names : tuple of str
        Row ids in the form's order.
    columns : tuple of str
        Column ids, 总计 last.
    rows : tuple of tuple of int
        The figures.
    written : tuple of tuple of (int or None)
        The same as published; None where a cell is free.
    factors : tuple of tuple of int
        For each row, its coefficient in each kind of column rule.
    """

    names: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    written: tuple[tuple[int | None, ...], ...]
    factors: tuple[tuple[int, ...], ...]

    @cached_property
    def gaps(self) -> tuple[int, ...]:
        """By how much each column rule is off, kind by kind and column by column."""
        total = [0] * (len(self.factors[0]) * len(self.columns))
        for index, row in enumerate(self.rows):
            for place, weight in enumerate(self.weights(index, row)):
                total[place] += weight
        return tuple(total)

    def weights(self, index: int, row: Row) -> Row:
        """Return what figures in a row's place add to each column rule."""
        return tuple(factor * value for factor in self.factors[index] for value in row)

    def moved(self, index: int, row: Row) -> Row:
        """Return by how much new figures for a row change each column rule."""
        old = self.weights(index, self.rows[index])
        return tuple(new - was for new, was in zip(self.weights(index, row), old, strict=True))

    def mends(self, changes: Mapping[int, Row]) -> bool:
        """Whether new figures for some rows make every rule hold."""
        if not self.failing <= changes.keys() or not all(map(sums, changes.values())):
            return False
        moves = [self.moved(index, row) for index, row in changes.items()]
        return all(sum(each) == 0 for each in zip(self.gaps, *moves, strict=True))

    @cached_property
    def failing(self) -> frozenset[int]:
        """The rows that do not add up to their 总计."""
        return frozenset(i for i, row in enumerate(self.rows) if not sums(row))

    def row(self, name: str) -> int:
        """Return the index of a row."""
        return self.names.index(name)


def sums(row: Row) -> bool:
    """Whether a row adds up to its last figure, and nothing in it is below zero."""
    return sum(row[:-1]) == row[-1] and min(row) >= 0


def grid_of(form: Form, part: Part) -> Grid | None:
    """Lay a part out as a grid, or return None where it is no table of rows and columns."""
    by_row = [rule for rule in part.rules if rule.spec.each == "row"]
    by_column = [rule for rule in part.rules if rule.spec.each == "column"]
    if not by_row or not by_column:
        return None
    table = form.table(by_row[0].spec.table)
    lines = [(row[-1].id, codes) for _, row, codes in table.lines()]
    kinds = list(dict.fromkeys(rule.spec.id for rule in by_column))
    factor: dict[tuple[str, str], int] = {}
    for rule in by_column:
        for code, sign in rule.signs().items():
            factor[rule.spec.id, code] = sign
    written = tuple(tuple(part.known.get(code) for code in codes) for _, codes in lines)
    return Grid(
        names=tuple(name for name, _ in lines),
        columns=tuple(code.rpartition(".")[2] for code in lines[0][1]),
        rows=tuple(filled(row) for row in written),
        written=written,
        factors=tuple(
            tuple(factor.get((kind, codes[0]), 0) for kind in kinds) for _, codes in lines
        ),
    )


def filled(row: tuple[int | None, ...]) -> Row:
    """Fill what is free in a row: by its sum where one cell is, else with 0."""
    parts, total = row[:-1], row[-1]
    known = sum(value for value in parts if value is not None)
    if total is None:
        return (*(value or 0 for value in parts), known)
    if parts.count(None) == 1 and total >= known:
        return (*(total - known if value is None else value for value in parts), total)
    return (*(value or 0 for value in parts), total)
