"""The chart of decisions: licences, penalties and coercive measures, which differ in size."""

from __future__ import annotations

from nianbao.charts.bars import Bar, draw_bars
from nianbao.charts.canvas import Drawing
from nianbao.charts.chart import Chart, Data, chart, sentence
from nianbao.charts.ranking import enumeration
from nianbao.charts.terms import Term, decision_terms, is_known, ranked, total, unknown
from nianbao.charts.words import FEW, count
from nianbao.fragments import Fragment
from nianbao.report import Report


def decisions(report: Report) -> Chart | Fragment:
    """Draw the administrative decisions (件) on one linear scale, with what they are to another.

    The sizes may differ by a factor of hundreds. A logarithmic axis would draw a bar of a
    250th as two thirds of the largest; a broken axis or a scale for each bar would lie as well;
    areas are read too small. So the bars keep their true lengths from zero, the smallest being
    a hairline (never under 1 px): that it is so small is the message. What the eye cannot read
    off a hairline stands beside it: its number.
    """
    table = report.form.table("t2").name
    terms = decision_terms(report)
    if not is_known(terms):
        known = [t for t in terms if t.value is not None]
        told = "".join(f"{t.label}{count(t.figure)}；" for t in known)
        return sentence(told + unknown(table, terms, "各类决定的多少无法对照"))
    drawn = ranked(terms)
    none = "、".join(t.label for t in terms if not t.figure)
    if not drawn:
        return sentence(f"本年没有{none}的处理决定。")
    if len(drawn) == 1 or total(terms) <= FEW:
        ending = f"，没有{none}的处理决定" if none else ""
        return sentence(f"本年处理决定：{enumeration(terms)}{ending}。")
    title = _title(drawn)
    return chart(
        "decisions",
        lambda width: _draw(width, drawn, f"{none}为0" if none else ""),
        title=title,
        subtitle=f"本年处理决定数量，单位：件，{report.year}年度",
        source=f"来源：本报告{table}",
        alt=f"条形图：{title}。{enumeration(terms)}。",
        data=Data(("类别", "数量（件）"), tuple((t.label, f"{t.figure:,}") for t in terms)),
    )


def _title(drawn: list[Term]) -> str:
    first = drawn[0]
    if first.figure == drawn[-1].figure:
        return f"{'、'.join(t.label for t in drawn)}一样多，各{count(first.figure)}"
    largest = [t.label for t in drawn if t.figure == first.figure]
    each = "各" if len(largest) > 1 else ""
    others = "、".join(f"{t.label}{count(t.figure)}" for t in drawn if t.figure < first.figure)
    return f"{'和'.join(largest)}最多，{each}{count(first.figure)}；{others}"


def _draw(width: int, drawn: list[Term], foot: str) -> Drawing:
    largest = drawn[0].figure
    bars = [Bar(t.label, t.figure, count(t.figure), strong=t.figure == largest) for t in drawn]
    return draw_bars(width, bars, foot)
