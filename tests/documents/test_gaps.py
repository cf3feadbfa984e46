"""Cells set apart by spaces: rows where figures prove it, prose everywhere else."""

import pytest

import flat
from nianbao.documents.plain.gaps import gap_row


def cells(line):
    row = gap_row(line, "第1行")
    return row and row.cells


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("规章 1 0 11", ("规章", "1", "0", "11")),
        ("规章   1   -   /", ("规章", "1", "-", "/")),
        ("规　章　1　无　１２", ("规章", "1", "无", "１２")),
        ("行政许可   1927308", ("行政许可", "1927308")),
        ("行政许可　12", ("行政许可", "12")),
        ("规章 12 件 0 件 3件", ("规章", "12件", "0件", "3件")),
        ("0 1 0 0 1", ("0", "1", "0", "0", "1")),
        ("1. 属于国家秘密  0  0", ("1. 属于国家秘密", "0", "0")),
        ("1  属于国家秘密  0  0", ("1 属于国家秘密", "0", "0")),
        ("（一） 予以公开 1 0", ("（一） 予以公开", "1", "0")),
        (
            "三、本年度办理结果   （一）予以公开   1 0",
            ("三、本年度办理结果", "（一）予以公开", "1", "0"),
        ),
        ("（三）不予公开 1.属于国家秘密 0 0", ("（三）不予公开", "1.属于国家秘密", "0", "0")),
        ("规章 1 0 规范性文件 2 3", ("规章", "1", "0", "规范性文件", "2", "3")),
        ("予以公开 1 0 ② 0", ("予以公开", "1", "0", "②", "0")),
        ("自然人   商业企业   科研机构", ("自然人", "商业企业", "科研机构")),
    ],
)
def test_figures_at_the_end_or_wide_gaps_make_a_row(line, expected):
    assert cells(line) == expected
    assert gap_row(line, "第1行").grid is None


@pytest.mark.parametrize(
    "line",
    [
        "2022年 全市 共收到申请 32 件。",
        "洛阳市公安局   2022年政府信息公开工作年度报告",
        "洛阳市公安局     政府信息公开工作     年度报告",
        "一、总  体  情  况",
        "2023 年 1 月 20 日",
        "行政许可 12",
        "联系电话：   63990000",
        "公安局   2022",
        "局长：张三    审核人：李四    填表人：王五",
        "信息内容   本年处理决定数量",
        "共收到 32 件，其中 26 6",
        "3 / 6",
    ],
)
def test_prose_with_spaces_is_no_row(line):
    assert gap_row(line, "第1行") is None


def test_a_number_with_a_space_in_it_is_never_glued_but_marked():
    row = gap_row("规章   12 345   0", "第1行")
    assert row.cells == ("规章", "12", "345", "0")
    assert row.unclear == {1, 2}
    assert not gap_row("规章 12 345 0", "第1行").unclear


def test_a_thousands_space_in_one_column_is_left_unknown():
    values, written = flat.sample(2)
    text = flat.spaced(written | {"t2.licences.decisions": "1 927 308"})
    found = flat.cells(text)
    assert found["t2.licences.decisions"].state == "unknown"
    assert not flat.wrong(found, values)
