"""The chart of disputes: reviews and lawsuits by result."""

from __future__ import annotations

from nianbao.charts.bars import Bar, draw_bars
from nianbao.charts.canvas import Drawing
from nianbao.charts.chart import Chart, Data, chart, sentence
from nianbao.charts.ranking import mismatch
from nianbao.charts.terms import Term, dispute_terms, is_known, ranked, total, unknown
from nianbao.charts.words import FEW, count
from nianbao.fragments import Fragment
from nianbao.report import Report


def disputes(report: Report) -> Chart | Fragment:
    """Draw reviews and both kinds of lawsuits (件), each by result, on one scale.

    Corrected cases are marked: they are what a reader looks for. A sentence where a figure is
    not known, and up to three cases in all.
    """
    table = report.form.table("t4").name
    terms = dispute_terms(report)
    if not is_known(terms):
        return sentence(unknown(table, terms, "复议和诉讼的结果无法画出"))
    groups = _groups(terms)
    differs = _mismatches(report, groups)
    if total(terms) <= FEW:
        return sentence(f"本年{_told(groups)}{differs}。")
    title = f"{_counted(groups)}；{_corrected(report, terms)}"
    return chart(
        "disputes",
        lambda width: _draw(width, groups, _corrected_label(report)),
        title=title,
        subtitle=f"行政复议、行政诉讼按结果分，单位：件，{report.year}年度{differs}",
        source=f"来源：本报告{table}",
        alt=f"条形图：{title}。{_told(groups)}{differs}。",
        data=Data(
            ("程序和结果", "数量（件）"),
            tuple((term.name, f"{term.figure:,}") for term in terms),
        ),
    )


def _groups(terms: list[Term]) -> dict[str, list[Term]]:
    groups: dict[str, list[Term]] = {}
    for term in terms:
        groups.setdefault(term.group, []).append(term)
    return groups


def _told(groups: dict[str, list[Term]]) -> str:
    """Tell every procedure that had cases with its results, then those that had none."""
    told = [
        f"{name}{count(total(members))}，{_results(members)}"
        for name, members in groups.items()
        if total(members)
    ]
    none = [name for name, members in groups.items() if not total(members)]
    if len(none) == len(groups):
        return "没有因政府信息公开被申请行政复议、提起行政诉讼"
    return "；".join([*told, *([f"没有{'、'.join(_merged(none, groups))}"] if none else [])])


def _merged(names: list[str], groups: dict[str, list[Term]]) -> list[str]:
    """Name a head once (行政诉讼) where none of the procedures below it had cases."""
    merged: dict[str, None] = {}
    for name in names:
        head = name.split("·")[0]
        below = [other for other in groups if other.split("·")[0] == head]
        merged[head if all(other in names for other in below) else name] = None
    return list(merged)


def _results(members: list[Term]) -> str:
    drawn = ranked(members)
    if len(drawn) == 1:
        return drawn[0].label if drawn[0].figure == 1 else f"均为{drawn[0].label}"
    return "、".join(f"{term.label}{count(term.figure)}" for term in drawn)


def _counted(groups: dict[str, list[Term]]) -> str:
    heads: dict[str, int] = {}
    for name, members in groups.items():
        head = name.split("·")[0]
        heads[head] = heads.get(head, 0) + int(total(members))
    return "、".join(
        f"{head}{count(number)}" if number else f"没有{head}" for head, number in heads.items()
    )


def _corrected_label(report: Report) -> str:
    return report.form.cells["t4.review.corrected"].column[-1].short


def _corrected(report: Report, terms: list[Term]) -> str:
    pending = report.form.cells["t4.review.pending"].column[-1].short
    concluded = sum(term.figure for term in terms if term.label != pending)
    corrected = sum(term.figure for term in terms if term.label == _corrected_label(report))
    if not concluded:
        return "均尚未审结"
    if not corrected:
        return f"已审结的{count(concluded)}中没有被纠正的"
    if corrected == concluded:
        return f"已审结的{count(concluded)}全部被纠正"
    return f"已审结的{count(concluded)}中{count(corrected)}被纠正"


def _mismatches(report: Report, groups: dict[str, list[Term]]) -> str:
    texts = [
        f"{stated.group}{differs}"
        for stated in dispute_terms(report, totals=True)
        if (differs := mismatch(stated.value, groups[stated.group], "总计"))
    ]
    return f"（{'；'.join(texts)}）" if texts else ""


def _draw(width: int, groups: dict[str, list[Term]], marked: str) -> Drawing:
    bars: list[Bar] = []
    for name, members in groups.items():
        if not total(members):
            continue
        bars.append(Bar(f"{name}，共{count(total(members))}"))
        bars += [
            Bar(term.label, term.figure, count(term.figure), strong=term.label == marked)
            for term in ranked(members)
        ]
    none = [name for name, members in groups.items() if not total(members)]
    return draw_bars(width, bars, f"没有{'、'.join(_merged(none, groups))}" if none else "")
