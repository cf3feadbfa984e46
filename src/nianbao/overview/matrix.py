"""The table of all agencies: how each filed, what its checks came to, where its pages are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from nianbao.fragments import Fragment, grouped, render
from nianbao.ledger import Entry
from nianbao.overview import agencies as about
from nianbao.overview.agencies import LEVEL_ORDER, LEVEL_WORDS, RESULT_WORDS, STATES, Named
from nianbao.standing import Standing
from nianbao.yearbook import Yearbook

_STATUS: Final = {"unread": "error", "misfiled": "error", "missing": "warning", "late": "warning"}
_FLOWS: Final = ("t3.new.total", "t3.total.total")


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a row: what is shown, its class, and where it leads to.

    ``known`` is false for 未知 and for agencies without a report.
    """

    shown: str
    kind: str = ""
    href: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One agency of the table.

    Attributes
    ----------
    states : tuple of (str, str)
        Words and classes of its states, the main one first.
    rank : int
        Where its main state stands in the order of states, for sorting.
    reason : str
        How the state is known.
    problem : Named or None
        The first problem of a report with errors.
    """

    id: str
    text: str
    agency: Named
    level: str
    level_rank: int
    states: tuple[tuple[str, str], ...]
    rank: int
    reason: str
    problem: Named | None
    cells: tuple[Cell, ...]
    review: str
    notice: str
    trend: str
    codes: str
    results: str


@dataclass(frozen=True, slots=True)
class Facet:
    """Values that the table can be filtered by: code, words and how many agencies have it."""

    name: str
    title: str
    values: tuple[tuple[str, str, int], ...]


def matrix(book: Yearbook) -> Fragment:
    """Show all agencies of a year in one table, in the order of the register.

    Parameters
    ----------
    book : Yearbook
        The year.
    """
    return render(
        "overview_matrix",
        f"{len(book.entries)}个机关的报告情况",
        year=book.year,
        rows=[_row(entry, book.year) for entry in book.entries],
        levels=LEVEL_WORDS,
        facets=[facet for facet in _facets(book.entries) if len(facet.values) > 1],
    )


def _facets(entries: Iterable[Entry]) -> list[Facet]:
    known = list(entries)
    states = Counter(state for entry in known for state in about.states(entry))
    outcomes = Counter(code for entry in known for code in about.results(entry))
    levels = Counter(entry.agency.level or "none" for entry in known)
    called = {code or "none": word for code, word in LEVEL_WORDS.items()}
    return [
        Facet("state", "状态", _values(STATES, states)),
        Facet("result", "核验", _values(RESULT_WORDS, outcomes)),
        Facet("level", "层级", _values(called, levels)),
    ]


def _values(
    words: Mapping[str, str], counts: Mapping[str, int]
) -> tuple[tuple[str, str, int], ...]:
    return tuple((code, word, counts[code]) for code, word in words.items() if counts[code])


def _row(entry: Entry, year: int) -> Row:
    states = about.states(entry)
    return Row(
        id=about.anchor(entry.agency.id),
        text=f"{entry.name} {entry.agency.id}",
        agency=Named(entry.name, about.to_report(entry, year)),
        level=entry.agency.level,
        level_rank=LEVEL_ORDER.index(entry.agency.level),
        states=tuple((STATES[state], _STATUS.get(state, "")) for state in states),
        rank=list(STATES).index(states[0]),
        reason=entry.filing.reason or ("尚未生成页面" if entry.waiting else ""),
        problem=_first(entry, year),
        cells=tuple(_cells(entry, year)),
        review=about.to_review(entry, year),
        notice=about.to_notice(entry, year),
        trend=about.to_trend(entry, year),
        codes=" ".join(states),
        results=" ".join(about.results(entry)),
    )


def _first(entry: Entry, year: int) -> Named | None:
    """Name the first problem of a report with errors, with the link to it."""
    known = entry.standing
    found = about.problems(known) if known and known.errors else ()
    return next((Named(words, about.to_report(entry, year, place)) for place, words in found), None)


def _cells(entry: Entry, year: int) -> Iterable[Cell]:
    known = entry.standing
    if known is None:
        return [Cell("—", known=False)] * (4 + len(_FLOWS))
    warned = about.standing_failures(known, "warning")
    place = warned[0].anchor if warned else "notes-title"
    first = next((place for place, _ in about.problems(known)), "verification")
    return [
        _count(known.errors, "error", about.to_report(entry, year, first)),
        _count(known.warnings + known.doubts, "warning", about.to_report(entry, year, place)),
        _count(known.undecided, "undecided", about.to_report(entry, year, "equations-title")),
        _count(known.waived, "", ""),
        *(_figure(known, code) for code in _FLOWS),
    ]


def _count(number: int, kind: str, link: str) -> Cell:
    return Cell(grouped(number), kind, link) if number else Cell("0", "zero")


def _figure(known: Standing, code: str) -> Cell:
    number = known.figures.get(code)
    if number is None:
        return Cell("未知", "undecided", known=False)
    kinds = ["inferred"] * (code in known.settled) + ["zero"] * (not number)
    return Cell(grouped(number), " ".join(kinds))
