from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.notice.problem import brief, outward, plain, sentence
from notice.said import say


@given(st.text())
def test_any_text_becomes_fit_for_xml(text):
    element = ET.Element("t")
    element.text = plain(text)
    assert ET.fromstring(ET.tostring(element, "unicode")).text in (element.text, None)
    plain(text).encode()


@given(st.text(alphabet="甲乙丙1234567890，。（）“”〔〕≠+ "))
def test_ordinary_text_stays_as_it_is(text):
    assert plain(text) == " ".join(text.split())


def test_signs_that_turn_the_direction_of_writing_are_taken_out():
    assert plain("第\u202e一\u2066行\x00\x1b\n\t二") == "第一行 二"


@pytest.mark.parametrize(
    ("text", "ended"), [("甲", "甲。"), ("甲。", "甲。"), ("甲？", "甲？"), ("", ""), (" ", "")]
)
def test_a_sentence_has_one_stop(text, ended):
    assert sentence(text) == ended


def test_a_long_sum_is_told_without_its_terms():
    terms = " + ".join(f"（{n}）某项 {n}" for n in range(30))
    problem = say("T3-2", found=f"总计 9 ≠ 各项之和 8〔{terms}〕；左边比右边多1，不成立")
    assert brief(problem) == "总计 9 ≠ 各项之和 8；左边比右边多1"


def test_a_short_sum_keeps_its_terms():
    assert brief(say("T3-2", found="总计 9 ≠ 8〔甲 8〕，不成立")) == "总计 9 ≠ 8〔甲 8〕"


@pytest.mark.parametrize(
    ("advice", "left"),
    [
        ("请核对；请补 params/agencies.csv", "请核对"),
        ("请在 params 的文件中改正", "请在 params 的文件中改正"),
        ("逐条见 findings.csv 或审阅页。请核对", "请核对"),
        ("请补 params/a.csv", ""),
    ],
)
def test_an_advice_loses_the_clauses_about_files(advice, left):
    assert outward(advice) == left
