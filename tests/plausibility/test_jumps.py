"""Totals beside last year's."""

from decimal import Decimal

import pytest

from nianbao.plausibility.fees import FEES
from nianbao.plausibility.jumps import jumps
from plausibility.offices import report_of


def judged(now, then, variants=("2021", "2021")):
    report = report_of(variants[1], now, 2023)
    return {each.scope: each for each in jumps(report, report_of(variants[0], then, 2022))}


@pytest.mark.parametrize(
    ("code", "scope"),
    [
        ("t3.new.total", "new"),
        ("t3.total.total", "handled"),
        ("t2.licences.decisions", "licences"),
        ("t2.penalties.decisions", "penalties"),
        ("t2.coercion.decisions", "coercion"),
        ("t4.review.total", "review"),
        ("t4.direct.total", "suits"),
        ("t4.after.total", "suits"),
    ],
)
@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        (301, 60, "超过上一年度的5倍"),
        (60, 301, "不足上一年度的五分之一"),
        (30, 0, "上一年度为0"),
        (0, 30, "本年为0"),
    ],
)
@pytest.mark.parametrize("variants", [("2021", "2021"), ("2019", "2021"), ("2019", "2019")])
def test_a_jump_is_told_with_both_figures(code, scope, now, then, words, variants):
    (only,) = judged({code: now}, {code: then}, variants).values()
    assert (only.scope, only.status, only.left, only.right) == (scope, "failed", now, then)
    assert f"本年{now}件，上一年度{then}件，{words}" in only.found


@pytest.mark.parametrize(("now", "then"), [(300, 60), (29, 0), (5, 25), (1000, 900)])
def test_what_is_no_jump(now, then):
    (only,) = judged({"t3.new.total": now}, {"t3.new.total": then}).values()
    assert (only.scope, only.status) == ("", "passed")


def test_more_requests_are_more_handled_and_one_judgement():
    now = {"t3.new.total": 400, "t3.total.total": 390}
    assert list(judged(now, {})) == ["new"]


@pytest.mark.parametrize("item", ["regulations", "normative_docs"])
def test_documents_in_force_from_ten_on(item):
    code = f"t2.{item}.in_force"
    assert list(judged({code: 10}, {code: 1})) == [item]
    assert list(judged({code: 9}, {code: 1})) == [""]


def test_documents_that_were_issued_or_repealed_are_accounted_for():
    item = "t2.normative_docs"
    now = {f"{item}.in_force": 20, f"{item}.issued": 3, f"{item}.repealed": 183}
    assert judged(now, {f"{item}.in_force": 200})[""].status == "passed"
    assert list(judged(now, {f"{item}.in_force": 201})) == ["normative_docs"]


def test_an_amount_jumps_unless_its_unit_is_wrong():
    assert list(judged({FEES: Decimal("6.1")}, {FEES: Decimal("1.2")})) == ["fees"]
    assert list(judged({FEES: Decimal("1.0")}, {FEES: Decimal("0.1")})) == ["fees"]
    assert list(judged({FEES: Decimal("0.9")}, {FEES: Decimal("0.1")})) == [""]
    assert list(judged({FEES: Decimal(81000)}, {FEES: Decimal("8.2")})) == [""]


def test_no_comparison_across_the_break():
    now, then = {"t2.normative_docs.in_force": 900}, {"t2.normative_docs.public_total": 10}
    assert "normative_docs" not in judged(now, then, ("2019", "2021"))


def test_suits_are_both_kinds_together():
    now, then = {"t4.after.total": 40}, {"t4.direct.total": 30}
    assert list(judged(now, then)) == [""]
    more = judged({"t4.after.total": 20, "t4.direct.total": 20}, {"t4.after.total": 7})
    assert more["suits"].place == "表四“行政诉讼”的“总计”" and more["suits"].left == 40
    review = judged({"t4.review.total": 40}, {"t4.review.total": 7})["review"]
    assert review.place == "表四“行政复议”的“总计”"
