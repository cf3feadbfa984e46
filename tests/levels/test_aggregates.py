"""Which figures add up, and which of another form may be added to them."""

from fnmatch import fnmatchcase

import pytest

from builders import COLUMNS
from levels.bodies import SUMMED, balanced, judged, report_of, total
from nianbao.forms import load_form
from nianbao.levels.aggregates import aggregates, kinds

FORMS = ["2019", "2021", "2021+t2:2019", "2021+t3:2019"]


def summed(own, *others):
    return aggregates(load_form(own), [load_form(other) for other in others])


def test_on_the_form_of_2021_all_but_regulations_adds_up():
    found = [code for each in summed("2021", "2021") for code in each.cells]
    assert sorted(found) == sorted(SUMMED)
    left = set(load_form("2021").cells) - set(found)
    assert left == {f"t2.regulations.{f}" for f in ("issued", "repealed", "in_force")}


def test_on_the_form_of_2019_numbers_of_projects_and_purchases_do_not_add_up():
    found = {code for each in summed("2019", "2019") for code in each.cells}
    two = {code for code in found if code.startswith("t2.")}
    assert two == {
        "t2.licences.decisions",
        "t2.penalties.decisions",
        "t2.coercion.decisions",
        "t2.normative_docs.made_new",
    }
    assert len(found) == 4 + 23 * 7 + 15


def test_every_pattern_names_cells_of_a_form():
    codes = {code for form in FORMS for code in load_form(form).cells}
    for kind in kinds():
        for pattern in kind.cells:
            assert any(fnmatchcase(code, pattern) for code in codes), pattern


@pytest.mark.parametrize("own", FORMS)
@pytest.mark.parametrize("other", FORMS)
def test_each_cell_adds_up_once_and_only_with_cells_that_exist(own, other):
    found = summed(own, other)
    cells = [code for each in found for code in each.cells]
    assert len(cells) == len(set(cells))
    others = [code for each in found for code in each.by_form[load_form(other).key]]
    assert len(others) == len(set(others)) and set(others) <= set(load_form(other).cells)
    keys = [(each.kind.rule, each.scope) for each in found]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("own", "other"), [("2021", "2019"), ("2019", "2021")])
def test_the_one_row_of_2019_is_the_three_of_2021(own, other):
    found = {each.scope: each for each in summed(own, other) if each.kind.rule == "L-1"}
    for column in COLUMNS:
        each = found[f"other.{column}"]
        assert each.by_form["2019"] == (f"t3.other.{column}",)
        assert each.by_form["2021"] == tuple(f"t3.other_{n}.{column}" for n in (1, 2, 3))
        assert "“（六）其他处理”行" in each.place
        assert ("所属各行之和" in each.place) == (own == "2021")
    assert not any(scope.startswith("other_") for scope in found)


@pytest.mark.parametrize(("own", "other"), [("2021", "2019"), ("2019", "2021")])
def test_stocks_and_fees_are_never_added_across_forms(own, other):
    for each in summed(own, other):
        if each.kind.rule in ("L-3", "L-4"):
            assert each.by_form[other] == ()
        else:
            assert each.by_form[other]


def folded(shown):
    """Return figures of the form of 2021 with one row 其他处理, and none of 表二 but decisions."""
    kept = {c: v for c, v in shown.items() if c.startswith(("t3.", "t4.")) or "decisions" in c}
    for column in COLUMNS:
        rows = [kept.pop(f"t3.other_{n}.{column}") for n in (1, 2, 3)]
        kept[f"t3.other.{column}"] = sum(rows)
    return kept


def test_a_body_on_the_form_of_2019_adds_up_in_all_that_both_forms_count():
    parts = [balanced(seed, 0.6) for seed in (1, 2, 3)]
    shown = [report_of(folded(parts[0]), "2019"), *(report_of(part) for part in parts[1:])]
    found = judged(report_of(total(parts)), shown)
    passed = {key for key, each in found.items() if each.status == "passed"}
    assert {key for key in found if key[:3] in ("L-1", "L-2", "L-6", "L-7")} <= passed
    assert found["L-1:other.natural"].cells == tuple(f"t3.other_{n}.natural" for n in (1, 2, 3))
    for key in ("L-3:", "L-4:issued", "L-4:in_force"):
        assert found[key].status == "undecided"
        assert "第1局的报告所用格式没有这一栏" in found[key].found


def test_a_difference_in_the_joined_row_is_found():
    parts = [balanced(seed, 0.6) for seed in (1, 2, 3)]
    own = total(parts)
    own["t3.other_2.natural"] += 4
    shown = [report_of(folded(parts[0]), "2019"), *(report_of(part) for part in parts[1:])]
    found = judged(report_of(own), shown)
    failed = [key for key, each in found.items() if each.status == "failed"]
    assert failed == ["L-1:other.natural"]
    assert found["L-1:other.natural"].left - found["L-1:other.natural"].right == 4


def test_what_no_body_counts_is_not_applicable():
    parts = [balanced(seed, 0.6) for seed in (1, 2)]
    found = judged(report_of(total(parts)), [report_of(folded(part), "2019") for part in parts])
    assert {key for key, each in found.items() if each.status == "not_applicable"} == {
        "L-3:",
        "L-4:issued",
        "L-4:repealed",
        "L-4:in_force",
    }
    assert not any(each.status in ("failed", "undecided") for each in found.values())


def test_a_body_whose_table_three_alone_is_the_old_one_adds_up_elsewhere_as_ever():
    parts = [balanced(seed, 0.6) for seed in (1, 2)]
    old = {c: v for c, v in parts[0].items() if c.startswith("t2.")} | folded(parts[0])
    found = judged(report_of(total(parts)), [report_of(old, "2021+t3:2019"), report_of(parts[1])])
    assert {each.status for each in found.values()} == {"passed"}
