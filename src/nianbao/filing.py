"""Says whether an agency filed its report of a year: in time, late, not at all, on a wrong form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from nianbao.register import Agency

STATE_WORDS: Final = {
    "misfiled": "格式不符",
    "missing": "缺报",
    "late": "逾期",
    "filed": "已报",
    "undated": "已报、日期不详",
    "exempt": "当年无报告义务",
}
"""What the states are called, in the order of lists: what wants a look first."""


@dataclass(frozen=True, slots=True)
class Filing:
    """How the report of an agency and a year was filed.

    Attributes
    ----------
    states : tuple of str
        Codes of `STATE_WORDS`, the first one its main state; a report on a wrong form may be
        late as well.
    reason : str
        One clause on how the state is known; empty where there is nothing to add.
    """

    states: tuple[str, ...]
    reason: str = ""

    @property
    def state(self) -> str:
        """The main state."""
        return self.states[0]

    @property
    def word(self) -> str:
        """The main state in the official words."""
        return STATE_WORDS[self.state]


def filing(
    agency: Agency,
    year: int,
    *,
    filed: bool,
    published: date | None = None,
    deadline: date | None = None,
    misfit: str = "",
) -> Filing:
    """Tell the state of a report from what is known of it; nothing depends on today's date.

    Parameters
    ----------
    agency : Agency
        Its row of the register.
    year : int
        The year reported on.
    filed : bool
        Whether there is a file of the report.
    published : datetime.date, optional
        When it was published; without it, nobody is called late.
    deadline : datetime.date, optional
        Until when it had to be.
    misfit : str
        Why its form is not the one it should be, or why it cannot be read; empty if all is well.
    """
    if not filed and not agency.existed(year):
        return Filing(("exempt",), _term(agency))
    if not filed:
        return Filing(("missing",))
    late, told = _timeliness(published, deadline)
    states = (*(["misfiled"] if misfit else []), *(["late"] if late else []))
    if not states:
        states = ("filed" if published else "undated",)
    unexpected = "" if agency.existed(year) else f"按登记当年无报告义务（{_term(agency)}）"
    return Filing(states, "；".join(filter(None, [misfit, told, unexpected])))


def _timeliness(published: date | None, due: date | None) -> tuple[bool, str]:
    if published is None:
        return False, ""
    if due is None:
        return False, f"{_day(published)}公布，没有期限可比"
    days = (published - due).days
    if days > 0:
        return True, f"{_day(published)}公布，期限{_day(due)}，晚{days}天"
    return False, f"{_day(published)}公布"


def _term(agency: Agency) -> str:
    """Say from when to when an agency existed, as the register has it."""
    ends = (("自", agency.since), ("至", agency.until))
    told = "".join(f"{word}{day}" for word, day in ends if day)
    return f"登记为{told}" if told else ""


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
