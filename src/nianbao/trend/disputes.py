"""Reviews and lawsuits through the years: how many, how many corrected, how many open."""

from __future__ import annotations

from typing import Final

from nianbao.charts.chart import Chart
from nianbao.charts.multiples import Panel, multiples
from nianbao.fragments import Fragment
from nianbao.history import History
from nianbao.trend.series import count, source

_KINDS: Final = {"行政复议": ("review",), "行政诉讼": ("direct", "after")}
_RESULTS: Final = {"total": "总计", "corrected": "结果纠正", "pending": "尚未审结"}


def disputes(history: History) -> Chart | Fragment:
    """Draw reviews and lawsuits (件): their totals, of these the corrected and the open ones.

    Lawsuits are those brought directly and those after a review, added up.
    """
    panels = [
        Panel(
            f"{kind}{word}",
            {
                year: count(report, [f"t4.{block}.{result}" for block in blocks])
                for year, report in history.reports.items()
            },
        )
        for kind, blocks in _KINDS.items()
        for result, word in _RESULTS.items()
    ]
    return multiples(
        "trend-disputes",
        panels,
        list(history.reports),
        subtitle="行政复议和行政诉讼，单位：件；行政诉讼为未经复议直接起诉与复议后起诉之和",
        source=source(history, "t4", "表四"),
    )
