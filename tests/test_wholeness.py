"""A file that breaks off is refused with the place; one that lacks a table is read."""

from dataclasses import replace

import pytest

from boards import VARIANTS, amounts, boards, document, note_codes, report, wrong
from nianbao.documents.structure import Boundary, Document, Line, Row
from nianbao.errors import UnreadableError

NEW = amounts()
FULL = document(boards(NEW))
LAST = next(i for i, b in enumerate(FULL.blocks) if isinstance(b, Line) and b.text[:2] == "六、")


def first(blocks):
    return replace(FULL, blocks=FULL.blocks[:blocks])


@pytest.mark.parametrize("blocks", [*range(0, LAST - 1, 4), LAST - 1])
def test_a_report_cut_before_its_last_section_is_refused(blocks):
    with pytest.raises(UnreadableError, match=r"重新获取|请确认"):
        report(first(blocks))


def test_a_report_that_ends_with_its_last_title_is_read():
    assert wrong(report(first(LAST + 1)), NEW) == {}


def test_a_refusal_says_which_file_what_is_missing_and_how_far_it_went():
    cut = next(i for i, b in enumerate(FULL.blocks) if isinstance(b, Row) and b.grid == 3)
    with pytest.raises(UnreadableError) as refusal:
        report(first(cut))
    for word in ("测试局.html", "表三", "表四", FULL.blocks[cut - 1].origin):
        assert word in str(refusal.value)
    assert "表二（" not in str(refusal.value)


@pytest.mark.parametrize("table", [2, 3, 4])
def test_a_whole_report_without_one_table_is_read_and_says_so(table):
    tables = boards(NEW)
    del tables[table]
    found = report(tables)
    assert wrong(found, NEW) == {}
    (note,) = [note for note in found.notes if note.code == "table_missing"]
    assert note.severity == "error"
    assert {code[:2] for code in note.cells} == {f"t{table}"}
    assert {found.cells[code].state for code in note.cells} == {"unknown"}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("table", [2, 3, 4])
def test_tables_without_prose_may_be_some_only(variant, table):
    written = amounts(variant)
    made = document({table: boards(written, variant)[table]})
    rows = tuple(block for block in made.blocks if isinstance(block, Row))
    found = report(Document("表.xlsx", rows))
    assert wrong(found, written) == {}
    assert found.state_count("number") == sum(c.startswith(f"t{table}.") for c in written)
    assert "table_missing" in note_codes(found)


@pytest.mark.parametrize(
    "blocks",
    [
        (),
        (Line("关于开展年度报告编制工作的通知", "第1行"),),
        (Line("一、总体情况", "第1行"), Line("六、其他需要报告的事项", "第2行")),
        (Row(("姓名", "电话"), "第1行"), Row(("张三", "12345678"), "第2行")),
        (Boundary("表一"), Boundary("表二")),
    ],
)
def test_what_holds_no_table_is_no_report(blocks):
    with pytest.raises(UnreadableError, match="三张法定表格"):
        report(Document("别的.docx", blocks))


def test_heads_without_figures_are_no_table():
    figures = set(NEW.values())
    rows = [b for b in FULL.blocks if isinstance(b, Row) and figures.isdisjoint(b.cells)]
    assert len(rows) == 14
    with pytest.raises(UnreadableError, match="三张法定表格"):
        report(Document("空表.docx", tuple(rows)))
