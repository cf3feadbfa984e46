"""The chart of publications: what the website published by column, as the prose tells it."""

from __future__ import annotations

from nianbao.charts.chart import Chart, chart
from nianbao.charts.ranking import draw_ranking, enumeration, ranking_data
from nianbao.charts.terms import Term, ranked
from nianbao.charts.words import count, leader
from nianbao.fragments import Fragment
from nianbao.narrative import Partition, partitions
from nianbao.report import Report


def publications(report: Report) -> Chart | Fragment:
    """Draw the first whole of section 一 that its parts add up to exactly, as sorted bars.

    One with three parts or more is preferred. An empty fragment where there is none, and where
    all of the whole is in one part.
    """
    section = report.section(1)
    found = _partition([p.text for p in section.paragraphs]) if section else None
    if found is None:
        return Fragment("")
    terms = [Term(part.label or "未写明", "", part.value) for part in found.parts]
    drawn, unit = ranked(terms), found.unit
    if len(drawn) < 2:
        return Fragment("")
    largest = leader([(term.name, term.figure) for term in drawn], unit)
    title = f"{found.label}共{count(found.whole, unit)}，{largest}"
    heading = next(spec.title for spec in report.form.sections if spec.number == 1)
    added = "+".join(f"{term.figure:,}" for term in terms)
    return chart(
        "publications",
        lambda width: draw_ranking(width, terms, unit),
        title=title,
        subtitle=f"{found.label or '总数及其构成'}，单位：{unit}，{report.year}年度",
        source=f"来源：本报告第一部分“{heading}”；已核对：{found.whole:,}={added}",
        alt=f"条形图：{title}。{enumeration(terms, unit)}。",
        data=ranking_data("类别", terms, unit),
    )


def _partition(texts: list[str]) -> Partition | None:
    complete = [p for text in texts for p in partitions(text) if p.complete and p.whole > 0]
    long = [partition for partition in complete if len(partition.parts) >= 3]
    return next(iter([*long, *complete]), None)
