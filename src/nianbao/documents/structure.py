"""What every reader gives: lines of prose and rows of grids in order, with their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of prose and where it stands."""

    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged cell as far as it reaches into one row: columns ``first`` to ``end`` (exclusive).

    Attributes
    ----------
    text : str
        What stands in the whole merged cell.
    above, below : bool
        Whether it begins in an earlier row, and whether it goes on in a later one.
    """

    first: int
    end: int
    text: str
    above: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a grid.

    Attributes
    ----------
    cells : tuple of str
        The texts from left to right; empty ones are kept. A merged cell's text stands in its
        first place in its first row only.
    origin : str
        Where the row stands, for example ``第36行``.
    grid : int or None
        The number of the table in the document, where the format itself says which column a
        cell stands in; None where the text was flattened and a place in it proves nothing.
    merges : tuple of Merge
        The merged cells that reach into this row, from left to right.
    unclear : frozenset of int
        Places whose content the format does not show whole (a row cut by a page).
    places : tuple of str
        What the cells are called in the source (``工作表“表三”C5``), where it has names for them.
    """

    cells: tuple[str, ...]
    origin: str
    grid: int | None = None
    merges: tuple[Merge, ...] = ()
    unclear: frozenset[int] = frozenset()
    places: tuple[str, ...] = ()

    def place(self, column: int) -> str:
        """Say where one cell of the row stands."""
        if column < len(self.places):
            return self.places[column]
        return f"{self.origin}第{column + 1}{'格' if self.grid is None else '列'}"

    def merged(self, column: int) -> Merge | None:
        """Return the merged cell that covers a column, or None."""
        return next((m for m in self.merges if m.first <= column < m.end), None)


@dataclass(frozen=True, slots=True)
class Boundary:
    """Where another part of the source begins: a file of a folder, a sheet of a workbook."""

    name: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader of the file must know before anything is recognised in it (Chinese)."""

    code: str
    message: str
    origin: str = ""


Block = Line | Row | Boundary


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read, before anything is recognised in it.

    Attributes
    ----------
    blocks : tuple of Line, Row or Boundary
        In reading order.
    remarks : tuple of Remark
        What could not be carried over, or only with a doubt.
    listing : mapping of str to mapping
        The rows of a ``cells.csv`` by cell code, where the file is one; else empty.
    """

    name: str
    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...] = ()
    listing: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def lines(self) -> list[Line]:
        """The prose alone."""
        return [block for block in self.blocks if isinstance(block, Line)]
