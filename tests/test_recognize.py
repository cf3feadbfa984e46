"""The real document, cell by cell, and single faults through the whole reading."""

import pytest

from builders import (
    CODES,
    COLUMNS,
    DETAIL,
    ROWS,
    T3_CODES,
    codes_of_notes,
    equations,
    figures,
    findings,
    read,
    render,
    row_codes,
    texts,
)
from nianbao.documents.structure import Document, Line
from nianbao.errors import UnreadableError
from nianbao.forms import load_form
from nianbao.recognize import recognize

NON_ZERO = {"new": 32, "granted": 1, "unable_1": 27, "refuse_5": 1, "other_3": 3, "total": 32}
COMPLETE = ["new", "carried_in", "total", "carried_out"]
OTHERS = {
    "t2.normative_docs.issued": "2",
    "t2.normative_docs.repealed": "3",
    "t2.normative_docs.in_force": "10",
    "t2.licences.decisions": "1927308",
    "t2.penalties.decisions": "444354",
    "t2.coercion.decisions": "7553",
    "t2.fees.amount_10k": "10267.34",
    "t4.review.corrected": "1",
    "t4.review.total": "1",
}


def test_the_real_document_has_53_read_and_147_inferred_cells(real_report):
    states = {code: cell.state for code, cell in real_report.cells.items()}
    assert list(states) == CODES
    short = {code for row in ROWS if row not in COMPLETE for code in row_codes(row)}
    assert {code for code, state in states.items() if state == "inferred"} == short
    assert {code for code, state in states.items() if state == "number"} == set(CODES) - short
    assert (len(short), len(CODES) - len(short)) == (147, 53)


def test_the_real_document_has_the_values_counted_by_hand(real_report):
    expected = dict.fromkeys(CODES, "0") | OTHERS
    for row, value in NON_ZERO.items():
        expected |= {f"t3.{row}.natural": str(value), f"t3.{row}.total": str(value)}
    assert {code: str(cell.value) for code, cell in real_report.cells.items()} == expected


def test_the_real_document_passes_with_28_rules_resting_on_inferred_cells(real_report):
    found = findings(real_report)
    assert [finding.status for finding in found.values()] == ["passed"] * 42
    resting = {name for name, finding in found.items() if finding.inferred}
    columns = {f"T3-2:{column}" for column in COLUMNS}
    assert resting == columns | {f"T3-3:{row}" for row in DETAIL}
    assert len(resting) == 28
    assert all(found[name].independent == (name not in resting) for name in found)


def test_the_real_documents_notes_say_what_is_wrong_with_it(real_report):
    notes = {note.code: note for note in real_report.notes}
    assert set(notes) == {"short_rows", "heads_apart", "head_altered", "label_alias"}
    assert "21行" in notes["short_rows"].message
    assert "147格" in notes["short_rows"].message
    assert len(notes["short_rows"].cells) == 147
    assert set(notes["label_alias"].cells) == set(row_codes("deny_2"))


def test_the_ends_of_the_real_documents_rows_keep_what_was_written(real_report):
    for row in DETAIL:
        written = [real_report.cells[code].written for code in row_codes(row)]
        value = str(NON_ZERO.get(row, 0))
        if value != "0":
            assert (written[0], written[-1]) == (value, value)
        assert set(written) <= {value, "0", ""}


def test_a_digit_changed_in_a_complete_row_of_the_real_document_places_nothing(real_bytes):
    text = real_bytes.decode()
    changed = text.replace("(七) 总计\t\t32\t0", "(七) 总计\t\t33\t0")
    assert changed != text
    report = read(changed)
    short = {code for row in ROWS if row not in COMPLETE for code in row_codes(row)}
    assert {report.cells[code].state for code in short} == {"unknown"}
    assert "short_rows_unbalanced" in codes_of_notes(report)
    failed = {name for name, f in findings(report).items() if f.status == "failed"}
    assert {"T3-1:natural", "T3-3:total"} <= failed


@pytest.mark.parametrize("row", ROWS)
def test_every_wrong_cell_of_table_three_is_found_through_the_whole_reading(row):
    """All 175 cells, one at a time: exactly the rules that hold the cell fail."""
    values = figures(17, density=0.4)
    for code in row_codes(row):
        report = read(render(texts(values | {code: values[code] + 1})))
        assert report.state_count("number") == 200
        failed = {name for name, f in findings(report).items() if f.status == "failed"}
        assert failed == {n for n, (left, right) in equations().items() if code in (*left, *right)}
        for name in failed:
            finding = findings(report)[name]
            assert finding.outcome.imbalance == finding.rule.signs()[code]
    assert len(T3_CODES) == 175


def test_all_wrong_cells_of_table_four_break_their_block_alone():
    values = figures(17)
    for number, block in enumerate(["review", "direct", "after"], start=1):
        report = read(render(texts(values | {f"t4.{block}.total": 999})))
        failed = {name for name, f in findings(report).items() if f.status == "failed"}
        assert failed == {f"T4-{number}"}


def test_every_cell_says_where_it_stands():
    text = render(texts(figures(1)))
    lines = text.split("\n")
    for cell in read(text).cells.values():
        line, place = cell.origin.removeprefix("第").removesuffix("格").split("行第")
        assert lines[int(line) - 1].split("\t")[int(place) - 1] == cell.written


def without_table(table):
    lines = render(texts(figures(1))).split("\n")
    titles = [i for i, line in enumerate(lines) if line[:2] in ("二、", "三、", "四、", "五、")]
    titles = [i for i in titles if "\t" not in lines[i]]
    start, end = titles[table - 2] + 1, titles[table - 1]
    return lines[:start] + lines[end:]


@pytest.mark.parametrize("table", [2, 3, 4])
def test_a_whole_report_without_one_of_its_tables_is_read_and_says_so(table):
    report = read("\n".join(without_table(table)))
    (note,) = [note for note in report.notes if note.severity == "error"]
    assert note.code == "table_missing"
    assert f"表{'零一二三四'[table]}" in note.message
    lost = {code for code in report.cells if code.startswith(f"t{table}.")}
    assert set(note.cells) == lost
    assert {code for code, cell in report.cells.items() if cell.state != "number"} == lost


@pytest.mark.parametrize("table", [2, 3, 4])
def test_a_report_that_ends_early_without_one_of_its_tables_is_refused(table):
    lines = without_table(table)
    end = next(i for i, line in enumerate(lines) if line.startswith("六、"))
    with pytest.raises(UnreadableError, match=f"表{'零一二三四'[table]}"):
        read("\n".join(lines[:end]))


def test_an_empty_document_is_refused():
    for blocks in ((), (Line("诗", "第1行"),)):
        with pytest.raises(UnreadableError, match="没有找到三张法定表格"):
            recognize(Document("a.txt", blocks), load_form("2021"))


def test_a_report_without_any_section_title_keeps_its_prose():
    text = render(texts(figures(1)))
    lines = [line for line in text.split("\n") if line[1:2] != "、" or "\t" in line]
    report = read("\n".join(lines).replace("（一）主动公开情况\n", ""))
    assert report.state_count("number") == 200
    assert "section_missing" in codes_of_notes(report)
    assert sum(len(section.paragraphs) for section in report.sections) >= 3
