"""Whole tables that repeat last year's, figure by figure (Y-6)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from nianbao.judgement import Judgement
from nianbao.plausibility.requests import Requests
from nianbao.report import Report

Number = int | Decimal

_STANDING: Final = ("in_force", "public_total", "prev_items", "change")
"""Fields of 表二 that stay as they are where nothing happens."""


def repeats(report: Report, previous: Report | None) -> Iterator[Judgement]:
    """Compare each table with last year's; small tables agree by chance and are let alone."""
    if previous is None:
        return
    for table in report.form.tables:
        codes = [code for code, spec in report.form.cells.items() if spec.table == table.id]
        same_form = table.form == previous.form.table(table.id).form
        if not same_form or any(code not in previous.cells for code in codes):
            continue
        now = {code: report.known(code) for code in codes}
        then = {code: previous.known(code) for code in codes}
        yield from _judged(report, table.id, now, then)


def _judged(
    report: Report,
    table: str,
    now: dict[str, Number | None],
    then: dict[str, Number | None],
) -> Iterator[Judgement]:
    place = report.form.table(table).name
    both = [(now[code], then[code]) for code in now]
    if any(a is not None and b is not None and a != b for a, b in both):
        found = "与上一年度的同一张表不完全相同"
        yield Judgement("Y-6", table, "passed", (), None, None, place, found)
        return
    if any(a is None or b is None for a, b in both):
        return
    severity = _weight(report, table, {code: figure or 0 for code, figure in now.items()})
    if not severity:
        return
    filled = [code for code in now if now[code]]
    yield Judgement(
        rule="Y-6",
        scope=table,
        status="failed",
        cells=tuple(filled),
        left=None,
        right=None,
        place=place,
        found=f"{len(now)}格与上一年度的同一张表逐格相同，其中不为0的有{len(filled)}格",
        advice="请核对是否照抄上一年度的数字",
        severity="hint" if severity == "hint" else "",
    )


def _weight(report: Report, table: str, figures: dict[str, Number]) -> str:
    """Return how much it says that all figures came again: ``warning``, ``hint`` or nothing."""
    if table == "t2":
        moving = [n for code, n in figures.items() if code.rsplit(".", 1)[1] not in _STANDING and n]
        if len({n for n in figures.values() if n}) < 3 or len(moving) < 2:
            return ""
        return "warning" if max(moving) >= 10 else "hint"
    if table == "t3":
        requests = Requests.of(report)
        kinds = sum(bool(requests.figure(row)) for row in requests.outcomes)
        return _by_count(requests.figure("total") or 0, kinds, 10, 2)
    kinds = sum(bool(n) for code, n in figures.items() if not code.endswith(".total"))
    count = sum(n for code, n in figures.items() if code.endswith(".total"))
    return _by_count(count, kinds, 20, 3)


def _by_count(count: Number, kinds: int, many: int, several: int) -> str:
    """Weigh requests or cases and how many kinds there are: a few of one kind say nothing."""
    if count >= many and kinds >= several:
        return "warning"
    return "hint" if count >= 10 or (count >= 3 and kinds >= 2) else ""
