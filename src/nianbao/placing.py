"""Places the rows of a document on the lines of a form: by label and group, never by counting."""

from __future__ import annotations

from dataclasses import dataclass, field

from nianbao.documents.structure import Document, Line, Row
from nianbao.forms import Form, Node, Table
from nianbao.labels import Label, cores, read_label
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
    return parse(text, decimal=True).state in ("number", "dash", "slash")


def place(document: Document, form: Form) -> Placing:
    """Place every row of a document's grids on the lines of a form."""
    walk = _Walk(form)
    for block in document.blocks:
        walk.take(block)
    return walk.placing


class _Walk:
    """One pass through a document that knows which table and group it is in."""

    def __init__(self, form: Form) -> None:
        self.placing = Placing(form_blocks(form))
        self._lines = form_lines(form)
        self._titles = {core for s in form.sections for core in cores(s.title, s.aliases)}
        self._table: Table | None = None
        self._group: Node | None = None

    def take(self, block: Line | Row) -> None:
        if isinstance(block, Row):
            self._take_row(block)
        elif read_label(block.text).core in self._titles:
            self._table = self._group = None

    def _take_row(self, row: Row) -> None:
        labels = {i: read_label(c) for i, c in enumerate(row.cells) if c and not is_figure(c)}
        figures = len(labels) < sum(map(bool, row.cells))
        if not figures and self._take_head(row, {label.core for label in labels.values()}):
            return
        placed = self._named(row, labels) or (figures and self._resembling(row, labels))
        if placed:
            self._table = placed.line.table
            self.placing.rows.append(placed)
        elif figures:
            self.placing.unplaced.append(row)

    def _take_head(self, row: Row, written: set[str]) -> bool:
        """Keep a row of column heads: two of them, or one beside the stub's head or caption."""
        hits = [len(written & b.heads) + len(written & b.stub) for b in self.placing.blocks]
        best = max(hits)
        owners = [i for i, count in enumerate(hits) if count == best]
        if best < 2 and not any(written & self.placing.blocks[i].stub for i in owners):
            return False
        for index in owners:
            self.placing.heads.setdefault(index, []).append(row)
        if self._table not in [self.placing.blocks[i].table for i in owners]:
            self._table, self._group = self.placing.blocks[owners[0]].table, None
        return True

    def _named(self, row: Row, labels: dict[int, Label]) -> PlacedRow | None:
        """Find the line by the last label in the row that names one exactly."""
        for label in labels.values():
            self._group = group_named(label, self._lines) or self._group
        for index, label in reversed(labels.items()):
            line = line_named(label, self._lines, self._table)
            if line:
                return PlacedRow(line, row, index + 1)
        return None

    def _resembling(self, row: Row, labels: dict[int, Label]) -> PlacedRow | None:
        """Find the line by an altered label, or the one line that has no label."""
        claimed = {placed.line.codes for placed in self.placing.rows}
        open_lines = [line for line in self._lines if line.codes not in claimed]
        for index, label in reversed(labels.items()):
            line = line_like(label, open_lines, self._table, self._group)
            if line:
                return PlacedRow(line, row, index + 1, near=True)
        bare = [m for m in self._lines if m.table is self._table and not m.labelled]
        return PlacedRow(bare[0], row, max(labels, default=-1) + 1) if bare else None
