"""Tables with every cell on its own line: rows are rebuilt, and nothing is guessed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import flat
from builders import COLUMN_LABELS, CORNER, LINES, RESULT_LABELS, T2_CAPTIONS, TITLES
from nianbao.documents.plain.text import read_text
from nianbao.documents.structure import Boundary, Document, Line, Row
from nianbao.labels import read_label
from nianbao.stacks import unstack

HEADS = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "本年处理决定数量"]
ROWS = ["规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制"]
WIDE = ["申请人情况", "法人或其他组织", "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"]
LABELS = [label for _, above, own in LINES for label in (*above, own)]
ALL = [CORNER, *T2_CAPTIONS, *HEADS, *ROWS, *WIDE, *COLUMN_LABELS, *RESULT_LABELS, *LABELS]
WORDS = {read_label(word).core for word in ALL}
TITLE_CORES = {read_label(title).core for title in TITLES.values()}


def stacked(text):
    document = read_text(text.encode(), "a.txt")
    return unstack(document, WORDS, TITLE_CORES)


def rows(*lines):
    return [row.cells for row in flat.rows(stacked("\n".join(lines)))]


def test_labels_with_their_figures_become_rows_and_the_labels_above_heads():
    document = stacked("\n".join([*HEADS[:4], "规章", "1", "12件", "-", "行政规范性文件", "2"]))
    assert document.blocks == (
        Row(tuple(HEADS[:4]), "第1行"),
        Row(("规章", "1", "12件", "-"), "第5行"),
        Row(("行政规范性文件", "2"), "第9行"),
    )


def test_heads_of_groups_stand_before_the_label_of_the_row():
    found = rows("二、上年结转政府信息公开申请数量", "3", *LABELS[2:4], "0", "1")
    assert found[1] == ("三、本年度办理结果", "（一）予以公开", "0", "1")


def test_a_total_ends_a_row_of_heads_and_the_figures_of_table_four_stand_alone():
    heads = ["行政复议", "行政诉讼", *RESULT_LABELS, "未经复议直接起诉", "复议后起诉"]
    found = rows(*heads, *RESULT_LABELS, *RESULT_LABELS, *"010010000000000")
    assert found[-1] == tuple("010010000000000")
    assert [row[-1] for row in found[:-1]] == ["总计"] * 3


def test_broken_labels_are_joined_where_the_joined_words_are_known():
    found = rows("1.", "属于国家", "秘密", "0", "1", "本年新收政府信息", "公开申请数量", "5", "5")
    assert found == [("1.属于国家秘密", "0", "1"), ("本年新收政府信息公开申请数量", "5", "5")]


def test_a_label_broken_around_its_figures_is_joined_too():
    lines = ["4.无正当理由", "大量反 0 1 2", "复申请", "5.要求提供   0   1"]
    assert rows(*lines) == [("4.无正当理由大量反复申请", "0", "1", "2"), ("5.要求提供", "0", "1")]


def test_known_labels_with_single_spaces_are_taken_apart():
    assert rows("信息内容 本年处理决定数量", "行政许可 12", "行政处罚", "0") == [
        ("信息内容", "本年处理决定数量"),
        ("行政许可", "12"),
        ("行政处罚", "0"),
    ]


def test_a_short_unknown_label_before_figures_counts_within_a_table_only():
    assert rows("规章", "1", "省级规章", "2") == [("规章", "1"), ("省级规章", "2")]
    assert rows("（一）组织领导", "3", "（二）学习培训", "4") == []


def test_titles_sentences_and_other_parts_of_the_source_end_a_table():
    blocks = (
        Line("规章", "第1行"),
        Boundary("另一个文件"),
        Line("3", "第2行"),
        Line("行政许可", "第3行"),
        Line("本年没有。", "第4行"),
        Line("4", "第5行"),
        Line(TITLES[3], "第6行"),
        Line("5", "第7行"),
    )
    document = Document("a", blocks)
    assert unstack(document, WORDS, TITLE_CORES) is document


@pytest.mark.parametrize("layout", ["grid", "padded", "skeleton", "ragged"])
def test_documents_without_stacks_come_back_as_they_are(layout):
    document = read_text(
        flat.rewritten(flat.sample()[1], str, layout).encode(),
        "a.txt",
    )
    assert unstack(document, WORDS, TITLE_CORES) is document


def test_the_real_document_comes_back_as_it_is(real_bytes):
    document = read_text(real_bytes, "a.txt")
    assert unstack(document, WORDS, TITLE_CORES) is document


def test_numbers_that_may_be_those_of_labels_make_their_rows_unclear():
    lines = ["（三）不予公开", "1", "属于国家秘密", "0", "0", "2", "其他法律行政法规禁止公开", "0"]
    document = stacked("\n".join(lines))
    (group, first, second) = document.blocks
    assert (group.unclear, first.unclear, second.unclear) == ({1}, {1, 2, 3}, set())


def test_a_number_torn_from_the_label_below_makes_the_row_unclear_or_goes_back_to_it():
    lines = ["2.重复申请", "5", "0", "5", "3", "要求提供公开出版物", "0"]
    assert stacked("\n".join(lines)).blocks[0].unclear == {1, 2, 3, 4}
    lines[4:6] = ["3", ".要求提供公开出版物"]
    assert rows(*lines) == [("2.重复申请", "5", "0", "5"), ("3.要求提供公开出版物", "0")]


def test_a_number_alone_below_a_row_of_figures_makes_it_unclear():
    (row,) = stacked("2.重复申请\n5 0 5\n12").blocks
    assert row.unclear == {1, 2, 3, 4}


def test_what_a_row_does_not_show_for_certain_stays_unclear():
    document = stacked("规章\n12 345   0")
    assert document.blocks == (Row(("规章", "12", "345", "0"), "第1行", unclear=frozenset({1, 2})),)


PIECES = [
    "0",
    "12",
    "-",
    "无",
    "规章",
    "总计",
    "1.",
    "其他",
    *ALL[:12],
    *TITLES.values(),
    "结束。",
    "甲 乙",
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30))
def test_arbitrary_lines_keep_their_words_in_order(lines):
    document = Document("a", tuple(Line(text, f"第{i}行") for i, text in enumerate(lines)))
    texts = [
        "".join(block.cells) if isinstance(block, Row) else block.text
        for block in unstack(document, WORDS, TITLE_CORES).blocks
    ]
    assert "".join("".join(texts).split()) == "".join("".join(lines).split())


@pytest.mark.parametrize("form", flat.FORMS)
def test_a_whole_report_is_read_from_every_flat_form(form):
    values, written = flat.sample(5)
    found = flat.cells(flat.FORMS[form](written))
    assert flat.states(found) == {"number"}
    assert not flat.wrong(found, values)


@pytest.mark.parametrize("form", flat.FORMS)
def test_blanks_that_vanish_make_no_cell_wrong(form):
    values, written = flat.sample(6)
    lost = {"t3.new.other", "t3.granted.natural", "t4.direct.total", "t2.regulations.issued"}
    found = flat.cells(flat.FORMS[form](flat.without(written, lost)))
    assert not flat.wrong(found, values)
    assert all(found[f"t2.regulations.{c}"].value is None for c in ("issued", "in_force"))
