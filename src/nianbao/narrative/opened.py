"""Reads the lists that a word or a bracket opens after their whole: 872条，其中…; 3件（…）."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from nianbao.narrative.clauses import SENTENCE, Clause, Scope
from nianbao.narrative.gathering import Gathered, Supply, gather
from nianbao.narrative.lists import items
from nianbao.narrative.numbers import Quantity
from nianbao.narrative.partition import Partition, build, claims_all, leaves_open
from nianbao.narrative.wording import counts, of_unit, opens

#: A whole stands at most so many clauses before its list; keeps the reading linear.
_FARTHEST: Final = 8
# The same case can be 办结 and 公开: parts that name a stage of the work may overlap.
_STAGE: Final = re.compile("办结|办理|答复|回复|采纳|满意")

Candidate = tuple[Quantity, Clause]


class OpenedLists:
    """The lists that openers and brackets begin in one scope, and the clauses they took."""

    def __init__(self, text: str, scope: Scope) -> None:
        self.text = text
        self.scope = scope
        self.members: set[int] = set()
        self.settled: set[int] = set()

    def read(self) -> Iterator[Partition]:
        """Yield the partitions, each after those nested in it."""
        at, clauses = 0, self.scope.clauses
        while at < len(clauses):
            following = at + 1
            if opens(self.text, clauses[at]) or (at == 0 and self.scope.host is not None):
                gathered, candidates = self._gather(at)
                if gathered is not None and len(gathered.items) > 1:
                    yield from self._partitions(at, gathered, candidates)
                    following = max(following, gathered.last_clause + 1)
            at = following

    def _gather(self, at: int) -> tuple[Gathered | None, list[Candidate]]:
        """Read the list that begins at a clause, with the wholes it may belong to."""
        clauses = self.scope.clauses
        numbers: list[Quantity] = []
        for clause in clauses[at : at + _FARTHEST]:
            numbers = numbers or counts(self.text, clause)
        candidates = self._candidates(at)
        unit = _common_unit(numbers, [number for number, _ in candidates])
        if unit is None:
            return None, []
        fitting = [pair for pair in candidates if of_unit([pair[0]], unit)]
        same = [pair for pair in fitting if pair[0].unit == unit] or fitting
        supply = Supply(items(self.text, clauses, at, unit))
        return gather(supply, [number for number, _ in same]), same

    def _candidates(self, at: int) -> list[Candidate]:
        """Return the numbers before a list that it may break down, nearest first."""
        if at == 0:
            return self._before_bracket()
        found: list[Candidate] = []
        clauses = self.scope.clauses
        crossed = clauses[at].strength >= SENTENCE
        for index in range(at - 1, max(at - 1 - _FARTHEST, -1), -1):
            clause = clauses[index]
            found += [(number, clause) for number in reversed(counts(self.text, clause)[-3:])]
            if clause.strength >= SENTENCE:
                # The sentence before is meant only where 其中 begins a new one.
                if found or crossed:
                    break
                crossed = True
        return found

    def _before_bracket(self) -> list[Candidate]:
        host = self.scope.host
        if host is None:
            return []
        numbers = host.quantities
        place = bisect_left(numbers, self.scope.start, key=lambda number: number.start)
        nearest = numbers[max(place - 1, 0) : max(place, 1)]
        return [(number, host) for number in nearest if not number.is_share]

    def _partitions(
        self, at: int, gathered: Gathered, candidates: list[Candidate]
    ) -> Iterator[Partition]:
        """Yield the partition of a list and of those nested in it."""
        for inner in gathered.nested:
            clause = self.scope.clauses[_host_of(gathered, inner)]
            yield from self._partitions(at, inner, [(inner.parent, clause)] if inner.parent else [])
        whole, clause = _whole(gathered, candidates)
        taken = {item.clause for item in gathered.items}
        self.members |= taken
        if gathered.whole is not None:
            self.settled |= taken
        exhaustive = gathered.clear and self._claims_all(at, gathered, candidates, whole)
        yield build(self.text, whole, clause, gathered.items, exhaustive)

    def _claims_all(
        self, at: int, gathered: Gathered, candidates: list[Candidate], whole: Quantity
    ) -> bool:
        opener = self.scope.clauses[gathered.items[0].clause].opener
        if gathered.whole is None and (
            gathered.parent is not None or self._is_ambiguous(at, gathered, candidates)
        ):
            return False
        if not opener and not self.scope.clauses[at].opener and self.scope.host is not None:
            return self._fills_bracket(gathered, whole)
        return claims_all(self.text, opener or self.scope.clauses[at].opener, gathered.items)

    def _is_ambiguous(self, at: int, gathered: Gathered, candidates: list[Candidate]) -> bool:
        """Whether the parts may belong to several of the numbers before them."""
        sums, total = [], 0 * gathered.total
        for number, _ in candidates:
            total += number.value
            sums.append(total)
        new_sentence = self.scope.clauses[at].strength >= SENTENCE
        return gathered.total in sums or (new_sentence and len(candidates) > 1)

    def _fills_bracket(self, gathered: Gathered, whole: Quantity) -> bool:
        """Whether a bracket after its whole holds the parts and nothing else."""
        clauses = self.scope.clauses
        return (
            whole.end < self.scope.start
            and gathered.items[0].clause == 0
            and gathered.last_clause == len(clauses) - 1
            and not any(_STAGE.search(item.label) for item in gathered.items)
            and not leaves_open(self.text, gathered.items)
        )


def _common_unit(numbers: list[Quantity], wholes: list[Quantity]) -> str | None:
    """Return the unit in which parts and a whole agree; a number without unit fits any."""
    units = [whole.unit for whole in wholes]
    for number in reversed(numbers):
        if number.unit and number.unit in units:
            return number.unit
    if not numbers or not units:
        return None
    if not numbers[-1].unit:
        return units[0]
    return numbers[-1].unit if "" in units else None


def _host_of(outer: Gathered, inner: Gathered) -> int:
    return next(item.clause for item in outer.items if item.quantity is inner.parent)


def _whole(gathered: Gathered, candidates: list[Candidate]) -> Candidate:
    """Return the number the list sums to, else the nearest that can hold its largest part."""
    largest = max(item.quantity.value for item in gathered.items)
    for number, clause in candidates:
        if number is gathered.whole or (gathered.whole is None and number.value >= largest):
            return number, clause
    return candidates[0]
