"""The chart of outcomes: what became of the requests, most frequent first."""

from __future__ import annotations

from nianbao.charts.chart import Chart, chart, sentence
from nianbao.charts.ranking import draw_ranking, enumeration, mismatch, ranking_data
from nianbao.charts.terms import (
    is_known,
    outcome_terms,
    ranked,
    request_term,
    total,
    total_source,
    unknown,
)
from nianbao.charts.words import FEW, count, leader, quoted
from nianbao.fragments import Fragment
from nianbao.report import Report


def outcomes(report: Report) -> Chart | Fragment:
    """Draw the outcomes of requests (件) as sorted bars, shares from 30 cases on.

    A sentence where a figure is not known, where nothing was concluded, where all cases ended
    alike, and up to three cases.
    """
    table = report.form.table("t3").name
    terms = outcome_terms(report)
    if not is_known(terms):
        return sentence(unknown(table, terms, "办理结果的构成无法画出"))
    stated = request_term(report, "total")
    differs = mismatch(stated.value, terms, stated.label)
    ending = f"（{differs}）" if differs else ""
    drawn, whole = ranked(terms), total(terms)
    if not drawn:
        return sentence(f"本年没有办理完毕的申请{ending}。")
    if len(drawn) == 1:
        every = "全部" if whole > 1 else ""
        return sentence(f"{count(whole)}办理结果{every}是{quoted(drawn[0].name)}{ending}。")
    if whole <= FEW:
        return sentence(f"本年办理结果共{count(whole)}：{enumeration(terms)}{ending}。")
    title = f"{count(whole)}办理结果中{leader([(t.name, t.figure) for t in drawn])}"
    return chart(
        "outcomes",
        lambda width: draw_ranking(width, terms),
        title=title,
        subtitle=f"申请的办理结果，单位：件，{report.year}年度{ending}",
        source=total_source(report),
        alt=f"条形图：{title}。{enumeration(terms)}{ending}。",
        data=ranking_data("办理结果", terms),
    )
