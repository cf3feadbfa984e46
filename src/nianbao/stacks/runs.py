"""Cuts a stretch of stacked cells into runs: labels, and the figures that follow them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao.documents.structure import Line, Row
from nianbao.labels import read_label
from nianbao.stacks.pieces import MOST, Vocabulary

_NUMBER = re.compile(r"[1-9]\d?")
_POINT = re.compile(r"[.．、)）]\D")


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a stack: the figures that stand in it, or none where it is a label.

    Attributes
    ----------
    places : tuple of int
        Where the figures stand in the block, if it is a row.
    """

    block: Line | Row
    figures: tuple[str, ...]
    places: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """What a line says."""
        return self.block.text if isinstance(self.block, Line) else ""

    @property
    def unclear(self) -> list[int]:
        """Those of its figures that its row does not show whole."""
        unclear = self.block.unclear if isinstance(self.block, Row) else frozenset()
        return [k for k, place in enumerate(self.places) if place in unclear]


@dataclass(frozen=True, slots=True)
class StackedLabel:
    """A label put together from one or more lines."""

    text: str
    lines: tuple[Line | Row, ...]
    known: bool

    @property
    def core(self) -> str:
        """The words of the label by which it is known."""
        return read_label(self.text).core


Run = tuple[list[StackedLabel], list[Item]]
"""Labels, and the figures that follow them."""


def _numbered(stretch: Sequence[Item]) -> list[Item]:
    """Give labels that begin with a point the number that stands on the line before."""
    found: list[Item] = []
    for item in stretch:
        number = found[-1] if found else None
        torn = number and _POINT.match(item.text) and _NUMBER.fullmatch(number.text)
        if number and torn:
            found.pop()
            item = Item(Line(number.text + item.text, number.block.origin), ())
        found.append(item)
    return found


def runs_of(stretch: Sequence[Item], vocabulary: Vocabulary) -> Iterator[Run]:
    """Cut a stretch into runs: labels, and the figures that follow them."""
    stretch = _numbered(stretch)
    place = 0
    while place < len(stretch):
        first = place
        while place < len(stretch) and not stretch[place].figures:
            place += 1
        labels = _labels(stretch[first:place], vocabulary)
        first = place
        while place < len(stretch) and stretch[place].figures:
            place += 1
        yield labels, list(stretch[first:place])


def _labels(items: Sequence[Item], vocabulary: Vocabulary) -> list[StackedLabel]:
    """Join broken labels where the joined words are known."""
    found: list[StackedLabel] = []
    texts = [item.text for item in items]
    place = 0
    while place < len(items):
        known = vocabulary.first(texts[place : place + MOST])
        count = known or 1
        lines = tuple(item.block for item in items[place : place + count])
        found.append(StackedLabel("".join(texts[place : place + count]), lines, known > 0))
        place += count
    return found
