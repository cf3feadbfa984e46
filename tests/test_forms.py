"""The forms as data, against the official words stated once more in `builders` and `boards`."""

import pytest

from boards import CODES_2019, HEADS_2019, LINES_2019, VARIANTS, codes
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
from nianbao.forms import form_ids, form_of_year, load_form
from nianbao.lines import form_lines
from nianbao.rules import expand


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


@pytest.mark.parametrize("key", VARIANTS)
def test_no_alias_of_one_row_is_the_name_of_another(key):
    lines = form_lines(load_form(key))
    for i, line in enumerate(lines):
        for other in lines[i + 1 :]:
            if line.table is other.table:
                assert line.cores.isdisjoint(other.cores), (line.codes[0], other.codes[0])


def test_an_unknown_form_is_refused_with_those_that_exist():
    assert "2021" in form_ids()
    with pytest.raises(UsageError, match="2021"):
        load_form("2020")


@pytest.fixture(scope="module")
def old():
    return load_form("2019")


def test_the_form_of_2019_has_exactly_the_198_cells_of_the_contract_in_order(old):
    assert list(old.cells) == CODES_2019
    assert len(CODES_2019) == len(set(CODES_2019)) == 198
    counts = [sum(c.startswith(t) for c in CODES_2019) for t in ("t2.", "t3.", "t4.")]
    assert counts == [22, 161, 15]


def test_the_cells_of_2019_are_named_as_the_contract_names_them(old):
    two = [code for code in old.cells if code.startswith("t2.")]
    made = ["made_new", "disclosed_new", "public_total"]
    items = ["prev_items", "change", "decisions"]
    expected = [f"t2.{row}.{f}" for row in ("regulations", "normative_docs") for f in made]
    for row in ("licences", "other_services", "penalties", "coercion"):
        expected += [f"t2.{row}.{field}" for field in items]
    expected += ["t2.fees.prev_items", "t2.fees.change"]
    assert two == [*expected, "t2.procurement.projects", "t2.procurement.amount"]
    rows = list(dict.fromkeys(c.split(".")[1] for c in old.cells if c.startswith("t3.")))
    assert rows == [
        *("new", "carried_in", "granted", "partial"),
        *(f"deny_{i}" for i in range(1, 9)),
        *(f"unable_{i}" for i in range(1, 4)),
        *(f"refuse_{i}" for i in range(1, 6)),
        *("other", "total", "carried_out"),
    ]


def test_table_two_of_2019_is_labelled_verbatim(old):
    table = old.table("t2")
    assert (table.form, table.width, table.section) == ("2019", 4, 2)
    blocks = table.blocks
    assert [b.caption for b in blocks] == [f"第二十条第（{item}）项" for item in "一五六八九"]
    assert [b.stub for b in blocks] == [("信息内容",)] * 5
    assert [[column.label for column in block.columns] for block in blocks] == [
        ["本年新制作数量", "本年新公开数量", "对外公开总数量"],
        ["上一年项目数量", "本年增/减", "处理决定数量"],
        ["上一年项目数量", "本年增/减", "处理决定数量"],
        ["上一年项目数量", "本年增/减"],
        ["采购项目数量", "采购总金额"],
    ]
    assert [[row.label for row in block.rows] for block in blocks] == [
        ["规章", "规范性文件"],
        ["行政许可", "其他对外管理服务事项"],
        ["行政处罚", "行政强制"],
        ["行政事业性收费"],
        ["政府集中采购"],
    ]


def test_each_code_of_table_two_of_2019_stands_for_its_row_and_column(old):
    for _, heads, rows in HEADS_2019:
        for label, cells in rows:
            for head, code in zip(heads, cells, strict=True):
                spec = old.cells[code]
                assert (spec.row[-1].label, spec.column[-1].label) == (label, head)


def test_the_rows_of_table_three_of_2019_are_labelled_verbatim(old):
    assert len(LINES_2019) == 23
    for row, above, label in LINES_2019:
        for code, column in zip(row_codes(row), COLUMN_LABELS, strict=True):
            spec = old.cells[code]
            assert [node.label for node in spec.row] == [*above, label]
            assert spec.column[-1].label == column


def test_table_four_and_the_sections_are_the_same_in_both_forms(form, old):
    four = [(c, s.label, s.unit) for c, s in form.cells.items() if c.startswith("t4.")]
    assert four == [(c, s.label, s.unit) for c, s in old.cells.items() if c.startswith("t4.")]
    assert old.sections == form.sections
    assert {table.form for table in old.tables} == {"2019"}


def test_only_the_changes_of_2019_may_be_negative(form, old):
    signed = {code for code, spec in old.cells.items() if spec.signed}
    rows = ("licences", "other_services", "penalties", "coercion", "fees")
    assert signed == {f"t2.{row}.change" for row in rows}
    assert not any(spec.signed for spec in form.cells.values())


def test_items_are_counted_in_xiang_and_only_procurement_is_an_amount(old):
    units = {code: spec.unit for code, spec in old.cells.items()}
    items = {code for code, unit in units.items() if unit == "项"}
    ends = (".prev_items", ".change", ".projects")
    assert items == {code for code in units if code.endswith(ends)}
    assert [code for code, unit in units.items() if unit == "万元"] == ["t2.procurement.amount"]
    assert all(units[code] == "件" for code in units if code.startswith(("t3.", "t4.")))
    assert units["t2.licences.decisions"] == units["t2.regulations.made_new"] == "件"


def stated_rules(variant):
    """State the rules of any mixture by hand: rule id → (left cells, right cells)."""
    rows = [row for row, _, _ in VARIANTS[variant][1]]
    found = {}
    for c in COLUMNS:
        left = [f"t3.new.{c}", f"t3.carried_in.{c}"]
        found[f"T3-1:{c}"] = (left, [f"t3.total.{c}", f"t3.carried_out.{c}"])
        found[f"T3-2:{c}"] = ([f"t3.total.{c}"], [f"t3.{row}.{c}" for row in rows[2:-2]])
    for row in rows:
        found[f"T3-3:{row}"] = ([f"t3.{row}.total"], [f"t3.{row}.{c}" for c in COLUMNS[:-1]])
    for number, block in enumerate(BLOCKS, start=1):
        parts = [f"t4.{block}.{result}" for result in RESULTS[:-1]]
        found[f"T4-{number}"] = ([f"t4.{block}.total"], parts)
    return found


@pytest.mark.parametrize(
    ("key", "count"), [("2019", 40), ("2021", 42), ("2021+t2:2019", 42), ("2021+t3:2019", 40)]
)
def test_the_rules_of_each_form_and_mixture_are_these(key, count):
    rules = {rule.id: rule for rule in expand(key)}
    assert len(rules) == len(expand(key)) == count
    for name, (left, right) in stated_rules(key).items():
        sides = {frozenset(rules[name].left), frozenset(rules[name].right)}
        assert sides == {frozenset(left), frozenset(right)}, name


@pytest.mark.parametrize("key", VARIANTS)
def test_a_mixture_has_the_cells_of_its_tables_in_order(key):
    form = load_form(key)
    two, _, own = VARIANTS[key]
    assert list(form.cells) == codes(key)
    assert (form.id, form.key, form.hybrid) == (own, key, key != own)
    assert [t.form for t in form.tables] == [two, own, own]
    assert set(form.cells) == {code for rule in expand(key) for code in rule.cells} | {
        code for code in form.cells if code.startswith("t2.")
    }


@pytest.mark.parametrize("key", VARIANTS)
def test_cell_labels_are_unique_in_every_mixture(key):
    labels = [spec.label for spec in load_form(key).cells.values()]
    assert len(set(labels)) == len(labels)


def test_a_mixture_is_bound_to_the_files_of_both_forms():
    old, new = load_form("2019"), load_form("2021")
    assert new.files == ("forms/2021.yaml",)
    assert set(old.files) == {"forms/2019.yaml", "forms/2021.yaml"}
    for key in ("2021+t2:2019", "2021+t3:2019"):
        mixture = load_form(key)
        assert (mixture.files, mixture.sha256) == (old.files, old.sha256)
        assert mixture.basis == new.basis
    assert old.sha256 != new.sha256


@pytest.mark.parametrize(
    ("year", "own"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2025, "2021")]
)
def test_each_year_has_its_form(year, own):
    assert form_of_year(year).id == own
    assert [load_form(f).serves(year) for f in ("2019", "2021")] == [own == "2019", own == "2021"]


def test_before_2019_there_was_no_form_that_is_known():
    assert form_of_year(2018) is None


@pytest.mark.parametrize("key", ["", "2021 ", "2021+t2:2018", "2018+t2:2021", "2021+t2", "../2021"])
def test_a_mixture_that_does_not_exist_is_refused(key):
    with pytest.raises(UsageError, match="2019、2021"):
        load_form(key)


def test_a_mixture_with_a_table_that_no_form_has_is_refused():
    with pytest.raises(UsageError):
        load_form("2021+t5:2019")
