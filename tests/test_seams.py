"""Labels torn by gaps are joined; two labels side by side, and figures, never are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards import amounts, boards, document, flattened
from nianbao.documents.structure import Boundary, Document, Line, Row
from nianbao.forms import form_ids, load_form
from nianbao.labels import read_label
from nianbao.lines import form_blocks, form_lines
from nianbao.seams import mend

_FORMS = [load_form(form) for form in form_ids()]
_NODES = [
    core
    for form in _FORMS
    for line in form_lines(form)
    for node in line.path
    for core in (read_label(text).core for text in (node.label, *node.aliases))
]
_HEADS = [core for form in _FORMS for b in form_blocks(form) for core in b.heads | b.stub]
WORDS = frozenset([*_NODES, *_HEADS]) - {""}


def mended(*cells, grid=None):
    made = mend(Document("a.txt", (Row(cells, "第1行", grid),)), WORDS)
    return made.blocks[0].cells


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        (("行政", "许可", "5"), ("行政许可", "5")),
        (("规", "章", "1", "2", "3"), ("规章", "1", "2", "3")),
        (("总", "计"), ("总计",)),
        (("3.", "其他", "5"), ("3.其他", "5")),
        (("（三）", "不予", "公开"), ("（三）不予公开",)),
        (("结果", "维持", "结果", "纠正"), ("结果维持", "结果纠正")),
        (("本年", "制发件数", "本年", "废止件数"), ("本年制发件数", "本年废止件数")),
        (("第二十条", "第（一）项", "规章", "1"), ("第二十条第（一）项", "规章", "1")),
        (("行政处罚", "决定", "5"), ("行政处罚决定", "5")),
        (
            ("一、", "本年新收政府", "信息公开", "申请数量", "5"),
            ("一、本年新收政府信息公开申请数量", "5"),
        ),
    ],
)
def test_pieces_of_a_known_label_are_joined(torn, whole):
    assert mended(*torn) == whole


@pytest.mark.parametrize(
    "cells",
    [
        ("行政许可", "行政处罚"),
        ("不予公开", "公开"),
        ("其他", "总计"),
        ("其他", "结果维持"),
        ("本年新", "本年新", "对外公开总数量"),
        ("行政", "", "许可", "5"),
        ("行政", "5", "许可"),
        ("不予", "—", "公开"),
        ("法人或其他组织", "总计"),
        ("规章", "制度", "5"),
        ("1", "2", "3", "4", "5", "6", "21"),
        ("", "", ""),
        (),
    ],
)
def test_labels_that_are_whole_apart_or_strange_stay_as_they_are(cells):
    assert mended(*cells) == cells


@pytest.mark.parametrize("cells", [("行政", "许可", "5"), ("规", "章", "1")])
def test_certain_places_are_never_moved(cells):
    assert mended(*cells, grid=1) == cells


def test_lines_and_boundaries_pass_through():
    made = Document("a", (Line("行政 许可", "第1行"), Boundary("表三")))
    assert mend(made, WORDS).blocks == made.blocks


@pytest.mark.parametrize("variant", ["2021", "2019", "2021+t2:2019", "2021+t3:2019"])
def test_a_document_without_torn_labels_stays_the_same(variant):
    made = flattened(document(boards(amounts(variant), variant)))
    assert mend(made, WORDS).blocks == made.blocks


_PIECES = st.sampled_from(
    [
        "",
        "0",
        "12",
        "-",
        "/",
        "无",
        "12件",
        "行政",
        "许可",
        "规",
        "章",
        "其他",
        "总计",
        "公开",
        "不予",
    ]
)


@given(st.lists(_PIECES, max_size=12))
def test_no_sign_is_lost_added_or_moved_and_figures_stay_alone(cells):
    found = mended(*cells)
    assert "".join(found) == "".join(cells)
    figures = {"0", "12", "-", "/", "无", "12件"}
    assert [c for c in found if c in figures] == [c for c in cells if c in figures]
    assert found.count("") == cells.count("")
    assert mended(*found) == found
