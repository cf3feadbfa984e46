"""Tables that are all 0 beside prose that tells of work in numbers (T2-5, P-3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from nianbao.claims import Claim, claims
from nianbao.judgement import Judgement
from nianbao.narrative import Statement
from nianbao.plausibility.wording import quoted
from nianbao.report import Report

_NUMERALS: Final = "〇一二三四五六"
_DISCLOSED: Final = {"document", "decision"}
"""Families of statements that 表二 answers."""

Told = Sequence[Claim[Statement]]


def activities(report: Report) -> Iterator[Judgement]:
    """Ask for work that the prose counts where no table shows any.

    The prose is read only where a table is all 0. A single number that differs is X-1 … X-6;
    here it is said that a whole table stands empty, which is lighter where they say it as well.
    """
    if not _zero(report, "t2"):
        return
    empty = _zero(report, "t3") and _zero(report, "t4")
    told = [claim for claim in claims(report).statements if claim.found.holds is not True]
    disclosed = [
        claim for claim in told if claim.found.family in _DISCLOSED and claim.section in (1, 2)
    ]
    # X-6 has warned of every exact number already, and P-3 of all tables together.
    heard = empty or any(claim.found.holds is False for claim in disclosed)
    yield _judged(report, "T2-5", ("t2",), disclosed, "hint" if heard else "")
    if empty:
        others = [claim for claim in told if claim.found.family not in _DISCLOSED]
        yield _judged(report, "P-3", ("t2", "t3", "t4"), others or told)


def _zero(report: Report, table: str) -> bool:
    """Whether every cell of a table is known to be 0."""
    return all(
        report.known(code) == 0 for code, spec in report.form.cells.items() if spec.table == table
    )


def _judged(
    report: Report, rule: str, tables: tuple[str, ...], told: Told, severity: str = ""
) -> Judgement:
    place = "、".join(report.form.table(table).name for table in tables)
    if not told:
        found = "各格均为0，文字部分没有写到相应的数字"
        return Judgement(rule, "", "passed", (), None, None, place, found)
    first = told[0]
    part = f"第{_NUMERALS[first.section]}部分" if first.section else "正文"
    more = f"等{len(told)}处" if len(told) > 1 else ""
    return Judgement(
        rule=rule,
        scope="",
        status="failed",
        cells=tuple(code for code in report.form.cells if code in first.found.readings[0]),
        left=first.found.value,
        right=0,
        place=place,
        found=f"各格均为0，而{part}写有{quoted(first.text)}{more}",
        advice="请核对表格是否漏填；文字所写不属于本机关或本年度统计范围的，请说明",
        severity=severity,
    )
