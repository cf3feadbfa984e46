"""Finds the smallest sets of numbers that add up to a given one, in bounded work."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb

LARGEST = 3
"""Sets with more members than this explain nothing: there is always one."""
_MOST_FOR_THREE = 250
"""Of more numbers than this only single ones and pairs are tried."""


def pack(vectors: Sequence[Sequence[int]]) -> list[int]:
    """Turn vectors of the same length into one number each.

    Sums and differences of up to four of them are equal as numbers just where they are equal as
    vectors, so that a whole table is compared in one step.
    """
    largest = max((abs(figure) for vector in vectors for figure in vector), default=0)
    width = (8 * largest + 8).bit_length()
    return [sum(figure << width * i for i, figure in enumerate(vector)) for vector in vectors]


def smallest(
    target: int, numbers: Sequence[int], tolerance: int = 0, most: int = 3, largest: int = LARGEST
) -> list[tuple[int, ...]]:
    """Find the sets with fewest members that add up to a number.

    Parameters
    ----------
    target, numbers : int, sequence of int
        What to reach, and from what; a 0 is never a member.
    tolerance : int
        By how much a sum may miss the target.
    most : int
        How many sets are wanted. Where there are more, one more is returned, as a sign.
    largest : int
        The most members that a set may have.

    Returns
    -------
    list of tuple of int
        Places of the members, ascending; the same sets in the same order for the same input.
    """
    order = sorted((number, place) for place, number in enumerate(numbers) if number)
    largest = min(largest, LARGEST if len(order) <= _MOST_FOR_THREE else 2)
    for size in range(1, largest + 1):
        found: list[tuple[int, ...]] = []
        for members in _of_size(size, target, order, tolerance):
            found.append(members)
            if len(found) > most:
                break
        if found:
            return sorted(found)
    return []


def _of_size(
    size: int, target: int, order: Sequence[tuple[int, int]], tolerance: int
) -> Iterator[tuple[int, ...]]:
    """Choose all members but the largest, and look the largest up."""
    figures = [figure for figure, _ in order]
    for chosen in combinations(range(len(order)), size - 1):
        rest = target - sum(figures[index] for index in chosen)
        start = bisect_left(figures, rest - tolerance, lo=chosen[-1] + 1 if chosen else 0)
        for index in range(start, bisect_right(figures, rest + tolerance, lo=start)):
            yield tuple(sorted(order[i][1] for i in (*chosen, index)))


def exchanged(target: int, numbers: Sequence[int], most: int = 3) -> list[tuple[int, int]]:
    """Find pairs of places whose first number less the second is a given one."""
    places: dict[int, list[int]] = {}
    for place, number in enumerate(numbers):
        places.setdefault(number, []).append(place)
    found = [
        (first, second)
        for first, number in enumerate(numbers)
        for second in places.get(number - target, ())
        if first != second
    ]
    return found[: most + 1]


def tries(size: int, count: int) -> int:
    """Count the sets of a size, and of smaller ones, that can be made of so many numbers."""
    return sum(comb(count, members) for members in range(1, size + 1))
