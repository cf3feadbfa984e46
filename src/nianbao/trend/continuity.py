"""The verdict on an agency's years: whether each begins where the one before it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from nianbao.history import History
from nianbao.standing import Failure
from nianbao.trend.joints import Joint

_NAMED: Final = 3
"""So many lacking years are named in the verdict; more are counted."""


@dataclass(frozen=True, slots=True)
class Continuity:
    """The verdict on all joints: status, sign and words, and the figures behind them."""

    status: str
    sign: str
    headline: str
    detail: str


def continuity(history: History, found: Sequence[Joint]) -> Continuity:
    """Sum up how the years join; what is not known never counts as holding.

    Parameters
    ----------
    history : History
        The agency's reports.
    found : sequence of Joint
        Its `joints`.
    """
    failures = [failure for joint in found for failure in joint.failures]
    errors = [failure for failure in failures if failure.severity == "error"]
    warnings = [failure for failure in failures if failure.severity == "warning"]
    also = f"另有{len(warnings)}处" if errors else f"{len(warnings)}处衔接"
    open_ = _open(history, found)
    words = [
        f"{len(errors)}处不衔接{_waived(errors)}" if errors else "",
        f"{also}需要核对{_waived(warnings)}" if warnings else "",
        open_,
    ]
    told = "，".join(filter(None, words))
    detail = _detail(found)
    if errors:
        return Continuity("failed", "✗", told, detail)
    if warnings:
        return Continuity("warning", "△", told, detail)
    if open_:
        return Continuity("undecided", "○", told, detail)
    return Continuity("passed", "✓", "各年衔接一致", detail)


def _waived(failures: Sequence[Failure]) -> str:
    waived = sum(failure.waived for failure in failures)
    if waived and waived == len(failures):
        return "（已说明）" if waived == 1 else "（均已说明）"
    return f"（其中{waived}处已说明）" if waived else ""


def _open(history: History, found: Sequence[Joint]) -> str:
    """Say what cannot be held against each other, and why."""
    if not history.reports:
        return "没有可以读取的报告，无法核对"
    if len(history.reports) == 1:
        return f"只有{next(iter(history.reports))}年一份报告，没有相邻年度可以核对"
    blocked = [joint for joint in found if joint.obstacle]
    undecided = sum(joint.undecided for joint in found)
    words = [f"{undecided}条跨年关系无法判定"] if undecided else []
    if blocked:
        reasons = dict.fromkeys(r for joint in blocked for r in joint.obstacle.split("，"))
        few = len(reasons) <= _NAMED
        told = "、".join(reasons) if few else f"{len(reasons)}个年度没有可用的报告"
        words.append(f"{told}，前后衔接无法核对")
    if not words and not any(joint.passed or joint.failures for joint in found):
        return "没有可以核对的跨年关系"
    return "，".join(words)


def _detail(found: Sequence[Joint]) -> str:
    """Count the rules that were checked, by how they came out."""
    counts = {
        "不成立": sum(len(j.failures) - j.waived for j in found),
        "已说明": sum(j.waived for j in found),
        "无法判定": sum(j.undecided for j in found),
        "成立": sum(j.passed for j in found),
    }
    checked = sum(counts.values())
    if not checked:
        return ""
    if counts["成立"] == checked:
        return f"核对{checked}条跨年关系，全部成立"
    told = "，".join(f"{count}条{word}" for word, count in counts.items() if count)
    return f"核对{checked}条跨年关系：{told}"
