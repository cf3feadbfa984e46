"""Reads the lists whose total follows, or is only announced: A 3件、B 4件，合计7件."""

import re
from collections.abc import Iterator
from typing import Final

from nianbao.narrative.clauses import GROUP, SENTENCE, Clause
from nianbao.narrative.gathering import Supply, gather
from nianbao.narrative.lists import Item, items
from nianbao.narrative.numbers import Quantity
from nianbao.narrative.partition import Partition, build, claims_all, leaves_open
from nianbao.narrative.wording import (
    counts,
    is_aside,
    is_shared,
    is_total,
    of_unit,
    opens,
    words_before,
)

_CUE: Final = re.compile(r"合计|总计|(?<!公)共(?![同享])|总|累计")
_BARE_TOTAL: Final = re.compile(
    r"\s*(?:以上|上述|两者|二者|三者|各类|[两三四五六七八九十]项)?"
    r"(?:共计|合计|总计|总共|一共|共有?)[为是：:\s]{0,2}达?\Z"
)
_STAGE: Final = re.compile("办结|办理|答复|回复|采纳|满意")


def closed_list(
    text: str, clauses: list[Clause], at: int, settled: set[int]
) -> Iterator[Partition]:
    """Yield the list that the total in clause ``at`` closes.

    A bare total (合计7件) claims the list from the start of its sentence; one with words of
    its own (共收到7件) may be another statement and counts only where the sum agrees.
    """
    total = counts(text, clauses[at])[0]
    first = _first_clause(text, clauses, at, total, settled)
    if first == at:
        return
    run = [
        item
        for item in items(text, clauses, first, total.unit)
        if item.clause < at and item.clause not in settled
    ]
    bare = _is_bare(text, clauses[at], [total])
    ending = _ending(run, total)
    if ending:
        yield build(text, total, clauses[at], ending, bare)
    elif bare and len(run) > 1 and not is_total(text, clauses[first]) and _is_plain(text, run):
        yield build(text, total, clauses[at], run, exhaustive=True)


def announced_list(
    text: str, clauses: list[Clause], at: int, members: set[int]
) -> Iterator[Partition]:
    """Yield the list after a total in clause ``at`` that no word opens: 共7件，A 3件，B 4件.

    Such a list counts only where the sum agrees, or a 分别 or colon ties it to the total (of
    three parts at least where the total is not called one),
    and where no opened list took its items (``members``, indexes of clauses) before.
    """
    following = clauses[at + 1] if at + 1 < len(clauses) else None
    numbers = counts(text, clauses[at])
    if following is None or not numbers or opens(text, following) or is_total(text, following):
        return
    whole = numbers[-1]
    cued = following.colon or _CUE.search(words_before(text, clauses[at], whole)) is not None
    if not whole.value:
        return
    shared = is_shared(text, following)
    supply = Supply(items(text, clauses, at + 1, whole.unit))
    gathered = gather(supply, [whole], bounded=not shared)
    tied = shared or (following.colon and gathered.total <= whole.value)
    taken = members.intersection(item.clause for item in gathered.items)
    # Without a cue, three parts or more that sum exactly are no accident.
    least = 2 if cued else 3
    if len(gathered.items) < least or (not cued and gathered.whole is None):
        return
    if not taken and (gathered.whole is not None or tied):
        exhaustive = claims_all(text, "", gathered.items)
        yield build(text, whole, clauses[at], gathered.items, exhaustive)


def _first_clause(
    text: str, clauses: list[Clause], at: int, total: Quantity, settled: set[int]
) -> int:
    """Return where the run of named numbers before a total begins."""
    first = at
    for index in range(at - 1, -1, -1):
        clause = clauses[index]
        counted = counts(text, clause)
        totals = is_total(text, clause)
        if clauses[index + 1].strength >= SENTENCE or (totals and _is_bare(text, clause, counted)):
            break
        if not of_unit(counted, total.unit) and not is_aside(text, clause, counted):
            break
        first = index
        if totals or (clause.opener and index not in settled):
            break
    return first


def _is_bare(text: str, clause: Clause, counted: list[Quantity]) -> bool:
    """Whether a clause says no more than 合计 and its number."""
    return not counted or bool(_BARE_TOTAL.match(words_before(text, clause, counted[0])))


def _ending(run: list[Item], total: Quantity) -> list[Item]:
    """Return the shortest end of a run, of two items or more, that sums to the total."""
    summed = 0 * total.value
    for index in range(len(run) - 1, -1, -1):
        summed += run[index].quantity.value
        if summed == total.value and len(run) - index > 1:
            return run[index:]
    return []


def _is_plain(text: str, run: list[Item]) -> bool:
    """Whether nothing in a run suggests that its total means something else."""
    return (
        not any(item.opener and "分别" not in item.opener for item in run)
        and not any(item.turned or _STAGE.search(item.label) for item in run)
        and all(item.strength < GROUP for item in run[1:])
        and not leaves_open(text, run)
    )
