"""What fits last year's report only the other way round."""

import pytest

from corpus import statute
from nianbao.plausibility.exchanges import exchanges
from plausibility.offices import report_of, with_figures, years


def judged(now, then, variants=("2021", "2021")):
    report = report_of(variants[1], now, 2023)
    return list(exchanges(report, report_of(variants[0], then, 2022)))


def failed(now, then, variants=("2021", "2021")):
    return {e.scope: e for e in judged(now, then, variants) if e.status == "failed"}


def swapped_columns(figures, one, other):
    rows = [code.split(".")[1] for code in figures if code.endswith(f".{one}")]
    swaps = {
        f"t3.{r}.{a}": figures[f"t3.{r}.{b}"] for r in rows for a, b in ((one, other), (other, one))
    }
    return figures | swaps


def swapped_rows(figures, one, other):
    pairs = ((one, other), (other, one))
    swaps = {f"t3.{a}.{c}": figures[f"t3.{b}.{c}"] for c in statute.COLUMNS for a, b in pairs}
    return figures | swaps


@pytest.mark.parametrize("variants", [("2021", "2021"), ("2019", "2021"), ("2021", "hybrid")])
def test_two_columns_exchanged(variants):
    for seed in range(20):
        then, now = years(seed, variants, size=3000)
        assert [e.status for e in judged(now, then, variants)] == ["passed"]
        damaged = swapped_columns(now, "natural", "business")
        if then["t3.carried_out.natural"] == then["t3.carried_out.business"]:
            continue
        told = failed(damaged, then, variants)["natural-business"]
        assert told.cells == ("t3.carried_in.natural", "t3.carried_in.business")
        assert told.left == then["t3.carried_out.business"]
        assert "本年报告的上年结转为" in told.found and "上一年度报告的结转下年度为" in told.found
        assert "正好一致" in told.found


@pytest.mark.parametrize("variants", [("2021", "2021"), ("2019", "2021")])
def test_two_outcomes_exchanged(variants):
    then = {"t3.granted.total": 300, "t3.unable_1.total": 40, "t3.partial.total": 90}
    now = {"t3.granted.total": 44, "t3.unable_1.total": 280, "t3.partial.total": 95}
    told = failed(now, then, variants)
    assert list(told) == ["granted-unable_1"]
    assert (told["granted-unable_1"].left, told["granted-unable_1"].right) == (44, 300)
    assert "本年总计为44件和280件，上一年度为300件和40件" in told["granted-unable_1"].found


def test_no_other_pair_is_named_where_two_outcomes_are_exchanged():
    found = 0
    for seed in range(20):
        then, now = years(seed, size=4000)
        told = failed(swapped_rows(now, "granted", "refuse_1"), then)
        assert told.keys() <= {"granted-refuse_1"}
        found += bool(told)
    assert found


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ((44, 280), (200, 40)),  # not near enough to the other
        ((40, 261), (200, 40)),
        ((40, 199), (200, 40)),  # not far enough from its own
        ((19, 280), (300, 20)),  # too few
        ((300, 44), (290, 40)),  # as last year
    ],
)
def test_evidence_that_is_not_overwhelming(now, then):
    codes = ("t3.granted.total", "t3.unable_1.total")
    assert not failed(*(dict(zip(codes, each, strict=True)) for each in (now, then)))


@pytest.mark.parametrize(
    ("now", "then"), [((40, 260), (200, 40)), ((40, 200), (200, 40)), ((20, 280), (300, 20))]
)
def test_evidence_that_is_just_enough(now, then):
    codes = ("t3.granted.total", "t3.unable_1.total")
    assert failed(*(dict(zip(codes, each, strict=True)) for each in (now, then)))


def test_columns_without_anything_carried_over_are_compared_by_what_is_new():
    then = {"t3.new.natural": 400, "t3.new.business": 30}
    now = {"t3.new.natural": 33, "t3.new.business": 380}
    (told,) = failed(now, then).values()
    assert (told.scope, told.left, told.right) == ("natural-business", 33, 400)
    assert "本年新收为33件和380件，上一年度新收为400件和30件，对调后才相近" in told.found
    agreed = {"t3.carried_in.natural": 7}
    assert not failed(now | agreed, then | {"t3.carried_out.natural": 7})


@pytest.mark.parametrize(
    ("came", "went", "told"),
    [
        ((0, 5), (5, 0), True),
        ((0, 4), (4, 0), False),
        ((2, 1), (1, 2), True),
        ((3, 3), (3, 3), False),
        ((5, 1), (1, 4), False),
    ],
)
def test_how_much_carried_over_tells_columns_apart(came, went, told):
    now = {"t3.carried_in.natural": came[0], "t3.carried_in.legal": came[1]}
    then = {"t3.carried_out.natural": went[0], "t3.carried_out.legal": went[1]}
    assert bool(failed(now, then)) is told


def test_the_rows_that_replaced_the_single_row_are_not_compared_with_it():
    then = {"t3.granted.total": 300, "t3.other.total": 40}
    now = {"t3.granted.total": 44, "t3.other_3.total": 280}
    assert not failed(now, then, ("2019", "2021"))


@pytest.mark.parametrize("row", ["carried_in", "new"])
@pytest.mark.parametrize("column", ["natural", "legal"])
def test_a_blank_is_compared_with_nothing(row, column):
    now = report_of("2021", {"t3.new.natural": 30, "t3.new.legal": 400}, 2023)
    then = report_of("2021", {"t3.new.natural": 400, "t3.new.legal": 30}, 2022)
    assert "natural-legal" in {each.scope for each in exchanges(now, then)}
    blank = with_figures(now, {f"t3.{row}.{column}": None})
    assert "natural-legal" not in {each.scope for each in exchanges(blank, then)}
    blank = with_figures(then, {f"t3.{row.replace('in', 'out')}.{column}": None})
    assert "natural-legal" not in {each.scope for each in exchanges(now, blank)}
