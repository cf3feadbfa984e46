"""Documents with rows that tempt: other tables, other years, templates, numbers of lines."""

import pytest

from boards import (
    amounts,
    boards,
    cells,
    document,
    flat,
    flattened,
    four,
    note_codes,
    report,
    states,
    three,
    two,
    wrong,
)
from builders import COLUMNS, ROWS, T4_CODES
from nianbao.documents.spans import Span, lay_out
from nianbao.documents.structure import Boundary, Document, Line
from nianbao.findings import check_report

NEW = amounts("2021")
OTHER = {code: str(int(float(text)) + 1000) for code, text in NEW.items()}
BLANK = dict.fromkeys(NEW, "")
ANNEX = Line("附：下属单位", "附")


def laid(board, grid):
    return lay_out(board, grid, f"附表{grid}")


def annex(written=OTHER):
    return [*laid(two(written), 8), *laid(three(written), 9), *laid(four(written), 10)]


def inserted(section, at, row, written=NEW):
    tables = boards(written)
    tables[section] = [*tables[section][:at], row, *tables[section][at:]]
    return tables


@pytest.mark.parametrize("where", ["section", "boundary", "six", "one"])
def test_tables_of_a_subordinate_unit_never_replace_the_reports_own(where):
    tables, after = boards(NEW), []
    if where == "section":
        after = [ANNEX, *annex()]
    elif where == "boundary":
        after = [Boundary("下属单位.xlsx"), *annex()]
    else:
        tables[{"six": 6, "one": 1}[where]] = two(OTHER) + three(OTHER) + four(OTHER)
    found = report(document(tables, after=after))
    assert wrong(found, NEW) == {}
    assert {"row_unplaced", "line_repeated"} & note_codes(found)


def test_the_same_table_twice_with_the_same_figures_is_one():
    found = report(document(boards(NEW), after=[Boundary("表.xlsx"), *annex(NEW)]))
    assert wrong(found, NEW) == {}
    assert found.state_count("number") == 200


def test_the_same_table_twice_with_other_figures_is_unknown():
    found = report(document(boards(NEW), after=[Boundary("表.xlsx"), *annex()]))
    assert states(found, "t") == {"unknown"}
    assert "line_repeated" in note_codes(found)


@pytest.mark.parametrize("row", ["granted", "carried_in", "other_3"])
def test_a_blank_row_is_not_filled_from_the_table_of_another_unit(row):
    codes = [f"t3.{row}.{column}" for column in COLUMNS]
    own = NEW | dict.fromkeys(codes, "")
    after = [Boundary("下属单位.xlsx"), *laid(three(OTHER), 9)]
    found = report(document(boards(own), after=after))
    assert {found.cells[code].value for code in codes} == {None}


def test_a_blank_report_is_not_filled_from_the_table_of_another_unit():
    found = report(document(boards(BLANK), after=[Boundary("下属单位.xlsx"), *annex()]))
    assert {cell.value for cell in found.cells.values()} == {None}


def test_a_blank_row_is_not_filled_from_last_years_table_below():
    tables = boards(NEW | {"t2.licences.decisions": ""})
    tables[2] = tables[2] + two(OTHER)
    assert report(tables).cells["t2.licences.decisions"].value is None


@pytest.mark.parametrize("where", ["below", "boundary"])
def test_a_row_with_a_usual_short_label_is_not_replaced_by_another_tables_row(where):
    tables = boards(NEW)
    tables[2][3][0] = Span("规范性文件")
    after = [Boundary("下属单位.xlsx"), *laid(two(OTHER), 9)] if where == "boundary" else []
    if where == "below":
        tables[2] = tables[2] + two(OTHER)
    found = report(document(tables, after=after))
    assert found.cells["t2.normative_docs.issued"].state == "unknown"


@pytest.mark.parametrize("stub", ["栏次", "甲", "", "填表说明：1"])
def test_numbers_of_columns_below_the_head_are_no_figures(stub):
    for section, at, row in (
        (2, 2, cells(stub, "1", "2", "3")),
        (3, 3, cells(stub, "", "", *map(str, range(1, 8)))),
    ):
        tables = inserted(section, at, row)
        for made in (document(tables), flattened(document(tables))):
            found = report(made)
            assert wrong(found, NEW) == {}
            assert found.state_count("number") == 200


def test_numbers_of_columns_beside_the_figures_of_table_four_are_no_figures():
    found = report(inserted(4, 3, cells(*map(str, range(1, 16)))))
    assert wrong(found, NEW) == {}
    assert states(found, "t4.") == {"number"}


@pytest.mark.parametrize("row", [list(map(str, range(1, 16))), ["12345678", *[""] * 14]])
@pytest.mark.parametrize("at", [3, 4])
def test_bare_numbers_beside_a_blank_row_of_table_four_are_no_figures(row, at):
    own = NEW | dict.fromkeys(T4_CODES, "")
    found = report(inserted(4, at, cells(*row), own))
    assert {found.cells[code].value for code in T4_CODES} == {None}


@pytest.mark.parametrize("stubs", [("本年", "上年"), ("上年", "本年"), ("2022年", "2021年")])
def test_two_years_in_table_four_are_never_mixed(stubs):
    tables = boards(NEW)
    own = [NEW[code] for code in T4_CODES]
    rows = {"本年": own, "2022年": own}
    lines = [cells(stub, *rows.get(stub, ["5"] * 15)) for stub in stubs]
    tables[4] = [[Span(""), *row] for row in tables[4][:3]] + lines
    found = report(tables)
    assert wrong(found, NEW) == {}
    assert states(found, "t4.") == {"unknown"}


@pytest.mark.parametrize(
    ("at", "label"),
    [(3, "地方性法规"), (7, "其中：网上办理"), (7, "其他对外管理服务事项"), (11, "行政检查")],
)
def test_a_row_that_the_form_does_not_have_is_told_and_left_out(at, label):
    found = report(inserted(2, at, cells(label, "777", "778", "779")))
    assert wrong(found, NEW) == {}
    assert "row_unplaced" in note_codes(found)


def test_a_row_for_two_lines_together_is_neither():
    tables = boards(NEW)
    tables[2][2:4] = [cells("规章、行政规范性文件", "1", "2", "3")]
    found = report(tables)
    assert found.cells["t2.normative_docs.issued"].value is None


@pytest.mark.parametrize("flatly", [False, True])
def test_groups_may_be_lost_altogether(flatly):
    tables = boards(NEW)
    rows = flat(tables[3])
    for row in rows[3:]:
        if row[1].text.startswith(("（三）", "（四）", "（五）", "（六）")):
            row[1] = Span("")
    tables[3] = rows
    made = document(tables)
    assert wrong(report(flattened(made) if flatly else made), NEW) == {}


def test_a_figure_merged_over_two_columns_or_rows_is_unknown_and_told():
    tables = boards(NEW)
    tables[3][5] = [*tables[3][5][:2], Span("55", 2), *tables[3][5][4:]]
    across = report(tables)
    assert wrong(across, NEW) == {}
    assert across.cells["t3.granted.natural"].state == "unknown"
    tables = boards(NEW)
    tables[3][5] = [*tables[3][5][:2], Span("55", 1, 2), *tables[3][5][3:]]
    tables[3][6] = [tables[3][6][0], *tables[3][6][2:]]
    down = report(tables)
    assert wrong(down, NEW) == {}
    assert {down.cells[f"t3.{r}.natural"].state for r in ("granted", "partial")} == {"unknown"}
    assert "cell_unclear" in note_codes(across) & note_codes(down)


@pytest.mark.parametrize("row", ROWS[::6])
def test_a_row_one_place_off_breaks_rules_and_is_never_passed(row):
    tables = boards(NEW)
    at = ROWS.index(row) + 3
    rows = flat(tables[3])
    rows[at] = [*rows[at][:3], Span(""), *rows[at][3:9]]
    tables[3] = rows
    found = report(tables)
    assert found.cells[f"t3.{row}.natural"].value is None
    assert any(finding.status != "passed" for finding in check_report(found))


def test_a_grid_row_that_lacks_a_cell_is_not_read_by_its_place():
    tables = boards(NEW)
    rows = flat(tables[2])
    rows[2] = [rows[2][0], *rows[2][2:]]
    tables[2] = rows
    found = report(tables)
    assert wrong(found, NEW) == {}
    assert found.cells["t2.regulations.issued"].state == "unknown"


def test_no_two_tables_of_one_kind_fill_each_other_without_sections():
    own = NEW | {f"t3.granted.{column}": "" for column in COLUMNS}
    rows = (*laid(three(own), 1), *laid(three(OTHER), 2))
    found = report(Document("两张表.xlsx", rows))
    kept = {c: v for c, v in wrong(found, own).items() if ".granted." not in c}
    assert kept == {}
