"""Smallest sets of numbers that add up: against trying all of them."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from nianbao.levels.subsets import exchanged, pack, smallest, tries

numbers = st.lists(st.integers(0, 12), max_size=9)


def all_sets(target, given_numbers, tolerance, largest=3):
    places = [place for place, number in enumerate(given_numbers) if number]
    for size in range(1, largest + 1):
        found = [
            members
            for members in combinations(places, size)
            if abs(sum(given_numbers[place] for place in members) - target) <= tolerance
        ]
        if found:
            return found
    return []


@given(st.integers(-3, 40), numbers, st.integers(0, 2))
def test_all_sets_of_the_smallest_size_are_found_and_no_other(target, listed, tolerance):
    wanted = all_sets(target, listed, tolerance)
    assert smallest(target, listed, tolerance, most=1000) == wanted


@given(st.integers(1, 40), numbers, st.integers(1, 4))
def test_more_sets_than_wanted_show_as_one_too_many(target, listed, most):
    wanted = all_sets(target, listed, 0)
    found = smallest(target, listed, most=most)
    assert len(found) == min(len(wanted), most + 1)
    assert set(found) <= set(wanted)


def test_a_zero_is_never_a_member():
    assert smallest(0, [0, 0], tolerance=1) == []
    assert smallest(2, [0, 3, 0], tolerance=1) == [(1,)]
    assert smallest(1, [0, 3], tolerance=1) == []


def test_of_very_many_numbers_three_are_not_tried():
    many = [10**6 + 3**i for i in range(260)]
    assert smallest(many[3] + many[7], many) == [(3, 7)]
    assert smallest(many[3] + many[7] + many[9], many) == []
    assert smallest(many[3] + many[7] + many[9], many[:250]) == [(3, 7, 9)]


vectors = st.lists(st.lists(st.integers(-50, 50), min_size=3, max_size=3), min_size=4, max_size=4)


@given(vectors)
def test_packed_vectors_add_up_just_where_the_vectors_do(four):
    a, b, c, d = pack(four)
    assert (a + b + c == d) == all(x + y + z == w for x, y, z, w in zip(*four, strict=True))
    assert (a - b == c) == all(x - y == z for x, y, z, _ in zip(*four, strict=True))


def test_sums_do_not_run_over_into_the_next_figure():
    one, next_, _ = pack([[4, 0], [0, 1], [6, 0]])
    assert one + one != next_


def test_neighbouring_figures_do_not_run_into_each_other():
    one, two, three = pack([[0, 1], [9, 0], [0, 0]])
    assert len({one, two, three, one + two, two + two, two + two + two}) == 6
    assert pack([[4, -1], [4, 0]])[0] != pack([[4, -1], [4, 0]])[1]


@given(st.integers(-12, 12), numbers)
def test_every_pair_with_a_difference_is_found(target, listed):
    wanted = [
        (i, j)
        for i, first in enumerate(listed)
        for j, second in enumerate(listed)
        if i != j and first - second == target
    ]
    assert exchanged(target, listed, most=1000) == wanted
    assert len(exchanged(target, listed, most=2)) == min(3, len(wanted))


def test_tries_count_all_sets_up_to_a_size():
    assert (tries(1, 5), tries(2, 5), tries(3, 5)) == (5, 15, 25)
