"""Says which subordinate bodies account for what a government's figures differ from their sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.levels.rounding import add, less, size, whole_numbers
from nianbao.levels.subsets import exchanged, pack, smallest, tries
from nianbao.levels.tally import Tally

MOST = 3
"""Where more sets than this explain a difference, none of them is worth telling."""
MANY = 12
"""So many differing figures make up a table: an account of all of them is no coincidence."""
_RARE = 4
"""A set of several is told where chance would give one for one difference in so many at most."""


@dataclass(frozen=True, slots=True)
class Account:
    """Bodies, by their places, that were left out of a sum, or counted once more."""

    left_out: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()

    @property
    def bodies(self) -> tuple[int, ...]:
        """All of them."""
        return self.left_out + self.repeated

    def settles(self, tally: Tally) -> bool:
        """Whether it accounts for a difference, but for rounding."""
        if tally.gap is None:
            return False
        back = add(tally.parts[i] or 0 for i in self.left_out)
        twice = add(tally.parts[i] or 0 for i in self.repeated)
        return size(less(add((tally.gap, back)), twice)) <= tally.tolerance


def accounts(tallies: Sequence[Tally]) -> list[Account]:
    """Return what would account for the differences of several figures at once.

    Figures that one of the reports does not tell are passed over. Empty where nothing accounts
    for all the others, or too much.
    """
    known = comparable(tallies)
    if not any(tally.gap for tally in known):
        return []
    gap, bodies, tolerance = _vectors(known)
    target, *numbers = pack([gap, *bodies])
    if max(gap) <= 0:
        sets = smallest(-target, numbers, tolerance, MOST)
        found = [Account(left_out=members) for members in sets]
    elif min(gap) >= 0:
        sets = smallest(target, numbers, tolerance, MOST)
        found = [Account(repeated=members) for members in sets]
    else:
        pairs = exchanged(target, numbers, MOST) if sum(map(bool, gap)) >= MANY else []
        found = [Account(left_out=(out,), repeated=(twice,)) for twice, out in pairs]
    return found if _telling(found, gap, len(numbers), tolerance) else []


def nearly(tallies: Sequence[Tally]) -> tuple[Account, int, int] | None:
    """Return the one body that accounts for most differences: of how many, and of how many not."""
    known = comparable(tallies)
    differing = [tally for tally in known if tally.gap]
    if len(differing) < MANY:
        return None
    found = []
    for place in range(len(known[0].parts)):
        shown = sum(bool(tally.parts[place]) for tally in known)
        for account in (Account(left_out=(place,)), Account(repeated=(place,))):
            told = sum(bool(t.parts[place]) and account.settles(t) for t in differing)
            if told * 4 >= 3 * max(len(differing), shown):
                found.append((account, told, len(differing) - told))
    return found[0] if len(found) == 1 else None


def copied(tallies: Sequence[Tally]) -> list[int]:
    """Return the bodies whose figures are the government's own, cell by cell."""
    found = []
    for place in range(len(tallies[0].parts)):
        pairs = [(tally.own, tally.parts[place]) for tally in tallies]
        known = [(own, part) for own, part in pairs if own is not None and part is not None]
        if sum(bool(own) for own, _ in known) >= MANY and all(a == b for a, b in known):
            found.append(place)
    return found


def comparable(tallies: Sequence[Tally]) -> list[Tally]:
    """Keep the figures that the government and every body with a report tell."""
    return [tally for tally in tallies if tally.gap is not None and tally.open == tally.missing]


def _vectors(tallies: Sequence[Tally]) -> tuple[list[int], list[list[int]], int]:
    """Return the differences, the figures of each body, and the tolerance, as whole numbers."""
    width = len(tallies[0].parts) + 2
    each = [
        figure
        for tally in tallies
        for figure in (tally.tolerance, tally.gap or 0, *(part or 0 for part in tally.parts))
    ]
    numbers = whole_numbers(each)
    columns = [numbers[place::width] for place in range(width)]
    # Only a figure that is rounded has a tolerance, and such a figure stands alone.
    return columns[1], columns[2:], max(columns[0])


def _telling(found: Sequence[Account], gap: Sequence[int], count: int, tolerance: int) -> bool:
    """Whether so few accounts were found, by so few tries, that they mean something."""
    if not 0 < len(found) <= MOST:
        return False
    members = len(found[0].bodies)
    if members == 1 or sum(map(bool, gap)) > 1:
        return True
    return tries(members, count) * _RARE * (2 * tolerance + 1) <= abs(sum(gap))
