"""The parts of a page that are no prose as blocks: the year in figures, and the charts."""

from __future__ import annotations

from nianbao import summary
from nianbao.charts import Chart
from nianbao.charts.ranking import MOST_BARS
from nianbao.pdf.blocks import Block
from nianbao.report import Report


def sentence(text: str) -> Block:
    """Return a paragraph of one sentence."""
    return {"kind": "paragraph", "style": "sentence", "runs": [{"text": text}]}


def figures(report: Report) -> list[Block]:
    """Return the year in one sentence and in tiles."""
    tiles = [
        {
            "label": tile.label,
            "number": tile.shown,
            "unit": tile.unit,
            "line": tile.line,
            "inferred": tile.inferred,
        }
        for tile in summary.tiles(report)
    ]
    return [sentence(summary.year_in_figures(report).text), {"kind": "tiles", "tiles": tiles}]


def picture(chart: Chart) -> Block:
    """Return a chart as drawn for a wide page, with all that says what it shows."""
    return {
        "kind": "chart",
        "title": chart.title,
        "subtitle": chart.subtitle,
        "source": chart.source,
        "alt": chart.alt,
        "svg": chart.wide.svg,
        "width": chart.wide.width,
        "height": chart.wide.height,
        "data": _data(chart),
    }


def _data(chart: Chart) -> str:
    """Tell the figures behind a chart that has more of them than it draws, without zeros."""
    rows = [row for row in chart.data.rows if row[1] != "0"]
    if len(rows) <= MOST_BARS + 1:  # one of them is the sum
        return ""
    told = "；".join("，".join(row) for row in rows)
    return f"图中数据（{'，'.join(chart.data.headers)}）：{told}。"
