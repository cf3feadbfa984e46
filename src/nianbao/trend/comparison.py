"""All years side by side, line by line of the statutory tables, with what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nianbao.forms import Form, bridge
from nianbao.fragments import Fragment, render
from nianbao.history import History
from nianbao.links import href, report_page, trend_page
from nianbao.report import Report
from nianbao.trend.figures import Figure, change, figure
from nianbao.trend.lines import Line, Part, applicants, parts
from nianbao.trend.presence import span


@dataclass(frozen=True, slots=True)
class Row:
    """One line with its figures, one a year.

    Attributes
    ----------
    change : str
        What changed between the two latest years.
    breaks : str
        The years, joined by a space, from which on the forms have the line or have it no more:
        figures of before and of since are not to be compared.
    """

    line: Line
    figures: tuple[Figure, ...]
    change: str
    breaks: str

    @property
    def label(self) -> str:
        """The line's words, with its unit where that is not 件."""
        return self.line.label + ("" if self.line.unit == "件" else f"（{self.line.unit}）")


@dataclass(frozen=True, slots=True)
class Body:
    """Rows under one heading; ``dropped`` counts those left out because all of them are 0."""

    title: str
    rows: tuple[Row, ...]
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A year with the link to its report; empty where there is no page."""

    year: int
    link: str


def comparison(history: History) -> Fragment:
    """Show every year's figures side by side, the last column tells what has changed of late.

    A sentence where fewer than two reports can be read. Figures stand as published; beside an
    empty cell the change is told where the rules force its figure, and marked 推定.
    """
    reports = list(history.reports.values())
    if len(reports) < 2:
        return render("trend_alone", "没有可以对照的年度", column=_alone(history))
    forms = list({report.form.key: report.form for report in reversed(reports)}.values())
    bodies = [_body(part, reports) for part in parts(forms)]
    folded = [_short(_body(part, reports)) for part in applicants(forms)]
    rows = [row for body in (*bodies, *folded) for row in body.rows]
    years = [report.year for report in reports]
    return render(
        "trend_comparison",
        f"{span(years[0], years[-1])}各年数字对照",
        columns=[Column(year, _link(history, year)) for year in years],
        latest=span(*years[-2:]),
        bodies=bodies,
        folded=folded,
        states={each.state for row in rows for each in row.figures},
        summed=any(row.line.summed for row in rows),
        reasons=_reasons(forms),
    )


def _alone(history: History) -> Column | None:
    year = next(iter(history.reports), None)
    return None if year is None else Column(year, _link(history, year))


def _link(history: History, year: int) -> str:
    agency = history.agency.id
    built = history.entries[year].built
    return href(trend_page(agency), report_page(year, agency)) if built else ""


def _body(part: Part, reports: Sequence[Report]) -> Body:
    return Body(part.title, tuple(_row(line, reports) for line in part.lines))


def _row(line: Line, reports: Sequence[Report]) -> Row:
    figures = tuple(figure(report, line) for report in reports)
    borders = [
        str(now.year)
        for before, now in pairwise(figures)
        if (before.state == "absent") != (now.state == "absent")
    ]
    return Row(line, figures, change(figures[-2], figures[-1]), " ".join(borders))


def _short(body: Body) -> Body:
    """Leave out the rows that are 0 in every year, and count them."""
    kept = tuple(row for row in body.rows if not all(each.naught for each in row.figures))
    return replace(body, rows=kept, dropped=len(body.rows) - len(kept))


def _reasons(forms: Sequence[Form]) -> list[tuple[str, str]]:
    """Return the series that the forms shown do not count alike, with the reason."""
    editions = {form.table("t2").form for form in forms}
    return [
        (series.name, series.reason)
        for series in bridge()
        if not series.joined and editions >= series.cells.keys()
    ]
