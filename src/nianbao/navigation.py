"""Links of a page to its year, its agency's other years and its neighbours: all relative."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nianbao.errors import UnreadableError
from nianbao.fragments import Fragment, render
from nianbao.history import History
from nianbao.ledger import Ledger
from nianbao.links import FRONT, href, overview_page, report_page, trend_page
from nianbao.report import Report
from nianbao.shelf import read_kept
from nianbao.workspace import Workspace, find_workspace
from nianbao.yearbook import Yearbook


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


def _around(report: Report, ledger: Ledger) -> Iterator[Link]:
    page = report_page(report.year, report.agency)
    yield Link(href(page, FRONT), "全部年报")
    yield Link(href(page, overview_page(report.year)), f"{report.year}年总览")
    yield Link(href(page, trend_page(report.agency)), "本机关历年")
    above = ledger.agency(report.agency).parent
    if above and _readable(ledger, above, report.year):
        name = ledger.agency(above).name or above
        yield Link(href(page, report_page(report.year, above)), f"上级：{name}")
    names = [*ledger.register, *(name for year, name in ledger.paths if year == report.year)]
    order = [*dict.fromkeys(names)]
    place = order.index(report.agency) if report.agency in order else len(order)
    for words, beside in (("上一份", order[:place][::-1]), ("下一份", order[place + 1 :])):
        found = next((name for name in beside if _readable(ledger, name, report.year)), None)
        if found:
            target = href(page, report_page(report.year, found))
            yield Link(target, f"{words}：{ledger.agency(found).name or found}", turns=True)


def _readable(ledger: Ledger, agency: str, year: int) -> bool:
    """Whether an agency has a report of a year that becomes a page."""
    path = ledger.paths.get((year, agency))
    if path is None:
        return False
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
