"""Years, notices, fees, doubled words, leftovers and copied passages."""

import time

import pytest

from nianbao import narrative
from nianbao.narrative import fees, likeness, notices, remnants, repetitions, years

pytestmark = pytest.mark.many


@pytest.mark.parametrize(
    "text",
    [
        "安澜市水务局2022年政府信息公开工作年度报告",
        "2022年，我局认真贯彻落实条例，扎实推进公开工作。",
        "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。",
        "现将二〇二二年度政府信息公开工作情况报告如下。",
    ],
)
def test_a_year_that_means_the_reports_own_is_compared(text):
    assert [year.holds for year in years(text, 2023)] == [False]
    assert all(year.holds for year in years(text, 2022))


@pytest.mark.parametrize(
    "text",
    [
        "2022年全县收到申请437件，2023年486件。",
        "2022年，共收到申请437件，2023年同比增长11%。",
        "根据《2022年政务公开工作要点》安排。",
        "2024年，我局将继续加强培训。",
        "2021年工作中存在的问题已全部整改到位。",
        "自2018年以来公开文件88件。",
        "于2022年1月1日正式上线。",
    ],
)
def test_another_year_in_its_own_right_is_left_alone(text):
    assert not [year for year in years(text, 2023) if not year.holds]


def test_the_notice_cited_is_that_of_the_form():
    old, new = "国办公开办函〔2019〕60号", "国办公开办函【2021】30 号"
    assert [notice.holds for notice in notices(f"按照{old}编制", "2021")] == [False]
    assert [notice.holds for notice in notices(f"按照{new}编制", "2021")] == [True]
    assert all(notice.holds for notice in notices(f"按照{new}（{old}同时废止）编制", "2021"))
    assert notices("国办公开办函〔2020〕12号", "2021") == []


def test_fees_are_multiples_of_ten():
    assert [(f.value, f.holds) for f in fees("收取信息处理费125元。")] == [(125, False)]
    assert [(f.value, f.holds) for f in fees("收取信息处理费3,940元。")] == [(3940, True)]
    assert [(f.value, f.holds) for f in fees("本年度未收取信息处理费。")] == [(0, True)]
    assert fees("行政事业性收费125元。") == []


def test_doubled_words_are_told_and_meant_ones_are_not():
    found = repetitions("建设优化及安全管理安全管理、惩处办法，健全健全机制。")
    assert [(twice.word, twice.certain) for twice in found] == [
        ("安全管理", True),
        ("健全", False),
    ]
    meant = "人人参与，渐渐形成，一件一件办，研究研究，市人民政府政府信息公开，服务服务中心"
    assert repetitions(meant) == []


@pytest.mark.parametrize(
    "text",
    ["XX局年度报告", "公开____次", "此处填写本单位情况。", "（请根据实际情况填写）", "××县"],
)
def test_leftovers_of_a_template_are_found(text):
    assert remnants(text)


@pytest.mark.parametrize(
    "text", ["二〇〇八年", "WXXL", "填写申请表的群众", "a_b", "按照要求填报数据"]
)
def test_what_is_no_leftover(text):
    assert remnants(text) == []


def test_a_long_passage_in_both_texts_is_found_with_new_figures():
    same = "坚持把政府信息公开作为转变作风的重要抓手，全年召开会议{}次研究部署，逐项压实工作责任"
    one = "今年的特点是新的。" + same.format(3) + "。群众满意。"
    other = "去年情况。" + same.format(12) + "，另有安排。"
    found = likeness(one, other)
    (passage,) = found.passages
    assert one[passage.start : passage.end] == same.format(3)
    assert other[passage.other_start : passage.other_end] == same.format(12)
    assert 0.5 < found.share < 1
    assert likeness(one, "完全不同的一份报告。").passages == ()
    assert likeness(one, one).share == 1


LONG = 200_000


@pytest.mark.parametrize(
    "piece", ["的", "，", "（", "2022年，", "共收到申请32件，占5%，", "未发生行政复议、", "《", "_"]
)
def test_a_line_of_any_length_is_read_in_time(piece):
    text = (piece * LONG)[:LONG]
    checks = [
        lambda: narrative.statements(text, 2023),
        lambda: narrative.percentages(text, None, 2023),
        lambda: years(text, 2023),
        lambda: fees(text, 2023),
        lambda: repetitions(text),
        lambda: remnants(text),
        lambda: likeness(text, text[: LONG // 2]),
    ]
    for check in checks:
        begun = time.process_time()
        check()
        assert time.process_time() - begun < 10
