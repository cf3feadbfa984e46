"""What became of requests through the years: one small picture a kind of outcome."""

from __future__ import annotations

from nianbao.charts.chart import Chart
from nianbao.charts.multiples import Panel, multiples
from nianbao.forms import Form
from nianbao.fragments import Fragment
from nianbao.history import History
from nianbao.trend.series import count, form_breaks, source


def outcomes(history: History) -> Chart | Fragment:
    """Draw the outcomes of requests by group (件), on one scale, with the change of forms marked.

    A group's figure is the sum of its rows, and unknown where one of them is. A sentence where
    there is one year alone, and where nothing was handled.
    """
    reports = history.reports
    codes = {year: outcome_codes(report.form) for year, report in reports.items()}
    names = dict.fromkeys(name for found in codes.values() for name in found)
    panels = [
        Panel(name, {y: count(r, codes[y][name]) for y, r in reports.items() if name in codes[y]})
        for name in names
    ]
    summed = [n for n in names if any(len(found.get(n, ())) > 1 for found in codes.values())]
    return multiples(
        "trend-outcomes",
        panels,
        list(reports),
        subtitle=f"办理结果，单位：件；{'、'.join(summed)}各为所列各项之和" if summed else "",
        source=source(history, "t3", "表三“总计”列"),
        break_before=next(iter(form_breaks(history, "t3")), None),
    )


def outcome_codes(form: Form, column: str = "total") -> dict[str, tuple[str, ...]]:
    """Return the cells of each group of outcomes in a column of 表三, in the form's order.

    The single row 其他处理 of 2019 and the three rows of 2021 are one group: a joined series of
    ``forms/bridge.yaml``.
    """
    groups: dict[str, tuple[str, ...]] = {}
    for spec in form.cells.values():
        inside = spec.table == "t3" and len(spec.row) > 1 and spec.row[-1].id != "total"
        if inside and spec.column[-1].id == column:
            name = spec.row[1].short
            groups[name] = (*groups.get(name, ()), spec.code)
    return groups
