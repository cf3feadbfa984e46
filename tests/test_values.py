"""One written cell: a value or a state, and never a guess."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.values import LIMIT, parse

STATES = {"number", "blank", "dash", "slash", "word", "unreadable"}


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0", 0),
        ("32", 32),
        ("１２", 12),
        ("1,234", 1234),
        ("1，234", 1234),
        ("12 345", 12345),
        ("12\u00a0345", 12345),
        ("1,234,567", 1234567),
        ("12件", 12),
        ("12 件", 12),
        ("12件次", 12),
        ("0.00", 0),
        ("\ufeff7\u200b", 7),
    ],
)
def test_a_count_is_read(written, number):
    value = parse(written)
    assert (value.number, value.state) == (number, "number")
    assert type(value.number) is int


@pytest.mark.parametrize(
    ("written", "number"), [("17.27万元", "17.27"), ("10267.34", "10267.34"), ("0", "0")]
)
def test_an_amount_is_read_exactly(written, number):
    assert parse(written, unit="万元").number == Decimal(number)


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("", "blank"),
        (" \u3000\u00a0\t", "blank"),
        ("\u200b", "blank"),
        ("-", "dash"),
        ("—", "dash"),
        ("——", "dash"),
        ("－", "dash"),
        ("−", "dash"),
        ("/", "slash"),
        ("／", "slash"),
        ("无", "word"),
        ("没有", "word"),
        ("*", "word"),
        ("约5", "unreadable"),
        ("三", "unreadable"),
        ("-3", "unreadable"),
        ("5%", "unreadable"),
        ("1.5", "unreadable"),
        ("1,23", "unreadable"),
        ("1 2", "unreadable"),
        ("12.", "unreadable"),
        ("½", "unreadable"),
        ("1e3", "unreadable"),
        ("٣", "unreadable"),
        ("#REF!", "unreadable"),
        (str(LIMIT + 1), "unreadable"),
    ],
)
def test_what_is_no_figure_keeps_its_own_state(written, state):
    value = parse(written)
    assert (value.number, value.state) == (None, state)


def test_an_amount_in_yuan_is_converted_exactly_and_says_so():
    value = parse("251000元", unit="万元")
    assert (value.number, value.unit) == (Decimal("25.1"), "元")
    assert parse("251001元", unit="万元").number == Decimal("25.1001")


@pytest.mark.parametrize(
    ("written", "number", "remark"),
    [
        ("32²", 32, "²"),
        ("19①", 19, "①"),
        ("32⁽¹⁾", 32, "⁽¹⁾"),
        ("22（其中修订16件）", 22, "（其中修订16件）"),
        ("22件(含上年)", 22, "（含上年）"),
        ("12（件）", 12, ""),
    ],
)
def test_what_stands_beside_a_figure_is_a_remark_and_no_digit(written, number, remark):
    value = parse(written)
    assert (value.number, value.remark) == (number, remark)


@pytest.mark.parametrize("written", ["①", "1①9", "5₂", "19（1）", "1\u03369\u0336", "（其中）"])
def test_a_mark_alone_or_inside_a_figure_makes_it_unreadable(written):
    assert parse(written).state == "unreadable"


@pytest.mark.parametrize(
    ("written", "number"),
    [("+43", 43), ("-1942", -1942), ("−3", -3), ("－3", -3), ("减3", -3), ("增5", 5), ("0", 0)],
)
def test_a_change_may_be_negative_and_nothing_else(written, number):
    assert parse(written, unit="项", signed=True).number == number
    if written != "0":
        assert parse(written).state == "unreadable"


def test_a_lone_dash_is_a_dash_where_a_sign_is_allowed():
    assert parse("-", unit="项", signed=True).state == "dash"


@given(st.integers(0, LIMIT))
def test_every_count_reads_back_from_its_usual_spellings(number):
    for written in (str(number), f"{number:,}", f" {number}件 ", f"{number:,}".replace(",", " ")):
        assert parse(written).number == number


@given(st.text(max_size=12))
def test_any_text_has_a_state_and_only_numbers_have_a_value(written):
    value = parse(written)
    assert value.state in STATES
    assert (value.number is not None) == (value.state == "number")


@given(st.text(max_size=12))
def test_a_count_needs_a_digit(written):
    if not any(character.isnumeric() for character in written):
        assert parse(written).number is None
