"""Where each cell of an official grid begins, once the spans above and before it are counted."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.layout import Figure, GridRow, Head

Place = tuple[int, Head | Figure]
"""A cell and the column where it begins, from 0."""


def placed(grid: list[GridRow]) -> Iterator[tuple[GridRow, list[Place]]]:
    """Yield each row of a grid with its cells and the columns where they begin."""
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(grid):
        column = 0
        cells: list[Place] = []
        for cell in line.cells:
            while (row, column) in taken:
                column += 1
            cells.append((column, cell))
            rows = cell.rowspan if isinstance(cell, Head) else 1
            taken |= {
                (row + down, column + right)
                for down in range(rows)
                for right in range(cell.colspan)
            }
            column += cell.colspan
        yield line, cells
