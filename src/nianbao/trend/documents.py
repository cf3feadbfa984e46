"""Normative documents and regulations as a stock: in force a year ago, issued, repealed, in force.

The form of 2019 counts public documents instead, which is another series and is never joined.
"""

from __future__ import annotations

from markupsafe import escape

from nianbao.charts.chart import Chart, sentence
from nianbao.charts.flows import Earlier, Period, Terms, flows
from nianbao.charts.periods import differences
from nianbao.forms import load_form
from nianbao.fragments import Fragment
from nianbao.history import History
from nianbao.trend.presence import span, spans
from nianbao.trend.requests import mismatch
from nianbao.trend.series import count, reason, source, together

_TERMS = Terms("上年末现行有效", "本年制发", "本年废止", "年末现行有效")


def documents(history: History) -> Fragment:
    """Draw the stock of normative documents year by year (件), and of regulations if there are any.

    What was in force a year before is taken from the report of that year; without one it is
    not known.
    """
    others = _others(history, "normative_docs")
    pieces = [*_stock(history, "normative_docs"), *([_note(others)] if others else [])]
    if _any(history, "regulations"):
        pieces.append(_section("规章", together(_stock(history, "regulations"))))
    return together(pieces)


def _section(title: str, inside: Fragment) -> Fragment:
    head = f'<section aria-labelledby="regulations-title"><h3 id="regulations-title">{title}</h3>'
    return Fragment(f"{head}\n{inside.html}\n</section>", inside.text)


def _any(history: History, item: str) -> bool:
    """Whether any report shows a figure above zero."""
    return any(
        (report.known(code) or 0) > 0
        for report in history.reports.values()
        for code in report.cells
        if code.startswith(f"t2.{item}.")
    )


def _stock(history: History, item: str) -> list[Chart | Fragment]:
    periods = _periods(history, item)
    others = _others(history, item)
    if not periods:
        return [_public(others)]
    first = periods[0].year
    name = load_form("2021").cells[f"t2.{item}.in_force"].row[-1].label
    shown = flows(
        "documents" if item == "normative_docs" else item,
        periods,
        _TERMS,
        subtitle=f"{name}，单位：件，{span(min(history.reports), max(history.reports))}",
        source=source(history, "t2", f"表二“{name}”行；上年末为上一年度报告的现行有效件数"),
        title=mismatch(differences(periods, _TERMS)),
        absent="没有同口径的数字，前后不相接",
        before=[each for each in others if each.year < first],
    )
    late = [each for each in others if each.year > first or isinstance(shown, Fragment)]
    return [shown, *([_public(late)] if late else [])]


def _periods(history: History, item: str) -> list[Period]:
    """Return the years whose form counts what is in force."""
    closing = {
        year: count(report, [f"t2.{item}.in_force"])
        for year, report in history.reports.items()
        if f"t2.{item}.in_force" in report.form.cells
    }
    return [
        Period(
            year,
            closing.get(year - 1),
            count(history.reports[year], [f"t2.{item}.issued"]),
            count(history.reports[year], [f"t2.{item}.repealed"]),
            closing[year],
        )
        for year in closing
    ]


def _others(history: History, item: str) -> list[Earlier]:
    """Return what the form of 2019 counts instead: documents that are public."""
    code = f"t2.{item}.public_total"
    return [
        Earlier(year, count(report, [code]), report.form.cells[code].column[-1].label)
        for year, report in history.reports.items()
        if code in report.form.cells
    ]


def _note(others: list[Earlier]) -> Fragment:
    """Say why the older series is not joined, in the words of the bridge table."""
    text = f"{spans(each.year for each in others)}：{reason('t2.normative_docs.public_total')}"
    return Fragment(f'<p class="form-note">{escape(text)}</p>', text)


def _public(others: list[Earlier]) -> Fragment:
    """Tell the figures of the older series that are not drawn."""
    if not others:
        return sentence("没有可用的年报，各年的件数无法画出。")
    told = "、".join(
        f"{each.year}年{'未知' if each.value is None else f'{each.value:,}件'}" for each in others
    )
    return sentence(f"{others[0].label}：{told}。")
