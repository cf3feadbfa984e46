"""Says of each claim that can be checked which finding it is, and in which words (X-1 … X-15)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

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
_ASK: Final = "请核对文字与表格。"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A claim that was checked, ready to become a finding.

    Attributes
    ----------
    rule : str
        ``X-1`` … ``X-14``, ``T4-5`` or ``Y-8``.
    scope : str
        Tells the claims of one rule apart: a short hash of the words, stable while they stand.
    severity : str
        ``warning`` or ``hint``; prose is never an error.
    status : str
        ``passed``, ``failed`` or ``undecided``.
    cells : tuple of str
        The cells of the reading that agreed, else of the best one.
    left, right : int or decimal.Decimal or None
        What the words say, and what it was compared with.
    """

    rule: str
    scope: str
    severity: str
    status: str
    cells: tuple[str, ...]
    left: int | Decimal | None
    right: int | Decimal | None
    message: str
    start: int
    end: int


def verdicts(claims: Claims, form: Form) -> list[Verdict]:
    """Return a verdict for each claim of a report, passed ones too, in order of their rules."""
    found = [
        *(_statement(claim, form) for claim in claims.statements),
        *(_sum(claim) for claim in claims.sums if claim.found.exhaustive),
        *(_share(claim) for claim in claims.percentages),
        *_simple(claims),
    ]
    seen: Counter[tuple[str, str]] = Counter()
    numbered = []
    for verdict in found:
        key = (verdict.rule, verdict.scope)
        seen[key] += 1
        scope = verdict.scope if seen[key] == 1 else f"{verdict.scope}-{seen[key]}"
        numbered.append(replace(verdict, scope=scope))
    return sorted(numbered, key=_order)


def _order(verdict: Verdict) -> tuple[str, int, int]:
    family, _, number = verdict.rule.partition("-")
    return family, int(number), verdict.start


def _made(
    claim: Claim[Any],
    rule: str,
    holds: bool | None,
    message: str,
    severity: str = "warning",
    cells: tuple[str, ...] = (),
    sides: tuple[int | Decimal | None, int | Decimal | None] = (None, None),
) -> Verdict:
    status = {True: "passed", False: "failed", None: "undecided"}[holds]
    scope = hashlib.sha256(f"{claim.section}|{claim.text}".encode()).hexdigest()[:6]
    return Verdict(rule, scope, severity, status, cells, *sides, message, claim.start, claim.end)


def _where(claim: Claim[Any]) -> str:
    part = f"第{_NUMERALS[claim.section]}部分" if claim.section else "正文"
    words = claim.text if len(claim.text) <= 60 else f"{claim.text[:30]}……{claim.text[-20:]}"
    return f"{part}写“{words}”"


def _statement(claim: Claim[Statement], form: Form) -> Verdict:
    found = claim.found
    at = found.matched if found.matched is not None else 0
    told = [
        f"{_named(reading, form)}（{_figure(figure, reading)}）"
        for reading, figure in zip(found.readings, found.figures, strict=True)
    ]
    where = _where(claim)
    if found.holds:
        message = f"{where}，与{told[at]}相符。"
    elif found.holds is None:
        message = f"{where}，应与{told[0]}对应，表中数字不全或文字为约数，未能核对。"
    else:
        others = f"，也不等于{'或'.join(told[1:])}" if told[1:] else ""
        doubt = "口径可能不同（如按备案统计），" if found.family in {"review", "suits"} else ""
        message = f"{where}，不等于{told[0]}{others}。{doubt}{_ASK}"
    sides = (found.value, found.figures[at])
    rule = RULES[found.family]
    return _made(claim, rule, found.holds, message, cells=found.readings[at], sides=sides)


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


def _sum(claim: Claim[Any]) -> Verdict:
    found = claim.found
    total = sum((part.value for part in found.parts), start=0)
    added = "+".join(_plain(part.value) for part in found.parts)
    relation = "等于" if found.holds else "不等于"
    message = f"{_where(claim)}：{added}={_plain(total)}，{relation}{_plain(found.whole)}。"
    if found.holds is False:
        message += "该表述列出的是全部组成部分，请核对。"
    return _made(claim, "X-12", found.holds, message, sides=(found.whole, total))


def _share(claim: Claim[Any]) -> Verdict:
    found = claim.found
    share = (Decimal(found.numerator) * 100 / Decimal(found.denominator)).quantize(Decimal("0.01"))
    quotient = f"{_plain(abs(found.numerator))}÷{_plain(found.denominator)}={abs(share)}%"
    tail = {True: "相符。", False: "不符，请核对百分比及其基数。", None: "末位似未四舍五入。"}
    message = f"{_where(claim)}：{quotient}，{tail[found.holds]}"
    rule = "Y-8" if found.growth else "X-8"
    return _made(claim, rule, found.holds, message, sides=(found.value, abs(share)))


def _simple(claims: Claims) -> Iterator[Verdict]:
    """Yield the verdicts that need no arithmetic."""
    for fee in claims.fees:
        tail = "。" if fee.found.holds else "，不是10元的整数倍，与收费标准不符，请核对。"
        message = f"{_where(fee)}（信息处理费）{tail}"
        yield _made(fee, "X-7", fee.found.holds, message, sides=(fee.found.value, None))
    for year in claims.years:
        expected = year.found.expected
        tail = (
            "。" if year.found.holds else f"，而本报告的年份是{expected}年，请核对是否误写或照抄。"
        )
        message = f"{_where(year)}{tail}"
        sides = (year.found.value, expected)
        yield _made(year, "X-10", year.found.holds, message, sides=sides)
    for notice in claims.notices:
        tail = (
            "。" if notice.found.holds else f"，而表格用的是{notice.found.expected}年格式，请核对。"
        )
        yield _made(notice, "X-11", notice.found.holds, f"{_where(notice)}{tail}")
    for twice in claims.repetitions:
        severity = "warning" if twice.found.certain else "hint"
        message = f"{_where(twice)}，“{twice.found.word}”重复，请核对。"
        yield _made(twice, "X-13", False, message, severity)
    for remnant in claims.remnants:
        message = f"{_where(remnant)}，像是模板中未填写或未删除的内容，请核对。"
        yield _made(remnant, "X-14", False, message)
