"""What a reader of the reading is told, in Chinese, with weight and place."""

from builders import ROW_LABELS, figures, read, render, row_codes, texts
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
