"""A table that is all 0 beside prose that tells of work."""

import pytest

from nianbao.plausibility.activities import activities
from plausibility.offices import report_of, with_figures

REQUESTS = {"t3.new.natural": 1, "t3.new.total": 1}


def judged(text, figures=None, variant="2021", section=1):
    found = activities(report_of(variant, figures or {}, prose={section: text}))
    return {judgement.rule: judgement for judgement in found}


@pytest.mark.parametrize("variant", ["2021", "2019", "hybrid"])
def test_decisions_beside_an_empty_table_two(variant):
    found = judged("2023年，本机关办理行政许可约3000件。", REQUESTS, variant)
    (only,) = found.values()
    assert (only.rule, only.status, only.severity) == ("T2-5", "failed", "")
    assert (only.left, only.right, only.cells) == (3000, 0, ("t2.licences.decisions",))
    assert only.place == "表二" and "第一部分写有“行政许可约3000件”" in only.found


def test_what_x6_warns_of_as_well_is_a_hint():
    exact = judged("2023年，本机关办理行政许可230件，行政处罚12件。", REQUESTS)["T2-5"]
    assert (exact.status, exact.severity) == ("failed", "hint")
    assert "等2处" in exact.found


def test_one_figure_in_table_two_leaves_it_to_x6():
    assert not judged("2023年，本机关办理行政许可230件。", REQUESTS | {"t2.penalties.decisions": 1})


@pytest.mark.parametrize(
    "text",
    [
        "2023年，本机关未作出行政许可决定。",
        "2022年，本机关办理行政许可230件。",
        "全市办理行政许可3000件。",
        "本机关公示行政许可信息230条。",
        "全年通过网站发布信息872条，召开会议3次。",
    ],
)
def test_words_that_are_no_work_of_the_year_are_let_alone(text):
    assert [found.status for found in judged(text).values()] == ["passed", "passed"]


def test_some_exact_number_among_approximate_ones_is_enough_for_a_hint():
    found = judged("2023年，本机关办理行政许可约3000件，行政处罚12件。", REQUESTS)["T2-5"]
    assert found.severity == "hint" and "等2处" in found.found


def test_the_section_of_the_table_itself_counts():
    found = judged("办理行政许可约3000件。", REQUESTS, section=2)["T2-5"]
    assert found.status == "failed" and "第二部分" in found.found
    assert "等1处" not in found.found


def test_the_section_of_problems_does_not_count_decisions():
    assert judged("办理行政许可230件。", REQUESTS, section=5)["T2-5"].status == "passed"


def test_requests_beside_three_empty_tables():
    found = judged("全年共收到政府信息公开申请12件，均已按时答复。")
    assert found["T2-5"].status == "passed"
    third = found["P-3"]
    assert (third.status, third.severity, third.left) == ("failed", "", 12)
    assert third.place == "表二、表三、表四"
    assert third.cells == ("t3.new.total",)


def test_of_three_empty_tables_requests_are_told_first():
    found = judged("办理行政许可230件。全年共收到政府信息公开申请12件。")
    assert (found["P-3"].left, found["T2-5"].left) == (12, 230)
    assert (found["P-3"].severity, found["T2-5"].severity) == ("", "hint")
    alone = judged("办理行政许可230件。")
    assert (alone["P-3"].status, alone["P-3"].left) == ("failed", 230)


def test_none_received_agrees_with_empty_tables():
    found = judged("全年未收到政府信息公开申请，无行政复议、行政诉讼案件。")
    assert [each.status for each in found.values()] == ["passed", "passed"]


def test_a_table_with_blanks_is_not_called_zero():
    report = report_of("2021", {}, prose={1: "办理行政许可约3000件。"})
    assert not list(activities(with_figures(report, {"t2.licences.decisions": None})))
