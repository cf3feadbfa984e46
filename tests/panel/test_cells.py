"""Figures go into the table exactly or not at all, and come back as they were."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.errors import BuildError
from nianbao.panel.cells import cells_table, exact, report_of
from nianbao.panel.schemas import CELLS, DIGITS, PLACES
from nianbao.report import Cell
from panel.taken import generated, reports

REPORT = reports(generated(1, 1, empty=0))[0]
COUNT, MONEY = "t3.new.natural", "t2.fees.amount_10k"
REPORT = next(r for r in reports(generated(300, 1, empty=0)) if r.form.key == "2021")


def with_cell(code, value, state="number", written="", **changes):
    cell = Cell(code, value, state, written)
    return replace(REPORT, cells=dict(REPORT.cells) | {code: cell}, **changes)


def again(report):
    table = cells_table([report])
    assert table.schema == CELLS.schema
    return report_of(table.to_pylist())


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=None)
    | st.decimals(0, 10**12, places=8)
)
def test_an_amount_comes_back_exactly_or_is_refused(amount):
    if exact(amount) is None:
        with pytest.raises(BuildError, match=MONEY):
            cells_table([with_cell(MONEY, amount)])
    else:
        assert again(with_cell(MONEY, amount)).value(MONEY) == amount


@pytest.mark.parametrize(
    ("amount", "fits"),
    [
        ("0", True),
        ("0E-50", True),
        ("10267.34", True),
        ("1E-12", True),
        ("1.0000000000000", True),
        ("1E-13", False),
        ("9" * (DIGITS - PLACES) + "." + "9" * PLACES, True),
        ("1" + "0" * (DIGITS - PLACES), False),
        ("1E+25", True),
        ("1E+26", False),
        ("NaN", False),
        ("Infinity", False),
    ],
)
def test_where_the_column_ends(amount, fits):
    assert (exact(Decimal(amount)) is not None) is fits


@given(st.integers())
def test_a_count_comes_back_exactly_or_is_refused(count):
    if -(2**63) <= count < 2**63:
        assert again(with_cell(COUNT, count)).value(COUNT) == count
    else:
        with pytest.raises(BuildError, match=COUNT):
            cells_table([with_cell(COUNT, count)])


@pytest.mark.parametrize("count", [2**63, -(2**63) - 1, 10**30])
def test_a_count_beyond_64_bits_is_refused_with_its_place(count):
    with pytest.raises(BuildError, match=f"{REPORT.year} {REPORT.agency}：单元格 {COUNT}"):
        cells_table([with_cell(COUNT, count)])


def test_amounts_lose_the_zeros_of_the_column_and_nothing_else():
    assert str(again(with_cell(MONEY, Decimal("100.50"))).value(MONEY)) == "100.5"
    assert str(again(with_cell(MONEY, Decimal("100"))).value(MONEY)) == "100"


@given(st.text(st.characters(codec=None)))
def test_whatever_was_written_is_kept_as_text(written):
    kept = again(with_cell(COUNT, None, "unreadable", written)).cells[COUNT].written
    assert kept == written.encode("utf-8", "backslashreplace").decode()


def test_blanks_dashes_and_zeros_stay_apart():
    for state, value in [("blank", None), ("dash", None), ("number", 0), ("unknown", None)]:
        cell = again(with_cell(COUNT, value, state)).cells[COUNT]
        assert (cell.state, cell.value) == (state, value)


def test_what_is_implied_is_no_figure():
    found = again(with_cell(COUNT, None, "blank", implied={COUNT: 5}))
    assert found.value(COUNT) is None and found.implied == {COUNT: 5}
