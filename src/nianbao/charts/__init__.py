"""Charts: a picture with its data, or a sentence that says it; here those of one report."""

from nianbao.charts.applicants import applicants
from nianbao.charts.balance import balance
from nianbao.charts.chart import Chart
from nianbao.charts.decisions import decisions
from nianbao.charts.disputes import disputes
from nianbao.charts.outcomes import outcomes
from nianbao.charts.publications import publications

__all__ = [
    "Chart",
    "applicants",
    "balance",
    "decisions",
    "disputes",
    "outcomes",
    "publications",
]
