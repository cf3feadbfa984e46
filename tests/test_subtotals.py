"""Sums that an office adds: read where certain, checked against their parts, never added up."""

import pytest

from boards import amounts, boards, by_rule, cells, document, flat, flattened, report, wrong
from builders import COLUMNS, ROWS
from nianbao.documents.spans import Span
from nianbao.findings import check_report

NEW = amounts("2021")
ORGANISATIONS = COLUMNS[1:6]
DENIED = [f"deny_{i}" for i in range(1, 9)]
GROUPS = {
    "deny": (7, 15, "（三）不予公开", DENIED),
    "unable": (15, 18, "（四）无法提供", [f"unable_{i}" for i in (1, 2, 3)]),
    "refuse": (18, 23, "（五）不予处理", [f"refuse_{i}" for i in range(1, 6)]),
    "other": (23, 26, "（六）其他处理", [f"other_{i}" for i in (1, 2, 3)]),
}


def sums(rows, more=0):
    return [str(sum(int(NEW[f"t3.{row}.{c}"]) for row in rows) + more) for c in COLUMNS]


def with_row(at, row):
    tables = boards(NEW)
    rows = flat(tables[3])
    tables[3] = [*rows[:at], row, *rows[at:]]
    return tables


def with_column(at, head, head_row=2, more=0, blank_totals=False):
    tables = boards(NEW)
    rows = flat(tables[3])
    for i, row in enumerate(rows):
        if blank_totals and i > 2:
            row[9] = Span("")
        figures = [int(NEW[f"t3.{ROWS[i - 3]}.{c}"]) for c in ORGANISATIONS] if i > 2 else []
        text = str(sum(figures) + more) if figures else head if i == head_row else ""
        row.insert(at, Span(text))
    tables[3] = rows
    return tables


def added(found):
    return {name: f.status for name, f in by_rule(found).items() if name.startswith("T3-6")}


@pytest.mark.parametrize(
    ("group", "word"),
    [
        *((group, "小计") for group in GROUPS),
        *((group, word) for group in ("deny", "unable", "refuse") for word in ("合计", "小 计")),
    ],
)
def test_a_row_of_sums_at_the_end_of_a_group_is_checked(group, word):
    _, end, _, parts = GROUPS[group]
    found = report(with_row(end, cells("", "", word, *sums(parts))))
    assert wrong(found, NEW) == {}
    assert added(found) == {f"T3-6:{group}:{column}": "passed" for column in COLUMNS}


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("word", ["小计", ""])
def test_a_row_of_sums_beside_the_groups_head_is_checked(group, word):
    start, _, head, parts = GROUPS[group]
    tables = with_row(start, cells("", head, word, *sums(parts)))
    tables[3][start + 1][1] = Span("")
    found = report(tables)
    assert wrong(found, NEW) == {}
    assert added(found) == {f"T3-6:{group}:{column}": "passed" for column in COLUMNS}


def test_a_wrong_sum_fails_alone_and_names_group_column_and_gap():
    found = report(with_row(15, cells("", "", "小计", *sums(DENIED, 4))))
    assert wrong(found, NEW) == {}
    failed = {name: f for name, f in by_rule(found).items() if f.status == "failed"}
    assert set(failed) == {f"T3-6:deny:{column}" for column in COLUMNS}
    message = failed["T3-6:deny:natural"].message
    for word in ("不予公开", "小计", "自然人", "多4"):
        assert word in message


def test_sums_are_never_added_into_the_total():
    """T3-2 stands as on the form: its terms are the rows of the form alone."""
    found = by_rule(report(with_row(15, cells("", "", "小计", *sums(DENIED)))))
    for column in COLUMNS:
        assert found[f"T3-2:{column}"].status == "passed"
        assert len(found[f"T3-2:{column}"].rule.cells) == 22


@pytest.mark.parametrize("flatly", [False, True])
@pytest.mark.parametrize("word", ["小计", "合计"])
def test_a_column_of_sums_over_organisations_is_checked(word, flatly):
    tables = with_column(9, word)
    found = report(flattened(document(tables)) if flatly else tables)
    assert wrong(found, NEW) == {}
    assert found.state_count("number") == 200
    assert added(found) == {f"T3-6:{row}:organisations": "passed" for row in ROWS}


def test_a_wrong_column_of_sums_fails_and_leaves_the_cells_alone():
    found = report(with_column(9, "小计", more=1))
    assert wrong(found, NEW) == {}
    assert set(added(found).values()) == {"failed"}
    assert {f.status for n, f in by_rule(found).items() if not n.startswith("T3-6")} == {"passed"}


@pytest.mark.parametrize("flatly", [False, True])
@pytest.mark.parametrize("at", [4, 9, 10])
@pytest.mark.parametrize("head_row", [1, 2])
@pytest.mark.parametrize("word", ["小计", "合计", "总计", "备注", ""])
def test_a_further_column_never_shifts_figures(word, head_row, at, flatly):
    tables = with_column(at, word, head_row)
    assert wrong(report(flattened(document(tables)) if flatly else tables), NEW) == {}


@pytest.mark.parametrize("flatly", [False, True])
def test_a_sum_of_organisations_is_never_the_blank_total(flatly):
    tables = with_column(9, "小计", blank_totals=True)
    found = report(flattened(document(tables)) if flatly else tables)
    blank = {f"t3.{row}.total": "" for row in ROWS}
    assert wrong(found, NEW | blank) == {}


def test_a_sum_that_is_no_number_is_not_checked():
    row = cells("", "", "小计", *["-", "/", "", "约3", "无", "", "1.5"])
    found = report(with_row(15, row))
    assert wrong(found, NEW) == {}
    assert added(found) == {}


def test_a_short_row_of_sums_is_not_placed_by_counting():
    tables = with_row(15, cells("", "", "小计", *sums(DENIED)[:6]))
    found = report(flattened(document(tables)))
    assert added(found) == {}


def test_a_sum_over_a_blank_part_is_undecided_unless_the_parts_exceed_it():
    tables = with_row(15, cells("", "", "小计", *sums(DENIED)))
    for at in range(3, 10):
        tables[3][7][at] = Span("")
        tables[3][8][at] = Span("")
    status = added(report(tables))
    assert set(status.values()) <= {"undecided", "passed"}
    tables[3][15] = cells("", "", "小计", *["0"] * 7)
    assert set(added(report(tables)).values()) == {"failed"}


@pytest.mark.parametrize(
    ("at", "word", "rows"),
    [
        (7, "小计", ["granted", "partial"]),
        (28, "合计", ["total", "carried_out"]),
        (26, "小计", ROWS[2:-2]),
        (11, "小计（1-4项）", DENIED[:4]),
    ],
)
def test_a_true_sum_of_other_rows_than_its_group_is_no_hard_error(at, word, rows):
    """What it sums is not told: it may not fail a report that balances."""
    found = report(with_row(at, cells("", word, "", *sums(rows))))
    assert wrong(found, NEW) == {}
    assert "failed" not in added(found).values()


def test_two_sums_of_one_group_are_told_apart():
    tables = with_row(15, cells("", "", "小计", *sums(DENIED, 1)))
    tables[3].insert(7, cells("", "（三）不予公开", "小计", *sums(DENIED)))
    found = [f for f in check_report(report(tables)) if f.rule.id.startswith("T3-6")]
    assert len({f.id for f in found}) == len(found) == 14


def test_a_column_of_sums_before_the_organisations_is_checked_too():
    found = report(with_column(4, "小计", more=1))
    assert set(added(found).values()) == {"failed"}


def test_a_second_total_with_other_figures_is_not_passed_over_in_silence():
    found = report(with_row(26, cells("", "", "合计", *["777"] * 7)))
    assert any("777" in n.message or n.code.startswith("line_") for n in found.notes)
