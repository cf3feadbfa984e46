"""What a reader of the reading is told, in Chinese, with weight and place."""

import pytest

from boards import VARIANTS, amounts, boards, cells, document, flat, flattened, note_codes, report
from builders import ROW_LABELS, figures, read, render, row_codes, texts
from builders import ROWS as ALL_ROWS
from nianbao.forms import load_form
from nianbao.notes import identity_notes

VALUES = figures(5, density=0.5)
TEXT = render(texts(VALUES))
SEVERITIES = ["error", "warning", "hint"]


def damaged():
    """Return a report with one fault of each kind."""
    text = render(texts(VALUES) | {"t3.deny_1.other": "约3"}, "ragged", {"t3.refuse_1.total"})
    lines = []
    for line in text.split("\n"):
        if ROW_LABELS["deny_2"] in line:
            continue
        if ROW_LABELS["deny_4"] in line:
            line = line.replace("合法权益", "的合法权益")
        if ROW_LABELS["deny_5"] in line:
            lines.append(line + "\t1")
            continue
        if ROW_LABELS["deny_6"] in line:
            lines.append(ROW_LABELS["deny_6"] + "\t9" * 7)
        if ROW_LABELS["deny_7"] in line:
            line = line.replace("属于行政执法案卷", "行政执法案卷")
        lines.append(line)
    return read("\n".join(lines).replace("一、总体情况\n", ""))


def test_a_clean_report_has_no_notes():
    assert read(TEXT).notes == ()


def test_every_fault_is_told_with_its_cells_and_the_weightiest_first():
    notes = damaged().notes
    order = [SEVERITIES.index(note.severity) for note in notes]
    assert order == sorted(order)
    told = {note.code: note for note in notes}
    for code, row in (
        ("line_missing", "deny_2"),
        ("label_near", "deny_4"),
        ("line_surplus", "deny_5"),
        ("line_repeated", "deny_6"),
        ("label_alias", "deny_7"),
    ):
        assert set(told[code].cells) == set(row_codes(row)), code
    assert told["cell_unreadable"].cells == ("t3.deny_1.other",)
    assert "约3" in told["cell_unreadable"].message
    assert "“总体情况”" in told["section_missing"].message
    (short,) = [note for note in notes if note.code.startswith("short_rows")]
    assert set(row_codes("refuse_1")) == set(short.cells)
    assert all(note.message.endswith("。") for note in notes)


def test_notes_about_rows_name_them_in_the_official_words():
    for note in damaged().notes:
        if note.code.startswith("line_"):
            row = note.cells[0].split(".")[1]
            assert ROW_LABELS[row] in note.message


def test_short_rows_are_counted_against_all_rows():
    lost = {f"t3.{row}.other" for row in ("new", "granted", "deny_1")}
    notes = {note.code: note for note in read(render(texts(VALUES), "ragged", lost)).notes}
    (code,) = [code for code in notes if code.startswith("short_rows")]
    assert "25行" in notes[code].message
    assert "有3行" in notes[code].message
    assert "应有7个，只有6个" in notes[code].message
    assert notes[code].origin.count("第") == 3


def test_each_table_with_short_rows_has_its_own_note():
    lost = {"t4.review.total", "t3.new.other"}
    notes = read(render(texts(VALUES), "ragged", lost)).notes
    tables = [note.message[:2] for note in notes if note.code.startswith("short_rows")]
    assert sorted(tables) == ["表三", "表四"]


def test_a_year_other_than_the_titles_is_told():
    form = load_form("2021")
    assert list(identity_notes(form, 2022, 2022)) == []
    assert list(identity_notes(form, 2022, None)) == []
    (note,) = identity_notes(form, 2022, 2021)
    assert note.code == "year_conflict"
    assert "2021" in note.message and "2022" in note.message


def test_a_year_before_the_form_is_told():
    (note,) = identity_notes(load_form("2021"), 2019, 2019)
    assert note.code == "form_year"
    assert "2019" in note.message


OLD = amounts("2019")
DETAIL_2019 = [c for c in OLD if c.startswith("t3.") and c.endswith(".total")][2:-2]


def old_report(written=None, year=2020, **change):
    tables = boards(written or OLD, "2019")
    tables |= change
    return report(tables, year)


def note(found, code):
    (only,) = [n for n in found.notes if n.code == code]
    return only


@pytest.mark.parametrize(
    ("variant", "year"), [("2019", 2019), ("2019", 2020), ("2021", 2021), ("2021", 2025)]
)
def test_a_clean_report_on_the_form_of_its_year_has_no_notes(variant, year):
    assert report(boards(amounts(variant), variant), year).notes == ()


def test_blank_totals_of_outcome_rows_are_a_hint_in_2019_and_no_warning():
    found = old_report(OLD | dict.fromkeys(DETAIL_2019, ""))
    told = note(found, "totals_blank")
    assert told.severity == "hint"
    assert set(told.cells) == set(DETAIL_2019)
    assert f"{len(DETAIL_2019)}格" in told.message
    assert note_codes(found) == {"totals_blank"}
    assert {found.cells[code].state for code in DETAIL_2019} == {"blank"}


@pytest.mark.parametrize("row", ["new", "carried_in", "total", "carried_out"])
def test_a_blank_total_of_another_row_is_a_warning_in_2019_too(row):
    blank = [*DETAIL_2019, f"t3.{row}.total"]
    found = old_report(OLD | dict.fromkeys(blank, ""))
    assert note(found, "cells_empty").cells == (f"t3.{row}.total",)
    assert f"t3.{row}.total" not in note(found, "totals_blank").cells


@pytest.mark.parametrize("mark", ["-", "/", "无"])
def test_a_mark_in_place_of_a_total_is_not_a_blank(mark):
    found = old_report(OLD | {DETAIL_2019[0]: mark})
    assert note(found, "cells_empty").severity == "warning"
    assert "totals_blank" not in note_codes(found)


def test_blank_totals_are_a_warning_in_2021():
    blank = [f"t3.{row}.total" for row in ALL_ROWS[2:-2]]
    found = report(boards(amounts() | dict.fromkeys(blank, "")))
    assert set(note(found, "cells_empty").cells) == set(blank)
    assert "totals_blank" not in note_codes(found)


def test_blank_applicants_of_an_outcome_row_are_a_warning_in_2019():
    found = old_report(OLD | {"t3.granted.other": ""})
    assert note(found, "cells_empty").cells == ("t3.granted.other",)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("year", [2018, 2019, 2020, 2021, 2024])
def test_a_form_that_is_not_that_of_its_year_is_a_warning_told_once(variant, year):
    found = report(boards(amounts(variant), variant), year)
    told = [n for n in found.notes if n.code == "form_year"]
    right = found.form.id == ("2019" if year in (2019, 2020) else "2021") and year != 2018
    assert len(told) == (not right)
    for one in told:
        assert one.severity == "warning"
        assert str(year) in one.message
        assert found.form.basis in one.message


@pytest.mark.parametrize("variant", ["2021+t2:2019", "2021+t3:2019"])
def test_a_mixture_says_which_table_is_of_which_form(variant):
    found = report(boards(amounts(variant), variant))
    told = note(found, "hybrid")
    assert told.severity == "warning"
    assert ("表二是2019年格式" in told.message) == ("t2" in variant)
    assert ("其他处理只有一行" in told.message) == ("t3" in variant)


@pytest.mark.parametrize(
    ("written", "value"), [("减3", -3), ("-3", -3), ("−3", -3), ("增加3", 3), ("+3", 3), ("3", 3)]
)
def test_a_signed_change_is_read_and_needs_no_note(written, value):
    found = old_report(OLD | {"t2.licences.change": written})
    assert found.cells["t2.licences.change"].value == value
    assert found.notes == ()


@pytest.mark.parametrize(
    "code", ["t2.licences.prev_items", "t2.licences.decisions", "t3.new.other"]
)
def test_a_sign_where_none_is_allowed_is_unreadable_and_told(code):
    found = old_report(OLD | {code: "-3"})
    assert found.cells[code].state == "unreadable"
    assert note(found, "cell_unreadable").cells == (code,)


@pytest.mark.parametrize(
    ("written", "shown"), [("251000元", "25.1"), ("17.27万元", "17.27"), ("0元", "0")]
)
def test_an_amount_in_yuan_is_converted_with_a_note(written, shown):
    found = old_report(OLD | {"t2.procurement.amount": written})
    assert f"{found.cells['t2.procurement.amount'].value.normalize():f}" == shown
    assert ("unit_converted" in note_codes(found)) == (not written.endswith("万元"))
    if not written.endswith("万元"):
        told = note(found, "unit_converted")
        assert (told.severity, told.cells) == ("warning", ("t2.procurement.amount",))
        assert written in told.message and "10000" in told.message


def test_heads_cut_short_are_told_and_taken_by_their_place():
    tables = boards(OLD, "2019")
    tables[2][1] = cells("信息内容", "本年新", "本年新", "对外公开总数量")
    for made in (document(tables, 2020), flattened(document(tables, 2020))):
        found = report(made, 2020)
        state = found.cells["t2.regulations.made_new"].state
        assert state == "unknown" or "head_near" in note_codes(found)


def test_added_sums_are_a_hint_that_names_them():
    tables = boards(amounts())
    rows = flat(tables[3])
    tables[3] = [*rows[:15], cells("", "", "小计", *["0"] * 7), *rows[15:]]
    told = note(report(tables), "subtotal_added")
    assert told.severity == "hint"
    assert "小计" in told.message and "不予公开" in told.message
    assert len(told.cells) == 56


def test_figures_in_a_column_that_the_form_does_not_have_are_told():
    tables = boards(amounts())
    tables[2][1] = cells("信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "上年有效件数")
    for at in (2, 3):
        tables[2][at] = [*tables[2][at], *cells("777")]
    assert report(tables).notes != ()
