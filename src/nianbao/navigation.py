"""Links of a page to its year, its agency's other years and its neighbours: all relative."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from nianbao.errors import UnreadableError
from nianbao.fragments import Fragment, render
from nianbao.history import History
from nianbao.ledger import Ledger
from nianbao.links import FRONT, href, overview_page, report_page, trend_page
from nianbao.report import Report
from nianbao.shelf import is_kept, read_kept
from nianbao.workspace import Workspace, find_workspace
from nianbao.yearbook import Yearbook

_ROLES: Final = {"above": "上级", "before": "上一份", "after": "下一份"}


@dataclass(frozen=True, slots=True)
class Link:
    """A link: where to, its words, and whether it turns to the page before or after."""

    href: str
    words: str
    turns: bool = False


def of_report(report: Report, workspace: Workspace | None = None) -> Fragment:
    """Show where a report stands: its year, its agency, the agency above, the reports beside.

    Parameters
    ----------
    report : Report
        The report. One that lies outside of the project (a loose file) has no neighbours.
    workspace : Workspace, optional
        The project; found from the current folder by default.
    """
    ledger = Ledger(workspace or find_workspace())
    return _shown("本页在全部年报中的位置", _around(report, ledger))


def neighbours(ledger: Ledger, agency: str, year: int) -> dict[str, str]:
    """Return the agencies whose reports a report links to: ``above``, ``before``, ``after``.

    They are those nearest in the order of the register that can be read.
    """
    above = ledger.agency(agency).parent
    names = [*ledger.register, *(name for of, name in ledger.paths if of == year)]
    order = [*dict.fromkeys(names)]
    place = order.index(agency) if agency in order else len(order)
    nearest = {"above": [above], "before": order[:place][::-1], "after": order[place + 1 :]}
    found = {
        role: next((name for name in listed if name and _readable(ledger, name, year)), "")
        for role, listed in nearest.items()
    }
    return {role: name for role, name in found.items() if name}


def _around(report: Report, ledger: Ledger) -> Iterator[Link]:
    page = report_page(report.year, report.agency)
    yield Link(href(page, FRONT), "全部年报")
    yield Link(href(page, overview_page(report.year)), f"{report.year}年总览")
    yield Link(href(page, trend_page(report.agency)), "本机关历年")
    for role, name in neighbours(ledger, report.agency, report.year).items():
        target = href(page, report_page(report.year, name))
        words = f"{_ROLES[role]}：{ledger.agency(name).name or name}"
        yield Link(target, words, turns=role != "above")


def _readable(ledger: Ledger, agency: str, year: int) -> bool:
    """Whether an agency has a report of a year that becomes a page."""
    path = ledger.paths.get((year, agency))
    if path is None:
        return False
    if is_kept(path, agency, year, ledger.workspace):
        return True
    try:
        read_kept(path, agency, year, ledger.workspace)
    except UnreadableError:
        return False
    return True


def of_year(book: Yearbook) -> Fragment:
    """Show the way from the page of a year to that of all years."""
    page = overview_page(book.year)
    return _shown("本页在全部年报中的位置", [Link(href(page, FRONT), "全部年报")])


def of_agency(history: History) -> Fragment:
    """Show the way from the page of an agency to that of all years."""
    page = trend_page(history.agency.id)
    return _shown("本页在全部年报中的位置", [Link(href(page, FRONT), "全部年报")])


def _shown(name: str, links: Iterable[Link]) -> Fragment:
    listed = tuple(links)
    return render("navigation", "；".join(link.words for link in listed), label=name, links=listed)
