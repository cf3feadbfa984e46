"""Places the rows of a document on the lines of a form: by label and group, never by counting."""

from __future__ import annotations

from dataclasses import dataclass, field

from nianbao.documents.structure import Row
from nianbao.forms import Node
from nianbao.lines import (
    FormBlock,
    FormLine,
)
from nianbao.values import parse

ADDED = frozenset({"小计", "合计", "总计", "共计"})
"""What offices call a subtotal that they add to a group of rows or columns."""


_MARKS = ("number", "dash", "slash", "word")
FEW = 5
"""Fewer figures behind a label are not those of 表四, but a telephone number or the like."""
_COMPUTED = ("=", "#")
"""A formula that lost its value, and the error of one, stand where a figure should."""


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A document row that carries the figures of one line of the form.

    Attributes
    ----------
    start : int
        Index of the first cell after the label.
    near : bool
        Whether the label was only like the official one, or fitted by its place.
    heads : int
        How many runs of head rows stand before it in the document.
    part : int
        Which part of the document it stands in: sections, sheets and files are parts, and a
        table that begins once more.
    unit : str
        The last line above it in its part that states a unit.
    torn : bool
        Whether figures beside it may be the rest of its own.
    """

    line: FormLine
    row: Row
    start: int
    near: bool = False
    heads: int = 0
    part: int = 0
    unit: str = ""
    torn: bool = False

    @property
    def place(self) -> tuple[int, int | None]:
        """The very table that it stands in."""
        return self.part, self.row.grid

    @property
    def written(self) -> str:
        """The label as written; empty for a line that has none."""
        if not self.start:
            return ""
        merge = self.row.merged(self.start - 1)
        return merge.text if merge else self.row.cells[self.start - 1]


@dataclass(frozen=True, slots=True)
class AddedRow:
    """A row of subtotals that the office added to a group of rows (小计).

    Attributes
    ----------
    group : Node
        The group that was named last above it.
    last : FormLine or None
        The line before it; None where it stands beside the group's own head.
    certain : bool
        Whether nothing in its label says that it sums something else: ``小计（1-4项）``.
    """

    group: Node
    row: Row
    start: int
    block: int
    heads: int
    last: FormLine | None
    certain: bool


@dataclass
class Placing:
    """All rows of a document, each at its place in the form or left over.

    Attributes
    ----------
    rows : list of PlacedRow
        In the document's order.
    heads : dict of int to list of Row
        Rows of column heads, by index of the form's block.
    runs : list of list of Row
        The rows of column heads once more, as they follow one another without figures between.
    added : list of AddedRow
        Subtotals of groups, which the form does not have.
    unplaced : list of Row
        Rows with figures for which no line was found.
    """

    blocks: list[FormBlock]
    rows: list[PlacedRow] = field(default_factory=list)
    heads: dict[int, list[Row]] = field(default_factory=dict)
    runs: list[list[Row]] = field(default_factory=list)
    added: list[AddedRow] = field(default_factory=list)
    unplaced: list[Row] = field(default_factory=list)

    def found(self, table_id: str) -> bool:
        """Whether any row with figures of a table was found."""
        return any(
            placed.line.table.id == table_id and any(map(is_figure, filter(None, placed.row.cells)))
            for placed in self.rows
        )


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure, or a mark in place of one, and not words."""
    values = (parse(text, unit=unit, signed=unit == "项") for unit in ("件", "项", "万元"))
    return text.startswith(_COMPUTED) or any(value.state in _MARKS for value in values)
