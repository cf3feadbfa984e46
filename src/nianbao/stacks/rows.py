"""Reads one stretch of stacked cells: which lines are heads, which are labels of figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nianbao.documents.structure import Line, Row
from nianbao.labels import read_label
from nianbao.stacks.pieces import Vocabulary
from nianbao.stacks.runs import Item, Run, StackedLabel, runs_of

_TOTALS = {"总计", "合计", "小计"}


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
    runs = list(runs_of(stretch, vocabulary))
    proven = any(labels and labels[-1].known and figures for labels, figures in runs)
    last = runs[-1][0] if runs and not runs[-1][1] else []
    above = headed and len(last) > 1 and last[-1].known and last[-2].known
    if not proven and not above:
        return [item.block for item in stretch]
    doubtful = _doubtful(runs)
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


def _doubtful(runs: Sequence[Run]) -> set[int]:
    """Find runs that may hold a number too many, perhaps in place of a figure that is lost.

    A number alone below a row of figures is as likely that of the page. And where
    ``3.要求提供公开出版物`` lost its point and was broken after the number, a 3 ends the figures
    of the label numbered 2. No figure of such a run has a certain place.
    """
    found: set[int] = set()
    place: int | None = None
    for index, (labels, items) in enumerate(runs):
        own = read_label(labels[-1].text) if labels else read_label("")
        place = {"group": 0, "item": own.number}.get(own.style, place)
        below = runs[index + 1][0] if index + 1 < len(runs) else []
        bare = bool(below) and below[0].known and not read_label(below[0].text).style
        last = items[-1].figures[-1] if items else ""
        if bare and place is not None and last == str(place + 1):
            found.add(index)
            place += 1
        else:
            place = None
        if any(len(i.figures) > 1 for i in items) and any(len(i.figures) == 1 for i in items):
            found.add(index)
    return found


def _rows(labels: list[StackedLabel], items: list[Item], *, clear: bool) -> Iterator[Line | Row]:
    """Give figures the label before them; what stands above it are heads, groups or prose.

    Where the last label stood among the heads already, it is a head too (表四, whose line has
    no label), and the figures stand alone.
    """
    *above, own = labels
    if own.known and any(label.core == own.core for label in above):
        yield from _heads(labels)
        yield _row([], items, items[0].block.origin, clear=clear)
        return
    groups: list[StackedLabel] = []
    while above and above[-1].known and read_label(above[-1].text).style:
        groups.insert(0, above.pop())
    yield from _heads(above)
    yield _row([*groups, own], items, own.lines[0].origin, clear=clear)


def _row(
    labels: Sequence[StackedLabel], items: Sequence[Item], origin: str, *, clear: bool = True
) -> Row:
    cells = [label.text for label in labels]
    unclear: set[int] = set()
    for item in items:
        unclear |= {len(cells) + k for k in item.unclear}
        cells.extend(item.figures)
    if not clear:
        unclear = set(range(len(labels), len(cells)))
    return Row(tuple(cells), origin, unclear=frozenset(unclear))


def _heads(labels: Sequence[StackedLabel]) -> Iterator[Line | Row]:
    """Put heads into rows; a total ends one, for a head below it begins further left again."""
    first = next((i for i, label in enumerate(labels) if label.known), len(labels))
    for label in labels[:first]:
        yield from label.lines
    row: list[StackedLabel] = []
    for index, label in enumerate(labels[first:], start=first):
        row.append(label)
        more_than_one_left = len(labels) - index - 1 > 1
        if label.core in _TOTALS and len(row) > 1 and more_than_one_left:
            yield _row(row, (), row[0].lines[0].origin)
            row = []
    if row:
        yield _row(row, (), row[0].lines[0].origin)
