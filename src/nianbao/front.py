"""The front page: all years and all agencies, each report a click away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao.filing import STATE_WORDS
from nianbao.fragments import render
from nianbao.ledger import Entry, Ledger
from nianbao.links import FRONT, href, overview_page, report_page, trend_page
from nianbao.pages import page
from nianbao.yearbook import Yearbook, yearbook

_TITLE = "政府信息公开工作年度报告"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a year's report came to, in a sign and a few words.

    Attributes
    ----------
    href : str
        The report's page; empty where there is none.
    weight : int
        For sorting: errors before all else.
    """

    sign: str
    words: str
    kind: str
    href: str = ""
    weight: int = 0


_ABSENT = {
    "missing": Mark("○", STATE_WORDS["missing"], "undecided", weight=1),
    "exempt": Mark("—", STATE_WORDS["exempt"], "quiet"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One agency: its marks year by year, None where it has neither report nor duty."""

    name: str
    id: str
    trend: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """One year in numbers; ``href`` leads to its page, ``troubled`` counts reports with errors."""

    year: int
    href: str
    filed: int
    missing: int
    troubled: int
    warned: int
    unread: int
    waiting: int


def front_page(ledger: Ledger) -> str:
    """Return the front page of a project's output as HTML.

    Parameters
    ----------
    ledger : Ledger
        The project; what stands beside the pages is enough (``published=True``).
    """
    books = [yearbook(ledger, year) for year in reversed(ledger.years)]
    rows = tuple(_rows(books, ledger.workspace.output))
    body = render(
        "front",
        title=_TITLE,
        years=[_year(book, ledger.workspace.output) for book in books],
        rows=rows,
        reports=sum(len([e for e in book.entries if _filed(e)]) for book in books),
    )
    return page(_TITLE, body.html, "front")


def _filed(entry: Entry) -> bool:
    return entry.filing.state not in ("missing", "exempt")


def _year(book: Yearbook, output: Path) -> Year:
    target = overview_page(book.year)
    known = book.standings
    return Year(
        book.year,
        href(FRONT, target) if (output / target).is_file() else "",
        filed=sum(_filed(entry) for entry in book.entries),
        missing=sum(entry.filing.state == "missing" for entry in book.entries),
        troubled=sum(standing.errors > 0 for standing in known),
        warned=sum(standing.errors == 0 and standing.warnings > 0 for standing in known),
        unread=sum(bool(entry.error) for entry in book.entries),
        waiting=sum(entry.waiting for entry in book.entries),
    )


def _rows(books: Sequence[Yearbook], output: Path) -> Iterator[Row]:
    names = dict.fromkeys(name for book in books for name in book.by_id)
    for name in names:
        entries = [(book.year, book.by_id.get(name)) for book in books]
        known = [entry for _, entry in entries if entry]
        trend = trend_page(name)
        yield Row(
            next((e.name for e in known if e.name != name), name),
            name,
            href(FRONT, trend) if (output / trend).is_file() else "",
            tuple(_mark(year, entry) for year, entry in entries),
        )


def _mark(year: int, entry: Entry | None) -> Mark:
    """Say in a few words what an agency's year came to; the gravest thing counts."""
    if entry is None:
        return Mark("—", "无报告", "quiet")
    if entry.filing.state in _ABSENT:
        return _ABSENT[entry.filing.state]
    page = href(FRONT, report_page(year, entry.agency.id)) if entry.built else ""
    if entry.waiting:
        return Mark("○", "尚未生成", "quiet", page)
    if entry.standing is None:
        return Mark("✗", "无法读取", "error", page, 1_000)
    found = entry.standing
    if found.errors:
        return Mark("✗", f"{found.errors}处错误", "error", page, 1_000 + found.errors)
    if "misfiled" in entry.filing.states:
        return Mark("✗", STATE_WORDS["misfiled"], "error", page, 1_000)
    if found.undecided:
        return Mark("○", f"{found.undecided}条未定", "undecided", page, 100)
    if found.warnings:
        return Mark("△", f"{found.warnings}条提醒", "warning", page, 10 + found.warnings)
    return Mark("✓", "无错误", "passed", page)
