"""Workbooks: grids with merged cells, true cell names, formulas, formats, hidden sheets, damage."""

import datetime
import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from statutory import FORMS, expected, merges_of

from nianbao.documents.structure import Boundary, Line, Row
from nianbao.documents.xlsx import read_xlsx
from nianbao.documents.xlsx.formats import read_code
from nianbao.errors import UnreadableError
from nianbao.values import parse


def book(cells=None, title="表"):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = title
    for name, value in (cells or {}).items():
        sheet[name] = value
    return workbook, sheet


def saved(workbook):
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def changed(content, part, old, new):
    """Rewrite one part of a workbook; the file must hold what is replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as package:
        for name in source.namelist():
            found = source.read(name).decode()
            if name == part:
                assert re.search(old, found)
                found = re.sub(old, new, found)
            package.writestr(name, found)
    return target.getvalue()


def recomputed(content):
    """Take away openpyxl's request to compute everything anew, as Excel writes files."""
    return changed(content, "xl/workbook.xml", ' fullCalcOnLoad="1"', "")


def read(workbook):
    return read_xlsx(saved(workbook), "a.xlsx")


def rows(document):
    return [block for block in document.blocks if isinstance(block, Row)]


def value(written, **look):
    """Read one cell in a row of a table."""
    workbook, sheet = book({"A1": "甲", "B1": written})
    for name, setting in look.items():
        setattr(sheet["B1"], name, setting)
    return rows(read(workbook))[0].cells[1]


def refused(content):
    with pytest.raises(UnreadableError) as caught:
        read_xlsx(content, "a.xlsx")
    message = str(caught.value)
    assert message.startswith("a.xlsx：")
    assert message.endswith("。")
    assert "\n" not in message
    return message


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("offset", [0, 3])
@pytest.mark.parametrize("as_number", [True, False])
def test_every_cell_and_merge_of_the_official_tables_is_where_it_belongs(name, offset, as_number):
    spans, height, width = FORMS[name]
    workbook, sheet = book(title=name)
    for row, column, down, right, text in spans:
        top, left = row + 1 + offset, column + 1 + offset
        stored = int(text) if as_number and text.isdigit() else text
        sheet.cell(top, left, stored)
        if down * right > 1:
            sheet.merge_cells(
                start_row=top,
                start_column=left,
                end_row=top + down - 1,
                end_column=left + right - 1,
            )
    found = rows(read(workbook))
    cells, merges = expected(spans, height, width)
    shifted = [[(f + offset, e + offset, *rest) for f, e, *rest in line] for line in merges]
    assert [row.cells for row in found] == [("",) * offset + line for line in cells]
    assert [merges_of(row) for row in found] == shifted
    letters = "ABCDEFGHIJKLMNOPQR"
    assert found[2].place(offset + 1) == f"工作表“{name}”{letters[offset + 1]}{3 + offset}"
    assert found[2].origin == f"工作表“{name}”第{3 + offset}行"
    assert not any(row.unclear for row in found)


def test_each_sheet_is_a_part_of_its_own_and_hidden_and_empty_ones_are_not_read():
    workbook, _ = book({"A1": "一", "B1": 1}, title="表二")
    workbook.create_sheet("空")
    hidden = workbook.create_sheet("旧数据")
    hidden["A1"], hidden.sheet_state = 9, "hidden"
    very = workbook.create_sheet("底稿")
    very["A1"], very.sheet_state = 9, "veryHidden"
    last = workbook.create_sheet("表三")
    last["A1"], last["B1"] = "二", 2
    document = read(workbook)
    assert [b.name for b in document.blocks if isinstance(b, Boundary)] == ["表二", "表三"]
    assert [(row.grid, row.cells) for row in rows(document)] == [(1, ("一", "1")), (5, ("二", "2"))]
    assert [(r.code, r.origin) for r in document.remarks] == [
        ("sheet_hidden", "工作表“旧数据”"),
        ("sheet_hidden", "工作表“底稿”"),
    ]


def test_titles_and_sentences_are_prose_and_captions_belong_to_the_table():
    workbook, sheet = book(
        {
            "A1": "某局2024年政府信息公开工作年度报告",
            "A3": "一、总体情况",
            "A4": "全年公开信息12条。",
            "A6": "第二十条第（一）项",
            "A7": "信息内容",
            "B7": "本年制发件数",
            "A8": "规章",
            "A9": "行政规范性文件",
            "B9": 3,
            "A10": "第二十条第（五）项",
            "A11": "行政许可",
            "B11": 4,
            "A12": "五、存在的主要问题及改进情况",
            "A13": "人手不足。\n将加强培训。",
        }
    )
    for line in (1, 6, 10, 12):
        sheet.merge_cells(f"A{line}:B{line}")
    document = read(workbook)
    assert [b.text for b in document.lines] == [
        "某局2024年政府信息公开工作年度报告",
        "一、总体情况",
        "全年公开信息12条。",
        "五、存在的主要问题及改进情况",
        "人手不足。",
        "将加强培训。",
    ]
    assert [row.cells for row in rows(document)] == [
        ("第二十条第（一）项", ""),
        ("信息内容", "本年制发件数"),
        ("规章", ""),
        ("行政规范性文件", "3"),
        ("第二十条第（五）项", ""),
        ("行政许可", "4"),
    ]
    assert document.lines[1] == Line("一、总体情况", "工作表“表”第3行")


def test_a_caption_right_under_a_sentence_still_belongs_to_the_table():
    workbook, _ = book(
        {
            "A1": "全年12条。",
            "A2": "二、主动公开情况",
            "A3": "第二十条第（一）项",
            "A4": "规章",
            "B4": 1,
        }
    )
    document = read(workbook)
    assert [line.text for line in document.lines] == ["全年12条。", "二、主动公开情况"]
    assert [row.cells[0] for row in rows(document)] == ["第二十条第（一）项", "规章"]


def test_a_label_whose_figures_are_all_blank_stays_a_row():
    workbook, sheet = book({"A1": "", "D1": "自然人", "E1": "总计", "D2": 1, "A2": "一、新收"})
    sheet["A3"] = "四、结转下年度继续办理"
    sheet.merge_cells("A3:C3")
    assert rows(read(workbook))[2].cells == ("四、结转下年度继续办理", "", "", "", "")


def test_a_row_with_a_single_figure_stays_a_row():
    for figure in (5, "5件", "—", "=A9"):
        assert rows(read(book({"C2": figure})[0]))[0].places[2] == "工作表“表”C2"


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        (12, "12"),
        (12.0, "12"),
        (0, "0"),
        (-3, "-3"),
        (0.1 + 0.2, "0.3"),
        (17.27, "17.27"),
        (1e16, "10000000000000000"),
        (0.00001, "0.00001"),
        ("012", "012"),
        (" 1,234 ", "1,234"),
        ("１２", "１２"),
        (True, "TRUE"),
        (datetime.date(2024, 1, 2), "2024-01-02"),
        (datetime.datetime(2024, 1, 2, 3, 4, 5), "2024-01-02T03:04:05"),
        (datetime.time(1, 2), "01:02:00"),
        (datetime.timedelta(hours=30), "PT108000S"),
        ("#REF!", "#REF!"),
        ("#DIV/0!", "#DIV/0!"),
    ],
)
def test_values_are_written_as_excel_shows_them_without_a_format(stored, text):
    assert value(stored) == text


def test_a_formula_without_a_saved_result_is_not_blank():
    content = recomputed(saved(book({"A1": "甲", "B1": "=SUM(C1:D1)", "C1": 1})[0]))
    document = read_xlsx(content, "a.xlsx")
    assert rows(document)[0].cells == ("甲", "=公式未保存结果", "1")
    assert parse("=公式未保存结果").state == "unreadable"
    assert [r.code for r in document.remarks] == ["formulas"]


def test_a_saved_result_counts_unless_the_file_asks_to_compute_anew():
    content = saved(book({"A1": "甲", "B1": "=SUM(C1:D1)"})[0])
    sheet = "xl/worksheets/sheet1.xml"
    zero = changed(content, sheet, "</f><v ?/?>(</v>)?", "</f><v>7</v>")
    assert rows(read_xlsx(recomputed(zero), "a.xlsx"))[0].cells == ("甲", "7")
    assert rows(read_xlsx(zero, "a.xlsx"))[0].cells == ("甲", "=公式未保存结果")


def test_a_formula_whose_saved_result_is_an_empty_text_is_blank():
    content = saved(book({"A1": "甲", "B1": "=C1", "C1": 1})[0])
    sheet = "xl/worksheets/sheet1.xml"
    empty = changed(content, sheet, '<c r="B1" ?>', '<c r="B1" t="str">')
    assert rows(read_xlsx(recomputed(empty), "a.xlsx"))[0].cells == ("甲", "", "1")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("General", "12"),
        ("0.00", "12"),
        ("#,##0_ ;[Red]-#,##0", "12"),
        ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "12"),
        ('0"件"', "12件"),
        ("0件", "12件"),
        ('0.00"万元"', "12万元"),
        ('"¥"#,##0', "¥12"),
        ('0"0"', "120"),
        ("@", "12"),
        ("[DBNum1][$-804]General", "12"),
    ],
)
def test_formats_that_keep_the_figure_keep_it_with_their_words(code, text):
    assert value(12, number_format=code) == text


@pytest.mark.parametrize(
    "code", ["0%", "0.00%", "0,", '0.0,"千"', ";;;", '"无"', "[>9]0;0", "000-0000", '0!.0,"万"']
)
def test_formats_that_show_another_figure_make_the_cell_unreadable(code):
    found = value(12, number_format=code)
    assert parse(found, unit="万元").state == "unreadable"
    assert code in found


def test_dates_are_no_doubtful_figures():
    for code in ("yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "[h]:mm:ss", "m/d/yy h:mm"):
        assert read_code(code) == ("", "", "")


def test_struck_and_raised_signs_are_no_plain_digits():
    assert value(32, font=Font(strike=True)) == "3\u03362\u0336"
    assert value(32, font=Font(vertAlign="superscript")) == "³²"
    rich = CellRichText("5", TextBlock(InlineFont(vertAlign="superscript"), "2"))
    assert value(rich) == "5²"
    crossed = CellRichText(TextBlock(InlineFont(strike=True), "9"), "8")
    assert value(crossed) == "9\u03368"
    assert value(crossed, font=Font(strike=True)) == "9\u03368\u0336"


@pytest.mark.parametrize(
    "stored",
    [
        "<v>1<!-- x -->2</v>",
        "<v>1<![CDATA[2]]></v>",
        "<v>1</v><v>2</v>",
        "<f>A9</f><v>1</v><f>B9</f>",
    ],
)
def test_a_figure_that_two_ways_of_reading_see_differently_is_unreadable(stored):
    content = saved(book({"A1": "甲", "B1": 1})[0])
    odd = changed(recomputed(content), "xl/worksheets/sheet1.xml", "<v>1</v>", stored)
    found = rows(read_xlsx(odd, "a.xlsx"))[0].cells[1]
    assert parse(found).state == "unreadable"


def test_merged_cells_beyond_what_is_filled_cost_nothing():
    content = saved(book({"A1": "甲", "B1": 1})[0])
    ranges = "".join(f'<mergeCell ref="A{i}:XFD1048576"/>' for i in range(1, 3))
    far = changed(
        content,
        "xl/worksheets/sheet1.xml",
        "</sheetData>",
        f"</sheetData><mergeCells>{ranges}</mergeCells>",
    )
    found = rows(read_xlsx(far, "a.xlsx"))
    assert len(found) == 1
    assert merges_of(found[0]) == [(0, 60, "甲", False, False)]
    assert 1 in found[0].unclear


def test_text_hidden_under_a_merged_cell_marks_its_place():
    content = saved(book({"A1": "甲", "B1": 1, "C1": 2, "D1": 3})[0])
    covered = changed(
        content,
        "xl/worksheets/sheet1.xml",
        "</sheetData>",
        '</sheetData><mergeCells count="1"><mergeCell ref="B1:C1"/></mergeCells>',
    )
    row = rows(read_xlsx(covered, "a.xlsx"))[0]
    assert row.cells == ("甲", "1", "", "3")
    assert row.unclear == {2}


def test_line_breaks_and_tabs_in_a_cell_part_numbers():
    assert value("1\n500") == "1\n500"
    assert parse(value("1\t500")).state == "unreadable"


def test_hidden_rows_are_read_and_reported():
    workbook, sheet = book({"A1": "甲", "B1": 1, "A2": "乙", "B2": 2})
    sheet.row_dimensions[2].hidden = True
    document = read(workbook)
    assert len(rows(document)) == 2
    assert [r.code for r in document.remarks] == ["cells_hidden"]


def test_more_rows_columns_or_sheets_than_a_report_has_are_cut_and_reported():
    workbook, sheet = book({"A1": "甲", "B1": 1, "A501": "乙", "B501": 2, "BI1": 3})
    document = read(workbook)
    assert [len(row.cells) for row in rows(document)] == [2]
    assert [r.code for r in document.remarks] == ["sheet_cut"]
    for number in range(30):
        workbook.create_sheet(f"s{number}")
    sheet["A501"] = sheet["B501"] = sheet["BI1"] = None
    assert [r.code for r in read(workbook).remarks] == ["sheets_cut"]


def test_a_stray_cell_at_the_far_end_is_refused_before_memory_is_taken():
    assert "XFD1048576" in refused(saved(book({"A1": "甲", "XFD1048576": 1})[0]))


def test_formatting_alone_at_the_far_end_costs_nothing():
    workbook, sheet = book({"A1": "甲", "B1": 1})
    sheet["XFD1048576"].font = Font(bold=True)
    assert rows(read(workbook))[0].cells == ("甲", "1")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"PK\x03\x04 broken",
        saved(book({"A1": 1})[0])[:2000],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        changed(saved(book({"A1": 1})[0]), "xl/worksheets/sheet1.xml", "</sheetData>", ""),
        changed(saved(book({"A1": 1})[0]), "xl/workbook.xml", "<sheets>", "<sheet>"),
        changed(saved(book({"A1": 1})[0]), "xl/_rels/workbook.xml.rels", "sheet1.xml", "none.xml"),
    ],
)
def test_what_is_no_workbook_is_refused_in_one_sentence(content):
    refused(content)


def test_passwords_old_formats_and_macros_are_named():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    assert "密码" in refused(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "旧版 .xls" in refused(ole + bytes(100))
    target = io.BytesIO(saved(book({"A1": 1})[0]))
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("xl/vbaProject.bin", "x")
    assert "宏" in refused(target.getvalue())


def test_the_same_file_reads_the_same_twice():
    content = saved(book({"A1": "甲", "B1": 1, "C1": "=B1"})[0])
    assert read_xlsx(content, "a.xlsx") == read_xlsx(content, "a.xlsx")
