"""Tables that came again figure by figure."""

from decimal import Decimal

import pytest

from nianbao.plausibility.repeats import repeats
from plausibility.offices import report_of, with_figures, years

BUSY = {"t2.licences.decisions": 120, "t2.penalties.decisions": 34, "t2.normative_docs.in_force": 5}


def judged(now, then, variants=("2021", "2021")):
    report = report_of(variants[1], now, 2023)
    return {each.scope: each for each in repeats(report, report_of(variants[0], then, 2022))}


def failed(figures, variant="2021"):
    found = judged(figures, figures, (variant, variant)).values()
    return {each.scope: each.severity or "warning" for each in found if each.status == "failed"}


def requests(count, **outcomes):
    figures = {"t3.new.total": count, "t3.total.total": count}
    return figures | {f"t3.{row}.total": number for row, number in outcomes.items()}


@pytest.mark.parametrize("variant", ["2021", "2019", "hybrid", "mixed"])
def test_all_three_tables_of_a_city(variant):
    then, now = years(3, (variant, variant), size=3000)
    kept = {code: value for code, value in then.items() if not code.startswith("t2.")}
    again = {code: value for code, value in now.items() if code.startswith("t2.")}
    assert set(judged(kept | again, then, (variant, variant))) >= {"t3", "t4"}
    assert failed(then, variant).items() >= {"t3": "warning", "t4": "warning"}.items()
    assert {e.status for e in judged(now, then, (variant, variant)).values()} == {"passed"}


def test_one_other_figure_is_enough():
    figures = years(3, size=3000)[0]
    found = judged(figures | {"t3.granted.natural": 1, "t4.review.upheld": 0}, figures)
    assert (found["t3"].status, found["t4"].status) == ("passed", "passed")


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        (requests(2, granted=2), {}),
        (requests(9, granted=9), {}),
        (requests(3, granted=2, unable_1=1), {"t3": "hint"}),
        (requests(10, granted=10), {"t3": "hint"}),
        (requests(10, granted=9, unable_1=1), {"t3": "warning"}),
        ({}, {}),
    ],
)
def test_few_requests_come_again_by_chance(figures, told):
    assert failed(figures) == told


@pytest.mark.parametrize(
    ("cases", "told"),
    [
        ({"upheld": 9, "total": 9}, {}),
        ({"upheld": 2, "corrected": 1, "total": 3}, {"t4": "hint"}),
        ({"upheld": 12, "corrected": 8, "total": 20}, {"t4": "hint"}),
        ({"upheld": 12, "corrected": 7, "other": 1, "total": 20}, {"t4": "warning"}),
    ],
)
def test_few_cases_come_again_by_chance(cases, told):
    assert failed({f"t4.review.{field}": count for field, count in cases.items()}) == told


def test_table_two_by_what_moves():
    assert failed(BUSY) == {"t2": "warning"}
    assert failed(BUSY | {"t2.licences.decisions": 2, "t2.penalties.decisions": 3}) == {
        "t2": "hint"
    }
    assert failed(BUSY | {"t2.licences.decisions": 10, "t2.penalties.decisions": 3}) == {
        "t2": "warning"
    }
    assert failed(BUSY | {"t2.licences.decisions": 9, "t2.penalties.decisions": 3}) == {
        "t2": "hint"
    }
    standing = {"t2.normative_docs.in_force": 50, "t2.regulations.in_force": 11}
    assert not failed(standing | {"t2.licences.decisions": 120})
    assert not failed({"t2.licences.decisions": 120, "t2.penalties.decisions": 34})
    assert failed(standing | {"t2.licences.decisions": 9, "t2.fees.amount_10k": Decimal("8.1234")})


def test_other_forms_and_blanks_are_not_compared():
    assert "t2" not in judged(BUSY, BUSY, ("2019", "2021"))
    assert "t3" not in judged(
        requests(20, granted=20), requests(20, granted=20), ("2021", "hybrid")
    )
    report = report_of("2021", BUSY)
    blank = with_figures(report, {"t2.fees.amount_10k": None})
    assert "t2" not in {each.scope for each in repeats(blank, report)}
