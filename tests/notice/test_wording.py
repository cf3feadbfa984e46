import re
from dataclasses import replace

import pytest

from nianbao.findings import check_report
from nianbao.notice import Notice, Tally, Unread, notice, wording
from notice.said import damaged, say

CLEAN = damaged()
FAULTY = damaged(t3__granted__natural=3)


def made(report, *more):
    return notice(report, [*check_report(report), *more])


@pytest.mark.parametrize(
    ("report", "more", "kind"),
    [
        (FAULTY, (), "退回意见"),
        (CLEAN, (say("X-1"),), "核实意见"),
        (CLEAN, (say("P-1", "hint"),), "审核意见"),
        (CLEAN, (), "审核意见"),
    ],
)
def test_the_title_says_what_kind_of_letter_it_is(report, more, kind):
    assert wording.title(made(report, *more)) == (
        f"关于测试局2022年度政府信息公开工作年度报告的{kind}"
    )


def test_with_nothing_to_object_it_says_so():
    clear = made(CLEAN)
    assert "没有发现需要改正或者核实的问题，无退回意见。" in wording.opening(clear)
    assert wording.request(clear) == ()
    assert "勾稽关系42条，全部成立" in wording.scope(clear)


def test_what_stands_below_a_clear_letter_is_announced():
    assert wording.opening(made(CLEAN, say("P-1", "hint"))).endswith("；供参考的事项列后。")


def test_the_opening_counts_what_was_found_and_names_the_law():
    text = wording.opening(made(FAULTY, say("X-1"), say("X-2")))
    assert "须改正的问题1项、需要核实的问题2项，现予退回。" in text
    assert "《中华人民共和国政府信息公开条例》第四十九条、第五十条" in text
    assert "国办公开办函〔2021〕30号" in text


def test_suspects_are_said_to_be_no_ground_for_a_correction():
    assert "不是更正的依据" in "".join(wording.request(made(FAULTY)))
    assert "更正的依据" not in "".join(wording.request(made(CLEAN, say("X-1"))))


def test_no_date_is_invented():
    letter = made(FAULTY, say("X-1"))
    text = "".join([wording.opening(letter), *wording.request(letter), *sum(wording.BLANKS, ())])
    assert not re.search(r"\d+月|\d+日", text)
    assert "请于　　　　年　　月　　日前报回。" in text


def test_what_could_not_be_decided_is_counted():
    letter = replace(made(CLEAN), balance=Tally(40, 0, 2), others=Tally(3, 1, 5))
    assert wording.scope(letter) == (
        "核对范围：勾稽关系42条，其中40条成立、2条因数字不全未作判定；"
        "跨年度、上下级、文字与表格等其他核对9项，"
        "其中3项相符、1项有出入、5项因数字不全或者没有对照资料未作判定。"
    )


def test_numbers_that_follow_on_each_other_are_a_range():
    more = [say(f"X-{n}", basis="乙" if n in (4, 6) else "甲") for n in range(1, 8)]
    assert wording.bases(made(CLEAN, *more)) == ["第1—3、5、7项：甲。", "第4、6项：乙。"]


def test_a_list_counts_its_reports():
    notices = [made(FAULTY), made(CLEAN, say("X-1")), made(CLEAN)]
    unread = [Unread("x", "某局", 2022, "文件打不开。")]
    assert wording.summary(notices, unread) == (
        "核对年度报告4份：1份需要退回修改，1份需要核实，1份没有意见，1份未能读取。"
    )
    assert wording.summary_lines(notices, unread) == (
        "2022年度政府信息公开工作年度报告",
        "退回意见汇总",
    )


def test_rows_of_a_list_name_the_year_only_where_there_are_several():
    def names(*letters: Notice):
        return [row[0] for row in wording.summary_rows(letters)]

    letter = made(FAULTY)
    assert names(letter) == ["测试局"]
    assert names(letter, replace(letter, year=2021)) == ["测试局（2022年度）", "测试局（2021年度）"]
