"""Figures of one kind through the years, and where the change of forms stands between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from itertools import pairwise

from nianbao.forms import Series, bridge
from nianbao.fragments import Fragment
from nianbao.history import History
from nianbao.report import Report


def count(report: Report, codes: Iterable[str]) -> int | None:
    """Add cells (件); None where one of them is not known, for a sum must never be too small.

    What the rules force an empty cell to be counts as known. A count below zero cannot be right.
    """
    added = 0
    for code in codes:
        value = report.known(code)
        if value is None or value < 0:
            return None
        added += int(value)
    return added


def settled(reports: Iterable[Report], table: str) -> bool:
    """Whether the rules, and not the sources, tell figures of a table that charts may draw."""
    return any(
        report.settled(code)
        for report in reports
        for code in report.cells
        if code.startswith(f"{table}.") and (table != "t3" or code.endswith(".total"))
    )


def source(history: History, table: str, place: str) -> str:
    """Name where the figures stand, and say if the rules tell some of them."""
    told = "；其中有推定的数" if settled(history.reports.values(), table) else ""
    return f"来源：各年报告{place}{told}"


def form_breaks(history: History, table: str) -> tuple[int, ...]:
    """Return the years whose report has a table on another form than the report before it."""
    forms = [(year, _edition(report, table)) for year, report in history.reports.items()]
    return tuple(year for (_, before), (year, now) in pairwise(forms) if before != now)


def _edition(report: Report, table: str) -> tuple[str, bool]:
    """Tell the form of a table; the single row 其他处理 makes 表三 that of 2019 in any report."""
    return report.form.table(table).form, f"{table}.other.total" in report.form.cells


def together(pieces: Sequence[object]) -> Fragment:
    """Put charts, sentences and tables that belong together into one fragment."""
    html = "\n".join(piece._repr_html_() for piece in pieces)  # type: ignore[attr-defined]
    return Fragment(html, "\n".join(text for piece in pieces if (text := repr(piece))))


def reason(code: str) -> str:
    """Return why a cell's series is joined over the change of forms, or is not."""
    found = (s.reason for s in bridge() if any(_of(s, form, code) for form in s.cells))
    return next(found, "")


def _of(series: Series, form: str, code: str) -> bool:
    return any(fnmatchcase(code, pattern) for pattern in series.cells[form])
