"""The form of 2021 as data, against the official form stated once more in `builders`."""

import pytest

from builders import (
    BLOCK_LABELS,
    BLOCKS,
    CODES,
    COLUMN_LABELS,
    COLUMNS,
    CORNER,
    GROUPS,
    LINES,
    RESULT_LABELS,
    RESULTS,
    T2_CAPTIONS,
    TITLES,
    row_codes,
)
from nianbao.errors import UsageError
from nianbao.forms import form_ids, load_form


@pytest.fixture(scope="module")
def form():
    return load_form("2021")


def test_it_has_exactly_the_200_cells_of_the_contract_in_order(form):
    assert list(form.cells) == CODES
    assert len(CODES) == len(set(CODES)) == 200
    assert [sum(c.startswith(t) for c in CODES) for t in ("t2.", "t3.", "t4.")] == [10, 175, 15]


def test_the_rows_of_table_three_are_labelled_verbatim(form):
    for row, above, label in LINES:
        for code, column in zip(row_codes(row), COLUMN_LABELS, strict=True):
            spec = form.cells[code]
            assert [node.label for node in spec.row] == [*above, label]
            assert spec.column[-1].label == column
            assert label in spec.label and column in spec.label


def test_the_columns_of_table_three_stand_under_their_heads(form):
    above = {column: ["申请人情况", "法人或其他组织"] for column in COLUMNS}
    above["natural"] = above["total"] = ["申请人情况"]
    for column in COLUMNS:
        path = form.cells[f"t3.new.{column}"].column
        assert [node.label for node in path[:-1]] == above[column]
    assert form.table("t3").blocks[0].stub == (CORNER,)
    assert form.table("t3").blocks[0].stub_width == 3
    assert [form.table(t).width for t in ("t2", "t3", "t4")] == [4, 10, 15]


def test_table_four_is_labelled_verbatim(form):
    for block, name in zip(BLOCKS, BLOCK_LABELS, strict=True):
        for result, label in zip(RESULTS, RESULT_LABELS, strict=True):
            labels = [node.label for node in form.cells[f"t4.{block}.{result}"].column]
            assert labels == ["行政诉讼", name, label][block == "review" :]


def test_table_two_is_labelled_verbatim(form):
    blocks = form.table("t2").blocks
    assert [block.caption for block in blocks] == T2_CAPTIONS
    assert [block.stub for block in blocks] == [("信息内容",)] * 4
    heads = [[column.label for column in block.columns] for block in blocks]
    assert heads == [
        ["本年制发件数", "本年废止件数", "现行有效件数"],
        ["本年处理决定数量"],
        ["本年处理决定数量"],
        ["本年收费金额（单位：万元）"],
    ]
    rows = [[row.label for row in block.rows] for block in blocks]
    assert rows == [
        ["规章", "行政规范性文件"],
        ["行政许可"],
        ["行政处罚", "行政强制"],
        ["行政事业性收费"],
    ]


def test_only_the_fees_are_an_amount(form):
    units = {code: spec.unit for code, spec in form.cells.items() if spec.unit != "件"}
    assert units == {"t2.fees.amount_10k": "万元"}
    assert [code for code, spec in form.cells.items() if spec.decimal] == ["t2.fees.amount_10k"]


def test_the_six_sections_are_titled_verbatim(form):
    titles = {s.number: s.title for s in form.sections}
    assert titles == {number: title[2:] for number, title in TITLES.items()}


def test_cell_labels_are_unique_and_say_table_row_and_column(form):
    labels = [spec.label for spec in form.cells.values()]
    assert len(set(labels)) == 200
    group = GROUPS["deny_3"][-1]
    assert form.cells["t3.deny_3.other"].label == (
        f"表三 · 三、本年度办理结果 · {group} · 3.危及“三安全一稳定” · 法人或其他组织 · 其他"
    )


def test_no_alias_of_one_row_is_the_name_of_another():
    from nianbao.lines import form_lines

    lines = form_lines(load_form("2021"))
    for i, line in enumerate(lines):
        for other in lines[i + 1 :]:
            if line.table is other.table:
                assert line.cores.isdisjoint(other.cores), (line.codes[0], other.codes[0])


def test_an_unknown_form_is_refused_with_those_that_exist():
    assert "2021" in form_ids()
    with pytest.raises(UsageError, match="2021"):
        load_form("2020")
