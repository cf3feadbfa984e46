"""In time, late, missing, misfiled, without duty: told from dates that are known, never today's."""

from datetime import date

import pytest

from nianbao.filing import STATE_WORDS, filing
from nianbao.register import Agency

OFFICE = Agency("a", "甲", "department", "", "", "2019-03", "2023")
DUE = date(2024, 1, 31)


def state(year=2023, **known):
    return filing(OFFICE, year, **{"filed": True, "deadline": DUE, **known})


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (None, ("undated",)),
        (date(2024, 1, 31), ("filed",)),
        (date(2024, 2, 1), ("late",)),
        (date(2023, 12, 1), ("filed",)),
    ],
)
def test_a_report_is_late_only_after_its_last_day(published, expected):
    assert state(published=published).states == expected


def test_how_late_is_told_with_both_days():
    told = state(published=date(2024, 2, 3)).reason
    assert told == "2024年2月3日公布，期限2024年1月31日，晚3天"


def test_without_a_deadline_nobody_is_late():
    found = state(published=date(2024, 12, 31), deadline=None)
    assert found.states == ("filed",) and "没有期限可比" in found.reason


def test_a_wrong_form_comes_before_being_late_and_both_are_told():
    found = state(published=date(2024, 2, 1), misfit="各表格式不一致")
    assert found.states == ("misfiled", "late")
    assert found.reason.startswith("各表格式不一致；")


def test_a_wrong_form_in_time_is_not_called_filed():
    assert state(published=DUE, misfit="x").states == ("misfiled",)


@pytest.mark.parametrize(
    ("year", "expected"), [(2018, "exempt"), (2019, "missing"), (2024, "exempt")]
)
def test_without_a_report_the_register_decides(year, expected):
    assert state(year, filed=False).state == expected


def test_the_term_of_the_register_is_the_reason():
    assert state(2024, filed=False).reason == "登记为自2019-03至2023"


def test_a_report_of_a_year_without_duty_is_told_as_such():
    found = state(2024)
    assert found.states == ("undated",) and "无报告义务" in found.reason


def test_each_state_has_its_official_words():
    assert set(STATE_WORDS.values()) == {
        "已报", "已报、日期不详", "缺报", "逾期", "格式不符", "当年无报告义务",
    }  # fmt: skip
    assert state().word == "已报、日期不详"
