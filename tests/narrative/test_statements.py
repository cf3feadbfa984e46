"""What prose says of the tables: invented sentences with the cells that they may mean."""

# ruff: noqa: E501 - a labelled sentence stays on one line: Chinese counts double there

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.narrative import Layout, statements

NEW, IN, OUT, DONE = "t3.new.total", "t3.carried_in.total", "t3.carried_out.total", "t3.total.total"
FIGURES = {
    NEW: 30,
    IN: 2,
    DONE: 31,
    OUT: 1,
    "t3.granted.total": 12,
    "t3.partial.total": 4,
    "t3.deny_1.total": 0,
    **{f"t3.deny_{n}.total": 0 for n in range(2, 8)},
    "t3.deny_8.total": 3,
    "t3.unable_1.total": 7,
    "t3.unable_2.total": 2,
    "t3.unable_3.total": 0,
    **{f"t3.refuse_{n}.total": 0 for n in range(1, 6)},
    "t3.other_1.total": 0,
    "t3.other_2.total": 0,
    "t3.other_3.total": 3,
    **{f"t4.review.{f}": v for f, v in zip(["upheld", "corrected", "other", "pending", "total"], [3, 1, 0, 0, 4], strict=True)},
    **{f"t4.direct.{f}": v for f, v in zip(["upheld", "corrected", "other", "pending", "total"], [2, 0, 0, 0, 2], strict=True)},
    **{f"t4.after.{f}": v for f, v in zip(["upheld", "corrected", "other", "pending", "total"], [1, 0, 0, 0, 1], strict=True)},
    "t2.normative_docs.issued": 3,
    "t2.fees.amount_10k": Decimal("318.6"),
}  # fmt: skip


def _told(text, **options):
    return [
        (s.value, s.readings[s.matched or 0], s.holds)
        for s in statements(text, 2023, figures=FIGURES, owner="安澜市水务局", **options)
    ]


@pytest.mark.parametrize(
    ("text", "value", "reading", "holds"),
    [
        ("2023年共收到政府信息公开申请30件。", 30, (NEW,), True),
        ("2023年共收到政府信息公开申请32件。", 32, (NEW, IN), True),
        ("2023年共收到政府信息公开申请33件。", 33, (NEW,), False),
        ("全年新收政府信息公开申请32件。", 32, (NEW,), False),
        ("上年结转申请2件。", 2, (IN,), True),
        ("结转下年度继续办理1件。", 1, (OUT,), True),
        ("因政府信息公开被提起行政诉讼3件。", 3, ("t4.direct.total", "t4.after.total"), True),
        ("因政府信息公开被提起行政诉讼2件。", 2, ("t4.direct.total",), True),
        ("制定行政规范性文件三件。", 3, ("t2.normative_docs.issued",), True),
        ("行政事业性收费318.6万元。", 3186000, ("t2.fees.amount_10k",), True),
        ("受理申请近30件。", 30, (NEW,), True),
    ],
)
def test_a_statement_is_compared_in_every_legitimate_reading(text, value, reading, holds):
    assert _told(text) == [(value, reading, holds)]


def test_a_group_is_the_sum_of_its_rows_or_the_row_that_the_office_used():
    (whole,) = statements("无法提供9件。", 2023, figures=FIGURES)
    (single,) = statements("无法提供7件。", 2023, figures=FIGURES)
    assert (whole.matched, len(whole.readings[0]), single.matched) == (0, 3, 1)


def test_words_for_none_mean_zero():
    told = _told("本年度未发生因政府信息公开引起的行政复议、行政诉讼。")
    assert [(value, holds) for value, _, holds in told] == [(0, False), (0, False)]
    assert _told("未收到政府信息公开申请。") == [(0, (NEW,), False)]


def test_all_upheld_says_how_many():
    told = _told("因信息公开被申请行政复议4件，均获维持。")
    assert told[1] == (4, ("t4.review.upheld",), False)


@pytest.mark.parametrize(
    "text",
    [
        "其中网络申请26件、信函申请6件。",
        "2022年全年收到申请25件。",
        "自2018年以来累计收到政府信息公开申请143件。",
        "与2022年相比，新收申请增加5件。",
        "办理建议提案40件，答复40件。",
        "收到群众来信96件，办结96件。",
        "市住房城乡建设局收到政府信息公开申请164件。",
        "计划办理申请50件。",
        "主动公开信息1500条，不予公开文件65件。",
        "申请内容涉及河道管理12件、水费价格9件。",
        "延期答复18件，征求第三方意见7件。",
        "没有超期答复政府信息公开申请的情况。",
        "年均收到申请13件。",
        "现有行政许可事项308项。",
    ],
)
def test_what_means_something_else_is_no_contradiction(text):
    assert not [
        s for s in statements(text, 2023, figures=FIGURES, owner="安澜市水务局") if s.broken
    ]


def test_without_tables_nothing_holds_and_the_readings_are_told():
    (told,) = statements("2023年受理政府信息公开申请30件。", 2023)
    assert (told.holds, told.matched, told.readings) == (None, None, ((NEW,), (NEW, IN)))


def test_an_unknown_cell_leaves_a_statement_undecided():
    (told,) = statements("新收申请33件。", 2023, figures=FIGURES | {NEW: None})
    assert told.holds is None


def test_the_form_of_2019_counts_documents_differently():
    (told,) = statements("制定规范性文件3件。", 2019, Layout.of_form("2019"))
    assert told.readings == (("t2.normative_docs.made_new",),)
    assert statements("现行有效的规范性文件22件。", 2019, Layout.of_form("2019")) == []


PIECES = ["收到", "申请", "32件", "其中", "（", "）", "，", "。", "未", "行政复议", "均", "维持", "2022年", "上年", "结转", "占", "5%", "\n", "、"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_words_give_statements_that_stand_in_them(text):
    for told in statements(text, 2023, figures=FIGURES):
        assert text[told.start : told.end] == told.text
        assert 1 <= len(told.readings) <= 3
        assert told.matched is None or told.holds is True
