"""The three official tables of an exported workbook, against the form stated anew."""

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl.utils import range_boundaries
from python_calamine import CalamineWorkbook
from workbooks import TOP, as_number, figure, laid, notes, official, opened, places

from boards import VARIANTS, amounts, boards, report
from builders import figures, read, render, texts
from nianbao.export import workbook
from nianbao.findings import check_report
from nianbao.reading import read_report
from nianbao.report import Cell
from nianbao.shelf import load

SHIPPED = [
    ("luoyang-gaj", 2022),
    ("shanghai-office", 2019),
    ("suqian", 2023),
    ("suqian", 2024),
    ("huaian", 2024),
]


@pytest.fixture(scope="module", params=sorted(VARIANTS))
def made(request):
    written = amounts(request.param)
    found = report(boards(written, request.param))
    return request.param, written, found


def test_heads_and_merges_are_those_of_the_form(made):
    variant, written, found = made
    book = opened(found)
    for name, board in official(written, variant).items():
        sheet, (told, merges) = book[name], laid(board)
        last = TOP + len(board) - 1
        inside = {
            (row, column, end_row, end_column)
            for column, row, end_column, end_row in map(
                lambda merged: range_boundaries(str(merged)), sheet.merged_cells.ranges
            )
            if TOP <= row <= last
        }
        assert inside == merges, name
        for (row, column), text in told.items():
            shown = sheet.cell(row, column).value
            assert str(shown) == text or shown == as_number(text), (name, row, column)


def test_every_figure_stands_in_its_place_as_a_number(made):
    variant, written, found = made
    book = opened(found)
    assert places(variant).keys() == found.form.cells.keys()
    for code, text in written.items():
        cell = figure(book, code, variant)
        assert cell.data_type == "n", code
        assert Decimal(str(cell.value)) == Decimal(text), code
        if "." not in text:
            assert isinstance(cell.value, int), code


def test_another_reader_finds_the_same_figures_and_merges(made):
    variant, written, found = made
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(found, check_report(found))))
    sheets = {}
    for name, board in official(written, variant).items():
        sheet = book.get_sheet_by_name(name)
        sheets[name] = sheet.to_python(skip_empty_area=False)
        merges = {(r + 1, c + 1, rr + 1, cc + 1) for (r, c), (rr, cc) in sheet.merged_cell_ranges}
        assert laid(board)[1] <= merges
    for code, (name, row, column) in places(variant).items():
        assert sheets[name][row - 1][column - 1] == float(written[code]), code


@pytest.mark.parametrize(("agency", "year"), SHIPPED)
def test_shipped_reports_are_shown_as_they_were_read(agency, year):
    found = load(agency, year)
    book = opened(found)
    for code, cell in found.cells.items():
        shown = figure(book, code, found.form.key).value
        if cell.value is not None:
            assert Decimal(str(shown)) == cell.value, code
        else:
            assert shown == {"blank": None}.get(cell.state, cell.written), code


@pytest.mark.parametrize(("agency", "year"), [("suqian", 2023), ("shanghai-office", 2019)])
def test_the_project_s_own_reader_takes_the_tables_back(agency, year, tmp_path):
    found = load(agency, year)
    path = tmp_path / f"{agency}.xlsx"
    path.write_bytes(workbook(found, check_report(found)))
    again = read_report(path, agency, year)
    assert again.form.key == found.form.key
    assert {c: (v.value, v.state) for c, v in again.cells.items()} == {
        c: (v.value, v.state) for c, v in found.cells.items()
    }


def changed(found, **cells):
    """Return a report with other cells: code with ``__`` for dots."""
    own = {
        code.replace("__", "."): replace(cell, code=code.replace("__", "."))
        for code, cell in cells.items()
    }
    return replace(found, cells=dict(found.cells) | own)


@pytest.mark.parametrize(
    ("value", "number_format"),
    [
        (Decimal("10267.34"), "#,##0.00"),
        (Decimal("59237.2449"), "#,##0.0000"),
        (Decimal("12.50"), "#,##0.00"),
        (Decimal("316441"), "#,##0"),
        (Decimal("8.95"), "#,##0.00"),
        (Decimal("0.0000"), "#,##0.0000"),
    ],
)
def test_money_keeps_its_published_decimals(value, number_format):
    found = changed(read(render(texts(figures(3)))), t2__fees__amount_10k=Cell("", value, "number"))
    cell = figure(opened(found), "t2.fees.amount_10k")
    assert (cell.number_format, cell.value) == (number_format, float(value))


def test_a_figure_with_more_digits_than_excel_keeps_is_text_and_not_rounded():
    value = Decimal("99999999999.123456")
    found = changed(read(render(texts(figures(3)))), t2__fees__amount_10k=Cell("", value, "number"))
    cell = figure(opened(found), "t2.fees.amount_10k")
    assert (cell.data_type, cell.value) == ("s", "99999999999.123456")


def test_a_negative_change_is_a_negative_number():
    found = report(boards(amounts("2019") | {"t2.licences.change": "减12"}, "2019"))
    assert figure(opened(found), "t2.licences.change", "2019").value == -12


def test_blank_marks_words_and_unknown_are_four_different_things():
    found = changed(
        read(render(texts(figures(3)))),
        t3__new__natural=Cell("", None, "blank", ""),
        t3__new__business=Cell("", None, "dash", "—"),
        t3__new__research=Cell("", None, "slash", "/"),
        t3__new__nonprofit=Cell("", None, "word", "无"),
        t3__new__legal=Cell("", None, "unreadable", "3O"),
        t3__new__other=Cell("", None, "unknown", ""),
        t3__new__total=Cell("", 0, "number", "0"),
    )
    book = opened(found)
    shown = [
        figure(book, f"t3.new.{column}").value
        for column in ("natural", "business", "research", "nonprofit", "legal", "other", "total")
    ]
    assert shown == [None, "—", "/", "无", "“3O”", "？", 0]
    below = "".join(notes(book["表三"]))
    assert "写作“？”的1格未知" in below and "空白不等于0" in below and "加引号照录" in below


def test_inferred_cells_are_marked_in_type_and_told_below_the_table(real_report):
    book = opened(real_report)
    for code, cell in real_report.cells.items():
        font = figure(book, code).font
        marked = bool(font.italic) and font.underline == "single"
        assert marked == (cell.state == "inferred"), code
    assert "斜体加下划线的147格为推定" in "".join(notes(book["表三"]))
    assert notes(book["表二"]) == notes(book["表四"]) == []


def test_an_amount_converted_from_yuan_is_told_below_the_table():
    below = "".join(notes(opened(load("shanghai-office", 2019))["表二"]))
    assert "251000元" in below and "25.1万元" in below


@pytest.mark.parametrize(
    ("variant", "unit"),
    [
        ("2021", "单位：件（行政事业性收费为万元）"),
        ("2019", "单位：件（上一年项目数量、本年增/减、采购项目数量为项；采购总金额为万元）"),
    ],
)
def test_title_agency_and_unit_stand_above_the_table(variant, unit):
    book = opened(report(boards(amounts(variant), variant)))
    sheet = book["表二"]
    assert sheet["A1"].value == "表二　主动公开政府信息情况"
    above = [cell.value for cell in sheet[2] if cell.value]
    assert above == ["测试局　2022年", unit]


def test_tables_are_printed_on_a4_with_their_heads_repeated(real_report):
    book = opened(real_report)
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (book["表三"].print_title_rows, book["表三"].freeze_panes) == ("$3:$5", "D6")
    assert book["表四"].page_setup.orientation == "landscape"
    assert book["表四"].print_title_rows == "$3:$5"
    assert book["表二"].print_title_rows is None


def test_fonts_are_named_that_excel_and_wps_have(real_report):
    book = opened(real_report)
    fonts = {cell.font.name for sheet in book for row in sheet.iter_rows() for cell in row}
    assert fonts == {"宋体", "黑体"}


def test_columns_are_wide_enough_for_their_longest_figure():
    """A figure wider than its column shows as ####."""
    found = read(render(texts(figures(3))))
    wide = changed(found, t3__new__natural=Cell("", 123456789, "number", "123456789"))
    width = opened(wide)["表三"].column_dimensions["D"].width
    assert width >= len("123,456,789") + 1
    assert opened(found)["表三"].column_dimensions["D"].width < width
