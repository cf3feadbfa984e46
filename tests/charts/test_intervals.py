"""Intervals and limits against published values, exact sums and their own laws."""

from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.charts.intervals import RARE, USUAL, limits, stray, wilson


def at_least(part, whole, rate):
    """P(X ≥ part) by its definition."""
    terms = (comb(whole, k) * rate**k * (1 - rate) ** (whole - k) for k in range(part, whole + 1))
    return sum(terms)


@pytest.mark.parametrize(
    ("part", "whole", "lower", "upper"),
    # Newcombe, Stat. Med. 17 (1998), table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_published_intervals(part, whole, lower, upper):
    assert wilson(part, whole) == pytest.approx((lower, upper), abs=5e-5)


cases = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(cases)
def test_an_interval_holds_its_rate_and_stays_between_none_and_all(case):
    part, whole = case
    lower, upper = wilson(part, whole)
    assert 0 <= lower <= part / whole <= upper <= 1
    assert upper - lower > 0
    assert (lower == 0) == (part == 0)
    assert (upper == 1) == (part == whole)


@given(cases)
def test_an_interval_of_the_others_is_its_mirror(case):
    part, whole = case
    lower, upper = wilson(part, whole)
    assert wilson(whole - part, whole) == pytest.approx((1 - upper, 1 - lower), abs=1e-12)


@given(cases, st.floats(0.5, 4))
def test_its_bounds_lie_z_standard_errors_away(case, z):
    part, whole = case
    for bound in wilson(part, whole, z):
        if 0 < bound < 1:
            error = (bound * (1 - bound) / whole) ** 0.5
            assert abs(part / whole - bound) == pytest.approx(z * error, rel=1e-6)


@given(cases)
def test_more_cases_say_more(case):
    part, whole = case
    narrow, wide = wilson(10 * part, 10 * whole), wilson(part, whole)
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


@pytest.mark.parametrize(("part", "whole"), [(0, 0), (-1, 5), (6, 5), (1, -1)])
def test_what_is_no_part_is_refused(part, whole):
    with pytest.raises(ValueError, match="not a part"):
        wilson(part, whole)
    with pytest.raises(ValueError, match="not a part"):
        stray(part, whole, 0.5)


rates = st.floats(0.001, 0.999)


@settings(deadline=None)
@given(st.integers(1, 120), rates, st.sampled_from([USUAL, RARE]))
def test_what_strays_is_as_rare_as_is_said(whole, rate, outside):
    for part in range(whole + 1):
        side = stray(part, whole, rate, outside)
        above, below = at_least(part, whole, rate), at_least(whole - part, whole, 1 - rate)
        # Sums of thousands of floats are not exact: at the very edge either is right.
        if abs(above - outside / 2) > 1e-9:
            assert (side == 1) == (above < outside / 2)
        if abs(below - outside / 2) > 1e-9:
            assert (side == -1) == (below < outside / 2)


@settings(deadline=None)
@given(st.integers(1, 2000), rates, st.sampled_from([USUAL, RARE]))
def test_the_limits_part_those_that_stray_from_those_that_do_not(whole, rate, outside):
    lower, upper = limits(whole, rate, outside)
    assert 0 <= lower <= rate <= upper <= 1
    slack = max(0.002 / whole, 2e-4)
    for part in {
        0,
        whole,
        *(round(bound * whole) + n for bound in (lower, upper) for n in (-1, 1)),
    }:
        if not 0 <= part <= whole:
            continue
        if lower + slack < part / whole < upper - slack:
            assert stray(part, whole, rate, outside) == 0
        if part / whole > upper + slack:
            assert stray(part, whole, rate, outside) == 1
        if part / whole < lower - slack:
            assert stray(part, whole, rate, outside) == -1


def test_rare_limits_lie_outside_the_usual_ones_and_close_in():
    before = (0.0, 1.0)
    for whole in (30, 100, 1000, 10_000, 1_000_000):
        usual, rare = limits(whole, 0.3, USUAL), limits(whole, 0.3, RARE)
        assert rare[0] < usual[0] < 0.3 < usual[1] < rare[1]
        assert before[0] <= rare[0] and rare[1] <= before[1]
        before = rare
    assert before == pytest.approx((0.3, 0.3), abs=0.002)


def test_two_of_thirty_at_one_in_a_hundred_is_no_alarm():
    # The normal approximation puts this outside its 99.8 % limits: 1 % + 3.09·1.8 % = 6.6 %.
    assert stray(2, 30, 0.01) == 0
    assert at_least(2, 30, 0.01) > 0.03
    assert stray(5, 30, 0.01) == 1


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_where_all_are_alike_nothing_strays(rate):
    part = 50 if rate else 0
    assert stray(part, 50, rate) == 0
    assert limits(50, rate, RARE) == pytest.approx((rate, rate), abs=1e-3)
