"""Tables drawn with pipes: certain places only in whole Markdown tables."""

import pytest

import flat
from nianbao.documents.plain.text import read_text
from nianbao.documents.structure import Line

HEAD = "| 信息内容 | 制发 | 废止 |\n"


def read(text):
    return read_text(text.encode(), "a.md").blocks


def test_a_whole_markdown_table_has_certain_places_and_a_number_of_its_own():
    table = HEAD + "|---|:--:|--:|\n| 规章 |  | 3 |"
    first, row, other, _ = read(f"{table}\n\n{table}")
    assert (first.cells, row.cells) == (("信息内容", "制发", "废止"), ("规章", "", "3"))
    assert (first.grid, row.grid, other.grid) == (1, 1, 2)
    assert row.origin == "第3行"


@pytest.mark.parametrize(
    "table",
    [
        HEAD + "| 规章 | 1 | 3 |",
        HEAD + "|---|---|---|\n| 规章 | 1 |",
        HEAD + "|---|---|---|\n| 规章 | 1 | 2 | 3 |",
        HEAD + "|---|---|\n| 规章 | 1 | 2 |",
        HEAD + "| 规章 | 1 | 2 |\n|---|---|---|\n| 许可 | 1 | 2 |",
        HEAD + "| - | - | - |\n| 规章 | 1 | 2 |",
    ],
)
def test_no_place_is_certain_in_any_other(table):
    assert {row.grid for row in read(table)} == {None}


def test_spaced_single_dashes_are_values_and_tight_ones_a_delimiter():
    assert ("-", "-", "-") in [row.cells for row in read(HEAD + "| - | - | - |")]
    assert len(read(HEAD + "|-|-|-|\n| 规章 | 1 | 2 |")) == 2


def test_cells_lose_their_marks_and_keep_their_breaks():
    (row,) = read("| **规章** | 1<br>2 | `0` | &nbsp; | a\\|b | [见](http://a.cn/b) |")
    assert row.cells == ("规章", "1\n2", "0", "", "a|b", "见")


def test_bars_without_a_frame_make_rows_of_figures_and_of_short_words():
    rows = read("信息内容 | 数量\n行政许可 | 12\n1.逾期不补正，不再处理 | 0 | 3")
    assert [row.cells for row in rows] == [
        ("信息内容", "数量"),
        ("行政许可", "12"),
        ("1.逾期不补正，不再处理", "0", "3"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "网站设置“首页|政务公开”栏目，共发布信息若干",
        "公开栏目 | 依申请公开两项内容已经完善。",
        "测试局 | 2022年政府信息公开工作年度报告",
    ],
)
def test_a_bar_in_prose_makes_no_row(line):
    assert read(line) == (Line(line, "第1行"),)


def test_prose_in_a_frame_is_prose():
    assert read("| 2022年，本机关认真工作。 |") == (Line("2022年，本机关认真工作。", "第1行"),)


def test_drawn_borders_do_not_end_a_table():
    rows = read("┌────┬──┐\n│ 规章 │ 1 │\n├────┼──┤\n│ 许可 │ 2 │\n└────┴──┘")
    assert [row.cells for row in rows] == [("规章", "1"), ("许可", "2")]


def test_a_report_in_markdown_is_read_whole_with_its_blanks_in_place():
    values, written = flat.sample(3)
    lost = {"t3.granted.legal", "t3.other_3.natural", "t4.direct.total", "t2.regulations.repealed"}
    found = flat.cells(flat.markdown(flat.without(written, lost)), "a.md")
    assert {code for code, cell in found.items() if cell.state == "blank"} == lost
    assert not flat.wrong(found, values)
    assert flat.states(found) == {"number", "blank"}
