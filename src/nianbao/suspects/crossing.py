"""Finds the smallest sets by crossing failing rows with failing columns, without the solver.

Rules of one kind (all rows, or all columns) share no cell, so that every set needs at least one
cell in each failing one. Where a set of exactly that size exists it is a smallest one, and it
has exactly one cell in each failing rule of that kind: the rule itself tells by how much that
cell is wrong. Trying all those choices is then exact and lists every smallest set. Where there
is none, and the rows bind every cell, the sets with one and with two cells more are tried in the
same way: a failing row with two or three cells, or a row that holds with two that cancel out. The
column rules tell how these share the difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from nianbao.suspects.choices import Change, Choices, TooManyError
from nianbao.suspects.part import Part

_Plan = tuple[list[int], tuple[str, ...]]
"""Rules with one cell each, and the extra cells of the other rows."""


@dataclass(frozen=True)
class Crossing:
    """What crossing found.

    Attributes
    ----------
    bound : int
        No set has fewer cells.
    sets : list of dict
        Every smallest set with its figures; empty where none has as few cells as the bound.
    """

    bound: int
    sets: list[Change] = field(default_factory=list)


def cross(part: Part) -> Crossing:
    """Look for the smallest sets; with free cells, tell only how many cells they need.

    Every rule that fails for certain needs a change.
    """
    if part.free:
        kinds = Counter(rule.spec.id for rule in part.failing)
        return Crossing(max(kinds.values(), default=0))
    choices = Choices(part)
    failing = [[i for i in family if choices.gaps[i]] for family in part.families]
    bound = max(len(family) for family in failing)
    # Of the kinds with most failures, the one with the fewest cells a rule leaves least to try.
    chosen = min(
        (family for family in failing if len(family) == bound),
        key=lambda family: max(len(part.signs[i]) for i in family),
    )
    try:
        if sets := choices.all_sets(chosen):
            return Crossing(bound, sets)
        bound += 1
        for family, failed in zip(part.families, failing, strict=True):
            if not _covers(part, family):
                continue
            while bound - len(failed) in _PLANS:
                plan = _PLANS[bound - len(failed)](part, family, failed)
                sets = [each for rows, extras in plan for each in choices.all_sets(rows, extras)]
                if sets:
                    return Crossing(bound, sets)
                bound += 1
    except TooManyError:
        pass
    return Crossing(bound)


def _covers(part: Part, family: tuple[int, ...]) -> bool:
    """Whether every cell stands in a rule of this kind, and in another rule."""
    inside = {code for index in family for code in part.signs[index]}
    outside = {code for i, signs in enumerate(part.signs) if i not in family for code in signs}
    return len(inside & outside) == len(part.cells)


def _one_more(part: Part, family: tuple[int, ...], failed: list[int]) -> Iterator[_Plan]:
    """Plan sets with one cell more than failing rows: two cells in one of them."""
    for index in failed:
        for pair in combinations(part.signs[index], 2):
            yield _without(failed, index), pair


def _two_more(part: Part, family: tuple[int, ...], failed: list[int]) -> Iterator[_Plan]:
    """Plan sets with two cells more than failing rows."""
    for index in failed:
        for three in combinations(part.signs[index], 3):
            yield _without(failed, index), three
    for index in family:
        if index not in failed:
            for pair in combinations(part.signs[index], 2):
                yield failed, pair
    for one, two in combinations(failed, 2):
        for pair in combinations(part.signs[one], 2):
            for other in combinations(part.signs[two], 2):
                yield _without(failed, one, two), pair + other


_PLANS = {1: _one_more, 2: _two_more}


def _without(rows: list[int], *taken: int) -> list[int]:
    return [row for row in rows if row not in taken]
