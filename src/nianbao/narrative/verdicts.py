"""Says of each claim that can be checked which finding it is, and in which words (X-1 … X-15)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from nianbao.judgement import Judgement
from nianbao.narrative.statements import Statement

if TYPE_CHECKING:
    from nianbao.claims import Claim, Claims
    from nianbao.forms import Form

RULES: Final = {
    "requests": "X-1",
    "applicant": "X-1",
    "done": "X-2",
    "carried": "X-3",
    "outcome": "X-4",
    "review": "X-5",
    "result": "X-5",
    "suits": "T4-5",
    "document": "X-6",
    "decision": "X-6",
    "all": "X-9",
}
"""The finding of each family of statements."""
_NUMERALS: Final = "〇一二三四五六"
_FEW: Final = 8
"""Fewer characters than this are quoted with those around them."""
_ASK: Final = "请核对文字与表格"


def verdicts(claims: Claims, form: Form) -> list[Judgement]:
    """Return a judgement for each claim of a report, passed ones too, in order of their rules.

    Scopes are short hashes of the words: they stand as long as the words do.
    """
    found: list[tuple[Claim[Any], Judgement]] = [
        *((claim, _statement(claim, form)) for claim in claims.statements),
        *((claim, _sum(claim)) for claim in claims.sums if claim.found.exhaustive),
        *((claim, _share(claim)) for claim in claims.percentages),
        *_simple(claims),
    ]
    found.sort(key=lambda each: (_order(each[1].rule), each[0].start))
    seen: Counter[tuple[str, str]] = Counter()
    numbered = []
    for _, judgement in found:
        key = (judgement.rule, judgement.scope)
        seen[key] += 1
        scope = judgement.scope if seen[key] == 1 else f"{judgement.scope}-{seen[key]}"
        numbered.append(replace(judgement, scope=scope))
    return numbered


def _order(rule: str) -> tuple[str, int]:
    family, _, number = rule.partition("-")
    return family, int(number)


def _made(
    claim: Claim[Any],
    rule: str,
    holds: bool | None,
    found: str,
    advice: str = "",
    severity: str = "",
    cells: tuple[str, ...] = (),
    sides: tuple[int | Decimal | None, int | Decimal | None] = (None, None),
) -> Judgement:
    status = {True: "passed", False: "failed", None: "undecided"}[holds]
    words = f"{claim.section}|{claim.around}".encode("utf-8", "surrogatepass")
    scope = hashlib.sha256(words).hexdigest()[:6]
    place = f"第{_NUMERALS[claim.section]}部分" if claim.section else "正文"
    told = f"“{_quoted(claim)}”{found}"
    advice = "" if holds else advice
    return Judgement(rule, scope, status, cells, *sides, place, told, advice, severity)


def _quoted(claim: Claim[Any]) -> str:
    """Quote the words; a few of them with what stands around, so that they can be found."""
    if len(claim.text) > 60:
        return f"{claim.text[:30]}……{claim.text[-20:]}"
    return claim.text if len(claim.text) >= _FEW else claim.around


def _statement(claim: Claim[Statement], form: Form) -> Judgement:
    found = claim.found
    at = found.matched if found.matched is not None else 0
    told = [
        f"{_named(reading, form)}（{_figure(figure, reading)}）"
        for reading, figure in zip(found.readings, found.figures, strict=True)
    ]
    advice = _ASK
    if found.holds:
        words = f"，与{told[at]}相符"
    elif found.holds is None:
        words = f"，应与{told[0]}对应，表中数字不全或文字为约数，未能核对"
        advice = ""
    else:
        others = f"，也不等于{'或'.join(told[1:])}" if told[1:] else ""
        words = f"，不等于{told[0]}{others}"
        if found.family in {"review", "suits"}:
            advice = f"口径可能不同（如按备案统计），{_ASK}"
    sides = (found.value, found.figures[at])
    rule = RULES[found.family]
    return _made(claim, rule, found.holds, words, advice, cells=found.readings[at], sides=sides)


def _named(reading: tuple[str, ...], form: Form) -> str:
    """Name a reading: its cells' official words, or the group of rows that it sums."""
    labels = [form.cells[code].label for code in reading]
    if len(labels) <= 2:
        return "与".join(f"“{label}”" for label in labels) + ("之和" if len(labels) > 1 else "")
    return f"“{labels[0]}”等{len(labels)}格之和"


def _figure(figure: int | Decimal | None, reading: tuple[str, ...]) -> str:
    if figure is None:
        return "未知"
    money = reading[0].endswith(("amount_10k", "procurement.amount"))
    return f"{_plain(figure)}元" if money else _plain(figure)


def _plain(figure: int | Decimal) -> str:
    written = format(figure, "f") if isinstance(figure, Decimal) else str(figure)
    return written.rstrip("0").rstrip(".") if "." in written else written


def _sum(claim: Claim[Any]) -> Judgement:
    found = claim.found
    total = sum((part.value for part in found.parts), start=0)
    added = "+".join(_plain(part.value) for part in found.parts)
    relation = "等于" if found.holds else "不等于"
    words = f"：{added}={_plain(total)}，{relation}{_plain(found.whole)}"
    advice = "该表述列出的是全部组成部分，请核对" if found.holds is False else ""
    return _made(claim, "X-12", found.holds, words, advice, sides=(found.whole, total))


def _share(claim: Claim[Any]) -> Judgement:
    found = claim.found
    share = (Decimal(found.numerator) * 100 / Decimal(found.denominator)).quantize(Decimal("0.01"))
    quotient = f"{_plain(abs(found.numerator))}÷{_plain(found.denominator)}={abs(share)}%"
    tail = {True: "相符", False: "不符", None: "末位似未四舍五入"}[found.holds]
    rule = "Y-8" if found.growth else "X-8"
    sides = (found.value, abs(share))
    words, advice = f"：{quotient}，{tail}", "请核对百分比及其基数"
    return _made(claim, rule, found.holds, words, advice, sides=sides)


def _simple(claims: Claims) -> Iterator[tuple[Claim[Any], Judgement]]:
    """Yield the judgements that need no arithmetic."""
    for fee in claims.fees:
        words = "（信息处理费）" + ("" if fee.found.holds else "，不是10元的整数倍")
        advice = "请按收费标准核对"
        sides = (fee.found.value, None)
        yield fee, _made(fee, "X-7", fee.found.holds, words, advice, sides=sides)
    for year in claims.years:
        expected = year.found.expected
        words = "" if year.found.holds else f"，而本报告的年份是{expected}年"
        advice = "请核对是否误写或照抄"
        made = _made(
            year, "X-10", year.found.holds, words, advice, sides=(year.found.value, expected)
        )
        yield year, made
    for notice in claims.notices:
        words = "" if notice.found.holds else f"，而表格用的是{notice.found.expected}年格式"
        yield notice, _made(notice, "X-11", notice.found.holds, words, "请核对引用的文件")
    for twice in claims.repetitions:
        severity = "" if twice.found.certain else "hint"
        words = f"，“{twice.found.word}”重复"
        yield twice, _made(twice, "X-13", False, words, "请核对并删去重复的文字", severity)
    for remnant in claims.remnants:
        words = "，像是模板中未填写或未删除的内容"
        yield remnant, _made(remnant, "X-14", False, words, "请核对并删去或填写")
