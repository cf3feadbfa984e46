"""Lays a statutory table out as the office knows it: merged heads, stub columns, figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.forms import Block, Node, Table
from nianbao.forms.structure import paths


@dataclass(frozen=True, slots=True)
class Head:
    """A head cell (``th``) with its spans; ``scope`` as HTML wants it.

    ``group`` is the numbering （三） of the group that a row stands in: where the group's own
    head has scrolled out of sight, it tells 1. from 1.
    """

    id: str
    text: str
    colspan: int
    rowspan: int
    scope: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell of figures: its code, the ids of the heads it stands under, its span."""

    code: str
    headers: tuple[str, ...]
    colspan: int


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of the official grid; ``head`` tells whether it belongs to the table's head."""

    cells: tuple[Head | Figure, ...]
    head: bool
    strong: bool = False


def official_grid(table: Table) -> list[GridRow]:
    """Lay a table out, row by row, with the official spans.

    Returns
    -------
    list of GridRow
        Spans add up to the table's width (表二 4, 表三 10, 表四 15 columns).
    """
    rows: list[GridRow] = []
    for index, block in enumerate(table.blocks):
        prefix = f"{table.id}-b{index}" if len(table.blocks) > 1 else table.id
        rows += _Grid(table, block, prefix).rows()
    return rows


def _span(node: Node) -> int:
    return sum(_span(child) for child in node.children) or 1


def _depth(node: Node) -> int:
    return 1 + max((_depth(child) for child in node.children), default=0)


def _numbering(label: str) -> str:
    """Return the （三） that a group's label begins with."""
    return label[: label.find("）") + 1]


class _Grid:
    """The grid of one block; ids of heads are numbered within it."""

    def __init__(self, table: Table, block: Block, prefix: str) -> None:
        self._table = table
        self._block = block
        self._prefix = prefix
        self._depth = max(_depth(node) for node in block.columns)
        self._columns = paths(block.columns)
        leaves = len(self._columns)
        self._last_span = table.width - block.stub_width - leaves + 1
        self._ids: dict[tuple[str, tuple[int, ...]], str] = {}

    def rows(self) -> Iterator[GridRow]:
        if self._block.caption:
            caption = Head(
                f"{self._prefix}-k", self._block.caption, self._table.width, 1, "colgroup"
            )
            yield GridRow((caption,), head=True)
        yield from self._head_rows()
        yield from self._body_rows()

    def _head_rows(self) -> Iterator[GridRow]:
        levels: list[list[Head | Figure]] = [[] for _ in range(self._depth)]
        for text in self._block.stub:
            width = self._block.stub_width
            levels[0].append(Head(f"{self._prefix}-s", text, width, self._depth, "col"))
        for place, node in enumerate(self._block.columns):
            self._head(node, (place,), levels)
        for cells in levels:
            yield GridRow(tuple(cells), head=True)

    def _head(self, node: Node, place: tuple[int, ...], levels: list[list[Head | Figure]]) -> None:
        level = len(place) - 1
        leaf = not node.children
        span = self._leaf_span(node) if leaf else _span(node)
        rowspan = self._depth - level if leaf else 1
        scope = "col" if leaf else "colgroup"
        levels[level].append(Head(self._id("c", place), node.label, span, rowspan, scope))
        for index, child in enumerate(node.children):
            self._head(child, (*place, index), levels)

    def _leaf_span(self, node: Node) -> int:
        return self._last_span if node is self._columns[-1][-1] else 1

    def _id(self, kind: str, place: tuple[int, ...]) -> str:
        return f"{self._prefix}-{kind}{'-'.join(str(number + 1) for number in place)}"

    def _body_rows(self) -> Iterator[GridRow]:
        for place, node in enumerate(self._block.rows):
            yield from self._lines(node, (place,), (), [])

    def _lines(
        self,
        node: Node,
        place: tuple[int, ...],
        path: tuple[Node, ...],
        opened: list[Head | Figure],
    ) -> Iterator[GridRow]:
        """Yield the rows under one stub head; a group's head stands in the first of them."""
        path = (*path, node)
        leaf = not node.children
        width = self._block.stub_width - len(place) + 1 if leaf else 1
        if node.label:
            scope = "row" if leaf else "rowgroup"
            group = _numbering(path[-2].label) if leaf and len(path) > 2 else ""
            head = Head(self._id("r", place), node.label, width, _span(node), scope, group)
            opened = [*opened, head]
        if leaf:
            yield self._line(path, place, opened)
        for index, child in enumerate(node.children):
            yield from self._lines(child, (*place, index), path, opened if index == 0 else [])

    def _line(
        self, path: tuple[Node, ...], place: tuple[int, ...], opened: list[Head | Figure]
    ) -> GridRow:
        row_heads = [self._id("r", place[: n + 1]) for n in range(len(place)) if path[n].label]
        figures = tuple(
            Figure(
                self._table.code(path, column),
                (*row_heads, *self._column_heads(column)),
                self._last_span if column is self._columns[-1] else 1,
            )
            for column in self._columns
        )
        strong = path[-1].id in ("total", "new", "carried_in", "carried_out")
        return GridRow((*opened, *figures), head=False, strong=strong)

    def _column_heads(self, column: tuple[Node, ...]) -> list[str]:
        places: list[str] = []
        place: tuple[int, ...] = ()
        siblings = self._block.columns
        for node in column:
            index = next(i for i, sibling in enumerate(siblings) if sibling is node)
            place = (*place, index)
            places.append(self._id("c", place))
            siblings = node.children
        caption = [f"{self._prefix}-k"] if self._block.caption else []
        return caption + places
