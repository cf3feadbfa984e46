"""Amounts of money: how far rounding may move a sum, and that adding them rounds nothing."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levels.bodies import FEES, balanced, judged, report_of
from nianbao.levels.rounding import add, decimals, less, tolerance
from nianbao.report import Cell


def shown(text, value=None):
    return Cell(FEES, Decimal(text) if value is None else Decimal(value), "number", text)


def fees(own, parts):
    def report(text):
        made = report_of(balanced(1, 0.0))
        cell = text if isinstance(text, Cell) else shown(text)
        return report_of({}, cells={**made.cells, FEES: cell})

    return judged(report(own), [report(part) for part in parts])["L-3:"]


@pytest.mark.parametrize(
    ("own", "parts", "status"),
    [
        ("0.3704", ["0.1235", "0.1235", "0.1234"], "passed"),
        ("0.37", ["0.1234", "0.1234", "0.1234"], "passed"),  # 0.0002 off, 0.015 allowed
        ("0.4", ["0.1", "0.1", "0.05"], "passed"),  # 0.15 off, 0.15 allowed
        ("0.41", ["0.1", "0.1", "0.05"], "failed"),
        ("0.1", ["0.1", "0.1", "0.05"], "passed"),
        ("0.09", ["0.1", "0.1", "0.05"], "failed"),
        ("60.4", ["10", "20", "30"], "passed"),  # whole 万元: half of one for each body
        ("62", ["10", "20", "30"], "failed"),
        ("0.3", ["0.1", "0.2", "0"], "passed"),
        ("0.5", ["0.1", "0.2", "0", "0"], "failed"),  # a 0 is not rounded: 0.1 allowed
        ("0", ["0.0001", "0"], "failed"),
        ("0.00", ["0", "0"], "passed"),
    ],
)
def test_half_a_unit_of_the_coarsest_decimal_is_allowed_for_each_body(own, parts, status):
    assert fees(own, parts).status == status


def test_what_rounding_explains_is_told_with_both_numbers():
    found = fees("0.37", ["0.1234", "0.1234", "0.1234"]).found
    assert "本报告0.37万元，3个下级机关的报告合计0.3702万元" in found
    assert found.endswith("相差0.0002万元，在各报告四舍五入可能造成的0.015万元以内")


def test_a_missing_report_is_asked_for_where_rounding_alone_makes_the_rest_too_much():
    own, part, code = report_of({FEES: Decimal("0.1")}), report_of({FEES: Decimal("0.12")}), "L-3:"
    found = judged(own, [part, None])[code]
    assert found.status == "undecided"
    assert "缺第2局的报告；相差0.02万元，在各报告四舍五入可能造成的0.05万元以内" in found.found
    most, more = report_of({FEES: Decimal("0.15")}), report_of({FEES: Decimal("0.16")})
    assert judged(own, [most, None])[code].status == "undecided"
    assert judged(own, [more, None])[code].status == "failed"


def test_a_body_left_out_is_named_within_rounding():
    found = fees("812.2", ["400.1234", "412.1", "77.25"])
    assert found.status == "failed"
    assert "差额在四舍五入范围内等于第3局的数，可能少计入第3局" in found.found


def test_amounts_written_in_yuan_are_finer_than_they_look():
    assert decimals(shown("251000元", "25.1")) == 4
    assert decimals(shown("250000元", "25")) == 4
    assert decimals(shown("251000", "25.1")) == 4  # 元 by the head of the table
    assert decimals(shown("251,000.55", "25.100055")) == 6
    assert decimals(shown("25.10万元", "25.10")) == 2
    assert decimals(shown("１２．５", "12.5")) == 1
    assert decimals(Cell(FEES, Decimal("1.234"), "inferred", "")) == 3


def test_amounts_in_yuan_do_not_widen_what_is_allowed():
    parts = [shown("250000元", "25"), shown("350000元", "35")]
    assert fees("60.5", parts).status == "failed"
    assert fees("60.1", [shown("25"), shown("35")]).status == "passed"


def test_nothing_is_allowed_where_nobody_charges():
    assert tolerance(shown("0"), [shown("0"), shown("0.00")]) == 0


@given(st.lists(st.decimals(0, 10**12, places=6), max_size=8), st.integers(0, 60))
def test_adding_and_subtracting_round_nothing(amounts, places):
    tiny = Decimal((0, (1,), -places))
    total = add([*amounts, tiny])
    assert Fraction(total) == sum(map(Fraction, amounts), Fraction(1, 10**places))
    assert Fraction(less(tiny, total)) == -sum(map(Fraction, amounts))


def test_counts_stay_whole():
    assert isinstance(add([1, 2]), int) and isinstance(less(1, 2), int)
