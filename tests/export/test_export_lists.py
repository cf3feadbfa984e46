"""The sheets 说明, 单元格 and 核验结果 of an exported workbook."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.utils import coordinate_to_tuple
from workbooks import opened, places, rows

from boards import amounts, boards, report
from builders import figures, read, render, texts
from nianbao.findings import check_report, record
from nianbao.reading import read_report
from nianbao.report import CELL_FIELDS, Cell
from nianbao.shelf import load
from nianbao.tables import STATE_WORDS
from nianbao.verdict import judge

WRONG = Path(__file__).parents[1] / "fixtures" / "one-cell-wrong.txt"
STATUSES = {"✗ 不成立": "failed", "○ 无法判定": "undecided", "✓ 成立": "passed"}


def test_the_sheets_have_chinese_names_in_the_order_of_reading(real_report):
    names = ["说明", "表二", "表三", "表四", "单元格", "核验结果"]
    assert opened(real_report).sheetnames == names


@pytest.mark.parametrize(("agency", "year"), [("luoyang-gaj", 2022), ("shanghai-office", 2019)])
def test_all_cells_are_listed_with_all_fields_and_types(agency, year):
    found = load(agency, year)
    listed = rows(opened(found)["单元格"])
    assert len(listed) == len(found.cells)
    for row, cell in zip(listed, found.rows(), strict=True):
        assert list(CELL_FIELDS) == [field for field in row if field in CELL_FIELDS]
        for field in ("agency", "form", "cell", "label", "state", "written", "origin"):
            assert row[field] == (cell[field] or None), (cell["cell"], field)
        assert row["year"] == year and isinstance(row["year"], int)
        value = row["value"]
        assert value == (None if cell["value"] is None else float(cell["value"]))
        assert row["状态"] == STATE_WORDS[cell["state"]]


def test_a_figure_written_with_a_leading_zero_stays_text():
    found = read(render(texts(figures(3)) | {"t3.new.natural": "007"}))
    listed = {row["cell"]: row for row in rows(opened(found)["单元格"])}
    assert (listed["t3.new.natural"]["written"], listed["t3.new.natural"]["value"]) == ("007", 7)


def damaged():
    """Return a report with failed and undecided rules, hints and a waived finding."""
    written = texts(figures(3)) | {"t3.unable_1.business": "71", "t4.after.total": "999"}
    found = read(render(written | {"t3.deny_3.natural": "3O", "t4.review.other": ""}))
    failed = [f for f in check_report(found) if f.status == "failed"]
    waiver = {"finding": failed[0].id, "who": "李某", "when": "2023-02-01", "why": "已向填报人核实"}
    return replace(found, parameters={"waivers": [waiver]})


def test_all_findings_are_listed_with_words_and_numbers():
    found = damaged()
    findings = check_report(found)
    listed = rows(opened(found, findings)["核验结果"])
    expected = {record(f)["id"]: record(f) for f in findings}
    assert len(listed) == len(findings) == len(expected)
    words = {"error": "错误", "warning": "提醒", "hint": "说明"}
    for row in listed:
        known = expected[row["id"]]
        assert STATUSES[row["status"]] == known["status"]
        assert row["severity"] == words[known["severity"]]
        assert (row["message"], row["basis"]) == (known["message"], known["basis"])
        assert (row["cells"] or "").split() == known["cells"]
        for field in ("left", "right", "imbalance"):
            number = None if known[field] == "" else float(Decimal(known[field]))
            assert row[field] == number and not isinstance(row[field], str)


def test_what_failed_stands_first_then_waived_then_undecided_then_passed():
    found = damaged()
    findings = check_report(found)
    listed = rows(opened(found, findings)["核验结果"])
    order = ["failed", "undecided", "passed"]
    urgency = [
        (order.index(STATUSES[row["status"]]), row["waived"] != "否", row["severity"] == "说明")
        for row in listed
    ]
    assert urgency == sorted(urgency)
    assert {status for status, _, _ in urgency} == {0, 1, 2}
    by_number = sorted(listed, key=lambda row: row["序号"])
    assert [row["id"] for row in by_number] == [finding.id for finding in findings]


def test_a_waived_finding_tells_who_explained_it_when_and_why():
    listed = rows(opened(damaged())["核验结果"])
    told = [row["waived"] for row in listed if row["waived"] != "否"]
    assert told == ["是：已向填报人核实（李某，2023-02-01）"]


def test_only_an_error_that_nobody_explained_is_shown_in_red():
    found = damaged()
    sheet = opened(found)["核验结果"]
    for row in sheet.iter_rows(min_row=2):
        status, severity, waived = row[1], row[2].value, row[8].value
        red = status.font.color.rgb == "FFB3261E"
        assert red == (status.value == "✗ 不成立" and severity == "错误" and waived == "否")


def test_a_finding_leads_to_a_cell_that_it_speaks_of():
    found = damaged()
    book = opened(found)
    stand = {place: code for code, place in places().items()}
    led = 0
    for row in book["核验结果"].iter_rows(min_row=2):
        link, codes = row[7].hyperlink, (row[12].value or "").split()
        assert (link is not None) == bool(codes)
        if link:
            sheet, target = re.fullmatch(r"'(.+)'!(\w+)", link.location).groups()
            assert stand[(sheet, *coordinate_to_tuple(target))] in codes
            led += 1
    assert led > 42


def test_a_failed_rule_leads_to_the_suspect_cell():
    found = read_report(WRONG, year=2022)
    first = next(opened(found)["核验结果"].iter_rows(min_row=2))
    _, row, column = places()["t3.granted.natural"]
    assert coordinate_to_tuple(first[7].value.split()[1]) == (row, column)


def test_lists_can_be_filtered_and_keep_their_head_in_view(real_report):
    book = opened(real_report)
    for name in ("单元格", "核验结果"):
        sheet = book[name]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"


def test_messages_wrap_in_rows_high_enough():
    sheet = opened(damaged())["核验结果"]
    for row in sheet.iter_rows(min_row=2):
        message = row[3]
        assert message.alignment.wrap_text
        signs = sheet.column_dimensions["D"].width * 8 / (10 * 4 / 3)
        least = len(re.sub(r"[\x00-\xff]", "", message.value)) / signs
        assert sheet.row_dimensions[message.row].height >= 13 * int(least)


def about(book):
    return {str(row[0].value): row[1].value for row in book["说明"].iter_rows() if row[0].value}


def test_the_first_sheet_tells_source_form_and_verdict(real_report):
    told = about(opened(real_report))
    verdict = judge(real_report, check_report(real_report))
    assert told["核验结论"] == f"{verdict.sign} {verdict.text}"
    assert told["源文件"] == "luoyang-gaj.txt"
    assert told["SHA-256"] == real_report.sha256
    assert "国办公开办函〔2021〕30号" in told["报告格式"]
    assert told["统计期间"] == "2022年1月1日—2022年12月31日"
    assert "未作任何更正" in told["照录原则"]
    assert "推定（147格）" in told and "数字（53格）" in told


def test_the_first_sheet_tells_every_reading_note(real_report):
    sheet = opened(real_report)["说明"]
    shown = {row[1].value for row in sheet.iter_rows()}
    assert {note.message for note in real_report.notes} <= shown


def test_every_state_of_a_cell_is_explained():
    told = "".join(about(opened(read(render(texts(figures(3)))))))
    assert all(word in told for word in STATE_WORDS.values())


@pytest.mark.parametrize(
    ("variant", "words"),
    [("2021+t2:2019", "表二用的是2019年格式"), ("2021+t3:2019", "（六）其他处理”为2019年格式")],
)
def test_a_mixture_of_forms_is_told(variant, words):
    told = about(opened(report(boards(amounts(variant), variant))))
    assert words in told["报告格式"]


def test_links_on_the_first_sheet_lead_to_the_others(real_report):
    book = opened(real_report)
    targets = [c.hyperlink.location for r in book["说明"].iter_rows() for c in r if c.hyperlink]
    assert targets == [f"'{name}'!A1" for name in book.sheetnames[1:]]


def test_a_cell_without_a_place_in_the_source_is_listed_too():
    found = read(render(texts(figures(3))))
    cells = dict(found.cells) | {"t3.new.natural": Cell("t3.new.natural")}
    listed = rows(opened(replace(found, cells=cells))["单元格"])
    row = next(row for row in listed if row["cell"] == "t3.new.natural")
    assert (row["value"], row["state"], row["origin"]) == (None, "unknown", None)
