"""Finds the columns of a grid by their heads: which places belong to which column of the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from nianbao.documents.structure import Row
from nianbao.labels import likeness, read_label
from nianbao.lines import FormBlock

_ALIKE = 0.5
"""How like the official head one between known heads must be."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one block in one grid.

    Attributes
    ----------
    places : tuple of range
        For each column of the form the places of the grid that its head stands over.
    added : dict of int to tuple of str
        Further places with a head of their own (小计, 上年数, 备注), and the cores over them,
        outermost first.
    near : tuple of str
        Heads as written that were only like the official ones.
    """

    places: tuple[range, ...]
    added: dict[int, tuple[str, ...]] = field(default_factory=dict)
    near: tuple[str, ...] = ()

    @property
    def first(self) -> int:
        """The first place of figures."""
        return min(span[0] for span in self.places)

    @property
    def order(self) -> list[int | None]:
        """The columns from left to right; None for one that the form does not have."""
        spans: list[tuple[int, int | None]] = [(s[0], k) for k, s in enumerate(self.places)]
        spans += [(place, None) for place in self.added]
        return [k for _, k in sorted(spans, key=lambda span: span[0])]


@dataclass(frozen=True, slots=True)
class _Head:
    """The heads over one place, outermost first, and the places over which all are the same."""

    cores: tuple[str, ...]
    places: range


def columns_of(block: FormBlock, rows: Sequence[Row], *, strict: bool) -> Columns | None:
    """Find a block's columns under its rows of heads, or None where that is not certain.

    Parameters
    ----------
    block : FormBlock
        The block.
    rows : sequence of Row
        Its rows of heads, all of one grid.
    strict : bool
        Whether a head must be official or cut short: there is no rule to show a mistake.
    """
    heads = _joined(_stacks(rows), block)
    named = {i: _columns_named(head, block) for i, head in enumerate(heads)}
    if any(found is None for found in named.values()):
        return None
    chosen = _chosen(heads, {i: found or [] for i, found in named.items()}, block)
    if chosen is None:
        return None
    near = _complete(chosen, heads, block, strict=strict)
    if len(chosen) < len(block.columns):
        return None
    taken = set(chosen.values())
    shared = block.stub | block.inner
    added = {
        place: head.cores
        for i, head in enumerate(heads)
        if i not in taken and set(head.cores) - shared
        for place in head.places
    }
    places = tuple(heads[chosen[k]].places for k in range(len(block.columns)))
    return Columns(places, added, tuple(near))


def _stacks(rows: Sequence[Row]) -> list[_Head]:
    """Read the heads column by column; neighbours under the very same cell are one."""
    width = max((len(row.cells) for row in rows), default=0)
    stacks = []
    for place in range(width):
        cells = [_cell(row, place) for row in rows]
        stacks.append((tuple(dict.fromkeys(text for text, _ in cells if text)), cells[-1][1]))
    found = []
    for _, group in groupby(range(width), key=lambda place: (stacks[place], _owner(rows, place))):
        places = list(group)
        texts = stacks[places[0]][0]
        cores = tuple(core for core in (read_label(text).core for text in texts) if core)
        found.append(_Head(cores, range(places[0], places[-1] + 1)))
    return found


def _joined(heads: Sequence[_Head], block: FormBlock) -> list[_Head]:
    """Take an official head that is repeated over neighbouring places for one wide head."""
    names = frozenset().union(*block.columns)
    found: list[_Head] = []
    for head in heads:
        before = found[-1] if found else None
        if before and head.cores and head.cores == before.cores and head.cores[-1] in names:
            found[-1] = _Head(head.cores, range(before.places[0], head.places[-1] + 1))
        else:
            found.append(head)
    return found


def _cell(row: Row, place: int) -> tuple[str, int]:
    """Return the text over a place and where its cell begins."""
    merge = row.merged(place)
    if merge:
        return merge.text, merge.first
    return (row.cells[place] if place < len(row.cells) else ""), place


def _owner(rows: Sequence[Row], place: int) -> int:
    """Tell apart neighbouring columns that only share their outer heads."""
    return _cell(rows[-1], place)[1]


def _columns_named(head: _Head, block: FormBlock) -> list[int] | None:
    """List the columns that the heads over a place may name; None where they contradict."""
    written = set(head.cores)
    fitting = [k for k, names in enumerate(block.columns) if written & names]
    if len({block.columns[k] for k in fitting}) > 1:
        return None
    depth = [len(written & block.above[k]) for k in fitting]
    return [k for k, d in zip(fitting, depth, strict=True) if d == max(depth)]


def _chosen(
    heads: Sequence[_Head], named: dict[int, list[int]], block: FormBlock
) -> dict[int, int] | None:
    """Choose one head for each column: ``{column: index of head}``; None where two are possible."""
    if any(len(columns) > 1 for columns in named.values()):
        bound = [i for i, columns in named.items() if columns]
        order = [block.columns[named[i][0]] for i in bound]
        if order != list(block.columns):
            return None
        return dict(enumerate(bound))
    chosen: dict[int, int] = {}
    for i, columns in named.items():
        for k in columns:
            official = block.official[k]
            rival = heads[chosen[k]].cores if k in chosen else ()
            if official in heads[i].cores and official in rival:
                return None  # 上年数 and 本年数 below one head: nothing tells which is meant
            if official in heads[i].cores or official not in rival:
                chosen[k] = i
    return chosen


def _complete(
    chosen: dict[int, int], heads: Sequence[_Head], block: FormBlock, *, strict: bool
) -> list[str]:
    """Give heads that are cut short or altered to the columns between known ones, in order."""
    lost = [k for k in range(len(block.columns)) if k not in chosen]
    near: list[str] = []
    for group in _runs(lost):
        left = chosen.get(group[0] - 1, -1)
        right = chosen.get(group[-1] + 1, len(heads))
        between = [i for i in range(left + 1, right) if heads[i].cores and i not in chosen.values()]
        if left == -1:
            between = between[-len(group) :]
        fits = len(between) == len(group) and all(
            _resembles(heads[i].cores[-1], block.columns[k], strict=strict)
            for i, k in zip(between, group, strict=True)
        )
        if fits:
            chosen |= dict(zip(group, between, strict=True))
            near += [heads[i].cores[-1] for i in between]
    return near


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _resembles(core: str, names: frozenset[str], *, strict: bool) -> bool:
    cut = len(core) >= 3 and any(name.startswith(core) for name in names)
    return cut or (not strict and likeness(core, names) >= _ALIKE)
