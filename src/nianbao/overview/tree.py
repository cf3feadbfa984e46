"""The agencies as a tree, and whether each one's figures agree with those of the agencies below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from nianbao.fragments import Fragment, render
from nianbao.ledger import Entry
from nianbao.overview.agencies import STATES, SUMS_ANCHOR, Named, names, states, to_report, to_row
from nianbao.yearbook import Yearbook, hierarchy

_DEEPEST: Final = 7
"""As many levels as the register knows; what lies deeper is not indented any more."""
_MOST_NAMES: Final = 5
_LOUD: Final = {
    "unread": "failed",
    "misfiled": "failed",
    "missing": "undecided",
    "late": "undecided",
}


@dataclass(frozen=True, slots=True)
class Sums:
    """How an agency's figures compare with the sums over those below, and what hinders it."""

    status: str
    sign: str
    words: str
    href: str = ""
    hindrance: str = ""


@dataclass(slots=True)
class Node:
    """One agency in the tree.

    Attributes
    ----------
    state, status : str
        The words of its states, and their class.
    sums : Sums or None
        The comparison; None where there is no agency below.
    absent : str
        The id of the agency above, where that is not in the register.
    below : list of Node
        The agencies right below it.
    """

    agency: Named
    state: str
    status: str
    sums: Sums | None
    absent: str
    below: list[Node] = field(default_factory=list)


def tree(book: Yearbook) -> Fragment:
    """Show who stands below whom, and whether the figures agree; strangers come last.

    Parameters
    ----------
    book : Yearbook
        The year.
    """
    parents = {entry.agency.parent for entry in book.entries}
    strange = [e for e in book.entries if not e.agency.level and e.agency.id not in parents]
    apart = {entry.agency.id for entry in strange}
    placed = [(depth, e) for depth, e in hierarchy(book) if e.agency.id not in apart]
    roots = _grown(book, placed)
    return render(
        "overview_tree",
        "上下级机关",
        roots=roots,
        tiered=any(root.below for root in roots),
        strangers=[_named(entry, book.year) for entry in strange],
    )


def _grown(book: Yearbook, placed: Iterable[tuple[int, Entry]]) -> list[Node]:
    """Make a tree of what comes with its depth."""
    roots: list[Node] = []
    path: list[Node] = []
    for depth, entry in placed:
        node = _node(book, entry)
        del path[min(depth, _DEEPEST) :]
        (path[-1].below if path else roots).append(node)
        path.append(node)
    return roots


def _node(book: Yearbook, entry: Entry) -> Node:
    parent = entry.agency.parent
    return Node(
        _named(entry, book.year),
        "、".join(STATES[state] for state in states(entry)),
        _LOUD.get(states(entry)[0], ""),
        _sums(book, entry),
        parent if parent and parent not in book.by_id else "",
    )


def _named(entry: Entry, year: int) -> Named:
    target = to_report(entry, year)
    return Named(entry.name, target) if target else to_row(entry)


def _sums(book: Yearbook, entry: Entry) -> Sums | None:
    """Say how the comparison came out; what is missing below hinders it."""
    below = [e for e in book.children(entry.agency.id) if e.filing.state != "exempt"]
    if not below:
        return None
    if entry.standing is None:
        return Sums("undecided", "○", "没有可用的报告，无法与下级汇总核对")
    held, failed, undecided = entry.standing.levels
    counts = {"不符": failed, "相符": held, "无法判定": undecided}
    told = "，".join(f"{count}项{word}" for word, count in counts.items() if count)
    if not told:
        return Sums("undecided", "○", "没有可以与下级汇总核对的项目")
    status, sign = _status(failed, undecided)
    unknown = [child for child in below if child.standing is None]
    return Sums(
        status,
        sign,
        f"与下级汇总{told}",
        to_report(entry, book.year, SUMS_ANCHOR),
        f"没有可用的报告：{names(unknown, _MOST_NAMES)}" if undecided and unknown else "",
    )


def _status(failed: int, undecided: int) -> tuple[str, str]:
    if failed:
        return "failed", "✗"
    return ("undecided", "○") if undecided else ("passed", "✓")
