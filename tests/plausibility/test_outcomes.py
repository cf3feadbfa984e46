"""Outcomes beside the number of requests handled."""

import pytest

from nianbao.plausibility.outcomes import outcomes
from plausibility.offices import report_of, with_figures


def judged(variant="2021", **totals):
    figures = {f"t3.{row}.total": count for row, count in totals.items()}
    found = outcomes(report_of(variant, figures))
    return {(each.rule, each.scope): each for each in found}


@pytest.mark.parametrize(("handled", "status"), [(1, "failed"), (4, "failed"), (5, "passed")])
def test_state_secrets_at_a_body_with_hardly_a_request(handled, status):
    found = judged(total=handled, deny_1=1)["P-1", ""]
    assert (found.status, found.left, found.right) == (status, 1, handled)


def test_no_secret_no_judgement():
    assert not judged(total=4, granted=4)


@pytest.mark.parametrize(
    ("variant", "row"), [("2021", "other_3"), ("2019", "other"), ("hybrid", "other")]
)
def test_everything_in_the_last_row(variant, row):
    found = judged(variant, total=10, **{row: 10})["P-2", ""]
    assert (found.status, found.cells) == ("failed", (f"t3.{row}.total", "t3.total.total"))
    assert judged(variant, total=12, granted=1, **{row: 11})["P-2", ""].status == "passed"
    assert ("P-2", "") not in judged(variant, total=9, **{row: 9})


def test_many_requests_and_nothing_given():
    found = judged(total=30, unable_1=30)["P-7", "disclosed"]
    assert found.status == "failed"
    assert "办理30件中，予以公开和部分公开合计0件" in found.found
    assert "没有官方标准" in found.advice


@pytest.mark.parametrize("given", ["granted", "partial"])
def test_one_given_is_enough(given):
    assert judged(total=400, unable_1=399, **{given: 1})["P-7", "disclosed"].status == "passed"


def test_few_requests_have_no_share():
    assert not judged(total=9, unable_1=9)
    assert ("P-7", "disclosed") not in judged(total=29, unable_1=29)


def test_blanks_are_not_called_zero():
    report = report_of("2021", {"t3.total.total": 30, "t3.unable_1.total": 30})
    for row in ("granted", "partial"):
        blank = with_figures(report, {f"t3.{row}.total": None})
        assert "P-7" not in {each.rule for each in outcomes(blank)}
    assert not list(outcomes(with_figures(report, {"t3.total.total": None})))
