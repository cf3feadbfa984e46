"""The chart of applicants: who asked, by kind."""

from __future__ import annotations

from nianbao.charts.chart import Chart, chart, sentence
from nianbao.charts.ranking import draw_ranking, enumeration, mismatch, ranking_data
from nianbao.charts.terms import applicant_terms, is_known, ranked, request_term, total, unknown
from nianbao.charts.words import FEW, count, leader
from nianbao.fragments import Fragment
from nianbao.report import Report


def applicants(report: Report) -> Chart | Fragment:
    """Draw the new requests (件) by kind of applicant as sorted bars.

    A sentence where a figure is not known, where there are no new requests, where all come
    from one kind, and up to three requests.
    """
    table = report.form.table("t3").name
    terms = applicant_terms(report)
    if not is_known(terms):
        return sentence(unknown(f"{table}本年新收", terms, "申请人的构成无法画出"))
    new = request_term(report, "new")
    differs = mismatch(new.value, terms, "总计")
    ending = f"（{differs}）" if differs else ""
    drawn, whole = ranked(terms), total(terms)
    if not drawn:
        return sentence(f"本年没有新收申请{ending}。")
    if len(drawn) == 1:
        every = "全部" if whole > 1 else ""
        return sentence(f"{count(whole)}新收申请{every}来自{drawn[0].name}{ending}。")
    if whole <= FEW:
        return sentence(f"本年新收申请{count(whole)}：{enumeration(terms)}{ending}。")
    title = f"{count(whole)}新收申请中{leader([(t.name, t.figure) for t in drawn])}"
    return chart(
        "applicants",
        lambda width: draw_ranking(width, terms),
        title=title,
        subtitle=f"本年新收申请，按申请人分，单位：件，{report.year}年度{ending}",
        source=f"来源：本报告{table}“{new.label}”行",
        alt=f"条形图：{title}。{enumeration(terms)}{ending}。",
        data=ranking_data("申请人", terms),
    )
