"""Reads the items of a list out of clauses: one named number after the other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from nianbao.narrative.clauses import ITEM, SENTENCE, Clause
from nianbao.narrative.names import LONGEST_NAME, listed_names, part_name
from nianbao.narrative.numbers import Quantity
from nianbao.narrative.wording import (
    EACH,
    SHARED,
    TURN,
    counts,
    is_aside,
    is_total,
    next_start,
    of_unit,
    opens,
    subject_start,
    words_after,
    words_before,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One named number of a list and how it is tied to the item before.

    ``turned`` marks an item after other matter; ``shared`` one whose name stands before
    a common 分别; ``certain`` is false where the wording leaves open what the number means.
    """

    quantity: Quantity
    label: str
    start: int
    end: int
    clause: int
    strength: int
    joined: bool
    opener: str = ""
    turned: bool = False
    shared: bool = False
    certain: bool = True

    @property
    def is_rest(self) -> bool:
        """Whether it names what is left (其他, 其余), which only a complete list does."""
        return self.label.startswith(("其他", "其它", "其余"))


def items(text: str, clauses: list[Clause], first: int, unit: str) -> Iterator[Item]:
    """Yield the items of a unit from clause ``first`` to the end of the sentence or list."""
    begun = turned = with_unit = False
    at = first
    while at < len(clauses):
        clause = clauses[at]
        if at > first and clause.strength >= SENTENCE:
            return
        if begun and (is_total(text, clause) or (turned and opens(text, clause))):
            return
        counted = counts(text, clause)
        wanted = of_unit(counted, unit)
        # 3、4、5件 is one list; after 3件 a number without unit counts something else.
        if wanted and (wanted[0].unit or not with_unit):
            with_unit = with_unit or bool(wanted[0].unit)
            turned = turned or (begun and _turns(text, clause))
            for item in _in_clause(text, clauses, at, wanted):
                begun = True
                at = item.clause
                yield replace(item, turned=turned)
        elif begun and not is_aside(text, clause, counted):
            turned = True
        at += 1


def _turns(text: str, clause: Clause) -> bool:
    return not clause.joined and TURN.match(text, clause.body, clause.end) is not None


def _in_clause(text: str, clauses: list[Clause], at: int, wanted: list[Quantity]) -> Iterator[Item]:
    clause = clauses[at]
    before = words_before(text, clause, wanted[0])
    shared, each = SHARED.search(before), EACH.search(before)
    if shared and before[: shared.start()].strip():
        yield from _shared(text, clauses, at, wanted[0], before[: shared.start()])
        return
    names = listed_names(before[: each.start()]) if each else []
    for order, number in enumerate(wanted):
        item = _item(text, clause, at, number)
        if not number.unit and not item.label:
            continue  # The number of a list line: 1、主办25件.
        item = replace(item, certain=len(wanted) == 1 and each is None)
        if order:
            item = replace(item, strength=ITEM, joined=False)
        elif opens(text, clause):
            item = replace(item, opener=clause.opener)
        for name in names if len(names) > 1 and not order else [item.label]:
            yield replace(item, label=name)


def _shared(
    text: str, clauses: list[Clause], at: int, first: Quantity, before: str
) -> Iterator[Item]:
    """Yield the items of ``A、B、C分别为3件、4件、5件``: names first, then the numbers."""
    numbers, last = [(clauses[at], first)], at
    unit = first.unit
    for index in range(at + 1, len(clauses)):
        clause = clauses[index]
        counted = counts(text, clause)[:1]
        if clause.strength >= SENTENCE or clause.opener or not counted or is_total(text, clause):
            break
        if words_before(text, clause, counted[0]).strip() or not _same_unit(unit, counted[0].unit):
            break
        unit = unit or counted[0].unit
        numbers.append((clause, counted[0]))
        last = index
    names = listed_names(before)
    paired = len(names) == len(numbers)
    labels = names if paired else [part_name(before)] * len(numbers)
    opener = clauses[at].opener if opens(text, clauses[at]) else ""
    for (clause, number), label in zip(numbers, labels, strict=True):
        item = replace(_item(text, clause, last, number), label=label, certain=paired)
        yield replace(item, shared=True, opener=opener if number is first else "")


def _same_unit(unit: str, other: str) -> bool:
    """Whether a number without unit was followed by any (3、4、5件), or both agree."""
    return not unit or unit == other


def _item(text: str, clause: Clause, at: int, number: Quantity) -> Item:
    before, after = words_before(text, clause, number), words_after(text, clause, number)
    label, end = part_name(before), number.end
    named_after = part_name(before, after)
    if named_after != label:
        label, end = named_after, min(next_start(clause, number), number.end + LONGEST_NAME)
        end = number.end + len(text[number.end : end].rstrip())
    start = subject_start(text, clause, number)
    return Item(number, label, start, end, at, clause.strength, clause.joined)
