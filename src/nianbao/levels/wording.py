"""Says in Chinese how a government's figure compares with the sum of its subordinate bodies'."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from nianbao.levels.rounding import size
from nianbao.levels.tally import Tally
from nianbao.rules import Number

_NAMED = 5
"""Of a longer list of bodies so many are named, the rest is counted."""
_REGISTER = "如下级机关登记不全，请补 params/agencies.csv"


def listed(names: Sequence[str]) -> str:
    """List bodies: ``甲、乙``; of a long list the first ones, and how many there are."""
    rest = f"等{len(names)}个机关" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + rest


def found_words(tally: Tally, names: Sequence[str], *, fillable: bool) -> str:
    """Tell both sides with their numbers, what is missing, and how it came out.

    ``fillable`` tells whether the missing figures can account for all differences of the table.
    """
    if tally.status == "not_applicable":
        return "下级机关的报告所用格式没有这一栏，不作汇总核对"
    if tally.own is None:
        return _without_own(tally, names)
    sides = f"{_own(tally)}，{_sum(tally)}"
    if tally.open:
        return f"{sides}，{_open_words(tally, names, fillable=fillable)}"
    if not tally.gap:
        return f"{sides}，相等"
    if tally.status == "passed":
        return f"{sides}，{_rounding(tally)}"
    return f"{sides}，{_differing(tally)}，不成立"


def advice_words(tally: Tally) -> str:
    """Tell what to look at."""
    if tally.status in ("passed", "not_applicable"):
        return ""
    if tally.status == "failed":
        asked = ["请核对本报告的汇总范围和下级机关的报告", *_caveats(tally), _REGISTER]
        return "；".join(asked)
    parts = ["请先核对本报告此格的数字"] if tally.own is None else []
    if tally.missing:
        parts.append("请取得所缺的报告后再核对；机关已撤并的，请在 params/agencies.csv 中注明")
    if set(tally.open) - set(tally.missing) - set(tally.formless):
        parts.append("请先核对下级机关报告中没有读出的数字")
    return "；".join(parts)


def _caveats(tally: Tally) -> list[str]:
    """Say what else than a mistake may make the sides differ."""
    kind, codes = tally.aggregate.kind, tally.aggregate.cells
    also = [words for pattern, words in kind.also.items() if fnmatchcase(codes[0], pattern)]
    return [kind.less if tally.exceeded else kind.more, *also]


def amount(figure: Number, tally: Tally) -> str:
    """Write a number with its unit."""
    shown = figure if isinstance(figure, int) else f"{figure:f}"
    return f"{shown}{tally.aggregate.unit}"


def _own(tally: Tally) -> str:
    assert tally.own is not None
    return f"本报告{amount(tally.own, tally)}{'（推定）' if tally.settled else ''}"


def _sum(tally: Tally) -> str:
    count = len(tally.parts) - len(tally.open)
    settled = "（含推定数）" if tally.parts_settled else ""
    return f"{count}个下级机关的报告合计{amount(tally.total, tally)}{settled}"


def _without_own(tally: Tally, names: Sequence[str]) -> str:
    text = f"本报告此格没有可用的数字，{_sum(tally)}"
    if tally.open:
        return f"{text}，{_lack(tally, names)}，无法判定"
    return f"{text}；如汇总完整，应为{amount(tally.total, tally)}，无法判定"


def _open_words(tally: Tally, names: Sequence[str], *, fillable: bool) -> str:
    assert tally.gap is not None
    lack = _lack(tally, names)
    if tally.status == "failed":
        return f"{_differing(tally)}；{lack}，但所缺的数不论是多少都不能使两边相等，不成立"
    if tally.gap < 0:
        return f"{lack}；{_rounding(tally)}，无法判定"
    gap = f"差额{amount(tally.gap, tally)}"
    if not fillable:
        return f"{lack}；{gap}，待补齐后核对，无法判定"
    if len(tally.open) > 1:
        return f"{lack}；{gap}应为这{len(tally.open)}个机关的合计数，无法判定"
    whose = "该机关" if tally.missing else f"{names[tally.open[0]]}此格"
    return f"{lack}；{gap}应为{whose}的数，无法判定"


def _lack(tally: Tally, names: Sequence[str]) -> str:
    """Say which bodies' figures are missing, and why."""
    silent = [i for i in tally.open if i not in tally.missing and i not in tally.formless]
    parts = []
    if tally.missing:
        parts.append(f"缺{listed([names[i] for i in tally.missing])}的报告")
    if silent:
        parts.append(f"{listed([names[i] for i in silent])}的报告此格没有可用的数字")
    if tally.formless:
        parts.append(f"{listed([names[i] for i in tally.formless])}的报告所用格式没有这一栏")
    return "，".join(parts)


def _differing(tally: Tally) -> str:
    assert tally.gap is not None
    return f"本报告{'多' if tally.gap > 0 else '少'}{amount(size(tally.gap), tally)}"


def _rounding(tally: Tally) -> str:
    assert tally.gap is not None
    gap, most = amount(size(tally.gap), tally), amount(tally.tolerance, tally)
    return f"相差{gap}，在各报告四舍五入可能造成的{most}以内"
