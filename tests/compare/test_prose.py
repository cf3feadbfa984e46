"""Sentences and charts, as an executed notebook shows them."""

import json

import pytest

from compare.made import chart, notebook, prose, results
from nianbao.compare import differences
from nianbao.compare.matching import UnparsedError
from nianbao.compare.prose import marked
from nianbao.compare.shown import shown
from nianbao.compare.wording import figure_words


def changes(before, after):
    (found,) = differences(results(report_ipynb=before), results(report_ipynb=after)).reports
    return found


def test_a_changed_sentence_is_told_alone_under_its_heading():
    found = changes(prose("甲。", "共32件。", "丙。"), prose("甲。", "共33件。", "丙。"))
    (change,) = found.sentences
    assert (change.heading, change.before, change.after) == (
        "一、总体情况",
        ("共32件。",),
        ("共33件。",),
    )
    assert not found.figures and not found.others


def test_sentences_that_came_or_went_have_one_side():
    (came,) = changes(prose("甲。", "丙。"), prose("甲。", "乙。", "丙。")).sentences
    assert (came.before, came.after) == ((), ("乙。",))


def test_numbers_are_marked_as_wholes():
    before, after = marked("共收到申请1,032件，比上年多。", "共收到申请1,033件，比上年多。")
    assert [p.text for p in before if p.marked] == ["1,032"]
    assert [p.text for p in after if p.marked] == ["1,033"]
    assert "".join(p.text for p in before) == "共收到申请1,032件，比上年多。"


def test_sentences_with_little_in_common_are_not_marked_word_by_word():
    before, after = marked("一是公开方式有待丰富。", "全年收到申请。")
    assert not any(piece.marked for piece in (*before, *after))


def test_tables_hashes_and_what_findings_tell_are_no_sentences():
    html = "<table><tr><td>1</td></tr></table><p>甲<span class='hash'>SHA</span>。</p>"
    found = shown(notebook(("table-3", html), ("equations", "<p>乙。</p>")))
    assert [s for part in found.parts for s in part.sentences] == ["一、总体情况", "甲。"]


def test_cells_for_reviewers_and_for_the_notebook_alone_are_left_out():
    made = json.loads(prose("甲。"))
    made["cells"][1]["metadata"] = {"tags": ["review"]}
    found = shown(json.dumps(made).encode())
    assert [part.sentences for part in found.parts] == [(), ("一、总体情况",)]


def test_tiles_keep_label_figure_and_line_apart():
    html = (
        '<ul><li><span class="tile-label">新收</span><span class="tile-number">3<span>件</span>'
        '</span><span class="tile-line">来自自然人</span></li></ul>'
    )
    found = shown(notebook(("figures", html)))
    assert found.parts[1].sentences[1:] == ("新收：3件，来自自然人",)


def test_a_chart_is_told_by_its_cell_with_both_alternative_texts():
    found = changes(
        notebook(("balance", chart(alt="共32件"))), notebook(("balance", chart(alt="共33件")))
    )
    (change,) = found.figures
    assert (change.cell, change.heading, change.fields) == ("balance", "一、总体情况", ("alt",))
    assert (change.before.alt, change.after.alt) == ("共32件", "共33件")
    assert not change.redrawn and figure_words(change) == "替代文字不同"
    assert not found.sentences


def test_a_chart_drawn_otherwise_is_told_from_one_that_says_something_else():
    found = changes(
        notebook(("balance", chart())), notebook(("balance", chart(picture="data:image/png,x")))
    )
    (change,) = found.figures
    assert change.redrawn and figure_words(change) == "图形的画法不同，文字和数据相同"


def test_a_chart_that_became_a_sentence_is_one_change():
    said = '<p class="chart-sentence">本年没有申请。</p>'
    found = changes(notebook(("balance", chart())), notebook(("balance", said)))
    (change,) = found.figures
    assert change.after.alt == "本年没有申请。" and not change.after.picture
    assert figure_words(change) == "由图改为一句话"
    assert not found.sentences


def test_a_chart_that_came_is_new():
    (change,) = changes(notebook(), notebook(("balance", chart()))).figures
    assert change.before is None and change.headings == ("", "一、总体情况")


def test_a_heading_that_changed_is_a_changed_sentence_of_its_part():
    before = prose("甲。")
    after = before.replace(json.dumps("总体情况")[1:-1].encode(), json.dumps("概况")[1:-1].encode())
    (change,) = changes(before, after).sentences
    assert change.headings == ("一、总体情况", "一、概况")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"cells": 3}',
        b"[" * 100_000,
        b"\xff",
        notebook(("x", "<b>" * 5000)),
    ],
)
def test_what_is_no_notebook_is_compared_as_bytes(content):
    with pytest.raises(UnparsedError):
        shown(content)
    found = changes(prose("甲。"), content)
    assert not found.sentences and [each.name for each in found.others] == ["report.ipynb"]


@pytest.mark.parametrize(
    "cell",
    [
        3,
        {},
        {"cell_type": "markdown", "source": {"a": 1}},
        {"cell_type": "code", "outputs": "x", "metadata": 3},
        {"cell_type": "code", "outputs": [3, {"data": {"text/html": [3, None]}}, {"data": []}]},
        {"cell_type": "code", "outputs": [{"data": {"text/html": "</p></p><figure class=chart>"}}]},
        {"cell_type": "code", "metadata": {"tags": 3}, "outputs": [{"data": {"text/plain": "甲"}}]},
    ],
)
def test_strange_cells_do_no_harm(cell):
    shown(json.dumps({"cells": [cell]}).encode())


def test_half_a_character_is_no_failure():
    assert (
        "?"
        in shown(b'{"cells":[{"cell_type":"markdown","source":"\\ud800."}]}').parts[0].sentences[0]
    )


def test_long_texts_are_compared_in_bounded_time():
    one, other = (prose(*(f"第{n * k}句。" for n in range(3000))) for k in (1, 7))
    assert len(changes(one, other).sentences) == 2999


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("甲1，乙2，丙3。", "甲1，丁2，丙3。"),
        ("", "甲。"),
        ("甲，乙", "乙，甲"),
        ("总计 3 ≠ 自然人 0 + 商业企业 1", "总计 1 = 自然人 0 + 商业企业 1"),
    ],
)
def test_pieces_make_up_the_text_that_they_were_cut_from(before, after):
    pieces = marked(before, after)
    assert tuple("".join(piece.text for piece in side) for side in pieces) == (before, after)
    kept = ["".join(piece.text for piece in side if not piece.marked) for side in pieces]
    assert kept[0].split() == kept[1].split() or not any(p.marked for side in pieces for p in side)


def test_in_a_long_sum_just_the_changed_term_is_marked():
    terms = [f"第{n}项 {n}" for n in range(300)]
    before, after = " + ".join(terms), " + ".join([*terms[:150], "第150项 7", *terms[151:]])
    left, right = marked(before, after)
    assert [p.text for p in left if p.marked] == ["150"]
    assert [p.text for p in right if p.marked] == ["7"]
