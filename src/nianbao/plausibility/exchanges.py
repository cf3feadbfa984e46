"""Columns or outcomes exchanged as a whole: no rule of one year sees it, last year may (Y-10)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from nianbao.judgement import Judgement
from nianbao.plausibility.pairs import pair
from nianbao.plausibility.requests import Number, Requests
from nianbao.plausibility.wording import column_name, row_name
from nianbao.report import Report

_ALONE: Final = 5
"""So many carried over beside none tell two columns apart."""
_LEAST: Final = 20
_NEAR: Final = 3
"""Within so many tenths of the other's figure."""
_FAR: Final = 5
"""And as many times off from its own."""
_CARRIED: Final = ("本年报告的上年结转", "上一年度报告的结转下年度")
_NEW: Final = ("本年新收", "上一年度新收")
_ADVICE: Final = "请核对两年中是否有一年把这两{}填反（整{}，或其中几格）；属实的无须更正"

Two = tuple[Number, Number]
"""This year's figure and last year's."""


def exchanges(report: Report, previous: Report | None) -> Iterator[Judgement]:
    """Name the pairs that fit last year's report only the other way round."""
    if previous is None:
        return
    requests = Requests.of(report)
    found = [*_columns(report, previous, requests), *_rows(report, previous, requests)]
    if not found and pair(report, previous, "t3.new.total"):
        told = "上一年度的数字没有显示整行或整列填反"
        place = report.form.table("t3").name
        found = [Judgement("Y-10", "", "passed", (), None, None, place, told)]
    yield from found


def _columns(report: Report, previous: Report, requests: Requests) -> Iterator[Judgement]:
    """Compare applicants by what was carried over, else by what is new."""
    for one, other in combinations(requests.applicants, 2):
        carried = [_carried(report, previous, column) for column in (one, other)]
        if carried[0] is None or carried[1] is None:
            continue
        first, second = carried[0], carried[1]
        row = "new"
        if any((*first, *second)):
            row = "carried_in"
            failed = _crossed(first, second)
        else:
            news = [pair(report, previous, f"t3.new.{column}") for column in (one, other)]
            if news[0] is None or news[1] is None:
                continue
            first, second = news[0], news[1]
            failed = _profile(first, second)
        if failed:
            names = (column_name(report.form, one), column_name(report.form, other))
            yield _column(report, (one, other), names, row, first, second)


def _carried(report: Report, previous: Report, column: str) -> Two | None:
    """Return what was carried in from last year, and what last year carried out."""
    code = f"t3.carried_in.{column}"
    came, went = report.known(code), previous.known(f"t3.carried_out.{column}")
    return None if came is None or went is None else (came, went)


def _crossed(first: Two, second: Two) -> bool:
    """Whether two columns took over each other's requests and not their own."""
    if first[0] != second[1] or second[0] != first[1] or first[0] == second[0]:
        return False
    small, large = sorted((first[0], second[0]))
    return small > 0 or large >= _ALONE


def _profile(first: Two, second: Two) -> bool:
    """Whether each figure is near the other's of last year, and far from its own."""
    if min(*first, *second) < _LEAST:
        return False
    near = _near(first[0], second[1]) and _near(second[0], first[1])
    return near and _far(*first) and _far(*second)


def _near(now: Number, then: Number) -> bool:
    return (max(now, then) - min(now, then)) * 10 <= then * _NEAR


def _far(now: Number, then: Number) -> bool:
    return max(now, then) >= min(now, then) * _FAR


def _column(
    report: Report, columns: tuple[str, str], names: tuple[str, str], row: str, a: Two, b: Two
) -> Judgement:
    carried = row == "carried_in"
    now, then = _CARRIED if carried else _NEW
    return Judgement(
        rule="Y-10",
        scope=f"{columns[0]}-{columns[1]}",
        status="failed",
        cells=tuple(f"t3.{row}.{column}" for column in columns),
        left=a[0],
        right=a[1],
        place=f"{report.form.table('t3').name}“{names[0]}”列与“{names[1]}”列",
        found=f"{now}为{a[0]}件和{b[0]}件，{then}为{a[1]}件和{b[1]}件，"
        f"对调后{'正好一致' if carried else '才相近'}",
        advice=_ADVICE.format("列", "列"),
    )


def _rows(report: Report, previous: Report, requests: Requests) -> Iterator[Judgement]:
    """Compare outcomes by their totals."""
    totals = {
        row: both
        for row in requests.outcomes
        if (both := pair(report, previous, f"t3.{row}.total")) and min(both) >= _LEAST
    }
    for one, other in combinations(totals, 2):
        a, b = totals[one], totals[other]
        if _profile(a, b):
            yield Judgement(
                rule="Y-10",
                scope=f"{one}-{other}",
                status="failed",
                cells=(f"t3.{one}.total", f"t3.{other}.total"),
                left=a[0],
                right=a[1],
                place=f"{report.form.table('t3').name}“{row_name(report.form, one)}”行"
                f"与“{row_name(report.form, other)}”行",
                found=f"本年总计为{a[0]}件和{b[0]}件，上一年度为{a[1]}件和{b[1]}件，对调后才相近",
                advice=_ADVICE.format("行", "行"),
            )
