"""Reads the sums that an office added to the form: rows of 小计, and a column of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nianbao.documents.structure import Row
from nianbao.figures import Fit, LineReading, under_heads
from nianbao.forms.structure import paths
from nianbao.heads import Frames
from nianbao.lines import FormBlock, lines_of, parts_of
from nianbao.placing import ADDED, AddedRow, Placing
from nianbao.report import Subtotal
from nianbao.values import parse


def subtotals_of(
    placing: Placing, frames: Frames, readings: Sequence[LineReading]
) -> Iterator[Subtotal]:
    """Yield every added sum that can be read with certainty, with the cells that it adds up."""
    for added in placing.added:
        yield from _of_rows(placing, frames, added)
    for reading in readings:
        yield from _of_columns(placing, frames, reading)


def _of_rows(placing: Placing, frames: Frames, added: AddedRow) -> Iterator[Subtotal]:
    """Read a row of sums over the rows of its group."""
    block = placing.blocks[added.block]
    lines = parts_of(added.group, lines_of(block, added.block))
    texts = _values(frames, added, len(block.columns))
    heads = [path[-1] for path in paths(block.block.columns)]
    for index, (text, place) in enumerate(texts):
        parts = tuple(line.codes[index] for line in lines)
        number = parse(text).number
        if isinstance(number, int):
            name = f"{added.group.official}小计 · {heads[index].label}"
            scope = f"{_key(parts)}:{heads[index].id}"
            yield Subtotal(scope, name, parts, number, text, place)


def _values(frames: Frames, added: AddedRow, count: int) -> list[tuple[str, str]]:
    """Return a row's texts and places column by column, or nothing where that is not certain."""
    row = added.row
    columns = frames.columns(added.block, row, added.heads)
    values = under_heads(row, added.start, columns) if columns else None
    if values is not None:
        return [(value.text if value.clear else "", value.origin) for value in values]
    filled = [i for i in range(added.start, len(row.cells)) if row.cells[i]]
    return [(row.cells[i], row.place(i)) for i in filled] if len(filled) == count else []


def _of_columns(placing: Placing, frames: Frames, reading: LineReading) -> Iterator[Subtotal]:
    """Read a row's sum over 法人或其他组织, where the office added a column for it."""
    placed = reading.placed
    if reading.fit is not Fit.EXACT or placed is None:
        return
    index = reading.line.block
    columns = frames.columns(index, placed.row, placed.heads)
    order = columns.order if columns else frames.order(index)
    inner = _inner(placing.blocks[index])
    own = [k for k in order if k is not None]
    if not inner or None not in order or own != list(range(len(reading.line.codes))):
        return
    at = order.index(None)
    if order[at - 1] != inner[-1] or order.count(None) > 1:
        return
    place = next(iter(columns.added)) if columns else _filled(placed.row, placed.start)[at]
    if columns and columns.added[place] not in ADDED:
        return
    text = placed.row.cells[place] if place < len(placed.row.cells) else ""
    number = parse(text).number
    if isinstance(number, int):
        parts = tuple(reading.line.codes[k] for k in inner)
        name = f"{reading.line.path[-1].official} · 法人或其他组织小计"
        scope = f"{reading.line.path[-1].id}:organisations"
        yield Subtotal(scope, name, parts, number, text, placed.row.place(place))


def _inner(block: FormBlock) -> list[int]:
    """List the columns of 表三 that stand under a head of their own (法人或其他组织)."""
    columns = paths(block.block.columns)
    deepest = max(len(path) for path in columns)
    return [k for k, path in enumerate(columns) if len(path) == deepest > 2]


def _filled(row: Row, start: int) -> list[int]:
    return [i for i in range(start, len(row.cells)) if row.cells[i]]


def _key(parts: Sequence[str]) -> str:
    """Name a group of rows by what the codes of its first and last cell share."""
    rows = [code.split(".")[1] for code in parts]
    stems = {row.split("_")[0] for row in rows}
    return stems.pop() if len(stems) == 1 else "results"
