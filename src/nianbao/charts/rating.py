"""The words and the table that go with a comparison of rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.charts.chart import Data
from nianbao.charts.comparison import LEAST, Comparison, Entry, Rate, percent, rate_of
from nianbao.charts.words import listing, quoted

_MOST_NAMED, _LONGEST = 2, 30
"""So many agencies, in so many characters, are named in a title; more are counted."""

SIDES = {-1: "偏低", 0: "", 1: "偏高"}
_TOLD = 6


@dataclass(frozen=True, slots=True)
class Measure:
    """Words for a rate (公开率), its numerator (予以公开) and its denominator (办理结果)."""

    name: str
    part: str
    whole: str


def finding(comparison: Comparison, measure: Measure) -> str:
    """State in one sentence what the figures allow to say, and no more."""
    number = len(comparison.ranked)
    if not number:
        return f"各机关的{measure.whole}均不足{LEAST}件，{measure.name}仅供参考，不作比较"
    if number == 1:
        (rate,) = comparison.ranked
        return (
            f"只有{quoted(rate.name)}的{measure.whole}满{LEAST}件，{measure.name}"
            f"{percent(rate.value)}，不作比较"
        )
    sides = [comparison.side(rate) for rate in comparison.ranked]
    same, whose = sides.count(0), f"{number}个满{LEAST}件的机关"
    parts = [f"{_named(comparison, side)}{SIDES[side]}" for side in (1, -1) if side in sides]
    if comparison.as_funnel:
        if not parts:
            return f"{whose}之间{measure.name}的差别没有超出偶然波动的范围"
        return f"{whose}中，{measure.name}{'、'.join(parts)}，超出偶然波动的范围"
    if not parts:
        return f"{whose}的{measure.name}与总体没有显著差别"
    if not same:
        return f"{whose}中，{measure.name}{'、'.join(parts)}"
    return f"{whose}中，{same}个的{measure.name}与总体没有显著差别，{'、'.join(parts)}"


def _named(comparison: Comparison, side: int) -> str:
    """Name the agencies on one side where they are one or two with short names, else count them."""
    group = [rate for rate in comparison.ranked if comparison.side(rate) == side]
    names = listing([quoted(rate.name) for rate in group])
    return names if len(group) <= _MOST_NAMED and len(names) <= _LONGEST else f"{len(group)}个"


def told(comparison: Comparison, overall: str) -> str:
    """Tell the overall rate, the range of those with enough cases, and those that stand out."""
    whole = comparison.overall
    told = [f"{overall}{_rate(whole)}"]
    if len(comparison.ranked) > 1:
        high, low = comparison.ranked[0], comparison.ranked[-1]
        told.append(f"满{LEAST}件的机关由{percent(low.value)}到{percent(high.value)}")
    odd = [rate for rate in comparison.ranked if comparison.side(rate)]
    told += [f"{rate.name}{_rate(rate)}{SIDES[comparison.side(rate)]}" for rate in odd[:_TOLD]]
    if len(odd) > _TOLD:
        told.append(f"另有{len(odd) - _TOLD}个见图中数据")
    if comparison.few:
        told.append(f"{len(comparison.few)}个机关不足{LEAST}件，仅供参考")
    return "；".join(told)


def _rate(rate: Rate) -> str:
    return f"{percent(rate.value)}（{rate.fraction}）" if rate.whole >= LEAST else rate.fraction


def left_out(comparison: Comparison, measure: Measure) -> list[str]:
    """Say which agencies have no rate, and why."""
    groups = (
        (comparison.empty, f"没有{measure.whole}，不计算{measure.name}"),
        (comparison.unknown, "的数字未知"),
        (comparison.wrong, f"的{measure.part}与{measure.whole}不相符，没有计算，请核对原表"),
    )
    return [f"{len(entries)}个机关{words}" for entries, words in groups if entries]


def rate_data(
    entries: Sequence[Entry], comparison: Comparison, measure: Measure, overall: str
) -> Data:
    """Return the table behind a comparison: every agency, whole names, what can be said of it.

    In rows the order is that of the picture; behind a funnel plot it is the one given.
    """
    order = entries if comparison.as_funnel else sorted(entries, key=_place)
    headers = (
        "机关",
        f"{measure.part}（件）",
        f"{measure.whole}（件）",
        measure.name,
        "95%区间",
        "说明",
    )
    whole = comparison.overall
    closing = (overall, f"{whole.part:,}", f"{whole.whole:,}", _value(whole), "—", "—")
    return Data(headers, (*(_row(entry, comparison, measure) for entry in order), closing))


def _place(entry: Entry) -> tuple[int, float, int]:
    """Sort as the picture does: by rate where it says enough, else as given."""
    rate = rate_of(entry)
    if rate is None:
        return 2, 0.0, 0
    return (0, -rate.value, -rate.whole) if rate.whole >= LEAST else (1, 0.0, 0)


def _row(entry: Entry, comparison: Comparison, measure: Measure) -> tuple[str, ...]:
    figures = ("未知" if n is None else f"{n:,}" for n in (entry.part, entry.whole))
    rate = rate_of(entry)
    if rate is None or rate.whole < LEAST:
        return entry.name, *figures, "—", "—", _reason(entry, measure)
    lower, upper = (percent(bound) for bound in rate.interval)
    side = comparison.side(rate)
    plain = "在控制限内" if comparison.as_funnel else "与总体没有显著差别"
    odd = "，在99.8%控制限外" if comparison.as_funnel else ""
    words = f"{SIDES[side]}{odd}" if side else plain
    return entry.name, *figures, _value(rate), f"{lower}至{upper}", words


def _reason(entry: Entry, measure: Measure) -> str:
    """Say why an agency has no rate in the table."""
    if entry.part is None or entry.whole is None:
        return "数字未知"
    if not 0 <= entry.part <= entry.whole:
        return "两数不相符，请核对原表"
    return f"不足{LEAST}件，仅供参考" if entry.whole else f"没有{measure.whole}"


def _value(rate: Rate) -> str:
    return percent(rate.value) if rate.whole >= LEAST else "—"
