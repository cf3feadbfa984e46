"""The rates by which agencies are compared: which cells over which, and what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from nianbao.charts.comparison import Entry as Counted
from nianbao.charts.rates import Measure
from nianbao.ledger import Entry
from nianbao.standing import Standing

_RESULTS: Final = tuple(
    f"t4.{block}.{result}"
    for block in ("review", "direct", "after")
    for result in ("upheld", "corrected", "other")
)


@dataclass(frozen=True, slots=True)
class Share:
    """A rate by which agencies are compared.

    Attributes
    ----------
    title : str
        What is put into proportion to what.
    measure : Measure
        The words that the chart uses.
    part, whole : tuple of str
        The cells that are added up for numerator and denominator (件).
    source : str
        Where they stand.
    """

    id: str
    title: str
    measure: Measure
    part: tuple[str, ...]
    whole: tuple[str, ...]
    source: str


SHARES: Final = (
    Share(
        "disclosed",
        "予以公开与部分公开，占办理结果总计",
        Measure("公开占比", "予以公开与部分公开", "办理结果"),
        ("t3.granted.total", "t3.partial.total"),
        ("t3.total.total",),
        "各机关报告表三“总计”列",
    ),
    Share(
        "carried",
        "结转下年度，占本年新收与上年结转之和",
        Measure("结转占比", "结转下年度", "新收与上年结转"),
        ("t3.carried_out.total",),
        ("t3.new.total", "t3.carried_in.total"),
        "各机关报告表三“总计”列",
    ),
    Share(
        "corrected",
        "结果纠正，占已审结的行政复议和行政诉讼",
        Measure("纠正占比", "结果纠正", "已审结案件"),
        tuple(code for code in _RESULTS if code.endswith("corrected")),
        _RESULTS,
        "各机关报告表四",
    ),
)


def counted(share: Share, entry: Entry) -> Counted:
    """Return the figures of one agency, None where a term is unknown."""
    part, whole = (_sum(entry.standing, codes) for codes in (share.part, share.whole))
    return Counted(entry.name, part, whole)


def _sum(known: Standing | None, codes: Sequence[str]) -> int | None:
    """Add up the cells of one report; with an unknown term the sum is unknown."""
    values = [known.figures.get(code) if known else None for code in codes]
    counts = [value for value in values if isinstance(value, int)]
    return sum(counts) if len(counts) == len(codes) else None
