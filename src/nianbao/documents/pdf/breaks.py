"""Joins the parts of a table that a page break has cut, and only what is certain to belong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from nianbao.documents.pdf.panels import Cell, Panel, Slot, TableRow
from nianbao.documents.pdf.writing import Written, is_figure

_FIT = 4.0
"""Points; the same edge on two pages lies within this."""

_NUMBERED = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[、.．）)]|[（(]?\d{1,2}[、.．）)])"
)


@dataclass(slots=True)
class Ledger:
    """A whole table, over all its pages."""

    columns: tuple[float, ...]
    rows: list[TableRow] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)

    @property
    def single(self) -> bool:
        """Whether it has one column only: a frame around text, and no table."""
        return len(self.columns) < 3


def begin(panel: Panel) -> Ledger:
    """Begin a table with its first part."""
    return Ledger(panel.columns, list(panel.rows), [panel])


def fits(ledger: Ledger, panel: Panel) -> bool:
    """Whether a part may continue a table: the same sides, and no column edge of its own kind.

    A part may lack edges of the other, where all its rows have merged cells.
    """
    one, other = ledger.columns, panel.columns
    same = abs(one[0] - other[0]) <= _FIT and abs(one[-1] - other[-1]) <= _FIT
    return same and (_within(one, other) or _within(other, one))


def _within(some: tuple[float, ...], every: tuple[float, ...]) -> bool:
    return all(min(abs(edge - e) for e in every) <= _FIT for edge in some)


def overflows(ledger: Ledger, lines: Sequence[Written]) -> bool:
    """Put lines that run out of a table's last cells, at the page's end, back into them.

    Returns
    -------
    bool
        Whether all lines were such; else nothing was done, and they stand between two tables.
    """
    homes = [_overflown(ledger, line) for line in lines]
    cells = [cell for cell in homes if cell is not None]
    if len(cells) < len(lines):
        return False
    for cell, line in zip(cells, lines, strict=True):
        cell.text += line.text
        cell.unclear |= is_figure(line.text)
    return True


def _overflown(ledger: Ledger, line: Written) -> Cell | None:
    """Return the cell that a line below the table hangs out of, or None."""
    cells = [slot.cell for slot in ledger.rows[-1].slots if slot.cell.text]
    near = line.base <= ledger.panels[-1].bottom + 3 * line.size
    inside = (c for c in cells if c.left - 1 <= line.x0 and line.x1 <= c.right + 1)
    return next(inside, None) if near else None


def extend(ledger: Ledger, panel: Panel) -> None:
    """Continue a table with the part on the next page."""
    new = panel.columns
    added = [e for e in new if min(abs(e - c) for c in ledger.columns) > _FIT]
    ledger.columns = tuple(sorted([*ledger.columns, *added]))
    ledger.panels.append(panel)
    rows = panel.rows[_repeated(ledger.rows, panel.rows) :]
    if ledger.rows and rows:
        rows = _mend(ledger.rows, rows)
    ledger.rows += rows


def _texts(row: TableRow) -> list[str]:
    return [slot.cell.text for slot in row.slots if slot.cell.text and not slot.above]


def _repeated(table: list[TableRow], rows: list[TableRow]) -> int:
    """Count the head rows that are printed again at the top of the page."""
    count = 0
    for head, row in zip(table, rows, strict=False):
        texts = _texts(row)
        if texts != _texts(head) or any(is_figure(text) for text in texts):
            break
        count += 1
    return count if any(_texts(row) for row in rows[:count]) else 0


def _mend(table: list[TableRow], rows: list[TableRow]) -> list[TableRow]:
    """Join the rows on both sides of the break where they are one; give what is left to add."""
    last, first = table[-1], rows[0]
    edge = _figures_from([*table, *rows])
    pairs = _pairs(last, first)
    if len(pairs) == len(last.slots) == len(first.slots) and _one_row(pairs, edge):
        figures = _parted(pairs, edge)[1]
        torn = all(any(p[side].cell.text for p in figures) for side in (0, 1))
        for slot, lower in pairs:
            _join(slot, lower, rows, torn=torn and slot.cell.left >= edge - _FIT)
        return rows[1:]
    heads = _between_heads(last, first, edge)
    for slot, lower in pairs:
        if heads:
            runs_on = bool(slot.cell.text) != bool(lower.cell.text)
        else:
            runs_on = slot.cell.right < edge - _FIT and _continues(slot, lower)
        if runs_on:
            _link(slot, lower, rows)
    return rows


def _between_heads(last: TableRow, first: TableRow, edge: float) -> bool:
    """Whether the break lies between rows of column heads, where merged heads run over it.

    Rows of figures under a row of heads, empty though they may be, are parted as this is.
    """
    texts = [slot.cell.text for row in (last, first) for slot in row.slots]
    parted = [
        [round(slot.cell.left / _FIT) for slot in row.slots if slot.cell.left >= edge - _FIT]
        for row in (last, first)
    ]
    return (
        len(parted[0]) != len(parted[1])
        and min(map(len, parted)) > 1
        and not any(map(is_figure, texts))
    )


def _figures_from(rows: list[TableRow]) -> float:
    """Return where the columns of figures begin; beyond the table where there are none.

    A column counts whose figures are not much fewer than its words: the stub may hold a stroke.
    """
    cells = {id(s.cell): s.cell for row in rows for s in row.slots if s.cell.text}
    columns: dict[float, list[bool]] = {}
    for cell in sorted(cells.values(), key=lambda c: c.left):
        left = next((c for c in columns if abs(c - cell.left) <= _FIT), cell.left)
        columns.setdefault(left, []).append(is_figure(cell.text))
    lefts = (left for left, kinds in columns.items() if 3 * sum(kinds) >= len(kinds) > 0)
    return min((left for left in lefts if any(columns[left])), default=float("inf"))


def _pairs(last: TableRow, first: TableRow) -> list[tuple[Slot, Slot]]:
    """Pair the cells that have the same sides."""
    return [
        (upper, lower)
        for upper in last.slots
        for lower in first.slots
        if abs(upper.cell.left - lower.cell.left) <= _FIT
        and abs(upper.cell.right - lower.cell.right) <= _FIT
    ]


def _continues(upper: Slot, lower: Slot) -> bool:
    """Whether a merged label runs on over the break: a label is never empty by itself."""
    one, other = upper.cell, lower.cell
    if not one.text or not other.text:
        return bool(one.text or other.text)
    return one.full and not _NUMBERED.match(other.text)


def _link(upper: Slot, lower: Slot, rows: list[TableRow]) -> None:
    """Make one merged cell of two."""
    _write(upper, lower, rows, upper.cell.text + lower.cell.text)
    upper.below = True
    lower.above = True


def _write(upper: Slot, lower: Slot, rows: list[TableRow], text: str) -> None:
    """Give the upper cell its whole text, and put it in the lower one's place in all rows."""
    gone = lower.cell
    upper.cell.text = text
    upper.cell.unclear |= gone.unclear
    for row in rows:
        for slot in row.slots:
            if slot.cell is gone:
                slot.cell = upper.cell


def _join(upper: Slot, lower: Slot, rows: list[TableRow], *, torn: bool) -> None:
    """Join the two halves of a cell of a cut row; a torn one's content is not certain."""
    both = upper.cell.text and lower.cell.text
    text = upper.cell.text + ("\n" if torn and both else "") + lower.cell.text
    torn = torn and bool(lower.cell.text)
    _write(upper, lower, rows, text)
    upper.cell.unclear |= torn
    upper.below = lower.below


def _one_row(pairs: list[tuple[Slot, Slot]], edge: float) -> bool:
    """Whether the last row of a page and the first of the next are one that was cut.

    Only what cannot be otherwise is joined: a half that is empty; figures without a label under
    a label; a label that goes on in the next line and has no number of its own.
    """
    labels, figures = _parted(pairs, edge)
    upper = [one.cell.text for one, _ in figures if one.cell.text]
    lower = [other.cell.text for _, other in figures if other.cell.text]
    if not labels or abs(labels[-1][0].cell.right - edge) > _FIT:
        return _one_unlabelled(pairs)
    if any(o.cell.text and s.cell.text and not _continues(s, o) for s, o in labels[:-1]):
        return False
    label, rest = labels[-1][0].cell, labels[-1][1].cell
    if not label.text and not upper:
        return bool(rest.text or lower)
    if not rest.text and not lower:
        return True
    heads = not all(map(is_figure, [*upper, *lower]))
    if not label.text and not heads and not lower:
        return bool(rest.text)
    if heads or not label.text or (rest.text and not _continues(*labels[-1])):
        return False
    # Both halves with figures are two rows, unless the lower has no label, or lacks some of them
    # while a numbered label goes on into one without a number: then numbers were cut in two.
    cut = len(lower) < len(upper) and bool(_NUMBERED.match(label.text))
    return not upper or not lower or not rest.text or cut


def _parted(
    pairs: list[tuple[Slot, Slot]], edge: float
) -> tuple[list[tuple[Slot, Slot]], list[tuple[Slot, Slot]]]:
    """Part the pairs of a row into those of the stub and those of figures."""
    labels = [pair for pair in pairs if pair[0].cell.left < edge - _FIT]
    return labels, pairs[len(labels) :]


def _one_unlabelled(pairs: list[tuple[Slot, Slot]]) -> bool:
    """Decide for a row without a label (表四): one half is empty, or both hold figures only."""
    upper = [one.cell.text for one, _ in pairs if one.cell.text]
    lower = [other.cell.text for _, other in pairs if other.cell.text]
    if not upper or not lower:
        return any(map(is_figure, [*upper, *lower]))
    return all(map(is_figure, [*upper, *lower]))
