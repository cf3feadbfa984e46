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
    assert parse(written, decimal=True).number == Decimal(number)


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


def test_an_amount_in_yuan_is_not_taken_for_ten_thousands():
    assert parse("251000元", decimal=True).number is None


@pytest.mark.parametrize("written", ["32²", "32①", "32⁽¹⁾", "①", "5₂"])
def test_a_footnote_mark_is_not_a_digit_of_the_figure(written):
    assert parse(written).number is None


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
