"""Decides where a list of parts ends, which number is its whole and what nests in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from nianbao.narrative.clauses import CLAUSE, GROUP
from nianbao.narrative.lists import Item
from nianbao.narrative.numbers import Quantity

#: Levels of 其中 within 其中 that are followed; deeper ones are read as one list.
_DEEPEST: Final = 3


@dataclass(slots=True)
class Gathered:
    """The items that belong to one whole.

    ``whole`` is the number that the items sum to, None where no candidate agrees;
    ``following`` the index of the first item that is not part of it; ``clear`` is false
    where a nested list leaves open what belongs to which whole.
    """

    items: list[Item]
    whole: Quantity | None
    following: int
    clear: bool = True
    nested: list["Gathered"] = field(default_factory=list)
    parent: Quantity | None = None
    total: int | Decimal = 0
    strongest: int = 0

    @property
    def last_clause(self) -> int:
        """The index of the last clause that the list or one nested in it has read."""
        inner = (nested.last_clause for nested in self.nested)
        return max([*inner, *(item.clause for item in self.items)], default=-1)

    def add(self, item: Item) -> None:
        """Take one more item."""
        self.strongest = max(self.strongest, item.strength) if self.items else 0
        self.items.append(item)
        self.total += item.quantity.value

    def cut(self, length: int) -> None:
        """Give back all but the first items, with what was nested in those."""
        for item in self.items[length:]:
            self.total -= item.quantity.value
        del self.items[length:]
        kept = {id(item.quantity) for item in self.items}
        self.nested = [inner for inner in self.nested if id(inner.parent) in kept]


class Supply:
    """Items that are read from the text only when they are looked at."""

    def __init__(self, source: Iterator[Item]) -> None:
        self._source = source
        self._read: list[Item] = []

    def __getitem__(self, index: int) -> Item | None:
        """Return the item at an index, None past the last."""
        while len(self._read) <= index:
            item = next(self._source, None)
            if item is None:
                return None
            self._read.append(item)
        return self._read[index]


def gather(
    supply: Supply, wholes: list[Quantity], at: int = 0, depth: int = 0, bounded: bool = False
) -> Gathered:
    """Take the items of one list: to where they sum to a whole, or as far as they belong.

    A list ends where its sum equals a candidate *and* the wording allows an end there;
    else at the first turn to other matter, else with the sentence; a ``bounded`` or nested
    one as soon as it exceeds its whole.
    """
    walk = _Walk(supply, wholes, depth, Gathered([], None, at), at)
    while (item := supply[walk.index]) is not None:
        if walk.found.items:
            if item.opener and walk.passes_opener(item):
                continue
            if walk.stopped or (depth and item.strength >= GROUP):
                break
        walk.take(item)
        if (depth or bounded) and walk.found.total > wholes[0].value:
            break
        if walk.agrees():
            return walk.found
    return walk.without_agreement()


@dataclass(slots=True)
class _Walk:
    """The state of reading one list: where it is, turned to other matter, or once agreed."""

    supply: Supply
    wholes: list[Quantity]
    depth: int
    found: Gathered
    index: int
    aside: bool = False
    stopped: bool = False
    head: tuple[int, int] | None = None
    agreed: tuple[int, int, Quantity] | None = None

    def passes_opener(self, item: Item) -> bool:
        """Go past a list or an aside that a word opens inside this list, or stop before it."""
        inner = None if self.agreed else _nested(self.supply, self.found, item, self)
        if inner is not None:
            self.found.nested.append(inner)
            self.found.clear = self.found.clear and inner.whole is not None
            self.index = inner.following
            return True
        self.stopped = bool(self.agreed) or self.aside or not self._continues(item)
        if self.stopped or "其中" in item.opener:
            return False
        # 含上年结转2件: an aside about the item before.
        self.index, self.aside = self.index + 1, True
        return True

    def _continues(self, item: Item) -> bool:
        """Whether the list can go on past a word that opens another."""
        first = self.found.items[0].opener
        return "分别" not in item.opener and ("其中" not in item.opener or "其中" in first)

    def take(self, item: Item) -> None:
        """Take one item, and remember the first that came after other matter."""
        if item.turned and self.found.items and self.head is None:
            self.head = len(self.found.items), self.index
        self.found.add(item)
        self.index, self.aside = self.index + 1, False

    def agrees(self) -> bool:
        """Whether the items sum to a whole and may end here; remembers a sum that may not."""
        whole = _reached(self.found, self.wholes)
        if whole is None:
            return False
        following = self.supply[self.index]
        if _may_end(self.found, following, self.depth):
            self.found.whole, self.found.following = whole, self.index
            return True
        if following and not following.joined and following.strength >= CLAUSE:
            self.agreed = self.agreed or (len(self.found.items), self.index, whole)
        return False

    def without_agreement(self) -> Gathered:
        """Cut a list that does not sum: where it once did, else before it turned.

        An earlier agreement is taken only where the wording does not claim the later items.
        """
        found = self.found
        if self.head is not None:
            found.cut(self.head[0])
            self.index = self.head[1]
        last = found.items[-1] if found.items else None
        claimed = last is None or last.joined or last.shared or last.is_rest
        if self.agreed and not claimed and len(found.items) >= self.agreed[0]:
            length, self.index, found.whole = self.agreed
            found.cut(length)
        found.following = self.index
        return found


def _nested(supply: Supply, outer: Gathered, item: Item, walk: _Walk) -> Gathered | None:
    """Read a 其中 inside a list as parts of the item before it, where that can be meant."""
    whole = outer.items[-1].quantity
    broken_down = bool(outer.nested) and outer.nested[-1].parent is whole
    if broken_down or walk.depth >= (_DEEPEST if "其中" in item.opener else 1):
        return None
    inner = gather(supply, [whole], walk.index, walk.depth + 1)
    inner.parent = whole
    return inner if len(inner.items) > 1 and inner.total <= whole.value else None


def _reached(found: Gathered, wholes: list[Quantity]) -> Quantity | None:
    """Return the nearest whole that two or more items sum to."""
    if len(found.items) < 2:
        return None
    return next((number for number in wholes if number.value == found.total), None)


def _may_end(found: Gathered, following: Item | None, depth: int) -> bool:
    """Whether the wording lets a list end before the following item."""
    if following is None or following.turned or following.opener:
        return True
    if following.quantity.value == found.total and found.total > 0:
        return True
    if following.joined:
        return False
    return following.strength > found.strongest or (depth > 0 and following.strength >= CLAUSE)
