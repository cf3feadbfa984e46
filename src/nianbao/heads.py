"""What the column heads of a document tell: whether they are official, and where figures begin."""

from __future__ import annotations

from collections.abc import Sequence, Set

from nianbao.labels import normalize, read_label
from nianbao.placing import PlacedRow, Placing


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
    return placing.blocks[index].block.unit == "万元" and "元" in text and "万元" not in text


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
