"""The first lines of the page: who, which years, and whether the years join."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.fragments import Fragment, render
from nianbao.history import History
from nianbao.trend.continuity import continuity
from nianbao.trend.joints import Joint, joints
from nianbao.trend.presence import period
from nianbao.verification.items import SEVERITIES

_SHOWN = 5
"""How many places the first lines name; the others are a link away."""


def title(history: History) -> Fragment:
    """Show the agency, the years, and how they join, which links to the details.

    Parameters
    ----------
    history : History
        All reports of the agency.
    """
    found = joints(history)
    verdict = continuity(history, found)
    places = _places(found)
    return render(
        "trend_title",
        f"{history.name}历年政府信息公开工作年度报告：{verdict.headline}",
        agency=history.name,
        period=period(history),
        verdict=verdict,
        places=places[:_SHOWN],
        more=len(places[_SHOWN:]),
        single=next(iter(history.reports)) if len(history.reports) == 1 else None,
    )


def _places(found: Sequence[Joint]) -> list[tuple[str, str, str]]:
    """Return where the years do not join: the entry below, how grave, and where; errors first."""
    return [
        (f"joint-{f.id}", severity, f"{SEVERITIES[severity][0]} {joint.years}：{f.place}")
        for severity in ("error", "warning")
        for joint in found
        for f in joint.standing(severity)
    ]
