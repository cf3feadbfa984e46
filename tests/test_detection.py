"""Which form a report uses: told by its labels and columns, never by its year."""

import pytest

from boards import (
    VARIANTS,
    amounts,
    boards,
    cells,
    document,
    flat,
    flattened,
    note_codes,
    report,
    three,
    two,
    wrong,
)
from builders import COLUMNS
from nianbao.detection import detect
from nianbao.documents.spans import Span
from nianbao.documents.structure import Document, Line
from nianbao.errors import UnreadableError

NEW, OLD = amounts("2021"), amounts("2019")
OTHERS = ("other_1", "other_2", "other_3")


def key(tables, year=2022):
    found = {detect(made).key for made in (document(tables, year), flattened(document(tables)))}
    (only,) = found
    return only


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("year", [2019, 2020, 2021, 2025])
def test_the_form_is_told_by_labels_whatever_the_year(variant, year):
    assert key(boards(amounts(variant), variant), year) == variant


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_mixture_is_read_whole_and_right(variant):
    written = amounts(variant)
    for made in (document(boards(written, variant)), flattened(document(boards(written, variant)))):
        found = report(made)
        assert found.form.key == variant
        assert list(found.cells) == list(written)
        assert wrong(found, written) == {}
        assert found.state_count("number") == len(written)
        assert ("hybrid" in note_codes(found)) == ("+" in variant)


@pytest.mark.parametrize(
    ("variant", "sections", "expected"),
    [
        ("2019", (2,), "2019"),
        ("2019", (3,), "2019"),
        ("2019", (3, 4), "2019"),
        ("2021", (2,), "2021"),
        ("2021", (3,), "2021"),
        ("2021", (4,), "2021"),
        ("2019", (4,), "2021"),
    ],
)
def test_a_single_table_is_enough_where_it_differs_at_all(variant, sections, expected):
    tables = boards(amounts(variant), variant)
    assert key({n: board for n, board in tables.items() if n in sections}) == expected


def test_words_of_the_other_form_in_prose_count_for_nothing():
    prose = "上一年项目数量、本年增/减、本年新制作数量和对外公开总数量均已核对"
    made = document(boards(NEW), after=[Line(prose, "末段"), Line("采购总金额", "末段")])
    assert detect(made).key == "2021"


def test_no_table_at_all_is_no_old_form():
    assert detect(Document("空.txt", (Line("第一段", "第1行"),))).key == "2021"


@pytest.mark.parametrize("item", ["上一年项目数量", "本年新制作数量"])
def test_one_old_head_among_those_of_2021_does_not_make_it_an_old_form(item):
    tables = boards(NEW)
    tables[2] = [*flat(tables[2]), cells("信息内容", item, "", "")]
    assert key(tables) == "2021"


@pytest.mark.parametrize(
    ("first", "second"),
    [("1.逾期不补正", "2.逾期不缴费"), ("1、申请人无正当理由逾期不补正", "2、逾期未缴费")],
)
def test_the_three_rows_are_known_by_their_usual_short_names(first, second):
    tables = boards(NEW)
    rows = flat(tables[3])
    rows[23][2], rows[24][2] = Span(first), Span(second)
    tables[3] = rows
    assert key(tables) == "2021"
    assert wrong(report(tables), NEW) == {}


def subtotal_above(first="1.逾期不补正", second="2.逾期不缴费", third="3.其他"):
    """Print the sum of 其他处理 beside the group's head, above its three rows."""
    tables = boards(NEW)
    rows = flat(tables[3])
    sums = [str(sum(int(NEW[f"t3.{r}.{c}"]) for r in OTHERS)) for c in COLUMNS]
    for at, label in enumerate((first, second, third), start=23):
        rows[at][1], rows[at][2] = Span(""), Span(label)
    tables[3] = [*rows[:23], cells("", "（六）其他处理", "", *sums), *rows[23:]]
    return tables


def test_a_sum_beside_the_groups_head_is_not_the_single_row():
    found = report(subtotal_above())
    assert found.form.key == "2021"
    assert wrong(found, NEW) == {}
    assert {s.scope for s in found.subtotals} == {f"other:{column}" for column in COLUMNS}


@pytest.mark.parametrize("names", [("1.不补正", "2.不缴纳", "3.其他"), ("1", "2", "3")])
def test_a_sum_above_three_rows_with_odd_names_is_not_the_single_row(names):
    assert key(subtotal_above(*names)) == "2021"


def test_the_third_row_alone_is_not_the_single_row():
    tables = boards(NEW)
    tables[3] = [row for i, row in enumerate(flat(tables[3])) if i not in (23, 24)]
    assert key(tables) == "2021"
    found = report(tables)
    assert wrong(found, NEW) == {}
    assert found.cells["t3.other_1.natural"].state == "unknown"


def test_the_third_row_beside_its_groups_head_is_not_the_single_row():
    tables = boards(NEW)
    rows = [row for i, row in enumerate(flat(tables[3])) if i not in (23, 24)]
    rows[23][1] = Span("（六）其他处理")
    tables[3] = rows
    assert key(tables) == "2021"


def test_a_new_report_with_the_single_row_keeps_its_form_and_says_so():
    written = amounts("2021+t3:2019")
    found = report(boards(written, "2021+t3:2019"), 2023)
    assert found.form.id == "2021"
    (note,) = [note for note in found.notes if note.code == "hybrid"]
    assert note.severity == "warning"
    assert "其他处理" in note.message
    assert "form_year" not in note_codes(found)
    assert {row["form"] for row in found.rows()} == {"2021"}


def test_a_report_on_two_forms_says_of_each_cell_which_one():
    written = amounts("2021+t2:2019")
    rows = report(boards(written, "2021+t2:2019")).rows()
    assert {(row["cell"][:2], row["form"]) for row in rows} == {
        ("t2", "2019"),
        ("t3", "2021"),
        ("t4", "2021"),
    }


def test_old_columns_in_one_block_are_never_read_as_those_of_2021():
    """规章 under 本年新制作数量 in a table that is of 2021 otherwise."""
    tables = boards(NEW)
    tables[2] = two(OLD, "2019")[:4] + two(NEW)[4:]
    found = report(tables)
    for code in ("issued", "repealed", "in_force"):
        cell = found.cells.get(f"t2.regulations.{code}")
        assert cell is None or cell.value is None


def test_new_columns_in_one_block_are_never_read_as_those_of_2019():
    tables = boards(OLD, "2019")
    tables[2] = two(NEW)[:4] + tables[2][4:]
    found = report(tables, 2020)
    assert found.form.key == "2019"
    for code in ("made_new", "disclosed_new", "public_total"):
        assert found.cells[f"t2.regulations.{code}"].state == "unknown"


def test_a_table_three_alone_is_read_on_its_own_form():
    for variant, lines in (("2019", VARIANTS["2019"][1]), ("2021", VARIANTS["2021"][1])):
        written = amounts(variant)
        try:
            found = report({3: three(written, lines)})
        except UnreadableError:
            pytest.fail("one table of three must be read where the prose is whole")
        assert found.form.key == variant
        assert "table_missing" in note_codes(found)
        assert wrong(found, written) == {}
