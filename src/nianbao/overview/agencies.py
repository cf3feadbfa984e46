"""Agencies as the page of a year speaks of them: links, words, and what their checks came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from nianbao.chapters import LEVELS as SUMS
from nianbao.filing import STATE_WORDS
from nianbao.ledger import Entry
from nianbao.links import NOTICE, href, overview_page, report_page, review_page, trend_page
from nianbao.register import LEVELS
from nianbao.standing import Failure, Standing

LEVEL_WORDS: Final = {
    "ministry": "国务院部门",
    "province": "省级政府",
    "city": "市级政府",
    "county": "县级政府",
    "township": "乡镇、街道",
    "department": "政府部门",
    "office": "办公厅（室）",
    "": "未登记",
}
"""What the levels of the register are called, from above; an agency without a row has none."""

LEVEL_ORDER: Final = (*LEVELS, "")

STATES: Final = {"unread": "无法读取"} | STATE_WORDS
"""What the states are called; of a report that cannot be read nobody knows the form."""

RESULT_WORDS: Final = {
    "errors": "有错误",
    "warnings": "有提醒",
    "undecided": "有无法判定",
    "clean": "没有问题",
    "none": "没有核验",
}
"""What the results of the checks are called, what wants a look first."""

SUMS_ANCHOR: Final = SUMS.id
"""Where the sums over the agencies below stand on a report's page."""


@dataclass(frozen=True, slots=True)
class Named:
    """An agency to be named: where its name leads to; empty for nowhere."""

    name: str
    href: str = ""


def anchor(agency: str) -> str:
    """Name an agency's row on the page; two ids never have the same, and none holds a blank."""
    kept = (c if c.isalnum() or c in "-." else f"_{ord(c):x}_" for c in agency)
    return f"a-{''.join(kept)}"


def to_row(entry: Entry) -> Named:
    """Name an agency with the link to its row on the page."""
    return Named(entry.name, f"#{quote(anchor(entry.agency.id))}")


def to_report(entry: Entry, year: int, place: str = "") -> str:
    """Return the link to a place on an agency's report; empty where its page is not there."""
    target = report_page(year, entry.agency.id)
    return href(overview_page(year), target, place) if entry.built else ""


def to_review(entry: Entry, year: int) -> str:
    """Return the link to the review copy, empty where it is not there."""
    target = review_page(year, entry.agency.id)
    return href(overview_page(year), target) if entry.built else ""


def to_notice(entry: Entry, year: int) -> str:
    """Return the link to the notice that goes back to the agency, empty where it is not there."""
    target = review_page(year, entry.agency.id)
    return href(overview_page(year), target, NOTICE) if entry.built else ""


def to_trend(entry: Entry, year: int) -> str:
    """Return the link to the agency's other years, empty where none is known of."""
    target = trend_page(entry.agency.id)
    return href(overview_page(year), target) if entry.built else ""


def filed(entry: Entry) -> bool:
    """Whether there is a report, legible or not."""
    return entry.filing.state not in ("missing", "exempt")


def states(entry: Entry) -> tuple[str, ...]:
    """Return the states of an agency as codes of `STATES`, the main one first."""
    unread = {"misfiled": "unread"} if entry.error else {}
    return tuple(unread.get(state, state) for state in entry.filing.states)


def results(entry: Entry) -> tuple[str, ...]:
    """Return all that holds of the checks of a report, as codes of `RESULT_WORDS`."""
    known = entry.standing
    if known is None:
        return ("none",)
    counts = {
        "errors": known.errors,
        "warnings": known.warnings + known.doubts,
        "undecided": known.undecided,
    }
    return tuple(code for code, count in counts.items() if count) or ("clean",)


def standing_failures(known: Standing, severity: str) -> tuple[Failure, ...]:
    """Return what failed of one severity and nobody has explained."""
    return tuple(f for f in known.failures if f.severity == severity and not f.waived)


def problems(known: Standing) -> tuple[tuple[str, str], ...]:
    """Return where to look first, without what is explained; a report with errors has some."""
    explained = {failure.anchor for failure in known.failures if failure.waived}
    explained -= {failure.anchor for failure in known.failures if not failure.waived}
    found = tuple((place, words) for place, words in known.problems if place not in explained)
    errors = standing_failures(known, "error")
    return found or tuple((error.anchor, f"{error.place}：{error.found}") for error in errors)


def names(entries: Sequence[Entry], most: int, unit: str = "个") -> str:
    """List agencies by name; of more than ``most`` the first and how many there are."""
    listed = "、".join(entry.name for entry in entries[:most])
    return listed if len(entries) <= most else f"{listed}等{len(entries)}{unit}"
