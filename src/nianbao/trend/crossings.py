"""The findings over two years, of all years: how each joint came out, and what does not hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from nianbao.chapters import YEARS
from nianbao.fragments import Fragment, render
from nianbao.history import History
from nianbao.links import href, report_page, trend_page
from nianbao.standing import Failure
from nianbao.trend.continuity import continuity
from nianbao.trend.joints import Joint, joints, remarks
from nianbao.verification.items import SEVERITIES, SIGNS

_WORDS: Final = {
    "error": ("✗", "不衔接"),
    "warning": ("△", "需要核对"),
    "hint": ("※", "有提示"),
    "waived": ("※", "不符，已说明"),
    **SIGNS,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One joint, with its sign and words, and the page of the later year's report."""

    joint: Joint
    sign: str
    word: str
    link: str

    def counts(self, waived: bool) -> tuple[int, ...]:
        """Count the rules that hold, that do not, that are waived if asked for, and open ones."""
        joint = self.joint
        failed = len(joint.failures) - joint.waived
        explained = (joint.waived,) if waived else ()
        return (joint.passed, failed, *explained, joint.undecided)


@dataclass(frozen=True, slots=True)
class Item:
    """A failed finding: which year's, how grave, and where its report tells it."""

    year: int
    failure: Failure
    sign: str
    word: str
    link: str


def crossings(history: History) -> Fragment:
    """Show how each year joins with the year before it, and every finding that failed.

    Failed findings stand in full, with a link to the later year's report where its page is
    built; below them what else is noticed beside the year before.
    """
    found = joints(history)
    failures = [(joint.year, failure) for joint in found for failure in joint.failures]
    first = next(iter(history.reports), None)
    return render(
        "trend_crossings",
        continuity(history, found).headline,
        rows=[_row(history, joint) for joint in found],
        failed=[_item(history, year, failure) for year, failure in failures],
        remarks=[_item(history, year, failure) for year, failure in remarks(history)],
        waived=any(joint.waived for joint in found),
        first=first,
        earlier=_chapter_link(history, first) if first else "",
    )


def _row(history: History, joint: Joint) -> Row:
    sign, word = _WORDS[joint.status]
    return Row(joint, sign, word, _chapter_link(history, joint.year))


def _item(history: History, year: int, failure: Failure) -> Item:
    sign, word = SEVERITIES[failure.severity]
    return Item(year, failure, sign, word, _link(history, year, failure.anchor))


def _chapter_link(history: History, year: int) -> str:
    """Return the link to the chapter on both years; empty where the report has no such one."""
    standing = history.entries[year].standing
    told = standing is not None and any(t.chapter == YEARS.id for t in standing.tallies)
    return _link(history, year, YEARS.id) if told else ""


def _link(history: History, year: int, anchor: str) -> str:
    """Return the link into a year's report; empty where its page is not built."""
    if not history.entries[year].built:
        return ""
    agency = history.agency.id
    return href(trend_page(agency), report_page(year, agency), anchor)
