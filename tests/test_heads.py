"""What the heads of a document tell: which heads hold for which row, and when none does."""

import pytest

from boards import amounts, boards, cells, document, flat, flattened, note_codes, report, wrong
from nianbao.documents.spans import Span
from nianbao.documents.structure import Row
from nianbao.forms import load_form
from nianbao.heads import Frames, first_column
from nianbao.walk import place

STUB = "信息内容"
NEW, OLD = amounts("2021"), amounts("2019")
CODE = "t2.licences.decisions"
FEES = "t2.fees.amount_10k"


def placing_of(tables, form="2021"):
    return place(document(tables), load_form(form))


def put(section, change, variant="2021", written=None):
    """Return the tables of a report with some rows of one put in anew: {row: cells}."""
    tables = boards(written or (OLD if variant == "2019" else NEW), variant)
    tables[section] = [change.get(i, row) for i, row in enumerate(flat(tables[section]))]
    return tables


def licences(heads, figures):
    return put(2, {5: cells(STUB, *heads), 6: cells("行政许可", *figures)})


def reordered(row, order):
    return [row[0], *(row[i] for i in order)]


@pytest.mark.parametrize("variant", ["2021", "2019"])
def test_official_heads_are_known_as_such_block_by_block(variant):
    placing = placing_of(boards(OLD if variant == "2019" else NEW, variant), variant)
    frames = Frames(placing, load_form(variant))
    assert len({placed.line.block for placed in placing.rows}) == len(placing.blocks)
    assert all(frames.official(placed) for placed in placing.rows)


def test_figures_begin_under_the_first_head_only_where_all_rows_lie_under_the_heads():
    assert first_column(placing_of(put(3, {})), 4) == 3
    tables = put(2, {})
    assert first_column(placing_of(tables), 0) == 1
    tables[2][3] = [Span(""), *tables[2][3]]
    assert first_column(placing_of(tables), 0) is None


def test_each_grid_has_columns_of_its_own():
    tables = boards(NEW)
    made = document(tables, after=(Row(("行政许可", "5"), "尾行", grid=99),))
    placing = place(made, load_form("2021"))
    frames = Frames(placing, load_form("2021"))
    row = next(b for b in made.blocks if isinstance(b, Row) and b.grid == 2)
    assert frames.columns(0, row, 1) is not None
    assert frames.columns(0, made.blocks[-1], len(placing.runs)) is None


def test_flattened_rows_have_no_columns():
    made = flattened(document(boards(NEW)))
    placing = place(made, load_form("2021"))
    frames = Frames(placing, load_form("2021"))
    rows = [b for b in made.blocks if isinstance(b, Row)]
    assert {frames.columns(b, row, 9) for row in rows for b in range(6)} == {None}


@pytest.mark.parametrize("order", [(3, 1, 2), (2, 1, 3), (1, 3, 2)])
@pytest.mark.parametrize("block", [(1, 2, 3), (5, 6, 7), (9, 10, 11)])
def test_known_heads_in_another_order_keep_their_figures(order, block):
    rows = flat(boards(OLD, "2019")[2])
    change = {i: reordered(rows[i], order) for i in block}
    assert wrong(report(put(2, change, "2019"), 2020), OLD) == {}


@pytest.mark.parametrize("order", [(3, 1, 2), (2, 1, 3)])
def test_flattened_figures_under_another_order_are_unknown(order):
    rows = flat(boards(OLD, "2019")[2])
    made = document(put(2, {i: reordered(rows[i], order) for i in (1, 2, 3)}, "2019"), 2020)
    found = report(flattened(made), 2020)
    assert wrong(found, OLD) == {}
    assert found.cells["t2.regulations.made_new"].state == "unknown"


def test_a_header_repeated_in_mid_table_changes_nothing():
    tables = boards(NEW)
    rows = flat(tables[3])
    tables[3] = rows[:12] + rows[:3] + rows[12:]
    for made in (document(tables), flattened(document(tables))):
        found = report(made)
        assert wrong(found, NEW) == {}
        assert found.state_count("number") == 200


def test_a_header_repeated_with_its_rows_one_place_off_counts_for_them():
    tables = boards(NEW)
    rows = flat(tables[3])
    tables[3] = rows[:12] + [[Span(""), *row] for row in rows[:3] + rows[12:]]
    found = report(tables)
    assert wrong(found, NEW) == {}
    assert found.state_count("number") == 200


@pytest.mark.parametrize("shift", [0, 1])
@pytest.mark.parametrize("section", [2, 3, 4])
def test_heads_or_rows_one_place_off_never_shift_figures(section, shift):
    tables = boards(NEW)
    rows = flat(tables[section])
    heads = {2: (1, 5, 8, 12), 3: (0, 1, 2), 4: (0, 1, 2)}[section]
    tables[section] = [
        [Span(""), *row] if (i in heads) == bool(shift) else row for i, row in enumerate(rows)
    ]
    assert wrong(report(tables), NEW) == {}


@pytest.mark.parametrize("word", ["行次", "代码", "序号", ""])
@pytest.mark.parametrize("at", [0, 3])
def test_line_numbers_in_the_stub_are_never_figures(word, at):
    tables = boards(NEW)
    rows = flat(tables[3])
    for i, row in enumerate(rows):
        row.insert(at, Span(word if i == 0 else "" if i < 3 else str(i - 2)))
    tables[3] = rows
    for made in (document(tables), flattened(document(tables))):
        assert wrong(report(made), NEW) == {}


@pytest.mark.parametrize("word", ["备注", "说明", "上年总计", ""])
def test_figures_right_of_the_table_are_never_its_own(word):
    tables = boards(NEW)
    rows = flat(tables[3])
    tables[3] = [
        [*r, Span(word if i == 0 else "" if i < 3 else str(i))] for i, r in enumerate(rows)
    ]
    for made in (document(tables), flattened(document(tables))):
        assert wrong(report(made), NEW) == {}


@pytest.mark.parametrize(
    ("heads", "figures"),
    [
        (["本年处理决定数量", "上年处理决定数量", ""], [NEW[CODE], "777", ""]),
        (["上年处理决定数量", "本年处理决定数量", ""], ["777", NEW[CODE], ""]),
        (["处理决定数量", "处理决定数量", ""], ["777", NEW[CODE], ""]),
        (["2021年", "2022年", ""], ["777", NEW[CODE], ""]),
        (["本年处理决定数量", "备注", ""], [NEW[CODE], "777", ""]),
        (["上一年项目数量", "本年增/减", "处理决定数量"], ["777", "3", NEW[CODE]]),
    ],
)
def test_two_numbers_in_a_block_of_one_column_are_told_by_heads_or_unknown(heads, figures):
    assert wrong(report(licences(heads, figures)), NEW) == {}
    assert wrong(report(flattened(document(licences(heads, figures)))), NEW) == {}


@pytest.mark.parametrize(
    ("heads", "figures"),
    [
        (["上年处理决定数量", "本年处理决定数量", ""], ["777", "", ""]),
        (["上一年项目数量", "本年增/减", "处理决定数量"], ["777", "", ""]),
        (["备注", "本年处理决定数量", ""], ["777", "", ""]),
    ],
)
def test_last_years_number_is_not_this_years_where_this_years_is_blank(heads, figures):
    found = report(licences(heads, figures))
    assert found.cells[CODE].value is None


@pytest.mark.parametrize(
    "head", ["上年处理决定数量", "上一年项目数量", "许可事项数量", "上年行政许可数量"]
)
def test_a_single_column_under_a_foreign_head_is_unknown(head):
    found = report(licences([head, "", ""], ["777", "", ""]))
    assert found.cells[CODE].value is None


@pytest.mark.parametrize("head", ["上一年项目数量", "收费项目数量", "本年增/减"])
def test_a_number_of_charged_items_is_never_an_amount(head):
    found = report(
        put(2, {12: cells(STUB, head, "", ""), 13: cells("行政事业性收费", "5", "", "")})
    )
    assert found.cells[FEES].value is None


def test_a_single_column_without_any_head_is_read():
    tables = boards(NEW)
    tables[2] = [row for i, row in enumerate(flat(tables[2])) if i not in (5, 8, 12)]
    found = report(tables)
    assert wrong(found, NEW) == {}


FOREIGN = [
    ["处理决定数量", "上一年项目数量", "增减情况"],
    ["处理决定数", "上年项目", "变化"],
    ["上年决定数", "本年决定数", "增减"],
    ["本年制发件数", "本年废止件数", "现行有效件数"],
]


@pytest.mark.parametrize("heads", FOREIGN)
def test_heads_of_an_earlier_block_do_not_hold_below_heads_of_its_own(heads):
    """行政处罚 has heads of its own: those over 行政许可 say nothing of it."""
    found = report(put(2, {9: cells(STUB, *heads)}, "2019"), 2020)
    assert {found.cells[f"t2.penalties.{f}"].state for f in ("prev_items", "change")} == {"unknown"}


def test_flattened_figures_under_foreign_heads_are_unknown():
    made = document(put(2, {9: cells(STUB, "上年决定数", "本年决定数", "增减")}, "2019"), 2020)
    assert report(flattened(made), 2020).cells["t2.penalties.prev_items"].state == "unknown"


def test_fees_under_heads_of_their_own_are_not_read_under_those_of_another_block():
    heads = cells(STUB, "收费项目", "收费金额（万元）", "")
    found = report(put(2, {13: heads}, "2019"), 2020)
    assert found.cells["t2.fees.prev_items"].value is None


def test_a_figure_below_the_caption_alone_is_not_dropped():
    """The figure was set one place further right: its cell is not blank."""
    tables = boards(NEW)
    tables[2][5] = cells(STUB, "本年处理决定数量", "", "")
    tables[2][6] = cells("行政许可", "", "777", "")
    assert report(tables).cells[CODE].state != "blank"


def fees(head, figure="68.63", row="行政事业性收费"):
    tables = boards(NEW)
    tables[2][12] = [Span(STUB), Span(head, 3)]
    tables[2][13] = [Span(row), Span(figure, 3)]
    return tables


@pytest.mark.parametrize(
    ("head", "figure", "value"),
    [
        ("本年收费金额（单位：万元）", "68.63", "68.63"),
        ("本年收费金额（单位：元）", "686300", "68.63"),
        ("本年收费金额（人民币元）", "686300", "68.63"),
        ("本年收费金额（单位：元）", "68.63万元", "68.63"),
        ("本年收费金额（单位：万元）", "686300元", "68.63"),
        ("本年收费金额（单位：元）", "0", "0"),
    ],
)
def test_amounts_are_in_the_forms_unit_whatever_head_or_cell_says(head, figure, value):
    found = report(fees(head, figure))
    assert f"{found.cells[FEES].value:f}".rstrip(".") == value
    converted = "元" in (head + figure).replace("万元", "") and "万元" not in figure
    assert ("unit_converted" in note_codes(found)) == converted


@pytest.mark.parametrize("unit", ["亿元", "千元", "百元", "百万元", "美元"])
def test_another_unit_is_never_read_as_yuan_or_ten_thousand_yuan(unit):
    cell = report(fees(f"本年收费金额（单位：{unit}）")).cells[FEES]
    assert cell.value is None


@pytest.mark.parametrize("where", ["caption", "row", "above", "between", "table"])
def test_the_unit_yuan_counts_wherever_it_is_written(where):
    tables = fees("本年收费金额", "686300")
    unit = [Span("单位：元", 4)]
    if where == "caption":
        tables[2][11] = [Span("第二十条第（八）项（单位：元）", 4)]
    elif where == "row":
        tables[2][13][0] = Span("行政事业性收费（元）")
    else:
        at = {"above": 12, "between": 13, "table": 0}[where]
        tables[2] = [*tables[2][:at], unit, *tables[2][at:]]
    assert report(tables).cells[FEES].value != 686300


def test_the_unit_of_one_block_is_not_that_of_another():
    tables = boards(OLD, "2019")
    tables[2][16] = cells(STUB, "采购项目数量", "采购总金额（元）", "")
    placing = placing_of(tables, "2019")
    frames = Frames(placing, load_form("2019"))
    units = {placed.line.block: frames.unit(placed) for placed in placing.rows}
    assert {block for block, unit in units.items() if unit == "元"} == {4}
    assert set(units.values()) == {"", "元"}
    found = report(tables, 2020)
    assert str(found.cells["t2.procurement.projects"].value) == OLD["t2.procurement.projects"]
