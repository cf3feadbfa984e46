"""The table of the years: how each report was filed, on which form, and what it came to."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.filing import STATE_WORDS
from nianbao.fragments import Fragment, render
from nianbao.history import History
from nianbao.ledger import Entry
from nianbao.links import NOTICE, href, report_page, review_page, trend_page
from nianbao.trend.presence import form_words


@dataclass(frozen=True, slots=True)
class Row:
    """One year: its links (empty where there is no page), and what is told of its report."""

    year: int
    report: str
    review: str
    notice: str
    states: str
    kind: str
    reason: str
    form: str
    mixture: str
    entry: Entry

    @property
    def verdict(self) -> str:
        """The verdict's words; what there is instead of one, where there is none."""
        if self.entry.standing:
            return self.entry.standing.headline
        if self.entry.error:
            return "未能读取，没有核验"
        return "尚未核验" if self.entry.waiting else ""


def filings(history: History) -> Fragment:
    """List all years: state, form, verdict, errors and warnings, links to the report's pages."""
    rows = [_row(history, year) for year in history.years]
    text = "；".join(f"{row.year}年{row.states}" for row in rows)
    return render("trend_filings", text, rows=rows)


def _row(history: History, year: int) -> Row:
    entry = history.entries[year]
    page, agency = trend_page(history.agency.id), history.agency.id
    review = review_page(year, agency)
    report = history.reports.get(year)
    form, mixture = form_words(report.form) if report else ("", "")
    return Row(
        year=year,
        report=href(page, report_page(year, agency)) if entry.built else "",
        review=href(page, review) if entry.built else "",
        notice=href(page, review, NOTICE) if entry.built else "",
        states="、".join(STATE_WORDS[state] for state in entry.filing.states),
        kind=_kind(entry),
        reason=entry.filing.reason,
        form=form,
        mixture=mixture,
        entry=entry,
    )


def _kind(entry: Entry) -> str:
    """Return the class of a state: what wants a look is not shown like what is in order."""
    if {"missing", "late"} & {*entry.filing.states}:
        return "failed"
    return {"misfiled": "warning", "exempt": "quiet"}.get(entry.filing.state, "")
