"""Rows and columns of 表三 that repeat one another (P-4, P-5, P-6)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from nianbao.judgement import Judgement
from nianbao.plausibility.requests import Number, Requests, known
from nianbao.plausibility.wording import column_name, row_name
from nianbao.report import Report

_CELLS: Final = 3
_REQUESTS: Final = 10
_BESIDE: Final = 5
"""So many beside the largest figure of a row: rows with less are alike by chance."""
_ADVICE: Final = "请核对是否重复填写或复制后未改"


def copies(report: Report) -> Iterator[Judgement]:
    """Look for columns, rows and a 总计 that are copies of others."""
    requests = Requests.of(report)
    yield from _columns(report, requests)
    yield from _total(report, requests)
    yield from _rows(report, requests)


def _columns(report: Report, requests: Requests) -> Iterator[Judgement]:
    """Compare the applicants with each other, where they made some requests."""
    columns = {}
    for column in requests.applicants:
        figures = known(requests.column(column))
        if figures and sum(map(bool, figures)) >= _CELLS:
            handled = requests.figure("total", column)
            columns[column] = (figures, handled or 0)
    alike = [
        (one, other)
        for one, other in combinations(columns, 2)
        if columns[one][0] == columns[other][0] and columns[one][1] >= _REQUESTS
    ]
    table = report.form.table("t3").name
    if len(columns) > 1 and not alike:
        found = f"有数字的{len(columns)}列申请人互不相同"
        yield Judgement("P-4", "", "passed", (), None, None, table, found)
    for one, other in alike:
        names = [column_name(report.form, column) for column in (one, other)]
        handled = columns[one][1]
        yield Judgement(
            rule="P-4",
            scope=f"{one}-{other}",
            status="failed",
            cells=_in_form(report, [f"t3.{r}.{c}" for r in requests.rows for c in (one, other)]),
            left=handled,
            right=handled,
            place=f"{table}“{names[0]}”列与“{names[1]}”列",
            found=f"两列各行的数字完全相同，办理总计都是{handled}件",
            advice=_ADVICE,
        )


def _total(report: Report, requests: Requests) -> Iterator[Judgement]:
    """Look for a 总计 that only repeats 自然人 beside other applicants' requests.

    Others count where their own column balances: a single stray figure is no applicant.
    """
    first, *others = requests.applicants
    own, total = known(requests.column(first)), known(requests.column("total"))
    made = {column: _intake(requests, column) for column in others}
    others = [column for column in others if made[column]]
    if own is None or total is None or not any(own) or not others:
        return
    failed = own == total
    names = "、".join(f"“{column_name(report.form, c)}”{made[c]}件" for c in others)
    yield Judgement(
        rule="P-5",
        scope="",
        status="failed" if failed else "passed",
        cells=_in_form(report, [f"t3.{r}.{c}" for r in requests.rows for c in (first, "total")]),
        left=requests.figure("new", "total"),
        right=requests.figure("new", first),
        place=f"{report.form.table('t3').name}“总计”列",
        found=f"各行“总计”都与“自然人”相同，而另有{names}（新收与上年结转之和）"
        if failed
        else f"“总计”不同于“自然人”，另有{names}（新收与上年结转之和）",
        advice="请核对“总计”是否漏加法人或其他组织各列" if failed else "",
    )


def _intake(requests: Requests, column: str) -> Number:
    """Return what came in from an applicant; 0 where it is not known or does not balance."""
    rows = ("new", "carried_in", "total", "carried_out")
    figures = known([requests.figure(row, column) for row in rows])
    if figures is None:
        return 0
    new, carried, handled, left = figures
    return new + carried if new + carried == handled + left else 0


def _rows(report: Report, requests: Requests) -> Iterator[Judgement]:
    """Compare outcomes with each other, where their figures could hardly agree by chance."""
    rows = {}
    for row in requests.outcomes:
        figures = known(requests.row(row))
        if figures and _telling([figure for figure in figures if figure]):
            rows[row] = figures
    alike = [(one, other) for one, other in combinations(rows, 2) if rows[one] == rows[other]]
    table = report.form.table("t3").name
    if len(rows) > 1 and not alike:
        found = f"可比较的{len(rows)}行办理结果互不相同"
        yield Judgement("P-6", "", "passed", (), None, None, table, found)
    for one, other in alike:
        names = [row_name(report.form, row) for row in (one, other)]
        shown = "、".join(str(figure) for figure in rows[one])
        columns = (*requests.applicants, "total")
        yield Judgement(
            rule="P-6",
            scope=f"{one}-{other}",
            status="failed",
            cells=_in_form(report, [f"t3.{r}.{c}" for r in (one, other) for c in columns]),
            left=sum(rows[one], start=0),
            right=sum(rows[other], start=0),
            place=f"{table}“{names[0]}”行与“{names[1]}”行",
            found=f"两行各列申请人的数字完全相同（{shown}）",
            advice=_ADVICE,
        )


def _telling(figures: list[Number]) -> bool:
    """Whether a row's figures, without zeros, are several, not all one, and not small."""
    return len(set(figures)) > 1 and sum(figures, start=0) - max(figures) >= _BESIDE


def _in_form(report: Report, codes: list[str]) -> tuple[str, ...]:
    named = set(codes)
    return tuple(code for code in report.form.cells if code in named)
