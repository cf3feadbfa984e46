"""CSV: the project's own list of cells, and tables as spreadsheets save them."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import flat
from nianbao.documents.plain.separated import MAX_COLUMNS, MAX_FIELD, MAX_ROWS, read_csv
from nianbao.documents.structure import Line, Row
from nianbao.errors import UnreadableError
from nianbao.report import CELL_FIELDS

HEAD = ",".join(CELL_FIELDS)
RECORD = "gaj,2022,2021,t3.new.natural,新收,32,number, 32 ,第5行"


def read(text):
    return read_csv(text.encode() if isinstance(text, str) else text, "a.csv")


def refused(text):
    with pytest.raises(UnreadableError) as caught:
        read(text)
    message = str(caught.value)
    assert message.startswith("a.csv：")
    assert message.endswith("。")
    return message


def test_the_list_of_cells_is_read_by_code_with_every_field():
    document = read(f"\ufeff{HEAD}\r\n{RECORD}\r\n{RECORD}\r\n")
    assert document.blocks == ()
    assert dict(document.listing["t3.new.natural"]) == dict(
        zip(CELL_FIELDS, RECORD.split(","), strict=True)
    )


def test_a_list_in_another_order_or_with_more_columns_is_read_and_the_surplus_named():
    document = read(f"备注,{HEAD},,\nx,{RECORD},,\n")
    assert document.listing["t3.new.natural"]["value"] == "32"
    assert "备注" in document.remarks[0].message


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (f"{HEAD}\n{RECORD}\n{RECORD.replace(',32,', ',33,')}\n", "第3行"),
        (f"{HEAD}\n{RECORD}\n{RECORD.replace('gaj', 'mzj').replace('new', 'total')}", "机构"),
        (f"{HEAD}\n{RECORD}\n{RECORD.replace('2022', '2023').replace('new', 'total')}", "年度"),
        (f"{HEAD}\n{RECORD},x\n", "第2行"),
        (f"{HEAD}\n{RECORD.rpartition(',')[0]}\n", "第2行"),
        (f"{HEAD}\n{RECORD.replace('t3.new.natural', '')}\n", "第2行"),
        (f"{HEAD}\n", "没有"),
        (f"{HEAD.replace(',origin', '')}\n", "origin"),
        (f"{HEAD},value\n{RECORD},1\n", "value"),
    ],
)
def test_a_list_that_is_not_of_one_whole_report_is_refused(text, where):
    assert where in refused(text)


def test_rows_keep_their_length_and_blank_rows_do_not_part_a_table():
    document = read("信息内容,制发,废止,,\n规章,1,,,\n行政许可,2\n,,,,\n\n许可,5,,,\n")
    assert document.blocks == (
        Row(("信息内容", "制发", "废止"), "第1行", 1),
        Row(("规章", "1", ""), "第2行", 1),
        Row(("行政许可", "2"), "第3行", 1),
        Row(("许可", "5", ""), "第6行", 1),
    )


@pytest.mark.parametrize("delimiter", list(",\t;，"))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_delimiter_and_encoding_reads_the_same(delimiter, encoding):
    text = '信息内容,制发\r\n规章,"1,234"\r\n许可,"本年\n处理""一"""\r\n'
    rows = list(csv.reader(io.StringIO(text, newline="")))
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    document = read(written.getvalue().encode(encoding))
    assert [row.cells for row in document.blocks] == [
        ("信息内容", "制发"),
        ("规章", "1,234"),
        ("许可", '本年\n处理"一"'),
    ]
    assert document.blocks[-1].origin == "第3行"


def test_paragraphs_titles_and_sub_heads_are_lines_even_where_their_commas_cut_them():
    text = "甲局2022年度报告,,\n（一）公开情况,,\n下一步, 将加强,工作。\n规章,1,2\n"
    blocks = read(text).blocks
    assert [block.text for block in blocks if isinstance(block, Line)] == [
        "甲局2022年度报告",
        "（一）公开情况",
        "下一步, 将加强,工作。",
    ]
    assert blocks[-1] == Row(("规章", "1", "2"), "第4行", 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("规章,1\x00,2", "二进制"),
        ('规章,"1,2\n许可,3\n', "引号"),
        ('规章,"1"2,3\n', "引号"),
        ("1," * MAX_COLUMNS + "1\n", f"{MAX_COLUMNS} 列"),
        ("," * 100_000, "列"),
        ("1,2\n" * (MAX_ROWS + 1), "行"),
        (f"规章,{'1' * (MAX_FIELD + 1)}\n", "字符"),
    ],
)
def test_what_exceeds_the_limits_or_is_no_csv_is_refused(text, found):
    assert found in refused(text)


@settings(max_examples=200)
@given(st.binary(max_size=300) | st.text('规章,;\t，"\n\r 123。、', max_size=200).map(str.encode))
def test_arbitrary_content_is_read_or_refused(content):
    try:
        document = read(content)
    except UnreadableError as error:
        assert str(error).startswith("a.csv：")
    else:
        assert all(block.origin for block in document.blocks)


@settings(max_examples=200)
@given(st.lists(st.lists(st.sampled_from(["", "1", *CELL_FIELDS]), max_size=11), max_size=6))
def test_damaged_lists_are_read_or_refused(rows):
    text = "\n".join([HEAD, *(",".join(row) for row in rows)])
    try:
        assert read(text).listing
    except UnreadableError as error:
        assert str(error).startswith("a.csv：")


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_report_saved_from_a_sheet_is_read_whole_with_its_blanks_in_place(delimiter):
    values, written = flat.sample(4)
    lost = {"t3.granted.legal", "t3.other_3.natural", "t4.direct.total", "t2.regulations.repealed"}
    text = flat.separated(flat.without(written, lost), delimiter)
    found = flat.recognised(read(text)).cells
    assert {code for code, cell in found.items() if cell.state == "blank"} == lost
    assert not flat.wrong(found, values)
