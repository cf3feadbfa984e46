"""The stock and flow of requests: each year's end meets the next year's start, or does not."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.charts.chart import Chart
from nianbao.charts.flows import Period, Terms, flows
from nianbao.charts.periods import differences
from nianbao.charts.terms import request_term
from nianbao.fragments import Fragment
from nianbao.history import History
from nianbao.report import Report
from nianbao.trend.presence import span
from nianbao.trend.series import count, source

_ROWS = ("carried_in", "new", "total", "carried_out")


def requests(history: History) -> Chart | Fragment:
    """Draw what was carried in, received, handled and carried out, year by year (件).

    A sentence where there were no requests at all.
    """
    reports = history.reports
    periods = [_period(report) for report in reports.values()]
    terms = _terms(next(iter(reports.values()), None))
    years = f"，{span(min(reports), max(reports))}" if reports else ""
    return flows(
        "requests",
        periods,
        terms,
        subtitle=f"政府信息公开申请，单位：件{years}",
        source=source(history, "t3", "表三“总计”列"),
        title=mismatch(differences(periods, terms)),
    )


def mismatch(notes: Sequence[str]) -> str | None:
    """Make a title of what does not agree; None where all does."""
    if not notes:
        return None
    return notes[0] + (f"；另有{len(notes) - 1}处不相符" if notes[1:] else "")


def _period(report: Report) -> Period:
    return Period(report.year, *(count(report, [f"t3.{row}.total"]) for row in _ROWS))


def _terms(report: Report | None) -> Terms:
    """Name the four figures in the words of the form."""
    if report is None:
        return Terms("上年结转", "本年新收", "办理总计", "结转下年度")
    return Terms(*(request_term(report, row).label for row in _ROWS))
