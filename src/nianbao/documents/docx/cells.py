"""Lays out the cells of a Word table: spans to the right, merges downwards, gaps, short rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice
from xml.etree import ElementTree as ET

from nianbao.documents.docx.runs import REMOVED, has_text
from nianbao.documents.ooxml import attribute, child, children, local, whole_number
from nianbao.documents.spans import MAX_COLUMNS, MAX_ROWS, Span, lay_out
from nianbao.documents.structure import Row

_SLACK = 60
"""Twentieths of a point (about 1 mm): edges closer than this are one line drawn unevenly."""
_REVISIONS = {"cellIns", "cellDel", "cellMerge"}


@dataclass(slots=True)
class Place:
    """A cell of the markup at its place in the table's grid.

    Attributes
    ----------
    nodes : list of xml.etree.ElementTree.Element
        The ``w:tc`` that make it up: several where cells were joined sideways.
    rows : int
        How many rows it covers; 0 where it only goes on with the cell above.
    merge : str
        Whether it says that it begins (``restart``) or goes on with (``continue``) a merge.
    unclear : bool
        Whether it holds what programs do not agree to show.
    """

    nodes: list[ET.Element]
    first: int
    columns: int
    merge: str = ""
    rows: int = 1
    unclear: bool = False

    @property
    def revised(self) -> bool:
        """Whether a tracked change adds, removes or merges the cell itself."""
        return any(
            local(mark) in _REVISIONS
            for node in self.nodes
            for mark in children(child(node, "tcPr"))
        )


def table_rows(table: ET.Element) -> list[list[Place]]:
    """List the cells of each row, one row beyond the limit at most.

    Rows that a tracked change removed are left out.
    """
    kept = (row for row in members(table, "tr") if not _is_removed(row))
    rows = [_places(row) for row in islice(kept, MAX_ROWS + 1)]
    _straighten(rows, _edges(table))
    _join_downwards(rows)
    return rows


def members(node: ET.Element, name: str) -> Iterator[ET.Element]:
    """Find rows or cells, also inside content controls and other wrappers."""
    for part in node:
        if local(part) == name:
            yield part
        elif local(part) not in REMOVED | {"tbl", "tc", "tr"}:
            yield from members(part, name)


def grid_rows(
    rows: Sequence[Sequence[Place]], texts: Sequence[Sequence[str]], grid: int
) -> list[Row]:
    """Turn placed cells and their texts into rows of a grid.

    Parameters
    ----------
    rows : sequence of sequence of Place
        As `table_rows` gives them.
    texts : sequence of sequence of str
        The text of each cell, in the same order.
    grid : int
        The table's running number.
    """
    spans = []
    for row, written in zip(rows, texts, strict=True):
        line: list[Span] = []
        column = 0
        for place, text in zip(row, written, strict=True):
            line += [Span("")] * (place.first - column)
            column = place.first + place.columns
            if place.rows:
                line.append(Span(text, place.columns, place.rows))
        spans.append(line)
    found = lay_out(spans, grid, f"表格{grid}")
    return [
        replace(row, unclear=_unclear(places)) for row, places in zip(found, rows, strict=False)
    ]


def _unclear(places: Sequence[Place]) -> frozenset[int]:
    return frozenset(
        column
        for place in places
        if place.unclear
        for column in range(place.first, min(place.first + place.columns, MAX_COLUMNS))
    )


def _is_removed(row: ET.Element) -> bool:
    return child(child(row, "trPr"), "del") is not None


def _places(row: ET.Element) -> list[Place]:
    before = attribute(child(child(row, "trPr"), "gridBefore"), "val")
    column = whole_number(before, 0, MAX_COLUMNS)
    places: list[Place] = []
    for node in members(row, "tc"):
        properties = child(node, "tcPr")
        columns = max(1, whole_number(_value(properties, "gridSpan"), 1, MAX_COLUMNS))
        sideways = _merge(properties, "hMerge")
        if sideways == "continue" and places:
            places[-1].nodes.append(node)
            places[-1].columns += columns
            # Word shows only the first cell's text: what stands in the others is not seen.
            places[-1].unclear |= has_text(node)
        else:
            places.append(Place([node], column, columns, _merge(properties, "vMerge")))
        column += columns
    return places


def _merge(properties: ET.Element | None, name: str) -> str:
    """Read a merge mark, which goes on where it says nothing else."""
    mark = child(properties, name)
    return "" if mark is None else attribute(mark, "val") or "continue"


def _value(properties: ET.Element | None, name: str) -> str | None:
    return attribute(child(properties, name), "val")


def _edges(table: ET.Element) -> list[int]:
    """Give each edge of the grid a number, and edges that lie on one another the same."""
    columns = children(child(table, "tblGrid"))
    widths = [whole_number(attribute(node, "w"), 0, 100_000) for node in columns]
    return [0, *accumulate(int(width >= _SLACK) for width in widths)]


def _straighten(rows: Sequence[Sequence[Place]], edges: Sequence[int]) -> None:
    """Take slivers out of the grid, where rows were drawn with slightly different edges.

    Nothing is changed where a cell would vanish, or where the grid does not fit the cells.
    """
    places = [place for row in rows for place in row]
    last = max((place.first + place.columns for place in places), default=0)
    if last >= len(edges) or edges[-1] == len(edges) - 1:
        return
    if any(edges[place.first] == edges[place.first + place.columns] for place in places):
        return
    for place in places:
        end = edges[place.first + place.columns]
        place.first = edges[place.first]
        place.columns = end - place.first


def _join_downwards(rows: Sequence[Sequence[Place]]) -> None:
    """Count the rows that each cell covers.

    A cell that says it goes on, but fits no merged cell above, stands for itself and is
    marked: programs do not agree on what it shows.
    """
    above: dict[tuple[int, int], Place] = {}
    for row in rows:
        here: dict[tuple[int, int], Place] = {}
        for place in row:
            key = (place.first, place.columns)
            if place.merge == "continue" and key in above:
                here[key] = above[key]
                here[key].rows += 1
                here[key].unclear |= any(has_text(node) for node in place.nodes)
                place.rows = 0
            elif place.merge:
                here[key] = place
                place.unclear |= place.merge == "continue"
        above = here
