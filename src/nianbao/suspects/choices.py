"""Tries, for some failing rules of one kind, every choice of one wrong cell in each."""

from __future__ import annotations

from collections import Counter

from nianbao.suspects.part import Part
from nianbao.values import LIMIT

Change = dict[str, int]
"""The figure that each cell of a set would have to be."""

_STEPS = 100_000
"""Choices to try before the solver is asked instead: a limit in work, not in time."""
_SUMS = 4096
"""So many sums are kept for a rule; beyond, any sum is taken to be possible."""


class TooManyError(Exception):
    """There are too many choices to try them all."""


class Choices:
    """Walks through choices, as long as the rules still to mend can mend all others.

    The limit of work is one for all walks together.

    Attributes
    ----------
    gaps : list of int
        By how much each rule is off, with the choices made so far.
    """

    def __init__(self, part: Part) -> None:
        self._part = part
        self.gaps = [sum(s * part.known[c] for c, s in signs.items()) for signs in part.signs]
        self._bound_by: dict[str, list[tuple[int, int]]] = {code: [] for code in part.cells}
        for index, signs in enumerate(part.signs):
            for code, sign in signs.items():
                self._bound_by[code].append((index, sign))
        self._known_reach: dict[tuple[int, ...], list[dict[int, set[int] | None]]] = {}
        self._steps = 0

    def all_sets(self, chosen: list[int], extras: tuple[str, ...] = ()) -> list[Change]:
        """List the ways to mend all rules by one cell in each chosen one, and some extra cells.

        Raises
        ------
        TooManyError
            Where not all could be tried.
        """
        opened = {index for code in extras for index, _ in self._bound_by[code]}
        walk = _Walk(self, chosen, self._reachable(chosen), opened)
        walk.descend(0, {})
        if not extras:
            return [change for change, left in walk.found if not left]
        shares = [self._shared(change, left, extras) for change, left in walk.found]
        return [change for change in shares if change]

    def _shared(
        self, change: Change, left: dict[int, int], extras: tuple[str, ...]
    ) -> Change | None:
        """Add extra cells to a choice where they mend all that is left and all of them change."""
        left, change, open_cells = dict(left), dict(change), list(extras)
        while open_cells:
            code, move = self._forced(left, open_cells)
            change[code] = self._part.known[code] + move
            if not move or not 0 <= change[code] <= LIMIT:
                return None
            open_cells.remove(code)
            for other, factor in self._bound_by[code]:
                left[other] = left.get(other, 0) + factor * move
        return None if any(left.values()) else change

    def _forced(self, left: dict[int, int], open_cells: list[str]) -> tuple[str, int]:
        """Return a cell that stands alone in some rule with what has to be added to it."""
        count = Counter(index for code in open_cells for index, _ in self._bound_by[code])
        for code in open_cells:
            for index, sign in self._bound_by[code]:
                if count[index] == 1:
                    return code, -left.get(index, 0) * sign
        # They share every rule with each other: by how much each is wrong is not told at once.
        raise TooManyError

    def _reachable(self, chosen: list[int]) -> list[dict[int, set[int] | None]]:
        """For each depth and rule, list what the choices still to make may add to it."""
        if tuple(chosen) in self._known_reach:
            return self._known_reach[tuple(chosen)]
        level: dict[int, set[int] | None] = {index: {0} for index in range(len(self.gaps))}
        levels = [level]
        for index in reversed(chosen):
            adds: dict[int, set[int]] = {}
            for code, move in self.options(index):
                for rule, sign in self._bound_by[code]:
                    adds.setdefault(rule, set()).add(sign * move)
            level = {rule: _sums(sums, adds.get(rule, set())) for rule, sums in level.items()}
            levels.append(level)
        self._known_reach[tuple(chosen)] = levels[::-1]
        return levels[::-1]

    def options(self, index: int) -> list[tuple[str, int]]:
        """Return each cell of a rule with what added to it mends the rule."""
        gap = self.gaps[index]
        return [(code, -gap * sign) for code, sign in self._part.signs[index].items()]

    def allowed(self, code: str, move: int) -> bool:
        """Whether a cell may be more by so much; count the question as work."""
        self._steps += 1
        if self._steps > _STEPS:
            raise TooManyError
        return 0 <= self._part.known[code] + move <= LIMIT

    def shift(self, code: str, move: int) -> None:
        """Add to a cell."""
        for index, sign in self._bound_by[code]:
            self.gaps[index] += sign * move

    def figure(self, code: str, move: int) -> int:
        """Return what a cell would then be."""
        return self._part.known[code] + move


class _Walk:
    """One walk through the choices in some rules; some other rules are left open."""

    def __init__(
        self,
        choices: Choices,
        chosen: list[int],
        reach: list[dict[int, set[int] | None]],
        opened: set[int],
    ) -> None:
        self._choices = choices
        self._chosen = chosen
        self._reach = reach
        self._closed = [i for i in range(len(choices.gaps)) if i not in opened and i not in chosen]
        self.found: list[tuple[Change, dict[int, int]]] = []

    def descend(self, depth: int, change: Change) -> None:
        """Choose a cell of the next rule in every way that may lead to a set."""
        gaps = self._choices.gaps
        reach = self._reach[depth]
        for rule in self._closed:
            sums = reach[rule]
            if sums is not None and -gaps[rule] not in sums:
                return
        if depth == len(self._chosen):
            self.found.append((dict(change), {i: gap for i, gap in enumerate(gaps) if gap}))
            return
        for code, move in self._choices.options(self._chosen[depth]):
            if self._choices.allowed(code, move):
                self._choices.shift(code, move)
                change[code] = self._choices.figure(code, move)
                self.descend(depth + 1, change)
                del change[code]
                self._choices.shift(code, -move)


def _sums(before: set[int] | None, adds: set[int]) -> set[int] | None:
    """Return sums with one of several amounts added, or none; None where there are too many."""
    if before is None or len(before) * (len(adds) + 1) > _SUMS:
        return None
    return before | {one + more for one in before for more in adds}
