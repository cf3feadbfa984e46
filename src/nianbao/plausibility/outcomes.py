"""What became of requests: 国家秘密 at a small body (P-1), all in 其他 (P-2), none given (P-7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from nianbao.forms.wording import cell_words
from nianbao.judgement import Judgement
from nianbao.plausibility.requests import Requests
from nianbao.plausibility.wording import row_name
from nianbao.report import Report

_FEW: Final = 5
_SOME: Final = 10
_MANY: Final = 30
"""No share is spoken of below so many requests."""


def outcomes(report: Report) -> Iterator[Judgement]:
    """Judge the totals of the outcomes by the requests handled."""
    requests = Requests.of(report)
    handled = requests.figure("total")
    if handled is None:
        return
    handled = int(handled)
    yield from _secrets(report, requests, handled)
    yield from _otherwise(report, requests, handled)
    yield from _disclosure(report, requests, handled)


def _secrets(report: Report, requests: Requests, handled: int) -> Iterator[Judgement]:
    secret = requests.figure("deny_1")
    if not secret or not handled:
        return
    failed = handled < _FEW
    yield Judgement(
        rule="P-1",
        scope="",
        status="failed" if failed else "passed",
        cells=("t3.deny_1.total", "t3.total.total"),
        left=secret,
        right=handled,
        place=cell_words(report.form, "t3.deny_1.total"),
        found=f"办理{handled}件中，有{secret}件属于国家秘密",
        advice="申请很少而涉及国家秘密的不多见，请核对是否填错行；属实的无须更正" if failed else "",
    )


def _otherwise(report: Report, requests: Requests, handled: int) -> Iterator[Judgement]:
    row = "other_3" if "other_3" in requests.rows else "other"
    other = requests.figure(row)
    if other is None or handled < _SOME:
        return
    failed = other == handled
    yield Judgement(
        rule="P-2",
        scope="",
        status="failed" if failed else "passed",
        cells=(f"t3.{row}.total", "t3.total.total"),
        left=other,
        right=handled,
        place=f"{report.form.table('t3').name}“{row_name(report.form, row)}”行",
        found=f"办理{handled}件中，{other}件计入本行",
        advice="请核对是否应按其他办理结果分别统计" if failed else "",
    )


def _disclosure(report: Report, requests: Requests, handled: int) -> Iterator[Judgement]:
    granted, partial = requests.figure("granted"), requests.figure("partial")
    if granted is None or partial is None or handled < _MANY:
        return
    given = granted + partial
    failed = not given
    yield Judgement(
        rule="P-7",
        scope="disclosed",
        status="failed" if failed else "passed",
        cells=("t3.granted.total", "t3.partial.total", "t3.total.total"),
        left=given,
        right=handled,
        place=f"{report.form.table('t3').name}“（一）予以公开”“（二）部分公开”行",
        found=f"办理{handled}件中，予以公开和部分公开合计{given}件",
        advice="公开比例没有官方标准，仅供参考；请核对办理结果是否填错行" if failed else "",
    )
