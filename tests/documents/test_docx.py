"""Word documents: grids with merged cells, revisions, numbering, text boxes, damage."""

import io
import zipfile

import docx
import pytest
from statutory import FORMS, expected, merges_of

from nianbao.documents.docx import read_docx
from nianbao.documents.structure import Line, Row
from nianbao.errors import UnreadableError
from nianbao.values import parse

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(kinds):
    items = "".join(
        f'<Relationship Id="r{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(kinds.items())
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{items}</Relationships>'


def packed(parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return target.getvalue()


def raw(body, styles="", numbering=""):
    return packed(
        {
            "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
            "word/_rels/document.xml.rels": relations(
                {"styles": "styles.xml", "numbering": "/word/numbering.xml"}
            ),
            "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {NAMES}>{styles}</w:styles>",
            "word/numbering.xml": f"<w:numbering {NAMES}>{numbering}</w:numbering>",
        }
    )


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*runs, properties=""):
    inner = "".join(r if r.startswith("<") else run(r) for r in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def cell(content="", properties=""):
    inner = content if content.startswith(("<w:p>", "<w:tbl>", "<w:sdt>")) else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows):
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def box(content, fallback=""):
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"<w:txbxContent>{content}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{fallback or content}"
        "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def read(body, **parts):
    return read_docx(raw(body, **parts), "a.docx")


def texts(body, **parts):
    return [line.text for line in read(body, **parts).lines]


def grid(body, **parts):
    return [row.cells for row in read(body, **parts).blocks if isinstance(row, Row)]


def codes(document):
    return [remark.code for remark in document.remarks]


def in_cell(*runs):
    return grid(table(cell("甲") + cell(paragraph(*runs))))[0][1]


def refused(content):
    with pytest.raises(UnreadableError) as caught:
        read_docx(content, "a.docx")
    message = str(caught.value)
    assert message.startswith("a.docx：")
    assert message.endswith("。")
    assert "\n" not in message
    return message


def saved(document):
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize("name", FORMS)
def test_every_cell_and_merge_of_the_official_tables_is_where_it_belongs(name):
    spans, rows, columns = FORMS[name]
    document = docx.Document()
    written = document.add_table(rows, columns)
    for row, column, down, right, text in spans:
        first = written.cell(row, column)
        last = written.cell(row + down - 1, column + right - 1)
        (first.merge(last) if down * right > 1 else first).text = text
    found = [b for b in read_docx(saved(document), "a.docx").blocks if isinstance(b, Row)]
    cells, merges = expected(spans, rows, columns)
    assert [row.cells for row in found] == cells
    assert [merges_of(row) for row in found] == merges
    assert {row.grid for row in found} == {1}
    assert not any(row.unclear for row in found)
    assert found[3].place(2) == "表格1第4行第3列"


def test_body_order_is_kept_and_places_are_counted():
    document = read(paragraph("前") + paragraph() + table(cell("甲") + cell("1")) + paragraph("后"))
    assert [type(b) for b in document.blocks] == [Line, Row, Line]
    assert [b.origin for b in document.blocks] == ["第1段", "表格1第1行", "第2段"]


def test_gaps_and_missing_cells_keep_the_others_in_their_columns():
    gap = "<w:trPr><w:gridBefore w:val='2'/></w:trPr>"
    rows = [cell("a") + cell("b") + cell("c") + cell("d"), gap + cell("e"), cell("f")]
    assert grid(table(*rows)) == [("a", "b", "c", "d"), ("", "", "e"), ("f",)]


def widths(*values):
    columns = "".join(f"<w:gridCol w:w='{value}'/>" for value in values)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def test_edges_drawn_a_hair_apart_are_one_edge():
    wide = "<w:gridSpan w:val='2'/>"
    first, second = cell("a", wide) + cell("b"), cell("c") + cell("d", wide)
    drawn = table(first, second).replace("<w:tbl>", f"<w:tbl>{widths(2000, 5, 2000)}")
    rows = [b for b in read(drawn).blocks if isinstance(b, Row)]
    assert [row.cells for row in rows] == [("a", "b"), ("c", "d")]
    assert not any(row.merges for row in rows)


def test_edges_stay_apart_where_a_cell_lies_between_them_or_the_grid_is_incomplete():
    for grid_widths in [(2000, 5, 2000), (0, 0, 0), (5, 5)]:
        row = cell("a") + cell("b") + cell("c")
        drawn = table(row).replace("<w:tbl>", f"<w:tbl>{widths(*grid_widths)}")
        assert grid(drawn) == [("a", "b", "c")]


def test_old_horizontal_merges_become_one_cell():
    start, rest = "<w:hMerge w:val='restart'/>", "<w:hMerge/>"
    document = read(table(cell("a", start) + cell("", rest) + cell("b")))
    row = document.blocks[0]
    assert row.cells == ("a", "", "b")
    assert merges_of(row) == [(0, 2, "a", False, False)]


def test_a_continued_merge_that_fits_nothing_above_is_marked():
    rest = "<w:vMerge/>"
    wide = "<w:gridSpan w:val='2'/><w:vMerge w:val='restart'/>"
    body = table(cell("a", wide) + cell("1"), cell("", rest) + cell("2") + cell("3"))
    second = read(body).blocks[1]
    assert second.cells == ("", "2", "3")
    assert second.unclear == {0}


def test_text_hidden_under_a_merge_marks_the_merged_cell():
    body = table(
        cell("甲") + cell("1", "<w:vMerge w:val='restart'/>"), cell("乙") + cell("2", "<w:vMerge/>")
    )
    first, second = read(body).blocks
    assert first.cells == ("甲", "1")
    assert second.cells == ("乙", "")
    assert first.unclear == {1}


def test_rows_and_cells_inside_content_controls_are_found():
    inner = f"<w:sdt><w:sdtContent>{cell('2')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{cell('1')}{inner}</w:tr></w:sdtContent></w:sdt>"
    assert grid(f"<w:tbl>{row}</w:tbl>") == [("1", "2")]


def test_tracked_rows_that_were_removed_are_not_read():
    assert grid(table(cell("a"), "<w:trPr><w:del/></w:trPr>" + cell("b"))) == [("a",)]


def test_a_cell_that_a_revision_adds_is_no_figure():
    found = grid(table(cell("a") + cell("5", "<w:cellIns w:id='1'/>")))[0][1]
    assert parse(found).state == "unreadable"


@pytest.mark.parametrize(
    "wrapper",
    ["ins", "smartTag", "hyperlink", "fldSimple", "moveTo", "customXml"],
)
def test_text_in_wrappers_counts(wrapper):
    assert in_cell("1", f"<w:{wrapper}>{run('2')}</w:{wrapper}>", "3") == "123"


def test_content_controls_inside_a_paragraph_count():
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('2')}</w:sdtContent></w:sdt>"
    assert in_cell("1", control) == "12"


def test_what_revisions_removed_and_fields_instruct_does_not_count():
    removed = "<w:del><w:r><w:delText>9</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('8')}</w:moveFrom>"
    assert in_cell("1", removed, moved) == "1"
    assert codes(read(paragraph("1", removed))) == ["revisions"]
    code = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    field = [
        code.format("begin"),
        "<w:r><w:instrText>PAGE 7</w:instrText></w:r>",
        run("6"),
        code.format("separate"),
        run("5"),
        code.format("end"),
    ]
    assert in_cell(*field, "0") == "50"
    assert parse(in_cell(*field[:3])).state == "unreadable"


def test_a_formula_field_without_a_saved_result_is_not_blank():
    code = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    instruction = "<w:r><w:instrText> =SUM(LEFT)</w:instrText></w:r>"
    found = in_cell(code.format("begin"), instruction, code.format("end"))
    assert parse(found).state == "unreadable"
    assert parse(in_cell("<w:fldSimple w:instr='=SUM(LEFT)'/>")).state == "unreadable"


def test_hidden_text_does_not_count_whether_by_itself_or_by_style():
    styles = (
        "<w:style w:type='character' w:styleId='h'><w:rPr><w:vanish/></w:rPr></w:style>"
        "<w:style w:type='character' w:styleId='i'><w:basedOn w:val='h'/></w:style>"
        "<w:style w:type='character' w:styleId='loop'><w:basedOn w:val='loop'/></w:style>"
    )
    hidden = [run("2", "<w:vanish/>"), run("3", "<w:rStyle w:val='i'/>")]
    shown = [
        run("4", "<w:rStyle w:val='h'/><w:vanish w:val='0'/>"),
        run("5", "<w:rStyle w:val='loop'/>"),
    ]
    assert texts(paragraph("1", *hidden, *shown), styles=styles) == ["145"]


def test_struck_and_raised_digits_are_no_plain_digits():
    assert in_cell(run("32", "<w:strike/>"), "1") == "3\u03362\u03361"
    assert in_cell(run("3", "<w:dstrike/>")) == "3\u0336"
    assert in_cell("5", run("2", "<w:vertAlign w:val='superscript'/>")) == "5²"
    assert in_cell("5", run("2", "<w:vertAlign w:val='subscript'/>")) == "5₂"
    assert in_cell("5", "<w:r><w:footnoteReference w:id='2'/></w:r>") == "5"
    assert parse(in_cell(run("32", "<w:strike/>"))).state == "unreadable"


@pytest.mark.parametrize("sign", ["tab", "br", "cr", "sym", "noBreakHyphen"])
def test_no_sign_between_two_numbers_lets_them_become_one(sign):
    found = in_cell("1", f"<w:r><w:{sign}/></w:r>", "500")
    assert parse(found).state == "unreadable", found


def test_paragraphs_of_a_cell_do_not_become_one_number():
    assert grid(table(cell(paragraph("1") + paragraph() + paragraph("500")))) == [("1\n500",)]


def test_a_comment_in_the_markup_does_not_cut_a_number():
    assert texts("<w:p><w:r><w:t>1<!-- x -->2</w:t></w:r></w:p>") == ["12"]


def test_a_plain_formula_counts_and_a_built_one_is_marked():
    plain = "<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>"
    power = (
        "<m:oMath><m:sSup><m:e><m:r><m:t>2</m:t></m:r></m:e>"
        "<m:sup><m:r><m:t>3</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    assert in_cell(plain) == "12"
    assert parse(in_cell(power)).state == "unreadable"


def test_digits_written_from_right_to_left_are_no_figure():
    assert parse(in_cell(f"<w:bdo w:val='rtl'>{run('12')}</w:bdo>")).state == "unreadable"


def test_only_one_of_two_alternatives_is_read():
    assert texts(paragraph("前", box(paragraph("框里")))) == ["前", "框里"]
    empty = box(paragraph(), paragraph("备用"))
    assert texts(paragraph(empty)) == ["备用"]


def test_a_table_in_a_text_box_is_read_at_its_place_and_reported():
    boxed = table(cell("规章") + cell("3"), cell("文件") + cell("4"))
    document = read(paragraph("前", box(boxed)) + paragraph("后"))
    assert [getattr(b, "text", None) or b.cells for b in document.blocks] == [
        "前",
        ("规章", "3"),
        ("文件", "4"),
        "后",
    ]
    assert codes(document) == ["table_in_textbox"]


def test_a_number_in_a_text_box_over_a_cell_does_not_leave_it_blank():
    document = read(table(cell("甲") + cell(paragraph(box(paragraph("7"))))))
    assert parse(document.blocks[0].cells[1]).state == "unreadable"
    assert document.lines[0].text == "7"


def test_a_picture_in_a_cell_is_not_a_blank_and_pictures_are_reported():
    picture = "<w:r><w:drawing><pic:pic/></w:drawing></w:r>"
    document = read(table(cell("甲") + cell(paragraph(picture))))
    assert parse(document.blocks[0].cells[1]).state == "unreadable"
    assert codes(document) == ["pictures"]
    assert codes(read(paragraph("文", picture))) == ["pictures"]


def test_a_tiny_nested_table_is_text_and_a_big_one_is_read_as_rows_of_its_own():
    tiny = table(cell("1") + cell("2"))
    assert grid(table(cell("甲") + cell(tiny))) == [("甲", "1\n2")]
    big = table(*(cell(f"{i}") + cell("x") for i in range(3)))
    document = read(table(cell("甲") + cell(big)))
    assert [(b.grid, b.cells) for b in document.blocks] == [
        (1, ("甲", "〔嵌套表格〕")),
        (2, ("0", "x")),
        (2, ("1", "x")),
        (2, ("2", "x")),
    ]
    assert codes(document) == ["table_nested"]


def test_a_frame_around_the_whole_page_is_no_table():
    big = table(*(cell(f"{i}") + cell("x") for i in range(3)))
    document = read(table(cell(paragraph("一、总体情况") + big + paragraph("后"))))
    assert [type(b) for b in document.blocks] == [Line, Row, Row, Row, Line]
    assert document.blocks[1].grid == 1


LEVELS = (
    "<w:abstractNum w:abstractNumId='1'>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCountingThousand'/>"
    "<w:lvlText w:val='%1、'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='japaneseCounting'/>"
    "<w:lvlText w:val='（%2）'/></w:lvl>"
    "<w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='decimal'/>"
    "<w:lvlText w:val='%3.'/></w:lvl>"
    "<w:lvl w:ilvl='3'><w:numFmt w:val='bullet'/><w:lvlText w:val='·'/></w:lvl>"
    "<w:lvl w:ilvl='4'><w:numFmt w:val='hebrew1'/><w:lvlText w:val='%5'/></w:lvl>"
    "<w:lvl w:ilvl='5'><w:numFmt w:val='decimal'/><w:lvlText w:val='%6'/></w:lvl>"
    "</w:abstractNum>"
    "<w:num w:numId='7'><w:abstractNumId w:val='1'/></w:num>"
    "<w:num w:numId='8'><w:abstractNumId w:val='1'/><w:lvlOverride w:ilvl='0'>"
    "<w:startOverride w:val='3'/></w:lvlOverride></w:num>"
)


def numbered(text, level, number=7):
    properties = f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>"
    return paragraph(text, properties=properties)


def test_automatic_numbers_are_written_in_prose_and_in_labels():
    body = (
        numbered("甲", 0)
        + numbered("乙", 1)
        + table(cell(numbered("丙", 2)) + cell(numbered("丁", 2)))
        + numbered("戊", 1)
        + numbered("己", 2)
        + numbered("庚", 0)
        + numbered("辛", 0, 8)
        + numbered("壬", 0, 8)
        + numbered("点", 3)
        + numbered("外", 4)
        + numbered("无", 0, 0)
    )
    assert grid(body, numbering=LEVELS) == [("1.丙", "2.丁")]
    assert texts(body, numbering=LEVELS) == [
        *["一、甲", "（一）乙", "（二）戊", "1.己", "二、庚", "三、辛", "四、壬", "点", "外", "无"]
    ]


def test_chinese_numbers_beyond_ten_are_written_in_full():
    found = texts("".join(numbered("x", 0) for _ in range(21)), numbering=LEVELS)
    assert [found[i] for i in (9, 10, 18, 19, 20)] == [
        "十、x",
        "十一、x",
        "十九、x",
        "二十、x",
        "二十一、x",
    ]


def test_numbering_that_a_style_brings_along_is_written():
    styles = (
        "<w:style w:type='paragraph' w:styleId='1'><w:pPr><w:numPr><w:numId w:val='7'/></w:numPr>"
        "</w:pPr></w:style>"
    )
    body = paragraph("总体情况", properties="<w:pStyle w:val='1'/>") * 2
    assert texts(body, styles=styles, numbering=LEVELS) == ["一、总体情况", "二、总体情况"]


def test_an_automatic_number_never_becomes_part_of_a_figure():
    for level in (2, 5):
        found = grid(table(cell(numbered("500", level))), numbering=LEVELS)[0][0]
        assert parse(found).state == "unreadable", found


def test_line_breaks_part_titles_from_text():
    assert texts(paragraph("一、总体情况", "<w:r><w:br/></w:r>", "全年")) == [
        "一、总体情况",
        "全年",
    ]


def test_tables_beyond_the_limits_are_cut_and_reported():
    document = read(table(*[cell("a", "<w:gridSpan w:val='999999999'/>")] * 501))
    assert len(document.blocks) == 500
    assert len(document.blocks[0].cells) == 60
    assert codes(document) == ["table_cut"]


def test_the_strict_dialect_reads_the_same():
    content = raw(paragraph("一、总体情况"))
    parts = {
        n: zipfile.ZipFile(io.BytesIO(content)).read(n)
        for n in ["_rels/.rels", "word/document.xml"]
    }
    strict = parts["word/document.xml"].replace(
        W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    document = read_docx(packed(parts | {"word/document.xml": strict}), "a.docx")
    assert document.lines == [Line("一、总体情况", "第1段")]


def test_links_outside_the_file_are_not_followed():
    parts = {
        "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": relations({"styles": "file:///etc/passwd"}).replace(
            "/>", ' TargetMode="External"/>'
        ),
        "word/document.xml": f"<w:document {NAMES}><w:body>{paragraph('a')}</w:body></w:document>",
    }
    assert read_docx(packed(parts), "a.docx").lines == [Line("a", "第1段")]


def deep(levels):
    opened, closed = "<w:ins>" * levels, "</w:ins>" * levels
    return raw(f"<w:p>{opened}{run('1')}{closed}</w:p>")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"PK\x03\x04 broken",
        raw("")[:-30],
        packed({"a.txt": "a"}),
        packed({"word/document.xml": "<w:document"}),
        packed({"word/document.xml": "<html/>"}),
        packed({"_rels/.rels": relations({"officeDocument": "word/none.xml"})}),
        packed({"_rels/.rels": "<"}),
        packed({"xl/workbook.xml": "<workbook/>"}),
        deep(20_000),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ],
)
def test_what_is_no_word_document_is_refused_in_one_sentence(content):
    refused(content)


def test_passwords_old_formats_and_macros_are_named():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    assert "密码" in refused(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "旧版 .doc" in refused(ole + bytes(100))
    assert "宏" in refused(packed({"word/document.xml": "<a/>", "word/vbaProject.bin": "x"}))


def test_a_damaged_part_is_refused():
    content = bytearray(raw(paragraph("内容" * 50)))
    place = content.index("内容".encode())
    content[place] ^= 0xFF
    assert "word/document.xml" in refused(bytes(content))


def test_the_same_file_reads_the_same_twice():
    content = raw(paragraph("前", box(table(cell("1")))) + numbered("甲", 0), numbering=LEVELS)
    assert read_docx(content, "a.docx") == read_docx(content, "a.docx")
