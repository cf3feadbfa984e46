"""Fills a table's frame on one page with what is written in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from nianbao.documents.pdf.frames import Box, Frame
from nianbao.documents.pdf.sheets import Mark
from nianbao.documents.pdf.writing import Written, cell_text, write_lines

_MOST_PADDING = 12.0
"""Points; the widest inner margin of a cell that is taken for one."""


@dataclass(eq=False, slots=True)
class Cell:
    """A cell: where its sides are (points), what it says, and how sure that is.

    Attributes
    ----------
    full : bool
        Whether its last line is full, so that more may follow on the next page.
    unclear : bool
        Whether its content is not certain.
    """

    left: float
    right: float
    text: str = ""
    full: bool = False
    unclear: bool = False


@dataclass(slots=True)
class Slot:
    """A cell as it reaches into one row."""

    cell: Cell
    above: bool = False
    below: bool = False


@dataclass(slots=True)
class TableRow:
    """One row of a table: its page and its cells from left to right."""

    page: int
    slots: list[Slot]


@dataclass(slots=True)
class Panel:
    """The part of a table that stands on one page."""

    page: int
    columns: tuple[float, ...]
    bottom: float
    rows: list[TableRow] = field(default_factory=list)
    marks: tuple[Mark, ...] = ()


def fill(frame: Frame, marks: Sequence[Mark], page: int, numbers: Iterable[Mark] = ()) -> Panel:
    """Write a frame's characters into its cells.

    Parameters
    ----------
    frame : Frame
        The table's frame.
    marks : sequence of Mark
        The characters inside it.
    page : int
        The page's number.
    numbers : iterable of Mark
        Those of them that may be the page's own number: their cells are unclear.
    """
    placed = _placed(frame, marks)
    digits = [m.size for m in marks if m.text.isdecimal()]
    typical = median(digits) if digits else 0.0
    lines = {box: write_lines(found, typical) for box, found in placed.items()}
    padding = _padding(frame, lines)
    suspects = {id(mark) for mark in numbers}
    spilled = _spilled(frame, placed)
    cells = {}
    for box in frame.boxes:
        left, right = frame.columns[box.first], frame.columns[box.end]
        room = right - left - padding
        text = cell_text(lines[box], room)
        full = bool(lines[box]) and _full(lines[box][-1], room)
        unclear = box.doubtful or box in spilled or any(id(m) in suspects for m in placed[box])
        cells[box] = Cell(left, right, text, full, unclear)
    panel = Panel(page, frame.columns, frame.rows[-1], marks=tuple(marks))
    panel.rows += [TableRow(page, []) for _ in frame.rows[1:]]
    for box in sorted(frame.boxes, key=lambda b: b.first):
        for number in range(box.top, box.bottom):
            slot = Slot(cells[box], box.top < number, number < box.bottom - 1)
            panel.rows[number].slots.append(slot)
    return panel


def _owners(frame: Frame) -> dict[tuple[int, int], Box]:
    return {
        (x, y): box
        for box in frame.boxes
        for x in range(box.first, box.end)
        for y in range(box.top, box.bottom)
    }


def _placed(frame: Frame, marks: Iterable[Mark]) -> dict[Box, list[Mark]]:
    """Give each box the characters whose middle lies in it."""
    owners = _owners(frame)
    placed: dict[Box, list[Mark]] = {box: [] for box in frame.boxes}
    for mark in marks:
        x, y = mark.middle
        column, row = bisect_right(frame.columns, x) - 1, bisect_right(frame.rows, y) - 1
        if (column, row) in owners:
            placed[owners[column, row]].append(mark)
    return placed


def _padding(frame: Frame, lines: dict[Box, list[Written]]) -> float:
    """Return the inner margins of the cells, left and right together, as far as they show."""
    left = [w.x0 - frame.columns[box.first] for box, found in lines.items() for w in found]
    right = [frame.columns[box.end] - w.x1 for box, found in lines.items() for w in found]
    narrow = [min(max(min(side, default=0.0), 0.0), _MOST_PADDING) for side in (left, right)]
    return sum(narrow)


def _full(line: Written, room: float) -> bool:
    """Whether a line leaves no room for a further character (and a mark that hangs on it)."""
    return line.x1 - line.x0 + 1.6 * line.size > room


def _spilled(frame: Frame, placed: dict[Box, list[Mark]]) -> set[Box]:
    """Find the boxes whose figures run over into others: nobody can say where they end."""
    owners = _owners(frame)
    spilled: set[Box] = set()
    for box, marks in placed.items():
        top, bottom = frame.rows[box.top], frame.rows[box.bottom]
        for mark in (m for m in marks if re.search(r"\d", m.text)):
            slack = 0.2 * (mark.x1 - mark.x0)
            y = min(max(mark.middle[1], top), bottom - 0.01)
            for x in (mark.x0 + slack, mark.x1 - slack):
                column, row = bisect_right(frame.columns, x) - 1, bisect_right(frame.rows, y) - 1
                if owners.get((column, row), box) is not box:
                    spilled |= {box, owners[column, row]}
            if mark.base > bottom + 1 or mark.base - 0.6 * mark.size < top - 1:
                spilled.add(box)
    return spilled | _touching(frame, placed)


def _touching(frame: Frame, placed: dict[Box, list[Mark]]) -> set[Box]:
    """Find neighbours whose digits touch across the line between them: one overflowing number."""
    homes = [(m, box) for box, marks in placed.items() for m in marks if m.text[-1:].isdecimal()]
    homes.sort(key=lambda home: (round(home[0].base), home[0].x0))
    found: set[Box] = set()
    for (before, one), (mark, other) in pairwise(homes):
        level = abs(before.base - mark.base) < 1
        if one is not other and level and mark.x0 - before.x1 < 0.1 * mark.size:
            found |= {one, other}
    return found
