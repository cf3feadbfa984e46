"""A seeded slice of the damages: injected cells are found, realistic faults are named."""

import pytest

from damage import peace
from damage.blanks import forced
from damage.measure import LAYOUTS, NOT_UPDATED, measure

pytestmark = pytest.mark.many

DRAWS, SEED = 12, 7


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8])
def test_injected_cells_are_among_the_smallest_sets(count):
    found = measure(str(count), DRAWS, SEED)
    assert all(verdict.optimal for verdict in found)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_injected_cells_come_first_alone(count):
    found = measure(str(count), DRAWS, SEED)
    assert sum(verdict.first for verdict in found) >= DRAWS - 1
    assert not any(verdict.structural for verdict in found)


@pytest.mark.parametrize(
    "name", ["a digit wrong, missing or extra", "two digits swapped", NOT_UPDATED]
)
def test_slips_are_named(name):
    assert all(verdict.named == "right" for verdict in measure(name, DRAWS, SEED))


@pytest.mark.parametrize("name", LAYOUTS)
def test_faults_of_layout_are_named_as_far_as_rules_see_them(name):
    found = measure(name, DRAWS, SEED)
    assert sum(verdict.named != "other" for verdict in found) >= DRAWS - 1


def test_a_digit_in_table_four_is_among_the_tie():
    assert all(v.shown for v in measure("a digit in 表四", DRAWS, SEED))


@pytest.mark.parametrize("kind", peace.KINDS)
def test_clean_reports_are_left_in_peace(kind):
    for seed in range(DRAWS):
        told = peace.held_against(kind, seed)
        assert not [rule for rule in told if not rule.startswith("hint")]


def test_a_blanked_cell_is_told_with_its_figure_and_nothing_is_suspect():
    assert all(forced(seed) for seed in range(6))
