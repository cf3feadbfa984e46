"""Short rows read from text: whatever comes out is right, and nothing is inferred too much."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import (
    BLOCKS,
    CODES,
    COLUMNS,
    DETAIL,
    RESULTS,
    ROWS,
    T3_CODES,
    T4_CODES,
    brute_force,
    codes_of_notes,
    figures,
    findings,
    read,
    render,
    row_codes,
    texts,
    wrong,
)

pytestmark = pytest.mark.many

LAYOUTS = ["grid", "skeleton", "ragged"]
DENSITIES = [0.02, 0.1, 0.3, 0.9]


def drop(rng, rows, per_row):
    """Choose the numbers that a converter loses."""
    return {f"t3.{row}.{c}" for row in rows for c in rng.sample(COLUMNS, per_row)}


@given(
    seed=st.integers(0, 10**6),
    layout=st.sampled_from(LAYOUTS),
    density=st.sampled_from(DENSITIES),
    high=st.sampled_from([1, 3, 40, 10**6]),
    rows=st.sets(st.sampled_from(ROWS), min_size=1),
)
def test_one_number_lost_from_any_rows_never_makes_a_wrong_one(seed, layout, density, high, rows):
    values = figures(seed, density, high)
    lost = drop(random.Random(seed), sorted(rows), 1)
    report = read(render(texts(values), layout, lost))
    assert wrong(report, values) == {}
    short = {code for row in rows for code in row_codes(row)}
    assert all(report.cells[code].state in ("inferred", "unknown") for code in short)
    assert all(report.cells[code].state == "number" for code in set(CODES) - short)
    assert "failed" not in {finding.status for finding in findings(report).values()}
    assert codes_of_notes(report) & {"short_rows", "short_rows_open"}


@settings(max_examples=35)
@given(
    seed=st.integers(0, 10**6),
    layout=st.sampled_from(LAYOUTS),
    density=st.sampled_from(DENSITIES),
    rows=st.sets(st.sampled_from(ROWS), min_size=1, max_size=8),
    per_row=st.integers(2, 4),
)
def test_several_numbers_lost_from_a_row_never_make_a_wrong_one(
    seed, layout, density, rows, per_row
):
    values = figures(seed, density)
    lost = drop(random.Random(seed), sorted(rows), per_row)
    report = read(render(texts(values), layout, lost))
    assert wrong(report, values) == {}


@given(
    seed=st.integers(0, 10**6),
    density=st.sampled_from(DENSITIES),
    rows=st.sets(st.sampled_from(ROWS), min_size=1),
)
def test_a_row_filled_up_at_its_end_never_makes_a_wrong_number(seed, density, rows):
    values = figures(seed, density, high=3)
    lost = drop(random.Random(seed), sorted(rows), 1)
    assert wrong(read(render(texts(values), "padded", lost)), values) == {}


def test_a_column_lost_from_every_padded_row_is_not_read_by_place():
    """All rows slide left alike: under their heads they balance, with 其他 for 总计."""
    values = dict.fromkeys(CODES, 0)
    for row in ("new", "granted", "total"):
        values |= {f"t3.{row}.natural": 5, f"t3.{row}.total": 5}
    lost = {f"t3.{row}.research" for row in ROWS}
    report = read(render(texts(values), "padded", lost))
    assert wrong(report, values) == {}


def test_two_padded_rows_that_slide_alike_are_not_read_by_place():
    values = figures(4)
    for row in ("carried_in", "carried_out"):
        values |= dict.fromkeys(row_codes(row), 0)
        values |= {f"t3.{row}.natural": 5, f"t3.{row}.total": 5}
    for column in COLUMNS:
        values[f"t3.new.{column}"] = values[f"t3.total.{column}"]
    lost = {"t3.carried_in.research", "t3.carried_out.research"}
    report = read(render(texts(values), "padded", lost))
    assert wrong(report, values) == {}


def test_a_padded_row_of_table_two_is_not_read_by_place():
    """No rule binds 表二, so nothing could tell that its numbers slid to the left."""
    values = figures(5) | {"t2.normative_docs.issued": 1, "t2.normative_docs.repealed": 2}
    values["t2.normative_docs.in_force"] = 30
    report = read(render(texts(values), "padded", {"t2.normative_docs.issued"}))
    assert wrong(report, values) == {}


@given(
    seed=st.integers(0, 10**6),
    layout=st.sampled_from([*LAYOUTS, "padded"]),
    lost=st.sets(st.sampled_from(T4_CODES), min_size=1, max_size=4),
    density=st.sampled_from(DENSITIES),
)
def test_numbers_lost_from_table_four_never_make_a_wrong_one(seed, layout, lost, density):
    values = figures(seed, density, high=3)
    report = read(render(texts(values), layout, lost))
    assert wrong(report, values) == {}
    assert all(report.cells[code].state == "number" for code in T3_CODES)


@given(
    seed=st.integers(0, 10**6),
    layout=st.sampled_from(LAYOUTS),
    lost=st.sampled_from(CODES[:6]),
)
def test_a_number_lost_from_table_two_leaves_its_row_unknown(seed, layout, lost):
    values = figures(seed, density=0.9)
    report = read(render(texts(values), layout, {lost}))
    row = lost.rsplit(".", 1)[0]
    states = {code: report.cells[code].state for code in CODES[:6] if code.startswith(row + ".")}
    assert set(states.values()) == {"unknown"}
    assert codes_of_notes(report) == {"short_rows_open", "heads_apart"}


@pytest.mark.parametrize("seed", range(40))
def test_cells_are_inferred_exactly_where_all_fillings_agree(seed):
    rng = random.Random(seed)
    values = figures(seed, density=rng.choice([0.05, 0.15, 0.3]), high=rng.choice([1, 2]))
    rows = rng.sample(DETAIL, rng.choice([1, 2, 3]))
    lost = drop(rng, rows, 1)
    short = []
    for row in rows:
        kept = [code for code in row_codes(row) if code not in lost]
        short.append((row_codes(row), [(str(values[c]), values[c]) for c in kept]))
    taken = {code for cells, _ in short for code in cells}
    known = {c: int(values[c]) for c in T3_CODES + T4_CODES if c not in taken}
    feasible, certain, _ = brute_force(known, set(), short, cap=max(known.values()))
    assert feasible
    report = read(render(texts(values), rng.choice(LAYOUTS), lost))
    for code in taken:
        cell = report.cells[code]
        expected = (certain[code], "inferred") if code in certain else (None, "unknown")
        assert (cell.value, cell.state) == expected, code


def two_fillings():
    """Return figures and losses under which two detail rows could exchange a 1."""
    values = dict.fromkeys(CODES, 0)
    for row in ("new", "total", "granted"):
        values |= {f"t3.{row}.business": 1, f"t3.{row}.total": 1}
    values |= {"t3.new.research": 1, "t3.total.research": 1, "t3.partial.research": 1}
    values |= {"t3.new.total": 2, "t3.total.total": 2, "t3.partial.total": 1}
    return values, {"t3.granted.legal", "t3.partial.natural"}


def test_several_fillings_leave_cells_unknown_and_rules_undecided():
    values, lost = two_fillings()
    report = read(render(texts(values), "skeleton", lost))
    unsure = {f"t3.{row}.{c}" for row in ("granted", "partial") for c in COLUMNS[1:3]}
    assert {c for c, cell in report.cells.items() if cell.state == "unknown"} == unsure
    verdicts = {name: finding.status for name, finding in findings(report).items()}
    undecided = {name for name, status in verdicts.items() if status == "undecided"}
    assert undecided == {"T3-2:business", "T3-2:research", "T3-3:granted", "T3-3:partial"}
    assert set(verdicts.values()) == {"passed", "undecided"}
    assert "short_rows_open" in codes_of_notes(report)


@given(
    seed=st.integers(0, 10**6),
    layout=st.sampled_from(LAYOUTS),
    rows=st.sets(st.sampled_from(DETAIL), min_size=1, max_size=20),
    damaged=st.sampled_from([f"t3.{row}.natural" for row in ("new", "total", "carried_out")]),
)
def test_short_rows_beside_a_wrong_number_place_nothing_and_say_so(seed, layout, rows, damaged):
    values = figures(seed, 0.2)
    lost = drop(random.Random(seed), sorted(rows), 1)
    printed = values | {damaged: values[damaged] + 1}
    report = read(render(texts(printed), layout, lost))
    short = {code for row in rows for code in row_codes(row)}
    assert {report.cells[code].state for code in short} == {"unknown"}
    assert {report.cells[code].value for code in short} == {None}
    notes = {note.code: note for note in report.notes}
    assert set(notes["short_rows_unbalanced"].cells) == short
    assert notes["short_rows_unbalanced"].severity == "error"
    assert findings(report)["T3-1:natural"].status == "failed"


def test_what_was_inferred_says_which_token_stands_there():
    """One lost 0 in a row of 27 0 0 0 0 27: its ends are sure, which 0 is which is not."""
    values = dict.fromkeys(CODES, 0)
    for row in ("new", "total", "unable_1"):
        values |= {f"t3.{row}.natural": 27, f"t3.{row}.total": 27}
    report = read(render(texts(values), "skeleton", {"t3.unable_1.legal"}))
    written = [report.cells[code].written for code in row_codes("unable_1")]
    assert (written[0], written[-1]) == ("27", "27")
    assert set(written[2:5]) <= {"0", ""}
    assert all(report.cells[code].origin.startswith("第") for code in row_codes("unable_1"))


def test_short_rows_of_one_table_leave_the_other_alone():
    values = figures(9)
    report = read(render(texts(values), "ragged", drop(random.Random(1), DETAIL, 1)))
    inside = [f"t4.{block}.{result}" for block in BLOCKS for result in RESULTS]
    assert all(report.cells[code].state == "number" for code in inside)


# Blanks.


def test_a_blank_inside_a_row_stays_blank_and_is_implied():
    values = figures(2)
    printed = texts(values) | {"t3.deny_4.research": ""}
    report = read(render(printed))
    cell = report.cells["t3.deny_4.research"]
    assert (cell.value, cell.state, cell.written) == (None, "blank", "")
    assert report.implied == {"t3.deny_4.research": values["t3.deny_4.research"]}
    for name in ("T3-2:research", "T3-3:deny_4"):
        finding = findings(report)[name]
        assert (finding.status, finding.implied) == ("passed", ("t3.deny_4.research",))
        assert "推定" in finding.message
    assert sum(bool(f.implied) for f in findings(report).values()) == 2


@given(
    seed=st.integers(0, 10**6),
    codes=st.sets(st.sampled_from(T3_CODES + T4_CODES), min_size=1, max_size=6),
    mark=st.sampled_from(["", "/", "—"]),
    layout=st.sampled_from(["grid", "padded"]),
)
def test_blanks_and_marks_are_never_numbers_and_what_they_imply_is_right(seed, codes, mark, layout):
    values = figures(seed, 0.3)
    report = read(render(texts(values) | dict.fromkeys(codes, mark), layout))
    assert wrong(report, values) == {}
    states = {report.cells[code].state for code in codes}
    assert "number" not in states
    assert all(values[code] == value for code, value in report.implied.items())
    assert "failed" not in {finding.status for finding in findings(report).values()}


def test_blanks_that_nothing_forces_leave_their_rules_undecided():
    printed = texts(figures(2))
    open_cells = ["t4.direct.upheld", "t4.direct.corrected"]
    values = figures(2) | {"t4.direct.total": 5, "t4.direct.other": 0, "t4.direct.pending": 0}
    printed = texts(values) | dict.fromkeys(open_cells, "")
    report = read(render(printed))
    finding = findings(report)["T4-2"]
    assert (finding.status, finding.implied, dict(report.implied)) == ("undecided", (), {})


def test_blanks_under_a_total_of_zero_are_forced_to_zero():
    values = figures(2) | {f"t4.direct.{result}": 0 for result in RESULTS}
    printed = texts(values) | {"t4.direct.upheld": "", "t4.direct.corrected": ""}
    report = read(render(printed))
    assert dict(report.implied) == {"t4.direct.upheld": 0, "t4.direct.corrected": 0}
    assert findings(report)["T4-2"].status == "passed"
    assert report.cells["t4.direct.upheld"].state == "blank"


def test_a_blank_that_no_number_could_fill_fails_its_rule():
    values = figures(2) | {"t4.after.total": 1, "t4.after.other": 5}
    report = read(render(texts(values) | {"t4.after.upheld": ""}))
    finding = findings(report)["T4-3"]
    assert (finding.status, finding.implied) == ("failed", ())
    assert report.implied == {}


def test_blanks_at_the_left_edge_of_a_whole_grid_stay_blank():
    """The last number stands under the last head: nothing can have slid to the left."""
    values = figures(2) | {"t4.review.other": 1, "t4.review.pending": 0, "t4.review.total": 3}
    blank = ["t4.review.upheld", "t4.review.corrected"]
    report = read(render(texts(values) | dict.fromkeys(blank, "")))
    assert {report.cells[code].state for code in blank} == {"blank"}
    assert report.cells["t4.review.other"].value == 1
    assert findings(report)["T4-1"].status == "undecided"


def test_marks_keep_their_own_states_and_are_checked_as_unknown():
    values = figures(6)
    marks = {
        "t3.granted.business": ("-", "dash"),
        "t3.partial.research": ("/", "slash"),
        "t3.deny_1.legal": ("无", "word"),
        "t3.deny_2.other": ("约3", "unreadable"),
        "t3.deny_3.business": ("", "blank"),
    }
    report = read(render(texts(values) | {code: mark for code, (mark, _) in marks.items()}))
    for code, (mark, state) in marks.items():
        cell = report.cells[code]
        assert (cell.value, cell.state, cell.written) == (None, state, mark)
    assert set(report.implied) <= set(marks) - {"t3.deny_2.other"}
    assert "cell_unreadable" in codes_of_notes(report)


@pytest.mark.parametrize(("mark", "state"), [("无", "word"), ("约3", "unreadable"), ("-", "dash")])
def test_a_word_in_the_row_of_table_four_does_not_hide_what_stands_before_it(mark, state):
    values = figures(8, 0.9)
    report = read(render(texts(values) | {"t4.review.other": mark}))
    assert report.cells["t4.review.other"].state == state
    assert report.cells["t4.review.upheld"].value == values["t4.review.upheld"]
    assert all(
        report.cells[code].state == "number" for code in T4_CODES if code != "t4.review.other"
    )


@pytest.mark.parametrize("token", ["2七", "2.7", "-27", "27x", "约27", "—", "/"])
def test_an_illegible_token_in_a_short_row_is_never_replaced_by_what_the_rules_force(
    token, real_bytes
):
    """Regression: the token vanished, and the forced 27 was shown as inferred with a plain ✓."""
    line = "1.本机关不掌握相关政府信息\t\t"
    text = real_bytes.decode().replace(f"{line}27\t", f"{line}{token}\t")
    report = read(text)
    cell = report.cells["t3.unable_1.natural"]
    assert (cell.state, cell.value) == ("unknown", None)
    assert report.cells["t3.unable_1.total"].value == 27
    (note,) = [n for n in report.notes if n.code == "row_illegible"]
    assert f"“{token}”" in note.message
    assert findings(report)["T3-3:unable_1"].status == "undecided"
    assert findings(report)["T3-2:natural"].status == "undecided"
