"""Which figures of the two forms may stand in one series: every cell has one answer."""

from fnmatch import fnmatchcase

import pytest

from nianbao.forms import bridge, load_form

BREAKS = {
    # domain knowledge: the same place in 表二, another meaning
    ("t2.regulations.made_new", "t2.regulations.issued"),
    ("t2.normative_docs.made_new", "t2.normative_docs.issued"),
    ("t2.regulations.public_total", "t2.regulations.in_force"),
    ("t2.normative_docs.public_total", "t2.normative_docs.in_force"),
    ("t2.fees.prev_items", "t2.fees.amount_10k"),
}
GONE = {
    # counted by one form alone, and not named by any series
    "2019": {"t2.regulations.disclosed_new", "t2.normative_docs.disclosed_new"},
    "2021": {"t2.regulations.repealed", "t2.normative_docs.repealed"},
}


def named(series, form):
    return [
        code
        for code in load_form(form).cells
        if any(fnmatchcase(code, pattern) for pattern in series.cells[form])
    ]


def owners(code, form):
    return [series for series in bridge() if code in named(series, form)]


def test_every_pattern_names_cells_of_its_form():
    for series in bridge():
        assert set(series.cells) == {"2019", "2021"}
        for form, patterns in series.cells.items():
            for pattern in patterns:
                found = [c for c in load_form(form).cells if fnmatchcase(c, pattern)]
                assert found, (series.name, pattern)


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_every_cell_has_at_most_one_series_and_none_is_forgotten_unnoticed(form):
    for code in load_form(form).cells:
        assert len(owners(code, form)) == (code not in GONE[form]), code


def test_what_means_something_else_is_never_joined():
    for old, new in BREAKS:
        (before,), (after,) = owners(old, "2019"), owners(new, "2021")
        assert before is after
        assert not before.joined


def test_decisions_continue_and_nothing_else_of_table_two_does():
    joined = [s for s in bridge() if s.joined]
    two = {c for s in joined for f in ("2019", "2021") for c in named(s, f) if c.startswith("t2.")}
    assert two == {f"t2.{row}.decisions" for row in ("licences", "penalties", "coercion")}


def test_the_single_row_is_the_sum_of_the_three_in_every_column():
    (series,) = owners("t3.other.natural", "2019")
    assert series.joined
    columns = {code.rpartition(".")[2] for code in named(series, "2019")}
    for column in columns:
        three = [code for code in named(series, "2021") if code.endswith(f".{column}")]
        assert three == [f"t3.other_{i}.{column}" for i in (1, 2, 3)]


def test_all_of_table_three_and_four_is_joined_row_by_row():
    for code in load_form("2021").cells:
        if code.startswith(("t3.", "t4.")):
            (series,) = owners(code, "2021")
            assert series.joined, code
            if not code.startswith("t3.other_"):
                assert code in named(series, "2019")


def test_every_series_gives_its_reason_in_a_sentence():
    for series in bridge():
        assert series.name
        assert series.reason.endswith("。")
    assert len({series.name for series in bridge()}) == len(bridge())
