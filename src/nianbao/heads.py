"""What the column heads of a document tell: whether they are official, and where figures begin."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from nianbao.amounts import unit_of_money
from nianbao.columns import Columns, columns_of
from nianbao.documents.structure import Row
from nianbao.forms import Form
from nianbao.labels import read_label
from nianbao.lines import FormBlock
from nianbao.placing import ADDED, PlacedRow, Placing


class Frames:
    """What the heads of a document say of its columns, block by block.

    Parameters
    ----------
    placing : Placing
        The document's rows and heads.
    form : Form
        The form; the tables that its rules bind show mistakes, so their heads may be altered.
    """

    def __init__(self, placing: Placing, form: Form) -> None:
        self._placing = placing
        self._bound = {rule.table for rule in form.rules}
        self._captions = frozenset().union(*(block.stub for block in placing.blocks))
        self.first = cache(self._first)
        self._found = cache(self._find)

    def columns(self, block: int, row: Row, runs: int) -> Columns | None:
        """Return the columns of a block in a row's grid, by the nearest heads above the row."""
        run = None if row.grid is None else self._nearest(row, runs)
        return None if run is None else self._found(block, run, row.grid)

    def sure(self, placed: PlacedRow) -> bool:
        """Whether a row's places are told by heads, and not by the number of its values."""
        index = placed.line.block
        return (
            self.first(index) is not None
            or self.columns(index, placed.row, placed.heads) is not None
        )

    def official(self, placed: PlacedRow) -> bool:
        """Whether the nearest heads allow a row's values to be told by their number.

        Where rules would show a mistake, and over a single column, heads may be missing.
        """
        block = self._placing.blocks[placed.line.block]
        bound = block.table.id in self._bound
        run = self._nearest(placed.row, placed.heads)
        if run is None:
            return bound or len(block.columns) == 1
        rows = frozenset().union(
            *(other.rows for other in self._placing.blocks if other.table is block.table)
        )
        if official_heads(self._rows(run, placed.row.grid), block, rows, strict=not bound):
            return True
        columns = self._flat(placed)
        return columns is not None and not columns.added and _rising(columns.order)

    def order(self, placed: PlacedRow) -> list[int | None]:
        """Order a flattened row's columns by its heads, if that is the official order."""
        columns = self._flat(placed)
        if columns is None or any(cores[-1] not in ADDED for cores in columns.added.values()):
            return []
        return columns.order if _rising(columns.order) else []

    def near(self, placed: PlacedRow) -> tuple[str, ...]:
        """Return the heads over a row that were only like the official ones."""
        columns = self.columns(placed.line.block, placed.row, placed.heads) or self._flat(placed)
        return columns.near if columns else ()

    def unit(self, placed: PlacedRow) -> str:
        """Return the unit of money that is told nearest to a row, or nothing."""
        run = self._nearest(placed.row, placed.heads) or 0
        above = [row for rows in self._placing.runs[run : placed.heads] for row in rows]
        heads = " ".join(cell for row in above for cell in row.cells)
        return unit_of_money((" ".join(placed.row.cells[: placed.start]), heads, placed.unit))

    def _first(self, block: int) -> int | None:
        return first_column(self._placing, block)

    def _nearest(self, row: Row, runs: int) -> int | None:
        """Return the nearest run of heads above a row; captions alone are no heads."""
        for run in range(runs - 1, -1, -1):
            words = {read_label(c).core for r in self._rows(run, row.grid) for c in r.cells if c}
            if words - self._captions:
                return run
        return None

    def _rows(self, run: int, grid: int | None) -> list[Row]:
        return [row for row in self._placing.runs[run] if row.grid == grid]

    def _flat(self, placed: PlacedRow) -> Columns | None:
        run = self._nearest(placed.row, placed.heads) if placed.row.grid is None else None
        return None if run is None else self._found(placed.line.block, run, None)

    def _find(self, block: int, run: int, grid: int | None) -> Columns | None:
        found = self._placing.blocks[block]
        strict = found.table.id not in self._bound
        return columns_of(found, self._rows(run, grid), strict=strict)


def official_heads(
    heads: Sequence[Row], block: FormBlock, rows: frozenset[str], *, strict: bool
) -> bool:
    """Whether a block's column heads are the official ones, in the official order.

    Heads may be torn apart over several rows, but within a row they keep their order, and
    none is foreign. ``strict`` asks for all of them, and for no foreign word beside them; the
    labels of the table's ``rows`` are none.
    """
    known = block.stub | block.inner | rows
    if len(block.columns) == 1:
        known |= block.columns[0]
    seen: set[int] = set()
    for row in heads:
        labels = [read_label(cell).core for cell in row.cells if cell]
        named = [i for i, core in enumerate(labels) if _column(core, block.columns, 0) is not None]
        if strict and any(c not in known for i, c in enumerate(labels) if i not in named):
            return False
        place = 0
        for core in labels[named[0] : named[-1] + 1] if named else ():
            column = _column(core, block.columns, place)
            if column is not None:
                seen.add(column)
                place = column + 1
            elif core not in (known if len(block.columns) == 1 else block.inner):
                return False
    return len(seen) == len(block.columns) or not strict


def first_column(placing: Placing, block: int) -> int | None:
    """Return the column in which a block's figures begin, if heads and all rows agree on it.

    A flattened table may have shifted rows; a place in it counts only where every row of the
    block keeps its figures under the heads and is as wide as they are.
    """
    columns = placing.blocks[block].columns
    heads = [[read_label(cell).core for cell in row.cells] for row in placing.heads.get(block, [])]
    rows = [placed for placed in placing.rows if placed.line.block == block]
    width = max((len(head) for head in heads), default=0)
    for base in range(width - len(columns) + 1):
        under = all(
            any(base + k < len(head) and head[base + k] in names for head in heads)
            for k, names in enumerate(columns)
        )
        if under and all(_inside(placed, base, base + len(columns)) for placed in rows):
            return base
    return None


def _rising(order: Sequence[int | None]) -> bool:
    """Whether the columns that the form has stand in its order."""
    own = [k for k in order if k is not None]
    return own == sorted(own)


def _inside(placed: PlacedRow, first: int, end: int) -> bool:
    cells = placed.row.cells
    return (
        placed.start <= first
        and len(cells) >= end
        and not any(cells[placed.start : first])
        and not any(cells[end:])
    )


def _column(core: str, columns: Sequence[frozenset[str]], start: int) -> int | None:
    """Return the first column from ``start`` on that a head names, or None."""
    return next((k for k in range(start, len(columns)) if core in columns[k]), None)
