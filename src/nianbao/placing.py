"""Places the rows of a document on the lines of a form: by label and group, never by counting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from nianbao.documents.structure import Document, Row
from nianbao.forms import Form, Node, Table
from nianbao.labels import Label, read_label
from nianbao.lines import (
    FormBlock,
    FormLine,
    form_blocks,
    form_lines,
    group_named,
    line_like,
    line_named,
)
from nianbao.values import parse


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A document row that carries the figures of one line of the form.

    Attributes
    ----------
    start : int
        Index of the first cell after the label.
    near : bool
        Whether the label was only like the official one, or fitted by its place.
    """

    line: FormLine
    row: Row
    start: int
    near: bool = False

    @property
    def written(self) -> str:
        """The label as written; empty for a line that has none."""
        return self.row.cells[self.start - 1] if self.start else ""


@dataclass
class Placing:
    """All rows of a document, each at its place in the form or left over.

    Attributes
    ----------
    rows : list of PlacedRow
        In the document's order.
    heads : dict of int to list of Row
        Rows of column heads, by index of the form's block.
    unplaced : list of Row
        Rows with figures for which no line was found.
    """

    blocks: list[FormBlock]
    rows: list[PlacedRow] = field(default_factory=list)
    heads: dict[int, list[Row]] = field(default_factory=dict)
    unplaced: list[Row] = field(default_factory=list)

    def found(self, table_id: str) -> bool:
        """Whether any row of figures of a table was found."""
        return any(placed.line.table.id == table_id for placed in self.rows)


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure, or a mark in place of one, and not words."""
    marks = ("number", "dash", "slash", "word")
    return parse(text).state in marks or parse(text, decimal=True).state in marks


def place(
    document: Document, form: Form, starts: Mapping[int, int] = MappingProxyType({})
) -> Placing:
    """Place every row of a document's grids on the lines of a form.

    Parameters
    ----------
    document : Document
        The document.
    form : Form
        The form.
    starts : mapping of int to int
        The blocks that open a section, and its number: a table is looked for in its own
        section, and elsewhere only where the document has no title of that section.
    """
    walk = _Walk(form, set(starts.values()))
    for index, block in enumerate(document.blocks):
        if index in starts:
            walk.enter(starts[index])
        elif isinstance(block, Row):
            walk.take(block)
    return walk.placing


class _Walk:
    """One pass through a document that knows which section, table and group it is in."""

    def __init__(self, form: Form, sections: set[int]) -> None:
        self.placing = Placing(form_blocks(form))
        self._form = form
        self._sections = sections
        self._all_lines = form_lines(form)
        self.enter(0)

    def enter(self, section: int) -> None:
        """Begin a section: only its own tables, and those without a section, may stand here."""
        at_home = [table for table in self._form.tables if table.section == section]
        homeless = [table for table in self._form.tables if table.section not in self._sections]
        allowed = [*at_home, *homeless]
        self._lines = [line for line in self._all_lines if line.table in allowed]
        self._blocks = {
            i: block for i, block in enumerate(self.placing.blocks) if block.table in allowed
        }
        self._table: Table | None = at_home[0] if at_home else None
        self._block: int | None = None
        self._group: Node | None = None
        self._last: FormLine | None = None

    def take(self, row: Row) -> None:
        """Keep a row as head, as a line of figures, or as left over."""
        labels = {i: read_label(c) for i, c in enumerate(row.cells) if c and not is_figure(c)}
        figures = len(labels) < sum(map(bool, row.cells))
        if not figures and self._take_head(row, {label.core for label in labels.values()}):
            return
        placed = self._named(row, labels) or (figures and self._resembling(row, labels))
        placed = placed or self._unlabelled(row, labels, figures=figures)
        if placed:
            self._table, self._last = placed.line.table, placed.line
            self.placing.rows.append(placed)
        elif figures:
            self.placing.unplaced.append(row)

    def _take_head(self, row: Row, written: set[str]) -> bool:
        """Keep a row of column heads: two of them, or one beside the stub's head or caption."""
        heads = {i: len(written & block.heads) for i, block in self._blocks.items()}
        stubs = {i: len(written & block.stub) for i, block in self._blocks.items()}
        best = max((heads[i] + stubs[i] for i in heads), default=0)
        owners = [i for i in heads if heads[i] + stubs[i] == best]
        if best < 2 and not (best and any(stubs[i] for i in owners)):
            return False
        if self._block in owners and not all(heads[i] for i in owners):
            owners = [self._block]
        for index in owners:
            self.placing.heads.setdefault(index, []).append(row)
        self._block = owners[0]
        if self._table is not self._blocks[owners[0]].table:
            self._table, self._group = self._blocks[owners[0]].table, None
        return True

    def _named(self, row: Row, labels: dict[int, Label]) -> PlacedRow | None:
        """Find the line by the last label in the row that names one exactly."""
        for label in labels.values():
            self._group = group_named(label, self._lines) or self._group
        for index, label in reversed(labels.items()):
            line = line_named(label, self._lines, self._table, self._last)
            if line:
                return PlacedRow(line, row, index + 1)
        return None

    def _resembling(self, row: Row, labels: dict[int, Label]) -> PlacedRow | None:
        """Find the line by an altered label."""
        claimed = {placed.line.codes for placed in self.placing.rows}
        open_lines = [line for line in self._lines if line.codes not in claimed]
        for index, label in reversed(labels.items()):
            line = line_like(label, open_lines, self._table, self._group)
            if line:
                return PlacedRow(line, row, index + 1, near=True)
        return None

    def _unlabelled(self, row: Row, labels: dict[int, Label], *, figures: bool) -> PlacedRow | None:
        """Give a row to the table's line that has no label: with figures, or wide enough."""
        bare = [m for m in self._lines if m.table is self._table and not m.labelled]
        under_head = self._block is not None and self._blocks[self._block].table is self._table
        if not bare or not (figures or (under_head and len(row.cells) >= len(bare[0].codes))):
            return None
        leading = 0
        while figures and leading in labels:
            leading += 1
        return PlacedRow(bare[0], row, leading)
