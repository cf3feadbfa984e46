"""行政复议 and 行政诉讼: their sequence (T4-6), corrections unexplained (T4-7) or many (P-7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from nianbao.judgement import Judgement
from nianbao.plausibility.pairs import pair
from nianbao.report import Report

_REVIEW: Final = "t4.review.total"
_AFTER: Final = "t4.after.total"
_BLOCKS: Final = ("review", "direct", "after")
_GROUPS: Final = {"review": ("review",), "suits": ("direct", "after")}
_NAMES: Final = {"review": "行政复议", "suits": "行政诉讼"}
_EXPLAINED: Final = re.compile(
    r"纠正|纠错|撤销|撤消|败诉|责令|改判|变更(?:原|该|决定|答复)|确认[^。；]{0,12}违法|(?:程序|适用法律)(?:违法|不当|错误)"
    r"|违法(?:答复|行为被)|重新(?:作出|答复|处理|办理|调查)|限期(?:作出|答复|履行|处理)|履行[^。；]{0,8}职责"
    r"|支持(?:了?申请人|了?原告)|被(?:上级|复议机关|法院|人民法院)[^。；]{0,12}(?:改变|否定)"
)
_FIELDS: Final = ("total", "pending", "corrected")
_PROSE: Final = 200
"""Characters: a report with less prose was not filed or not read with its words."""
_DECIDED: Final = 10
_SHARED: Final = 30
"""Of fewer cases no percentage is given."""


def cases(report: Report, previous: Report | None) -> Iterator[Judgement]:
    """Judge 表四, with last year's and with what the prose says of it."""
    if previous is not None:
        yield from _sequence(report, previous)
    yield from _explanation(report)
    for group, blocks in _GROUPS.items():
        yield from _share(report, group, blocks)


def _sequence(report: Report, previous: Report) -> Iterator[Judgement]:
    """Compare 复议后起诉 with the reviews of two years."""
    reviews, after = pair(report, previous, _REVIEW), report.known(_AFTER)
    if reviews is None or after is None:
        return
    now, then = reviews
    failed = after > now + then
    relation = "多于" if failed else "不多于"
    advice = "请核对是否把未经复议直接起诉的案件计入；确由更早的复议引起的，无须更正"
    yield Judgement(
        rule="T4-6",
        scope="",
        status="failed" if failed else "passed",
        cells=(_REVIEW, _AFTER),
        left=after,
        right=now + then,
        place=f"{report.form.table('t4').name}“复议后起诉”",
        found=f"总计{after}件，{relation}本年与上一年度行政复议总计之和{now + then}件"
        f"（本年{now}件，上一年度{then}件）",
        advice=advice if failed else "",
    )


def _explanation(report: Report) -> Iterator[Judgement]:
    """Look for a word on acts that were corrected; a report without its prose is let alone."""
    corrected = {
        code: figure
        for code in (f"t4.{block}.corrected" for block in _BLOCKS)
        if (figure := report.known(code))
    }
    prose = ["".join(_words(report, number).split()) for number in range(1, 7)]
    if not corrected or not prose[0] or not prose[4] or sum(map(len, prose)) < _PROSE:
        return
    failed = not any(_EXPLAINED.search(text) for text in prose)
    told = "、".join(f"“{_block(report, code)}”{figure}件" for code, figure in corrected.items())
    yield Judgement(
        rule="T4-7",
        scope="",
        status="failed" if failed else "passed",
        cells=tuple(corrected),
        left=sum(corrected.values(), start=0),
        right=None,
        place=f"{report.form.table('t4').name}“结果纠正”",
        found=f"{told}，文字部分{'没有写到' if failed else '写到了'}被纠正、撤销或败诉的情况",
        advice="建议在第一部分或第五部分说明原因和改进措施" if failed else "",
    )


def _words(report: Report, number: int) -> str:
    section = report.section(number)
    return "".join(paragraph.text for paragraph in section.paragraphs) if section else ""


def _block(report: Report, code: str) -> str:
    return report.form.cells[code].column[-2].label


def _share(report: Report, group: str, blocks: tuple[str, ...]) -> Iterator[Judgement]:
    """Tell where more than half of the decided cases were corrected; there is no official bar."""
    decided: int | Decimal = 0
    corrected: int | Decimal = 0
    for block in blocks:
        total, pending, wrong = (report.known(f"t4.{block}.{field}") for field in _FIELDS)
        if total is None or pending is None or wrong is None:
            return
        decided += total - pending
        corrected += wrong
    if decided < _DECIDED:
        return
    failed = corrected * 2 > decided
    share = f"（{round(Decimal(corrected) * 100 / decided, 1)}%）" if decided >= _SHARED else ""
    yield Judgement(
        rule="P-7",
        scope=group,
        status="failed" if failed else "passed",
        cells=tuple(f"t4.{block}.corrected" for block in blocks),
        left=corrected,
        right=decided,
        place=f"{report.form.table('t4').name}“{_NAMES[group]}”",
        found=f"已审结{decided}件中，结果纠正{corrected}件{share}"
        + ("，超过一半" if failed else ""),
        advice="纠错比例没有官方标准，仅供参考；请核对各栏是否填错位置" if failed else "",
    )
