import io
import re
import subprocess
import sys
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.findings import check_report
from nianbao.notice import Unread, notice
from nianbao.notice.letters import document
from notice.said import damaged, say

CLEAN = damaged()
FAULTY = damaged(t3__granted__natural=3)


def made(report, *more):
    return notice(report, [*check_report(report), *more])


def opened(*notices, unread=(), listed=None):
    return docx.Document(io.BytesIO(document(notices, unread, listed=listed)))


def text_of(paper):
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in paper.paragraphs] + cells)


def test_a_letter_says_what_the_notice_says():
    letter = made(FAULTY, say("X-1"), say("P-1", "hint"), say("X-2", waived=True))
    paper = opened(letter)
    text = text_of(paper)
    for item in letter.items:
        for line in (*item.place, *item.found, *item.advice):
            assert line in text
    assert letter.hints[0] in text and letter.explained[0].problem in text
    table = paper.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == [
        "序号",
        "位置",
        "发现的问题",
        "请核对",
        "整改结果",
    ]
    assert [row.cells[0].text for row in table.rows] == [
        "序号",
        "一、须改正（1项）",
        "1",
        "二、请核实（1项）",
        "2",
    ]
    assert table.rows[2].cells[4].text == ""


def test_the_page_is_that_of_an_official_letter():
    paper = opened(made(FAULTY))
    (section,) = paper.sections
    assert [round(length.mm) for length in (section.page_width, section.page_height)] == [210, 297]
    sides = ("top", "bottom", "left", "right")
    margins = [getattr(section, f"{side}_margin") for side in sides]
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    fonts = {
        paper.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Normal", "Heading 1", "Heading 2")
    }
    assert fonts == {"仿宋_GB2312", "方正小标宋简体", "黑体"}
    language = paper.styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:eastAsia")) == "zh-CN"


def test_head_rows_are_repeated_and_rows_are_kept_whole_but_long_ones():
    paper = opened(made(CLEAN, say("X-1"), say("X-2", found="甲" * 400)))
    rows = paper.tables[0].rows
    heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in rows]
    whole = [row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in rows]
    assert heads == [True, False, False, False]
    assert whole == [True, True, True, False]


def test_columns_fill_the_type_area():
    for table in opened(made(FAULTY, say("X-1", waived=True)), listed=True).tables:
        assert round(sum(column.width for column in table.columns) / Mm(1)) == 156
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None


def test_every_letter_begins_a_section_numbered_from_one():
    notices = [made(FAULTY), made(CLEAN), made(CLEAN, say("X-1"))]
    paper = opened(*notices, unread=[Unread("x", "失落局", 2022, "文件打不开")])
    assert len(paper.sections) == 3
    for section in paper.sections:
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    text = text_of(paper)
    assert "没有发现问题的机关：测试局。" in text and "失落局：文件打不开。" in text
    assert sum(p.style.name == "Heading 1" for p in paper.paragraphs) == 3


def test_sections_hold_their_parts_in_the_order_of_the_schema():
    order = ["footerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "docGrid"]
    for section in opened(made(FAULTY), made(FAULTY)).sections:
        names = [child.tag.partition("}")[2] for child in section._sectPr]
        assert [order.index(name) for name in names] == sorted(order.index(n) for n in names)


def test_page_numbers_stand_outside_on_odd_and_even_pages():
    paper = opened(made(FAULTY))
    assert paper.settings.odd_and_even_pages_header_footer
    section = paper.sections[0]
    for footer in (section.footer, section.even_page_footer):
        assert footer._element.find(f".//{qn('w:fldSimple')}").get(qn("w:instr")) == "PAGE"


def test_a_paragraph_follows_the_last_table():
    # A table at the very end is lost when a document is saved in the old format.
    for paper in (opened(made(FAULTY)), opened(made(FAULTY), listed=True)):
        children = [c.tag for c in paper.element.body if c.tag != qn("w:sectPr")]
        assert children[-1] == qn("w:p")


def test_the_package_holds_no_time_no_author_and_no_picture():
    content = document([made(FAULTY)])
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = package.namelist()
        core = package.read("docProps/core.xml").decode()
        relations = package.read("_rels/.rels").decode()
    assert names[0] == "[Content_Types].xml"
    assert not [name for name in names if "thumbnail" in name] and "thumbnail" not in relations
    assert "退回意见" in core and not re.search("creator|created|modified|lastModifiedBy", core)


def test_other_processes_give_the_same_bytes():
    script = (
        "import hashlib\n"
        "from nianbao.notice.letters import document\n"
        "from notice.test_letters import FAULTY, made, say\n"
        "content = document([made(FAULTY, say('X-1')), made(FAULTY)])\n"
        "print(hashlib.sha256(content).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }
    assert len(digests) == 1


@settings(max_examples=15)
@given(st.text(max_size=40))
def test_any_text_gives_a_document_that_opens(text):
    letter = made(CLEAN, say("X-1", place=text, found=text, advice=text, basis=text))
    assert len(opened(letter).tables) == 1


@pytest.mark.parametrize("listed", [True, None])
def test_a_clear_letter_says_so(listed):
    text = text_of(opened(made(CLEAN), listed=listed))
    assert "没有意见" in text if listed else "无退回意见" in text
