"""行政事业性收费: its decimals (T2-1), and 元 written for 万元 (Y-11)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from nianbao.forms.wording import cell_words
from nianbao.judgement import Judgement
from nianbao.plausibility.pairs import pair
from nianbao.plausibility.wording import plain
from nianbao.report import Report

FEES: Final = "t2.fees.amount_10k"
_PLACES: Final = 4
"""万元 with four decimals is 元."""
_LEAST: Final = 3_000
_MOST: Final = 30_000
"""Between these factors of last year's amount a wrong unit is likelier than a rise."""


def fees(report: Report, previous: Report | None) -> Iterator[Judgement]:
    """Judge the amount of fees in this report, and beside last year's."""
    if FEES in report.cells:
        yield from _decimals(report)
        if previous is not None:
            yield from _units(report, previous)


def wrong_unit(now: int | Decimal, then: int | Decimal) -> bool:
    """Whether one of two amounts is as many times the other as 元 are of 万元."""
    small, large = sorted((Decimal(now), Decimal(then)))
    return small > 0 and small * _LEAST <= large <= small * _MOST


def _decimals(report: Report) -> Iterator[Judgement]:
    """Count decimals; an amount that was written in 元 is exact, whatever it is in 万元."""
    value = report.value(FEES)
    if value is None or any(
        note.code == "unit_converted" and FEES in note.cells for note in report.notes
    ):
        return
    exponent = Decimal(value).normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    failed = places > _PLACES
    yield Judgement(
        rule="T2-1",
        scope="",
        status="failed" if failed else "passed",
        cells=(FEES,),
        left=value,
        right=None,
        place=cell_words(report.form, FEES),
        found=f"{plain(value)}万元，有{places}位小数",
        advice="通常保留4位小数（即到元），请确认单位是万元" if failed else "",
    )


def _units(report: Report, previous: Report) -> Iterator[Judgement]:
    both = pair(report, previous, FEES)
    if both is None or 0 in both:
        return
    now, then = both
    failed = wrong_unit(now, then)
    times = plain(round(max(now, then) / Decimal(min(now, then)))) if failed else ""
    more = "本年约为上一年度的" if now > then else "上一年度约为本年的"
    yield Judgement(
        rule="Y-11",
        scope="",
        status="failed" if failed else "passed",
        cells=(FEES,),
        left=now,
        right=then,
        place=cell_words(report.form, FEES),
        found=f"本年{plain(now)}万元，上一年度{plain(then)}万元"
        + (f"，{more}{times}倍，接近元与万元之比" if failed else ""),
        advice="请核对两年中是否有一年把元填作万元" if failed else "",
    )
