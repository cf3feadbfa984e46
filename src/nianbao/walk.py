"""Walks through a document and places its rows on the lines of a form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType

from nianbao.amounts import states_unit
from nianbao.documents.structure import Boundary, Document, Row
from nianbao.forms import Form, Node, Table
from nianbao.labels import Label, normalize, read_label
from nianbao.lines import (
    FormLine,
    form_blocks,
    form_lines,
    group_named,
    line_ending,
    line_like,
    line_named,
)
from nianbao.outline import PAGE_NUMBER
from nianbao.placing import ADDED, FEW, AddedRow, PlacedRow, Placing, is_figure
from nianbao.values import parse


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
        section, and elsewhere only where that section has no title or does not hold it.
    """
    placing = _walk(document, form, starts, set())
    lost = {table.section for table in form.tables if not placing.found(table.id)}
    return _walk(document, form, starts, lost) if lost & set(starts.values()) else placing


def _walk(
    document: Document, form: Form, starts: Mapping[int, int], lost: Collection[int]
) -> Placing:
    walk = _Walk(form, set(starts.values()) - set(lost))
    for index, block in enumerate(document.blocks):
        if index in starts:
            walk.enter(starts[index])
        elif isinstance(block, Boundary):
            walk.enter(None)
        elif isinstance(block, Row):
            walk.state("".join(block.cells))
            walk.take(block)
        else:
            walk.state(block.text)
            walk.skip(block.text)
    return walk.placing


class _Walk:
    """One pass through a document that knows which section, table and group it is in."""

    def __init__(self, form: Form, sections: set[int]) -> None:
        self.placing = Placing(form_blocks(form))
        self._form = form
        self._sections = sections
        self._all_lines = form_lines(form)
        self._part = 0
        self.enter(0)

    def enter(self, section: int | None) -> None:
        """Begin a section: only its own tables, and those without a section, may stand here.

        In another part of the source (None: a further file or sheet) any table may stand.
        """
        at_home = [table for table in self._form.tables if table.section == section]
        homeless = [
            table
            for table in self._form.tables
            if section is None or table.section not in self._sections
        ]
        allowed = [*at_home, *homeless]
        self._lines = [line for line in self._all_lines if line.table in allowed]
        self._blocks = {
            i: block for i, block in enumerate(self.placing.blocks) if block.table in allowed
        }
        self._table: Table | None = at_home[0] if at_home else None
        self._block: int | None = None
        self._group: Node | None = None
        self._last: FormLine | None = None
        self._under_heads = False
        self._part += 1
        self._seen: set[tuple[str, ...]] = set()
        self._unit = ""
        self._above: PlacedRow | None = None
        self._loose: tuple[Row, str] | None = None

    def state(self, text: str) -> None:
        """Remember a line that states the unit of what follows."""
        if states_unit(text):
            self._unit = text

    def skip(self, text: str) -> None:
        """Pass a line; a figure alone may be the rest of a row of flattened text above it."""
        above = self._above
        if PAGE_NUMBER.fullmatch(text.strip()):
            return
        if above and above.row.grid is None and parse(text.strip()).state == "number":
            self._tear(above)
        self._above = self._loose = None

    def take(self, row: Row) -> None:
        """Keep a row as head, as a line of figures, as a subtotal, or as left over."""
        labels = {i: read_label(c) for i, c in _stub(row).items() if not is_figure(c)}
        figures = any(is_figure(cell) for cell in row.cells if cell)
        if not figures and self._take_head(row, {label.core for label in labels.values()}):
            self._above = self._loose = None
            return
        placed = self._named(row, labels, figures=figures)
        placed = placed or self._joined(row, labels, figures=figures)
        rest = figures and not placed and self._is_rest(_words(row, labels))
        placed = placed or (self._resembling(row, labels) if figures and not rest else None)
        placed = placed or self._unlabelled(row, labels, figures=figures)
        if placed and placed.line is not self._last and placed.line.codes in self._seen:
            self._part, self._seen = self._part + 1, set()
            placed = replace(placed, part=self._part)
        if placed:
            self._seen.add(placed.line.codes)
            self._table, self._last = placed.line.table, placed.line
            self.placing.rows.append(placed)
            self._doubt_placed(placed)
        elif figures and not self._take_added(row, labels):
            self.placing.unplaced.append(row)
            self._doubt_above(row, labels)
        elif not figures and labels:
            self._above, self._loose = None, (row, _words(row, labels))
        self._under_heads = self._under_heads and not (placed or figures)

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
        if not self._under_heads:
            self.placing.runs.append([])
        self.placing.runs[-1].append(row)
        self._under_heads = True
        self._block = owners[0]
        if self._table is not self._blocks[owners[0]].table:
            self._table, self._group = self._blocks[owners[0]].table, None
        return True

    def _named(self, row: Row, labels: dict[int, Label], *, figures: bool) -> PlacedRow | None:
        """Find the line by the last label in the row that names one exactly.

        Without figures it must be the row's last word: else these are heads, or prose.
        """
        for label in labels.values():
            self._group = group_named(label, self._lines) or self._group
        named = reversed(labels.items()) if figures else list(labels.items())[-1:]
        for index, label in named:
            line = line_named(label, self._lines, self._table, self._last)
            if line:
                return self._placed(line, row, _after(row, index))
        return None

    def _joined(self, row: Row, labels: dict[int, Label], *, figures: bool) -> PlacedRow | None:
        """Find the line of a label that stands half in this row and half in the one above.

        Only one of the two may hold figures.
        """
        if self._loose is None or not labels:
            return None
        above, words = self._loose
        whole = read_label(words + _words(row, labels))
        holds = any(is_figure(cell) for cell in above.cells if cell)
        line = line_named(whole, self._lines, self._table, self._last)
        if line is None or holds == figures:
            return None
        if holds:
            self.placing.unplaced.remove(above)
        held = above if holds else row
        start = _after(held, [i for i, c in _stub(held).items() if not is_figure(c)][-1])
        return self._placed(line, held, start, near=True)

    def _doubt_placed(self, placed: PlacedRow) -> None:
        """Doubt a row whose label is only complete with that of the loose figures above it."""
        if self._loose and any(is_figure(cell) for cell in self._loose[0].cells if cell):
            whole = read_label(self._loose[1] + placed.written).core
            short = read_label(placed.written).core
            if whole in placed.line.cores and whole != short:
                self._tear(placed)
        self._above, self._loose = self.placing.rows[-1], None

    def _doubt_above(self, row: Row, labels: dict[int, Label]) -> None:
        """Doubt the row above figures without a label, or with the rest of that row's label."""
        words = _words(row, labels)
        if self._above and (not labels or self._is_rest(words)):
            self._tear(self._above)
        self._above, self._loose = None, (row, words)

    def _is_rest(self, words: str) -> bool:
        """Whether words are the rest of the label of the row above."""
        above, rest = self._above, read_label(words).core
        if above is None or not rest:
            return False
        whole = read_label(above.written + words).core
        own = max(above.line.cores, key=len)
        short = read_label(above.written).core != own
        return whole in above.line.cores or (short and own.endswith(rest))

    def _tear(self, placed: PlacedRow) -> None:
        index = self.placing.rows.index(placed)
        self.placing.rows[index] = replace(placed, torn=True)

    def _resembling(self, row: Row, labels: dict[int, Label]) -> PlacedRow | None:
        """Find the line by an altered label."""
        claimed = {placed.line.codes for placed in self.placing.rows}
        open_lines = [line for line in self._lines if line.codes not in claimed]
        for index, label in reversed(labels.items()):
            if label.core in ADDED or group_named(label, self._lines):
                return None
            line = line_like(label, open_lines, self._table, self._group)
            line = line or line_ending(_stub(row)[index], open_lines, self._table)
            if line:
                return self._placed(line, row, _after(row, index), near=True)
        return None

    def _unlabelled(self, row: Row, labels: dict[int, Label], *, figures: bool) -> PlacedRow | None:
        """Give a row to the table's line that has no label: with figures, or wide enough."""
        values = [cell for cell in row.cells if cell and is_figure(cell)]
        counted = values == [str(n) for n in range(1, len(values) + 1)]
        bare = [m for m in self._lines if m.table is self._table and not m.labelled]
        narrow = bool(bare) and len(row.cells) < len(bare[0].codes)
        lone = len(values) == 1 and narrow
        few = len(values) < FEW and (labels or lone or not self._under_heads)
        if (figures and (few or (counted and len(values) > 2))) or (labels and not figures):
            return None
        under_head = self._block is not None and self._blocks[self._block].table is self._table
        if not bare or not (figures or (under_head and len(row.cells) >= len(bare[0].codes))):
            return None
        leading = 0
        while figures and leading in labels:
            leading += 1
        return self._placed(bare[0], row, leading)

    def _take_added(self, row: Row, labels: dict[int, Label]) -> bool:
        """Keep a row of subtotals: one called 小计, or the figures beside a group's own head."""
        if not labels or not self._group:
            return False
        index, label = list(labels.items())[-1]
        if label.core not in ADDED and group_named(label, self._lines) is not self._group:
            return False
        block = next(m.block for m in self._lines if self._group in m.path[:-1])
        beside = label.core not in ADDED
        plain = beside or normalize(_stub(row)[index]) == label.core
        self.placing.added.append(
            AddedRow(
                group=self._group,
                row=row,
                start=_after(row, index),
                block=block,
                heads=len(self.placing.runs),
                last=None if beside else self._last,
                certain=plain,
            )
        )
        return True

    def _placed(self, line: FormLine, row: Row, start: int, *, near: bool = False) -> PlacedRow:
        runs = len(self.placing.runs)
        return PlacedRow(line, row, start, near, runs, self._part, self._unit)


def _stub(row: Row) -> dict[int, str]:
    """Return the texts of a row by place, those of merged cells from above among them."""
    found = {i: cell for i, cell in enumerate(row.cells) if cell}
    found |= {m.first: m.text for m in row.merges if m.above and m.text}
    return dict(sorted(found.items()))


def _words(row: Row, labels: Mapping[int, Label]) -> str:
    """Return the last label of a row as written, or nothing."""
    return _stub(row)[max(labels)] if labels else ""


def _after(row: Row, index: int) -> int:
    """Return the first place after a label, which may reach over several columns."""
    merge = row.merged(index)
    return merge.end if merge else index + 1
