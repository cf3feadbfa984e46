"""Reads one stretch of stacked cells: which lines are heads, which are labels of figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao.documents.structure import Line, Row
from nianbao.labels import read_label
from nianbao.pieces import MOST, Vocabulary

_TOTALS = {"总计", "合计", "小计"}


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
class _Label:
    """A label put together from one or more lines."""

    text: str
    lines: tuple[Line | Row, ...]
    known: bool

    @property
    def core(self) -> str:
        return read_label(self.text).core


def rows_of(stretch: Sequence[Item], vocabulary: Vocabulary, *, headed: bool) -> list[Line | Row]:
    """Turn one stretch of short lines and bare figures into rows, if it is a table.

    Parameters
    ----------
    stretch : sequence of Item
        Consecutive lines without a sentence or a title among them.
    vocabulary : Vocabulary
        The words of the forms' tables.
    headed : bool
        Whether a row of figures follows, of which the last labels may be the heads.

    Notes
    -----
    It is a table if figures stand after a known label at least once, or (with a row below)
    if it ends in two known labels. Else every line stays what it is.
    """
    runs = list(_runs(stretch, vocabulary))
    proven = any(labels and labels[-1].known and figures for labels, figures in runs)
    last = runs[-1][0] if runs and not runs[-1][1] else []
    above = headed and len(last) > 1 and last[-1].known and last[-2].known
    if not proven and not above:
        return [item.block for item in stretch]
    doubtful = _before_numberings(runs)
    rows: list[Line | Row] = []
    for index, (labels, figures) in enumerate(runs):
        if labels and figures and proven:
            rows.extend(_rows(labels, figures, clear=index not in doubtful))
        elif above and index == len(runs) - 1:
            rows.extend(_heads(labels))
        else:
            rows.extend(line for label in labels for line in label.lines)
            rows.extend(item.block for item in figures)
    return rows


def _runs(
    stretch: Sequence[Item], vocabulary: Vocabulary
) -> Iterator[tuple[list[_Label], list[Item]]]:
    """Cut a stretch into runs: labels, and the figures that follow them."""
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


def _labels(items: Sequence[Item], vocabulary: Vocabulary) -> list[_Label]:
    """Join broken labels where the joined words are known."""
    found: list[_Label] = []
    texts = [item.text for item in items]
    place = 0
    while place < len(items):
        known = vocabulary.first(texts[place : place + MOST])
        count = known or 1
        lines = tuple(item.block for item in items[place : place + count])
        found.append(_Label("".join(texts[place : place + count]), lines, known > 0))
        place += count
    return found


def _before_numberings(runs: Sequence[tuple[list[_Label], list[Item]]]) -> set[int]:
    """Find runs of figures whose last may be the number of the label below it.

    Where ``1.属于国家秘密`` lost its point and was broken after the number, a lone 1 follows the
    group's head, a 2 ends the figures of the first label, and so on: such rows may hold a figure
    too many in place of one that is lost, so none of their figures has a certain place.
    """
    found: set[int] = set()
    expected = 0
    for index, (labels, items) in enumerate(runs[:-1]):
        figures = [figure for item in items for figure in item.figures]
        below = runs[index + 1][0]
        bare = bool(below) and below[0].known and not read_label(below[0].text).style
        if labels and figures == ["1"] and read_label(labels[-1].text).style == "group":
            expected = 1
        if bare and expected and figures[-1:] == [str(expected)]:
            found.add(index)
            expected += 1
        else:
            expected = 0
    return found


def _rows(labels: list[_Label], items: list[Item], *, clear: bool) -> Iterator[Line | Row]:
    """Give figures the label before them; what stands above it are heads, groups or prose.

    Where the last label stood among the heads already, it is a head too (表四, whose line has
    no label), and the figures stand alone.
    """
    *above, own = labels
    if own.known and any(label.core == own.core for label in above):
        yield from _heads(labels)
        yield _row([], items, items[0].block.origin, clear=clear)
        return
    groups: list[_Label] = []
    while above and above[-1].known and read_label(above[-1].text).style:
        groups.insert(0, above.pop())
    yield from _heads(above)
    yield _row([*groups, own], items, own.lines[0].origin, clear=clear)


def _row(
    labels: Sequence[_Label], items: Sequence[Item], origin: str, *, clear: bool = True
) -> Row:
    cells = [label.text for label in labels]
    unclear: set[int] = set()
    for item in items:
        unclear |= {len(cells) + k for k in item.unclear}
        cells.extend(item.figures)
    if not clear:
        unclear = set(range(len(labels), len(cells)))
    return Row(tuple(cells), origin, unclear=frozenset(unclear))


def _heads(labels: Sequence[_Label]) -> Iterator[Line | Row]:
    """Put heads into rows; a total ends one, for a head below it begins further left again."""
    first = next((i for i, label in enumerate(labels) if label.known), len(labels))
    for label in labels[:first]:
        yield from label.lines
    row: list[_Label] = []
    for index, label in enumerate(labels[first:], start=first):
        row.append(label)
        more_than_one_left = len(labels) - index - 1 > 1
        if label.core in _TOTALS and len(row) > 1 and more_than_one_left:
            yield _row(row, (), row[0].lines[0].origin)
            row = []
    if row:
        yield _row(row, (), row[0].lines[0].origin)
