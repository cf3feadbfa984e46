"""Counts, shares and names in words, and how text is measured and broken into lines."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pylopdf_fonts_zh_cn import sans_path

from nianbao.charts import font
from nianbao.charts.words import count, leader, listing, quoted, share, with_share


def test_counts_have_commas_and_units():
    assert count(1927308) == "1,927,308件"
    assert count(0, "条") == "0条"


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(0, 40, "0%"), (1, 1000, "不足1%"), (999, 1000, "超过99%"), (40, 40, "100%"), (27, 32, "84%")],
)
def test_shares_never_claim_none_or_all(part, whole, text):
    assert share(part, whole) == text


def test_shares_stand_beside_thirty_or_more():
    assert with_share(15, 30) == "15件（50%）"
    assert with_share(15, 29) == "15件"


def test_names_are_joined_as_chinese_does():
    assert listing([]) == ""
    assert listing(["甲"]) == "甲"
    assert listing(["甲", "乙"]) == "甲和乙"
    assert listing(["甲", "乙", "丙"]) == "甲、乙和丙"
    assert listing(list("甲乙丙丁")) == "甲、乙、丙等4项"


def test_quotes_do_not_nest():
    assert quoted("危及“三安全”") == "“危及‘三安全’”"
    assert quoted("《公告》栏目") == "《公告》栏目"


def test_the_largest_is_named():
    assert leader([("甲", 5), ("乙", 1)]) == "“甲”最多，5件"
    assert leader([("甲", 5), ("乙", 5), ("丙", 1)]) == "“甲”和“乙”并列最多，各5件"


def test_the_font_is_the_one_that_was_tried():
    digest = hashlib.sha256(sans_path().read_bytes()).hexdigest()
    assert digest == "faa6c9df652116dde789d351359f3d7e5d2285a2b2a1f04a2d7244df706d5ea9"


def test_all_characters_of_the_form_can_be_written(real_report):
    for spec in real_report.form.cells.values():
        assert font.MISSING not in font.writable(spec.label)
    assert font.MISSING not in font.writable("=≠，。：；、（）“”《》…·%0123456789")


def test_what_cannot_be_written_is_marked():
    assert font.writable("甲🙂乙\x00丙\ud800丁\n戊") == "甲〓乙〓丙〓丁 戊"


def test_widths_are_the_fonts():
    assert font.measure("本年新收") == pytest.approx(4 * font.SIZE)
    assert font.measure("1") < font.SIZE


def test_long_labels_break_at_a_mark_where_they_can():
    text = "不予处理：要求行政机关确认或重新出具已获取信息"
    assert font.wrap(text, 310) == ["不予处理：", "要求行政机关确认或重新出具已获取信息"]
    assert font.wrap("短", 310) == ["短"]


@given(
    st.text("申请人无正当理由、，。（）“”12,345ab", min_size=1, max_size=60), st.integers(90, 320)
)
def test_lines_lose_nothing_and_fit(text, limit):
    lines = font.wrap(text, limit)
    assert "".join(lines) == text
    for line in lines:
        core = line.rstrip("、，。）”")
        assert font.measure(core) <= limit + font.SIZE


def test_clipping_marks_what_is_left_out():
    assert font.clipped("一" * 60) == "一" * 60
    assert font.clipped("一" * 61) == "一" * 59 + "…"
