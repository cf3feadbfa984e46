"""What every reader gives: lines of prose and rows of grids in order, with their places."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of prose and where it stands."""

    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a grid.

    Attributes
    ----------
    cells : tuple of str
        The texts from left to right; empty ones are kept.
    origin : str
        Where the row stands, for example ``第36行``.
    """

    cells: tuple[str, ...]
    origin: str

    def place(self, column: int) -> str:
        """Say where one cell of the row stands."""
        return f"{self.origin}第{column + 1}格"


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read, before anything is recognised in it."""

    name: str
    blocks: tuple[Line | Row, ...]

    @property
    def lines(self) -> list[Line]:
        """The prose alone."""
        return [block for block in self.blocks if isinstance(block, Line)]
