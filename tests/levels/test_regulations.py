"""规章 of bodies that have no power to make them (L-5)."""

from dataclasses import replace

import pytest

from levels.bodies import CITY, balanced, body, keyed, report_of, total
from nianbao.levels import levels

ISSUED, STOCK = "t2.regulations.issued", "t2.regulations.in_force"


def judged(*bodies, above="city"):
    own = report_of(total([balanced(1)]))
    found = keyed(levels(own, replace(CITY, level=above), bodies))
    return {key: each for key, each in found.items() if each.rule == "L-5"}


@pytest.mark.parametrize("level", ["county", "township", "department"])
def test_a_body_without_the_power_that_reports_any_is_named(level):
    wrong = report_of(balanced(1) | {ISSUED: 2, STOCK: 6})
    found = judged((body(1, level), wrong), (body(2), report_of(balanced(2))))
    assert set(found) == {"L-5:b1"}
    only = found["L-5:b1"]
    assert (only.status, only.left, only.right) == ("failed", 2, 0)
    assert "第1局本年制发件数2件、现行有效件数6件" in only.found
    assert "没有规章制定权" in only.found and only.cells == ()


@pytest.mark.parametrize(("above", "names"), [("city", []), ("county", ["L-5:b1"])])
def test_an_office_may_report_those_of_a_government_that_makes_them(above, names):
    found = judged((body(1, "office"), report_of(balanced(1) | {STOCK: 6})), above=above)
    assert list(found) == names


@pytest.mark.parametrize("level", ["ministry", "province", "city"])
def test_a_body_with_the_power_may_report_some(level):
    found = judged((body(1, level), report_of(balanced(1) | {STOCK: 6})))
    assert found == {}


def test_the_government_own_regulations_are_not_summed():
    own = report_of(total([balanced(1)]) | {STOCK: 99})
    found = levels(own, CITY, [(body(1), report_of(balanced(1)))])
    assert {each.status for each in found} == {"passed"}
    assert not any(code.startswith("t2.regulations") for each in found for code in each.cells)


def test_a_report_that_misses_or_does_not_tell_leaves_it_open():
    fine, blank = report_of(balanced(1)), report_of(balanced(2) | {STOCK: None})
    found = judged((body(1), fine), (body(2), blank), (body(3), None))
    assert found["L-5:"].status == "undecided"
    assert "第2局、第3局的规章数未知，其余1个" in found["L-5:"].found


def test_a_known_wrong_figure_is_told_whatever_else_misses():
    wrong = report_of(balanced(1) | {STOCK: 1, ISSUED: None})
    found = judged((body(1), wrong), (body(2), None))
    assert {key: each.status for key, each in found.items()} == {"L-5:b1": "failed"}


def test_to_publish_regulations_of_others_is_no_making_of_regulations():
    kept = report_of({"t2.regulations.public_total": 3, "t2.regulations.disclosed_new": 1}, "2019")
    made = report_of({"t2.regulations.made_new": 1}, "2019")
    assert judged((body(1), kept))["L-5:"].status == "passed"
    assert judged((body(1), made))["L-5:b1"].status == "failed"
