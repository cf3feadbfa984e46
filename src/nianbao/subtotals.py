"""Reads the sums that an office added to the form: rows of 小计, and a column of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from nianbao.figures import Fit, LineReading, under_heads
from nianbao.forms.structure import paths
from nianbao.heads import Frames
from nianbao.lines import FormBlock, FormLine, lines_of, parts_of
from nianbao.placing import ADDED, AddedRow, PlacedRow, Placing
from nianbao.report import Subtotal
from nianbao.values import parse


def subtotals_of(
    placing: Placing, frames: Frames, readings: Sequence[LineReading]
) -> Iterator[Subtotal]:
    """Yield every added sum that can be read with certainty, with the cells that it adds up.

    A row of sums is taken for that of its group where it stands right after the group's last
    row or beside the group's own head; elsewhere only where it equals what it may sum.
    """
    counts = {code: number for r in readings for code, number in _counts(r)}
    found = [
        subtotal for added in placing.added for subtotal in _of_row(placing, frames, added, counts)
    ]
    found += [s for reading in readings for s in _of_column(placing, frames, reading)]
    seen: Counter[str] = Counter()
    for subtotal in found:
        seen[subtotal.scope] += 1
        again = seen[subtotal.scope]
        yield subtotal if again == 1 else replace(subtotal, scope=f"{subtotal.scope}:{again}")


def _counts(reading: LineReading) -> Iterator[tuple[str, int]]:
    if reading.fit is Fit.EXACT:
        for code, written in zip(reading.line.codes, reading.values, strict=True):
            number = parse(written.text).number if written.clear else None
            if isinstance(number, int):
                yield code, number


def _of_row(
    placing: Placing, frames: Frames, added: AddedRow, counts: Mapping[str, int]
) -> Iterator[Subtotal]:
    """Read a row of sums, if what it sums is certain."""
    block = placing.blocks[added.block]
    texts = _texts(frames, added, len(block.columns))
    numbers = [parse(text).number for text, _ in texts]
    lines = _summed(added, lines_of(block, added.block), numbers, counts)
    heads = [path[-1] for path in paths(block.block.columns)]
    for index, (text, place) in enumerate(texts if lines else ()):
        number = numbers[index]
        if isinstance(number, int):
            parts = tuple(line.codes[index] for line in lines)
            name = f"{added.group.official}小计 · {heads[index].label}"
            yield Subtotal(f"{_key(parts)}:{heads[index].id}", name, parts, number, text, place)


def _texts(frames: Frames, added: AddedRow, count: int) -> list[tuple[str, str]]:
    """Return a row's texts and places column by column, or nothing where that is not certain."""
    row = added.row
    columns = frames.columns(added.block, row, added.heads)
    values = under_heads(row, added.start, columns) if columns else None
    if values is not None:
        return [(value.text if value.clear else "", value.origin) for value in values]
    filled = [i for i in range(added.start, len(row.cells)) if row.cells[i]]
    return [(row.cells[i], row.place(i)) for i in filled] if len(filled) == count else []


def _summed(
    added: AddedRow,
    lines: Sequence[FormLine],
    numbers: Sequence[object],
    counts: Mapping[str, int],
) -> list[FormLine]:
    """Return the rows that a row of sums adds up, or none where that is open."""
    group = parts_of(added.group, lines)
    own = [] if added.last is None else lines[: lines.index(added.last) + 1]
    outcomes = [line for line in own if len(line.path) > 1 and line.path[-1].id != "total"]
    for parts in (group, [line for line in group if line in own], outcomes):
        if parts and _equal(parts, numbers, counts):
            return parts
    return group if added.certain and added.last in (group[-1], None) else []


def _equal(parts: Sequence[FormLine], numbers: Sequence[object], counts: Mapping[str, int]) -> bool:
    """Whether a row of sums is what the parts add up to, in every column that can be told."""
    told = [
        number == sum(counts[line.codes[k]] for line in parts)
        for k, number in enumerate(numbers)
        if isinstance(number, int) and all(line.codes[k] in counts for line in parts)
    ]
    return bool(told) and all(told)


def _of_column(placing: Placing, frames: Frames, reading: LineReading) -> Iterator[Subtotal]:
    """Read a row's sum over 法人或其他组织, where the office added a column for it."""
    placed = reading.placed
    block = placing.blocks[reading.line.block]
    inner = _inner(block)
    place = _sum_place(frames, placed, block, inner) if placed and inner else None
    if placed is None or place is None or reading.fit is not Fit.EXACT:
        return
    text = placed.row.cells[place] if place < len(placed.row.cells) else ""
    number = parse(text).number
    if isinstance(number, int):
        parts = tuple(reading.line.codes[k] for k in inner)
        name = f"{reading.line.path[-1].official} · 法人或其他组织小计"
        scope = f"{reading.line.path[-1].id}:organisations"
        yield Subtotal(scope, name, parts, number, text, placed.row.place(place))


def _sum_place(
    frames: Frames, placed: PlacedRow, block: FormBlock, inner: Sequence[int]
) -> int | None:
    """Return where the sum over the inner columns stands: under their head, or right after."""
    columns = frames.columns(placed.line.block, placed.row, placed.heads)
    if columns is None:
        order = frames.order(placed)
        at = order.index(None) if order.count(None) == 1 else 0
        filled = [i for i in range(placed.start, len(placed.row.cells)) if placed.row.cells[i]]
        after = at > 0 and order[at - 1] == inner[-1] and len(filled) == len(order)
        return filled[at] if after else None
    sums = {p: cores for p, cores in columns.added.items() if cores[-1] in ADDED}
    above = block.above[inner[0]] - block.above[0]
    beside = (columns.places[inner[0]][0] - 1, columns.places[inner[-1]][-1] + 1)
    fitting = [p for p, cores in sums.items() if above & set(cores) or p in beside]
    return fitting[0] if len(fitting) == len(sums) == 1 else None


def _inner(block: FormBlock) -> list[int]:
    """List the columns of 表三 that stand under a head of their own (法人或其他组织)."""
    columns = paths(block.block.columns)
    deepest = max(len(path) for path in columns)
    rest = min(len(path) for path in columns)
    return [k for k, path in enumerate(columns) if len(path) == deepest > rest]


def _key(parts: Sequence[str]) -> str:
    """Name a group of rows by what the codes of its first and last cell share."""
    rows = [code.split(".")[1] for code in parts]
    stems = {row.split("_")[0] for row in rows}
    return stems.pop() if len(stems) == 1 else "results"
