"""Comparing agencies fairly: rates with denominators and intervals, small numbers set apart."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.charts.chart import Chart, chart, sentence
from nianbao.charts.comparison import LEAST, Comparison, Entry, Rate, compare, percent
from nianbao.charts.dotplot import MOST_FEW, draw_dots
from nianbao.charts.funnel import Funnel, draw_funnel, funnel
from nianbao.charts.rating import Measure, finding, left_out, rate_data, told
from nianbao.charts.words import count, quoted
from nianbao.fragments import Fragment

__all__ = ["Entry", "Measure", "rates"]

_ROWS = (
    "点为比率，横线为95%区间，竖线为总体；区间不含总体的标明偏高、偏低。"
    "即使各机关没有差别，平均每20个中也有1个如此"
)
_FUNNEL = (
    "每点一个机关；没有差别时，每20个中约有1个在95%控制限外，每500个中约有1个在99.8%控制限外；"
    "深色大点在99.8%控制限外，有位置的写出名称，其余见图中数据"
)


def rates(
    id: str,
    entries: Sequence[Entry],
    measure: Measure,
    *,
    subtitle: str,
    source: str,
    title: str | None = None,
    alt: str | None = None,
    overall_words: str = "总体",
) -> Chart | Fragment:
    """Compare agencies by a rate, as far as their figures allow.

    Up to 40 agencies with 30 cases or more stand in rows with 95 % intervals, more of them in a
    funnel plot. Those with fewer are grey, in a group of their own, in the order given.

    Parameters
    ----------
    id : str
        Name of the chart in its page.
    entries : sequence of Entry
        All agencies, in the register's order.
    measure : Measure
        Words for the rate, its numerator and its denominator.
    subtitle, source : str
        Measure, unit and year; where the figures stand. How to read the picture is added.
    title, alt : str, optional
        The finding and the alternative text; computed from the figures where not given.
    overall_words : str
        What all agencies together are called, four characters at most.

    Returns
    -------
    Chart or Fragment
        A sentence where fewer than two agencies have a rate, and where all are 0 or all 100 %.
    """
    comparison = compare(entries)
    notes = left_out(comparison, measure)
    if len(comparison.rates) < 2:
        return sentence("；".join([_single(comparison, measure), *notes]) + "。")
    if comparison.overall.part in (0, comparison.overall.whole):
        return sentence("；".join([_alike(comparison, measure), *notes]) + "。")
    title = title or finding(comparison, measure)
    kind = "漏斗图" if comparison.as_funnel else "点图"
    plot = funnel(comparison) if comparison.as_funnel else None
    notes = [_FUNNEL if plot else _ROWS, *_undrawn(comparison, plot), *notes]
    return chart(
        id,
        lambda width: (
            draw_funnel(width, plot, measure.name, measure.whole, overall_words)
            if plot
            else draw_dots(width, comparison, overall_words)
        ),
        title=title,
        subtitle=subtitle,
        source=f"{source}。{'；'.join(notes)}。",
        alt=alt or f"{kind}：{title}。{told(comparison, overall_words)}。",
        data=rate_data(entries, comparison, measure, overall_words),
    )


def _single(comparison: Comparison, measure: Measure) -> str:
    if not comparison.rates:
        return f"没有可以计算{measure.name}的机关"
    (rate,) = comparison.rates
    counts = f"{measure.whole}{count(rate.whole)}，{measure.part}{count(rate.part)}"
    text = f"只有{quoted(rate.name)}可以计算{measure.name}：{counts}"
    return text + _detail(rate)


def _alike(comparison: Comparison, measure: Measure) -> str:
    """Say that all rates are nought or all are whole."""
    overall = comparison.overall
    whose = f"{len(comparison.rates)}个机关{measure.whole}共{count(overall.whole)}"
    return (
        f"{whose}，{measure.part}{count(0)}" if not overall.part else f"{whose}，全部{measure.part}"
    )


def _detail(rate: Rate) -> str:
    if rate.whole < LEAST:
        return f"（不足{LEAST}件，仅供参考）"
    lower, upper = (percent(bound) for bound in rate.interval)
    return f"，占{percent(rate.value)}（95%区间{lower}至{upper}）"


def _undrawn(comparison: Comparison, plot: Funnel | None) -> list[str]:
    """Say which agencies with few cases the picture leaves to the table."""
    few = len(comparison.few)
    if plot is not None:
        return [f"{plot.beyond}个不足{LEAST}件的机关高于图示范围，没有画出"] if plot.beyond else []
    if few > MOST_FEW:
        return [f"另有{few}个机关不足{LEAST}件，比率仅供参考，没有画出，见图中数据"]
    return []
