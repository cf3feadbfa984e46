"""Rows find their lines by label and group, whatever their order, wording or company."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    CODES,
    DETAIL,
    ROW_LABELS,
    ROWS,
    T2_CODES,
    T3_CODES,
    T4_CODES,
    codes_of_notes,
    figures,
    findings,
    read,
    render,
    row_codes,
    texts,
    wrong,
)

VALUES = figures(21, density=0.6)
WRITTEN = texts(VALUES)
TEXT = render(WRITTEN)
ALL = set(CODES)

ROW_ALIASES = [
    ("new", "一、本年新收政府信息公开申请件数"),
    ("new", "一、新收政府信息公开申请数量"),
    ("new", "本年新收"),
    ("carried_in", "二、上年结转政府信息公开申请件数"),
    ("carried_in", "二、上一年结转政府信息公开申请数量"),
    ("carried_in", "上年度结转"),
    ("granted", "（一）予以公开情况"),
    ("granted", "公开"),
    ("partial", "（二）部分公开"),
    ("partial", "（二）部分公开（区分处理的，只计这一情况，不计其他情形）"),
    ("partial", "（二）部分公开(区分处理的,只计这一情形,不计其他情形)"),
    ("deny_1", "1.国家秘密"),
    ("deny_2", "2.其他法律法规禁止公开"),
    ("deny_2", "2.法律行政法规禁止公开"),
    ("deny_2", "2.其他法律、行政法规禁止公开"),
    ("deny_3", "3.危及三安全一稳定"),
    ("deny_3", '3.危及"三安全一稳定"'),
    ("deny_3", "3.危及‘三安全一稳定’"),
    ("deny_3", "3.危及“三安全一稳定”信息"),
    ("deny_4", "4.涉及第三方合法权益"),
    ("deny_5", "5.内部事务信息"),
    ("deny_6", "6.过程性信息"),
    ("deny_6", "6.属于四类过程性性信息"),
    ("deny_6", "6.四类过程性性信息"),
    ("deny_7", "7.行政执法案卷"),
    ("deny_8", "8.行政查询事项"),
    ("unable_1", "1.本机关不掌握"),
    ("unable_1", "1.信息不存在"),
    ("unable_2", "2.没有现成信息、需要另行制作"),
    ("unable_3", "3.补正后仍不明确"),
    ("refuse_1", "1.信访、举报、投诉类申请"),
    ("refuse_3", "3.公开出版物"),
    ("refuse_4", "4.大量反复申请"),
    ("refuse_5", "5.确认或重新出具"),
    ("other_1", "1、逾期不补正"),
    ("other_1", "1、申请人无正当理由逾期不补正，行政机关不再处理其政府信息公开申请"),
    ("other_2", "2.逾期不缴费"),
    ("other_2", "2.逾期未缴费"),
    ("other_2", "2.申请人逾期未按收费通知要求缴纳费用，行政机关不再处理其政府信息公开申请"),
    ("other_3", "3.其它"),
    ("other_3", "3.其他情形"),
    ("total", "（七）办理结果合计"),
    ("total", "（七）合计"),
    ("total", "总计"),
    ("carried_out", "四、结转下一年继续办理"),
    ("carried_out", "四、结转下年"),
    ("carried_out", "结转下年度"),
    ("carried_out", "四、结转下年继续办理"),
]

T2_ALIASES = [
    ("第二十条第（一）项", "第二十条 第（一）项"),
    ("第二十条第（一）项", "第二十条第（1）项"),
    ("第二十条第（一）项\t\t\t\n", ""),
    ("信息内容\t本年制发件数", "内容\t本年制发件数"),
    ("本年制发件数", "本年制发"),
    ("本年制发件数", "制发件数"),
    ("本年制发件数", "本年(2022)制发件数"),
    ("本年制发件数", "本年发件"),
    ("本年废止件数", "本年(2022)废止件数"),
    ("现行有效件数", "现行有效件"),
    ("现行有效件数", "现行有效件数(历史累计)"),
    ("现行有效件数", "有效件数"),
    ("规章\t", "规章（指本机关制定的规章）\t"),
    ("行政规范性文件", "规范性文件"),
    ("本年处理决定数量", "处理决定数量"),
    ("本年处理决定数量", "本年(2022)处理决定数量"),
    ("本年收费金额（单位：万元）", "本年收费金额"),
    ("本年收费金额（单位：万元）", "本年收费金额（单位：万元，保留4位小数）"),
    ("本年收费金额（单位：万元）", "收费总金额"),
    ("行政许可\t", "行政许可事项\t"),
    ("行政处罚\t", "行政处罚决定\t"),
    ("行政强制\t", "行政强制措施\t"),
]

HEAD_ALIASES = [
    ("商业企业", "企业"),
    ("商业企业", "商业 企业"),
    ("法人或其他组织", "法人和其他组织"),
    ("法律服务机构\t其他\t", "法律服务机构\t其他组织\t"),
    ("法律服务机构\t其他\t", "法律服务机构\t其它\t"),
    ("\t\t\t\t总计", "\t\t\t\t合计"),
    ("未经复议直接起诉", "未经复议直接诉讼"),
    ("复议后起诉", "复议后诉讼"),
    ("结果维持", "维持"),
    ("结果纠正", "纠正"),
    ("其他结果", "其他"),
    ("尚未审结", "未审结"),
    ("尚未审结\t总计", "尚未审结\t合计"),
]


def intact(report, codes=ALL):
    assert wrong(report, VALUES) == {}
    missing = {code for code in codes if report.cells[code].state != "number"}
    assert missing == set()


@pytest.mark.parametrize(("row", "alias"), ROW_ALIASES)
def test_a_row_label_seen_in_real_reports_names_its_row(row, alias):
    intact(read(TEXT.replace(ROW_LABELS[row] + "\t", alias + "\t")))


@pytest.mark.parametrize(("official", "alias"), T2_ALIASES)
def test_a_label_of_table_two_seen_in_real_reports_is_understood(official, alias):
    assert official in TEXT
    report = read(TEXT.replace(official, alias))
    intact(report)


@pytest.mark.parametrize(("official", "alias"), HEAD_ALIASES)
@pytest.mark.parametrize("layout", ["grid", "padded"])
def test_a_column_head_seen_in_real_reports_is_understood(official, alias, layout):
    """Under understood heads even a blank at the right edge keeps its place."""
    text = render(WRITTEN | {"t4.after.total": "", "t3.new.total": ""}, "padded")
    assert official in text
    report = read(text.replace(official, alias))
    intact(report, ALL - {"t4.after.total", "t3.new.total"})
    assert report.cells["t3.new.total"].state == "blank"


@pytest.mark.parametrize("layout", ["grid", "padded", "skeleton", "ragged"])
@pytest.mark.parametrize("seed", range(4))
def test_a_whole_report_is_read_whole_in_every_layout(layout, seed):
    values = figures(seed, density=[0, 0.1, 0.5, 1][seed], high=10 ** (3 * seed))
    report = read(render(texts(values), layout))
    assert wrong(report, values) == {}
    assert report.state_count("number") == 200
    assert {finding.status for finding in findings(report).values()} == {"passed"}
    assert codes_of_notes(report) == set()


@pytest.mark.many
@given(st.permutations(ROWS), st.sampled_from(["grid", "skeleton", "ragged"]))
def test_rows_in_another_order_are_read_by_their_labels(order, layout):
    """Only rows whose own words name them may move away from their group."""
    intact(read(render(WRITTEN, layout, order=order)))


def test_group_labels_repeated_on_every_line_change_nothing():
    lines = []
    for line in TEXT.split("\n"):
        for row in DETAIL:
            if ROW_LABELS[row] in line and line.startswith("\t"):
                line = "三、本年度办理结果" + line
        lines.append(line)
    intact(read("\n".join(lines)))


def test_groups_lost_altogether_change_nothing():
    text = TEXT
    for group in ("三、本年度办理结果", "（三）不予公开", "（四）无法提供", "（六）其他处理"):
        text = text.replace(group, "")
    intact(read(text))


@pytest.mark.parametrize(
    ("row", "altered"),
    [
        ("deny_4", "4.保护第三方的合法权益"),
        ("unable_2", "2.没有现成的信息需要另行制作"),
        ("refuse_4", "4.无正当理由的大量反复申请"),
        ("refuse_1", "1.信访举报投诉申请"),
    ],
)
def test_a_slightly_altered_label_is_read_with_a_warning(row, altered):
    report = read(TEXT.replace(ROW_LABELS[row], altered))
    intact(report)
    (note,) = [note for note in report.notes if note.code == "label_near"]
    assert (note.severity, set(note.cells)) == ("warning", set(row_codes(row)))
    assert altered in note.message and ROW_LABELS[row] in note.message


def row_line(row, text=TEXT):
    return next(line for line in text.split("\n") if ROW_LABELS[row] in line)


def test_a_row_given_twice_with_other_numbers_is_unknown():
    line = row_line("refuse_2")
    other = line.rsplit("\t", 7)[0] + "\t9" * 7
    report = read(TEXT.replace(line, f"{line}\n{other}"))
    assert {report.cells[code].state for code in row_codes("refuse_2")} == {"unknown"}
    intact(report, ALL - set(row_codes("refuse_2")))
    notes = {note.code: note for note in report.notes}
    assert set(notes["line_repeated"].cells) == set(row_codes("refuse_2"))
    assert findings(report)["T3-3:refuse_2"].status == "undecided"


def test_a_row_given_twice_with_the_same_numbers_is_read():
    line = row_line("refuse_2")
    intact(read(TEXT.replace(line, f"{line}\n{line}")))


def test_a_row_given_twice_with_its_blank_in_another_place_is_unknown():
    line = row_line("refuse_2")
    head = line.rsplit("\t", 7)[0]
    first, second = head + "\t1\t\t0\t0\t0\t0\t1", head + "\t1\t0\t\t0\t0\t0\t1"
    report = read(TEXT.replace(line, f"{first}\n{second}"))
    assert {report.cells[code].state for code in row_codes("refuse_2")} == {"unknown"}


def test_a_missing_row_is_unknown_and_said_so():
    report = read(TEXT.replace(row_line("unable_3") + "\n", ""))
    assert {report.cells[code].state for code in row_codes("unable_3")} == {"unknown"}
    intact(report, ALL - set(row_codes("unable_3")))
    notes = {note.code: note for note in report.notes}
    assert set(notes["line_missing"].cells) == set(row_codes("unable_3"))


@pytest.mark.parametrize("row", ROWS)
def test_no_other_row_takes_the_place_of_a_missing_one(row):
    report = read(TEXT.replace(row_line(row) + "\n", ""))
    assert {report.cells[code].value for code in row_codes(row)} == {None}
    assert wrong(report, VALUES) == {}


def test_an_extra_row_is_left_out_and_said_so():
    line = row_line("deny_8")
    extra = "\t\t9.涉及商业机密的材料" + "\t1" * 7
    report = read(TEXT.replace(line, f"{line}\n{extra}"))
    intact(report)
    (note,) = [note for note in report.notes if note.code == "row_unplaced"]
    assert "涉及商业机密的材料" in note.message


def test_a_subtotal_row_inside_a_group_never_becomes_the_total():
    text = TEXT.replace(row_line("total") + "\n", "")
    line = row_line("deny_8")
    report = read(text.replace(line, f"{line}\n\t\t小计" + "\t2" * 7))
    assert wrong(report, VALUES) == {}


SECOND_TABLES = {
    "rows 总计 and 其他": "类别\t数量\n建议\t3\n其他\t2\n总计\t5\n",
    "heads 其他 and 总计": (
        "类别\t主办\t协办\t其他\t总计\n建议\t1\t2\t0\t3\n其他\t1\t0\t0\t1\n总计\t2\t2\t0\t4\n"
    ),
    "seven columns": "类别" + "\t数" * 7 + "\n其他" + "\t1" * 7 + "\n总计" + "\t1" * 7 + "\n",
    "numbers only": "1\t2\t3\n",
    "fifteen numbers": "\t".join(["1"] * 15) + "\n",
}


@pytest.mark.parametrize("table", SECOND_TABLES.values(), ids=SECOND_TABLES)
def test_a_second_table_in_section_six_disturbs_nothing(table):
    intact(read(TEXT + table))


@pytest.mark.parametrize("table", SECOND_TABLES.values(), ids=SECOND_TABLES)
def test_a_table_in_section_one_disturbs_nothing(table):
    intact(read(TEXT.replace("（一）主动公开情况\n", "（一）主动公开情况\n" + table)))


def test_a_row_of_another_table_never_fills_a_blank():
    """A table in section one has its own 行政许可; the statutory cell is blank."""
    licence = f"行政许可\t{WRITTEN['t2.licences.decisions']}\t\t"
    text = TEXT.replace(licence, "行政许可\t\t\t")
    report = read(text.replace("（一）主动公开情况\n", "（一）主动公开情况\n行政许可\t120\n"))
    assert report.cells["t2.licences.decisions"].value is None


def test_columns_of_table_two_in_another_order_are_never_read_in_the_official_one():
    values = figures(3) | {c: i for i, c in enumerate(T2_CODES[:6], start=1)}
    heads = "本年制发件数\t本年废止件数\t现行有效件数"
    text = render(texts(values)).replace(heads, "现行有效件数\t本年制发件数\t本年废止件数")
    cells = read(text).cells
    order = [("in_force", 0), ("issued", 1), ("repealed", 2)]
    for row, first in (("regulations", 1), ("normative_docs", 4)):
        for column, offset in order:
            assert cells[f"t2.{row}.{column}"].value in (None, first + offset)


def test_the_old_forms_heads_of_table_two_are_never_read_as_the_new_ones():
    """Hybrids exist: 本年新公开数量 of 2019 is not 本年废止件数."""
    heads = "本年制发件数\t本年废止件数\t现行有效件数"
    report = read(TEXT.replace(heads, "本年新制作数量\t本年新公开数量\t对外公开总数量"))
    assert {report.cells[code].value for code in T2_CODES[:6]} == {None}


def test_swapped_column_heads_of_table_three_are_never_read_in_the_official_order():
    """Two columns of organisations are told apart by nothing but their heads."""
    report = read(TEXT.replace("科研机构\t社会公益组织", "社会公益组织\t科研机构"))
    cells = report.cells
    for row in ROWS:
        research, nonprofit = VALUES[f"t3.{row}.research"], VALUES[f"t3.{row}.nonprofit"]
        assert cells[f"t3.{row}.research"].value in (None, nonprofit)
        assert cells[f"t3.{row}.nonprofit"].value in (None, research)


def test_an_amount_in_yuan_is_never_read_as_ten_thousands():
    text = TEXT.replace("单位：万元", "单位：元")
    fee = read(text).cells["t2.fees.amount_10k"]
    assert fee.value is None or fee.value * 10000 == Decimal(WRITTEN["t2.fees.amount_10k"])


@pytest.mark.parametrize("unit", ["件", " 件"])
def test_figures_with_their_unit_are_read_in_all_tables(unit):
    written = {code: text + unit for code, text in WRITTEN.items()}
    written["t2.fees.amount_10k"] = WRITTEN["t2.fees.amount_10k"] + "万元"
    intact(read(render(written)))


def test_heads_of_table_four_in_single_characters_leave_its_fifteen_numbers():
    """Seen in 文登: vertical heads arrive one character a cell; the row alone is to be trusted."""
    lines = TEXT.split("\n")
    heads = [i for i, line in enumerate(lines) if line.startswith("行政复议\t")]
    (start,) = heads
    lines[start : start + 3] = ["\t".join("结果维持"), "\t".join("结果纠正"), "\t".join("尚未审结")]
    intact(read("\n".join(lines)))


def test_a_table_four_left_empty_is_blank_not_absent():
    report = read(render(WRITTEN | dict.fromkeys(T4_CODES, "")))
    assert {report.cells[code].state for code in T4_CODES} == {"blank"}


def test_a_table_four_filled_with_words_keeps_them():
    report = read(render(WRITTEN | dict.fromkeys(T4_CODES, "无")))
    assert {report.cells[code].state for code in T4_CODES} == {"word"}


def test_a_blank_total_in_a_whole_grid_survives_a_wrong_number_elsewhere():
    """Its six numbers add up to more than twice the last: they cannot have slid to the left."""
    values = figures(13, density=0.5) | {f"t3.deny_1.{c}": 3 for c in ("natural", "legal")}
    values |= {"t3.deny_1.other": 1, "t3.deny_1.total": ""}
    report = read(render(texts(values), "padded"))
    assert report.cells["t3.deny_1.total"].state == "blank"
    assert report.cells["t3.deny_1.natural"].value == 3


def test_an_extra_subtotal_column_makes_no_wrong_number():
    """Eight values a row; where one of the eight is lost, seven remain that are not the seven."""
    lines = []
    for line in render(WRITTEN, "ragged").split("\n"):
        cells = line.split("\t")
        if any(ROW_LABELS[row] in cells for row in ROWS):
            numbers = cells[-7:]
            subtotal = str(sum(map(int, numbers[1:6])))
            numbers = [*numbers[:6], subtotal, numbers[6]]
            if ROW_LABELS["deny_5"] in cells:
                del numbers[2]
            line = "\t".join([*cells[:-7], *numbers])
        lines.append(line)
    report = read("\n".join(lines))
    assert wrong(report, VALUES) == {}


def test_rows_of_table_three_stay_out_of_the_other_tables():
    report = read(TEXT)
    assert {c for c in T3_CODES if report.cells[c].origin} == set(T3_CODES)
    origins = {report.cells[code].origin.partition("行")[0] for code in T4_CODES}
    assert len(origins) == 1
