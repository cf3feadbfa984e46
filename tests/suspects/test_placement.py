"""Short rows beside wrong figures: the sets, figures and places are those of trying everything."""

import random
import subprocess
import sys

import pytest

from nianbao.report import ShortRow
from nianbao.suspects import consequence, placement
from nianbao.suspects.consequence import consequences
from nianbao.suspects.placement import Placement

from .oracle import CELLS, draw, lose, part_of, smallest_with_rows


def instance(seed):
    rng = random.Random(seed)
    known = draw(rng, 0)
    return known, lose(rng, known, rng.choice((1, 1, 2)))


def single(values):
    different = set(values)
    return different.pop() if len(different) == 1 else None


@pytest.mark.parametrize("seed", range(60))
def test_the_smallest_sets_are_those_that_every_table_and_placement_shows(seed):
    known, rows = instance(seed)
    expected = smallest_with_rows(known, rows)
    found = Placement(part_of(known, rows)).smallest_sets()
    assert found.proved and not found.capped
    assert {tuple(sorted(each)) for each in found.sets} == set(expected) - {()}
    assert len(set(found.sets)) == len(found.sets)


@pytest.mark.parametrize("seed", range(60))
def test_figures_and_places_are_told_only_where_they_are_the_same_in_every_filling(seed):
    known, rows = instance(seed)
    expected = smallest_with_rows(known, rows)
    asked = Placement(part_of(known, rows))
    sets = asked.smallest_sets().sets
    for names, found in zip(sets, consequences(asked, sets), strict=True):
        fillings = expected[tuple(sorted(names))]
        changed = {row for row in rows if any(f"{row.codes[0]}#" in name for name in names)}
        told = [code for row in (rows if len(sets) == 1 else changed) for code in row.codes]
        told += [name for name in names if name in known]
        forced = {code: single(figures[code] for figures, _ in fillings) for code in told}
        assert found.proved
        assert found.values == {c: value for c, value in forced.items() if value is not None}
        for name in set(names) - set(known):
            places = {stands[name] for _, stands in fillings}
            number = single(figures[stands[name]] for figures, stands in fillings)
            assert found.places[name] == tuple(code for code in CELLS if code in places)
            assert found.numbers.get(name) == number


def test_numbers_that_can_all_be_placed_need_no_change():
    rows = (ShortRow(("a.x", "a.y", "a.total"), (1, 2)),)
    known = {"b.x": 0, "b.y": 0, "b.total": 0, "sum.x": 1, "sum.y": 1, "sum.total": 2}
    found = Placement(part_of(known, rows)).smallest_sets()
    assert found.proved and found.sets == ()


def test_two_placements_with_the_same_figures_are_one_set():
    """0, 0 beside a lost 0: wherever they stand, the row is 0, 0, 0."""
    rows = (ShortRow(("a.x", "a.y", "a.total"), (0, 0)),)
    known = {"b.x": 1, "b.y": 1, "b.total": 3, "sum.x": 1, "sum.y": 1, "sum.total": 2}
    asked = Placement(part_of(known, rows))
    found = asked.smallest_sets()
    assert found.sets == (("b.total",),)
    (follows,) = consequences(asked, found.sets)
    assert follows.values == {"b.total": 2, "a.x": 0, "a.y": 0, "a.total": 0}


def test_what_is_not_proved_smallest_is_not_told(monkeypatch):
    monkeypatch.setattr(placement, "_EFFORT", 0.0)
    known, rows = instance(1)
    found = Placement(part_of(known, rows)).smallest_sets()
    assert not found.proved and found.sets == ()


def test_where_no_effort_is_left_any_place_is_possible_and_no_figure_known(monkeypatch):
    monkeypatch.setattr(consequence, "_EFFORT", 0.0)
    rows = (ShortRow(("a.x", "a.y", "a.total"), (2, 0)),)
    known = {"b.x": 1, "b.y": 1, "b.total": 2, "sum.x": 1, "sum.y": 1, "sum.total": 2}
    asked = Placement(part_of(known, rows))
    found = asked.smallest_sets()
    assert found.sets == (("a.x#1",),)
    (follows,) = consequences(asked, found.sets)
    assert not follows.proved and follows.values == follows.numbers == {}
    assert follows.places == {"a.x#1": ("a.x", "a.y")}


def test_the_same_rows_give_the_same_sets_in_every_process():
    code = """
from suspects.test_placement import instance
from suspects.oracle import part_of
from nianbao.suspects.consequence import consequences
from nianbao.suspects.placement import Placement
for seed in range(8):
    asked = Placement(part_of(*instance(seed)))
    sets = asked.smallest_sets().sets
    print(sets, consequences(asked, sets))
"""
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "7")
    }
    assert len(outputs) == 1
