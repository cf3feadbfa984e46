"""What the column heads of a document tell: whether they are official, and where figures begin."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cache

from nianbao.columns import Columns, columns_of
from nianbao.documents.structure import Row
from nianbao.forms import Form
from nianbao.labels import normalize, read_label
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
        self.first = cache(self._first)
        self.official = cache(self._official)
        self.order = cache(self._order)
        self._mapped = cache(self._columns)

    def columns(self, block: int, row: Row, runs: int) -> Columns | None:
        """Return the columns of a block in a row's grid, by the nearest heads above the row."""
        if row.grid is None:
            return None
        found = (self._mapped(block, run, row.grid) for run in range(runs - 1, -1, -1))
        return next(filter(None, found), None)

    def sure(self, placed: PlacedRow) -> bool:
        """Whether a row's places are told by heads, and not by the number of its values."""
        index = placed.line.block
        return (
            self.first(index) is not None
            or self.columns(index, placed.row, placed.heads) is not None
        )

    def in_yuan(self, block: int) -> bool:
        """Whether the heads of a block of amounts name the unit 元 and not 万元."""
        return in_yuan(self._placing, block)

    def _first(self, block: int) -> int | None:
        return first_column(self._placing, block)

    def near(self, placed: PlacedRow) -> tuple[str, ...]:
        """Return the heads over a row that were only like the official ones."""
        index = placed.line.block
        columns = self.columns(index, placed.row, placed.heads)
        if columns is None and not official_heads(self._placing, index, self._bound):
            columns = self._flat(index)
        return columns.near if columns else ()

    def _official(self, block: int) -> bool:
        if official_heads(self._placing, block, self._bound):
            return True
        columns = self._flat(block)
        return columns is not None and not columns.added and _rising(columns.order)

    def _flat(self, block: int) -> Columns | None:
        rows = [row for row in self._placing.heads.get(block, []) if row.grid is None]
        return self._find(block, rows)

    def _columns(self, block: int, run: int, grid: int) -> Columns | None:
        rows = [row for row in self._placing.runs[run] if row.grid == grid]
        return self._find(block, rows)

    def _order(self, block: int) -> list[int | None]:
        """Order a flattened block's columns by its heads, if that is the official order."""
        columns = self._flat(block)
        if columns is None or not set(columns.added.values()) <= ADDED:
            return []
        return columns.order if _rising(columns.order) else []

    def _find(self, block: int, rows: Sequence[Row]) -> Columns | None:
        found = self._placing.blocks[block]
        strict = found.table.id not in self._bound
        return columns_of(found, rows, strict=strict) if rows else None


def official_heads(placing: Placing, index: int, bound: Set[str]) -> bool:
    """Whether a block's column heads are the official ones, in the official order.

    Heads may be torn apart over several rows, but within a row they keep their order, and
    none is foreign. Only where rules would show a mistake, or where there is but one column,
    may the heads be missing.
    """
    block = placing.blocks[index]
    heads = placing.heads.get(index, [])
    seen: set[int] = set()
    for row in heads:
        labels = [read_label(cell).core for cell in row.cells if cell]
        named = [i for i, core in enumerate(labels) if _column(core, block.columns, 0) is not None]
        place = 0
        for core in labels[named[0] : named[-1] + 1] if named else ():
            column = _column(core, block.columns, place)
            if column is not None:
                seen.add(column)
                place = column + 1
            elif core not in block.inner:
                return False
    return len(seen) == len(block.columns) or block.table.id in bound or len(block.columns) == 1


def in_yuan(placing: Placing, index: int) -> bool:
    """Whether the heads of a block of amounts name the unit 元 and not 万元."""
    heads = [normalize(cell) for row in placing.heads.get(index, []) for cell in row.cells]
    text = "".join(heads)
    return "元" in text and "万元" not in text


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
