"""What wants a look first: reports with errors, and those that are unread, missing or late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from nianbao.fragments import Fragment, render
from nianbao.ledger import Entry
from nianbao.overview.agencies import STATES, Named, problems, states, to_notice, to_report, to_row
from nianbao.yearbook import Yearbook

_MOST_LINES: Final = 20
_MOST_NAMES: Final = 20
_MOST_PLACES: Final = 2
_TITLES: Final = {
    "errors": ("✗", "error", "有错误"),
    "unread": ("✗", "error", STATES["unread"]),
    "misfiled": ("✗", "error", STATES["misfiled"]),
    "missing": ("○", "warning", STATES["missing"]),
    "late": ("△", "warning", STATES["late"]),
    "waiting": ("○", "undecided", "尚未生成页面"),
}
"""In the order of the page; an agency stands under the first that holds."""
_NAMED: Final = ("missing", "waiting")
"""Of these there is no more to say than who it is."""


@dataclass(frozen=True, slots=True)
class Line:
    """One agency: its states besides, where to look, and how many places more there are."""

    agency: Named
    states: str
    reason: str
    places: tuple[Named, ...] = ()
    more: int = 0
    more_href: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Agencies with one kind of problem; ``lines`` or ``names`` hold the first of them."""

    kind: str
    sign: str
    status: str
    title: str
    count: int
    lines: tuple[Line, ...] = ()
    names: tuple[Named, ...] = ()

    @property
    def rest(self) -> int:
        """How many are not listed."""
        return self.count - len(self.lines) - len(self.names)


def needing(book: Yearbook) -> Fragment:
    """Show which agencies want a look, with the places on their reports.

    Parameters
    ----------
    book : Yearbook
        The year.
    """
    groups = _groups(book)
    told = "，".join(f"{group.title}{group.count}个" for group in groups)
    return render(
        "overview_problems",
        f"需要处理：{told or '没有'}",
        groups=groups,
        any=bool(book.entries),
    )


def _kind(entry: Entry) -> str:
    """Return the first kind of problem that an agency has; empty for none."""
    holds = {
        "errors": bool(entry.standing and entry.standing.errors),
        **{state: state in states(entry) for state in ("unread", "misfiled", "missing", "late")},
        "waiting": entry.waiting,
    }
    return next((kind for kind in _TITLES if holds[kind]), "")


def _groups(book: Yearbook) -> list[Group]:
    members: dict[str, list[Entry]] = {kind: [] for kind in _TITLES}
    for entry in book.entries:
        if kind := _kind(entry):
            members[kind].append(entry)
    members["errors"].sort(key=lambda e: -(e.standing.errors if e.standing else 0))
    listed = _shared({k: len(m) for k, m in members.items() if k not in _NAMED}, _MOST_LINES)
    groups = []
    for kind, entries in members.items():
        group = Group(kind, *_TITLES[kind], len(entries))
        if kind in _NAMED:
            group = replace(group, names=tuple(to_row(e) for e in entries[:_MOST_NAMES]))
        else:
            lines = (_line(entry, book.year, kind) for entry in entries[: listed[kind]])
            group = replace(group, lines=tuple(lines))
        groups += [group] if entries else []
    return groups


def _shared(counts: dict[str, int], room: int) -> dict[str, int]:
    """Share out the lines: every kind gets some, and the first ones what the others leave."""
    given = dict.fromkeys(counts, 0)
    for least in (5, room):
        for kind, count in counts.items():
            more = min(count - given[kind], least, room)
            given[kind], room = given[kind] + max(more, 0), room - max(more, 0)
    return given


def _line(entry: Entry, year: int, kind: str) -> Line:
    report = to_report(entry, year)
    agency = Named(entry.name, report) if report else to_row(entry)
    besides = tuple(_besides(entry, kind))
    known = entry.standing
    if kind != "errors" or known is None:
        return Line(agency, "、".join(besides), entry.filing.reason)
    found = problems(known)
    return Line(
        agency,
        "、".join([f"{known.errors}处错误", *besides]),
        "",
        tuple(Named(words, to_report(entry, year, place)) for place, words in found[:_MOST_PLACES]),
        len(found[_MOST_PLACES:]),
        to_report(entry, year, "verification"),
        to_notice(entry, year),
    )


def _besides(entry: Entry, kind: str) -> Iterator[str]:
    """Name the states that the heading does not name."""
    for state in states(entry):
        if state in ("misfiled", "late") and state != kind:
            yield STATES[state]
