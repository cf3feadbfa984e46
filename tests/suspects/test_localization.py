"""The smallest sets are exactly those that trying everything finds."""

import random
import subprocess
import sys

import pytest

from damage.measure import draw
from damage.truth import report_of, true_figures
from nianbao.suspects import solver, suspect
from nianbao.suspects.crossing import cross
from nianbao.suspects.localization import CAP, crossed, localize
from nianbao.suspects.part import divide
from nianbao.suspects.solver import solve

from .oracle import draw as small_figures
from .oracle import part_of, smallest_sets


def listed(found):
    return dict(zip(found.sets, found.implied, strict=True))


def expected(known):
    found = smallest_sets(known)
    if () in found:
        return {}
    return {
        cells: {code: min(values) for code, values in figures.items() if len(values) == 1}
        for cells, figures in found.items()
    }


@pytest.mark.parametrize("seed", range(40))
def test_sets_and_their_figures_are_those_that_trying_everything_finds(seed):
    known = small_figures(random.Random(seed), seed % 3 if seed % 4 == 0 else 0)
    part = part_of(known)
    if part.settles():
        return
    assert listed(localize(part, cross(part))) == expected(known)


@pytest.mark.parametrize("seed", range(40, 55))
def test_the_solver_alone_finds_the_same(seed):
    known = small_figures(random.Random(seed), 0)
    part = part_of(known)
    if part.settles():
        return
    assert listed(solve(part, 0)) == expected(known)


@pytest.mark.parametrize("seed", range(12))
def test_crossing_lists_what_the_solver_lists_on_the_form(seed):
    variant, _, damaged = draw(("2", "3", "5")[seed % 3], seed)
    part = next(p for p in divide(report_of(variant, damaged)) if not p.settles())
    crossing = cross(part)
    assert crossing.sets
    if len(crossing.sets) <= CAP:
        assert listed(crossed(part, crossing)) == listed(solve(part, 0))


def test_a_part_with_blanks_that_can_be_filled_is_not_suspect():
    variant, true = true_figures(random.Random(3))
    blank = true | {"t3.granted.natural": None, "t3.new.total": None, "t3.deny_1.natural": None}
    assert suspect(report_of(variant, blank)).parts == ()


def test_blanks_that_no_figures_fit_together_are_suspect():
    known = {"a.x": 0, "b.x": 2, "sum.x": 0, "a.y": 1, "b.y": 1, "sum.y": 2}
    part = part_of(known)
    assert not part.settles()
    assert listed(localize(part, cross(part))) == expected(known)


@pytest.mark.parametrize("name", ["balanced", "1"])
def test_a_report_that_balances_or_has_one_wrong_cell_never_loads_the_solver(name):
    code = f"""
import random, sys
from damage.measure import draw
from damage.truth import report_of
from nianbao.suspects import suspect
variant, true, damaged = draw("1", 5)
found = suspect(report_of(variant, damaged if {name!r} == "1" else true))
assert bool(found.parts) == ({name!r} == "1")
assert "ortools" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(sys.path)})


def test_the_same_report_gives_the_same_words_in_every_process():
    code = """
from damage.measure import draw
from damage.truth import report_of
from nianbao.suspects import suspect
for name in ("3", "8", "numbers of a row shifted right", "the main rows shifted among themselves"):
    variant, true, damaged = draw(name, 9)
    found = suspect(report_of(variant, damaged))
    print(found.record(), found.messages)
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


def test_a_smallest_set_is_told_even_where_there_is_no_time_to_list_others(monkeypatch):
    monkeypatch.setattr(solver, "_LIST", 0.0)
    part = part_of({"a.x": 1, "b.x": 1, "sum.x": 2, "a.y": 2, "b.y": 0, "sum.y": 0, "a.total": 1})
    found = solve(part, 0)
    assert found.proved and found.capped and len(found.sets) == 1
    assert found.sets[0] in expected(part.known)
