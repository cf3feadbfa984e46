"""Turns the visible elements of a page into passages: lines, data tables and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.documents.html.elements import PICTURE, Element, walk
from nianbao.documents.html.ink import Ink, cell_text
from nianbao.documents.spans import MAX_COLUMNS, MAX_ROWS, Span

LONG = 500
"""Characters; a cell with more holds an article and no label."""

_GROUPS = ("thead", "tbody", "tfoot")
_FIGURE = re.compile(r"[\d,.，]+")


@dataclass(frozen=True, slots=True)
class Grid:
    """A data table: the cells of each row as written."""

    rows: tuple[tuple[Span, ...], ...]
    aside: bool = False
    cut: bool = False
    """Whether it is larger than any that is read."""

    @property
    def texts(self) -> list[str]:
        """The texts of all cells."""
        return [span.text for row in self.rows for span in row]


@dataclass(frozen=True, slots=True)
class Passage:
    """A line of prose, or pictures without text.

    Attributes
    ----------
    linked : float
        The share of its characters that are links.
    aside : bool
        Whether it stands in an element that the page itself calls navigation.
    pictures : int
        How many pictures stand in it.
    """

    text: str
    linked: float = 0.0
    aside: bool = False
    pictures: int = 0


def passages(body: Element) -> Iterator[Grid | Passage]:
    """Go through a page from top to bottom.

    Tables that only lay out the page are gone through like any other element; data tables
    come as grids, after their captions.
    """
    ink = Ink(body)
    grids = _data_tables(body)
    depth = 0
    for kind, item in walk(body):
        if isinstance(item, str):
            if not depth:
                ink.text(item)
            continue
        if kind == "begin" and not depth and id(item) in grids:
            ink.finish()
            yield from _drained(ink, aside=item.aside)
            for caption in _children(item, "caption"):
                yield from _lines(caption)
            yield grids[id(item)]
            depth = 1
        elif depth:
            depth += 1 if kind == "begin" else -1
        elif kind == "begin":
            ink.begin(item)
        else:
            ink.end(item)
            yield from _drained(ink, aside=item.aside)
    ink.finish()
    yield from _drained(ink, aside=False)


def _drained(ink: Ink, *, aside: bool) -> Iterator[Passage]:
    """Hand over the lines that are complete."""
    for piece in ink.pieces:
        text = piece.text.replace(PICTURE, "").strip()
        yield Passage(text, piece.linked, aside, piece.text.count(PICTURE))
    ink.pieces.clear()


def _lines(element: Element) -> Iterator[Passage]:
    for line in cell_text(element).split("\n"):
        if line.replace(PICTURE, "").strip():
            yield Passage(line.replace(PICTURE, "").strip(), aside=element.aside)


def _children(element: Element, *tags: str) -> list[Element]:
    return [c for c in element.children if isinstance(c, Element) and c.tag in tags]


def _groups(table: Element) -> list[list[Element]]:
    """Return the groups of rows in the order of display: head, bodies, foot."""
    groups = _children(table, *_GROUPS)
    heads, feet = _children(table, "thead")[:1], _children(table, "tfoot")[:1]
    edges = {id(group) for group in (*heads, *feet)}
    order = [*heads, *(group for group in groups if id(group) not in edges), *feet]
    return [_children(group, "tr") for group in order]


def _grid(table: Element) -> Grid:
    """Read a table's cells; a cell never reaches beyond its group of rows."""
    rows: list[tuple[Span, ...]] = []
    groups = _groups(table)
    cut = sum(map(len, groups)) > MAX_ROWS
    for group in groups:
        for number, row in enumerate(group):
            if len(rows) == MAX_ROWS:
                break
            left = len(group) - number
            cells = _children(row, "td", "th")
            cut = cut or len(cells) > MAX_COLUMNS
            rows.append(
                tuple(
                    Span(cell_text(c), c.columns, min(c.rows or left, left))
                    for c in cells[:MAX_COLUMNS]
                )
            )
    return Grid(tuple(rows), table.aside, cut)


def _data_tables(body: Element) -> dict[int, Grid]:
    """Read the tables that hold data; those that lay out the page are left out.

    Inner tables are judged first: one that holds data makes all around it layout.
    """
    found: dict[int, Grid] = {}
    laid_out: set[int] = set()
    above: list[Element] = []
    for kind, item in walk(body):
        if isinstance(item, str) or item.tag != "table":
            continue
        if kind == "begin":
            above.append(item)
            continue
        above.pop()
        grid = None if id(item) in laid_out else _grid(item)
        if grid is None or not _is_data(grid):
            continue
        found[id(item)] = grid
        if len(grid.rows) >= 2 and any(grid.texts):
            laid_out.update(id(table) for table in above)
    return found


def _is_data(grid: Grid) -> bool:
    """Whether a table without such tables inside holds data: by its shape and its cells."""
    if max((sum(span.columns for span in row) for row in grid.rows), default=0) < 2:
        return False
    if max(map(len, grid.texts), default=0) <= LONG:
        return True
    figured = [row for row in grid.rows if sum(_is_figure(span.text) for span in row) >= 2]
    return len(figured) >= 3


def _is_figure(text: str) -> bool:
    return bool(_FIGURE.fullmatch(text))
