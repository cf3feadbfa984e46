"""Reviews and suits: what follows from what, and what is said of corrections."""

from dataclasses import replace

import pytest

from nianbao.plausibility.cases import cases
from plausibility.offices import report_of

LONG = "本机关认真贯彻落实政府信息公开条例，完善制度，加强培训，做好各项公开工作。" * 6
REVIEWED = {"t4.review.upheld": 4, "t4.review.total": 4}
CORRECTED = {"t4.review.corrected": 2, "t4.review.total": 2}


def judged(figures, last=None, prose=None, variants=("2021", "2021")):
    report = report_of(variants[1], figures, 2023, prose)
    previous = None if last is None else report_of(variants[0], last, 2022)
    return {(each.rule, each.scope): each for each in cases(report, previous)}


def test_more_suits_after_review_than_reviews_in_two_years():
    found = judged({"t4.after.total": 9} | REVIEWED, {"t4.review.total": 3})["T4-6", ""]
    assert (found.status, found.left, found.right) == ("failed", 9, 7)
    assert "总计9件，多于" in found.found and "本年4件，上一年度3件" in found.found


def test_reviews_of_either_year_are_enough():
    for now, then in ((9, 0), (0, 9), (4, 5)):
        found = judged({"t4.after.total": 9, "t4.review.total": now}, {"t4.review.total": then})
        assert found["T4-6", ""].status == "passed"


def test_the_sequence_is_the_same_on_both_forms():
    found = judged({"t4.after.total": 9}, REVIEWED, variants=("2019", "2021"))
    assert found["T4-6", ""].status == "failed"


def test_without_last_year_no_sequence():
    assert not judged({"t4.after.total": 9})


@pytest.mark.parametrize("block", ["review", "direct", "after"])
def test_a_correction_without_a_word(block):
    figures = {f"t4.{block}.corrected": 2, f"t4.{block}.total": 2}
    found = judged(figures, prose={1: LONG, 5: "一是队伍能力有待提高。"})["T4-7", ""]
    assert (found.status, found.cells) == ("failed", (f"t4.{block}.corrected",))
    assert found.left == 2 and "2件" in found.found


@pytest.mark.parametrize(
    "words",
    [
        "行政复议2件，结果纠正2件。",
        "有2件答复被复议机关撤销。",
        "行政诉讼败诉1件。",
        "被责令重新答复。",
        "复议机关确认我局答复违法。",
        "法院判决限期答复。",
        "行 政 复 议 纠 错 率 有 所 下 降 。",
    ],
)
@pytest.mark.parametrize("section", [1, 5])
def test_any_word_on_it_is_enough(words, section):
    prose = {1: LONG, 5: "一是队伍能力有待提高。"}
    prose[section] += words
    assert judged(CORRECTED, prose=prose)["T4-7", ""].status == "passed"


def test_a_report_without_its_prose_is_not_asked_for_words():
    assert not judged(CORRECTED)
    assert not judged(CORRECTED, prose={1: LONG})
    assert not judged(CORRECTED, prose={1: "工作有序开展。", 5: "存在不足。"})


def test_nothing_corrected_needs_no_word():
    assert not judged(REVIEWED, prose={1: LONG, 5: "存在不足。"})


def test_most_of_the_decided_cases_corrected():
    many = {"t4.review.corrected": 20, "t4.review.upheld": 11, "t4.review.pending": 9}
    found = judged(many | {"t4.review.total": 40})["P-7", "review"]
    assert (found.status, found.left, found.right) == ("failed", 20, 31)
    assert "（64.5%）" in found.found and "没有官方标准" in found.advice
    half = judged({"t4.review.corrected": 15, "t4.review.total": 30})["P-7", "review"]
    assert half.status == "passed"


@pytest.mark.parametrize(("decided", "told"), [(29, False), (30, True)])
def test_a_percentage_from_thirty_cases_on(decided, told):
    cases_ = {"t4.review.corrected": 1, "t4.review.total": decided}
    assert ("%" in judged(cases_)["P-7", "review"].found) is told


def test_few_cases_have_no_percentage_and_very_few_no_judgement():
    few = judged({"t4.direct.corrected": 6, "t4.direct.total": 6, "t4.after.total": 4})
    assert few["P-7", "suits"].status == "failed"
    assert "已审结10件中，结果纠正6件，超过一半" in few["P-7", "suits"].found
    assert not judged({"t4.review.corrected": 9, "t4.review.total": 9})


def test_unknown_cells_are_not_counted_as_zero():
    report = report_of("2021", {"t4.review.corrected": 20, "t4.review.total": 20})
    cells = {**report.cells}
    cells["t4.review.pending"] = replace(cells["t4.review.pending"], value=None, state="blank")
    assert not list(cases(replace(report, cells=cells), None))
