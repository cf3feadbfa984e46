"""Totals that changed beyond all measure since last year (Y-5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from nianbao.forms.wording import cell_words
from nianbao.judgement import Judgement
from nianbao.plausibility.fees import FEES, wrong_unit
from nianbao.plausibility.pairs import pair
from nianbao.plausibility.wording import plain
from nianbao.report import Report

Number = int | Decimal

_TIMES: Final = 5
_TOTALS: Final = {
    # scope: the cells that it sums, and how large the larger figure must be
    "new": (("t3.new.total",), 30),
    "handled": (("t3.total.total",), 30),
    "regulations": (("t2.regulations.in_force",), 10),
    "normative_docs": (("t2.normative_docs.in_force",), 10),
    "licences": (("t2.licences.decisions",), 30),
    "penalties": (("t2.penalties.decisions",), 30),
    "coercion": (("t2.coercion.decisions",), 30),
    "fees": ((FEES,), 1),
    "review": (("t4.review.total",), 30),
    "suits": (("t4.direct.total", "t4.after.total"), 30),
}


@dataclass(frozen=True, slots=True)
class _Change:
    """A total of this year and of last year."""

    scope: str
    cells: tuple[str, ...]
    now: Number
    then: Number
    jumps: bool


def jumps(report: Report, previous: Report | None) -> Iterator[Judgement]:
    """Name each total above five times or below a fifth of last year's."""
    if previous is None:
        return
    changes = {
        scope: change
        for scope, (cells, least) in _TOTALS.items()
        if (change := _change(report, previous, scope, cells, least))
    }
    found = [change for change in changes.values() if change.jumps]
    if any(change.scope == "new" for change in found):
        # What came in is handled: that is no second thing to ask for.
        found = [change for change in found if change.scope != "handled"]
    yield from (_failed(report, change) for change in found)
    if changes and not found:
        cells = tuple(code for change in changes.values() for code in change.cells)
        told = f"{len(changes)}个总数与上一年度相比，没有超过{_TIMES}倍的变化"
        order = tuple(code for code in report.form.cells if code in cells)
        yield Judgement("Y-5", "", "passed", order, None, None, "与上一年度的变化", told)


def _change(
    report: Report, previous: Report, scope: str, cells: tuple[str, ...], least: int
) -> _Change | None:
    pairs = [pair(report, previous, code) for code in cells]
    known = [each for each in pairs if each is not None]
    if len(known) < len(pairs):
        return None
    now = sum((each[0] for each in known), start=0)
    then = sum((each[1] for each in known), start=0)
    large = max(now, then) > _TIMES * min(now, then) and max(now, then) >= least
    return _Change(scope, cells, now, then, large and not _told(report, scope, now, then))


def _told(report: Report, scope: str, now: Number, then: Number) -> bool:
    """Whether the report itself, or another judgement, accounts for the change."""
    if scope == "fees":
        return wrong_unit(now, then)
    if scope not in ("regulations", "normative_docs"):
        return False
    issued, repealed = (report.known(f"t2.{scope}.{field}") for field in ("issued", "repealed"))
    return issued is not None and repealed is not None and now == then + issued - repealed


def _failed(report: Report, change: _Change) -> Judgement:
    form, now, then = report.form, change.now, change.then
    unit = form.cells[change.cells[0]].unit
    if not then:
        tail = "上一年度为0"
    elif not now:
        tail = "本年为0"
    elif now > then:
        tail = f"超过上一年度的{_TIMES}倍"
    else:
        tail = "不足上一年度的五分之一"
    alone = len(change.cells) == 1
    return Judgement(
        rule="Y-5",
        scope=change.scope,
        status="failed",
        cells=change.cells,
        left=now,
        right=then,
        place=cell_words(form, change.cells[0]) if alone else "表四“行政诉讼”的“总计”",
        found=f"本年{plain(now)}{unit}，上一年度{plain(then)}{unit}，{tail}",
        advice="请核对两年的数字和统计口径；属实的，建议在文字部分说明原因",
    )
