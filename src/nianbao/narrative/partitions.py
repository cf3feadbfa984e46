"""Finds partitions in prose: ``共N件，其中A a件、B b件`` and its many other shapes."""

from collections.abc import Iterator

from nianbao.narrative.clauses import Scope, scopes
from nianbao.narrative.closed import announced_list, closed_list
from nianbao.narrative.opened import OpenedLists
from nianbao.narrative.partition import Part, Partition
from nianbao.narrative.wording import counts, is_total

__all__ = ["Part", "Partition", "partitions"]


def partitions(text: str) -> list[Partition]:
    """Return the partitions of a text in order of appearance, nested ones as entries.

    Only lists of at least two parts of one unit are partitions. Shares, years, ordinals,
    durations and comparisons with other years are never parts. Never raises; linear in
    the length of the text.
    """
    found = [partition for scope in scopes(text) for partition in _in_scope(text, scope)]
    return sorted(found, key=lambda partition: (partition.start, -partition.end))


def _in_scope(text: str, scope: Scope) -> Iterator[Partition]:
    opened = OpenedLists(text, scope)
    yield from opened.read()
    for at, clause in enumerate(scope.clauses):
        if at in opened.members or not clause.quantities:
            continue
        if is_total(text, clause) and counts(text, clause):
            yield from closed_list(text, scope.clauses, at, opened.settled)
        yield from announced_list(text, scope.clauses, at, opened.members)
