"""The amount of fees: its decimals and its unit."""

from decimal import Decimal

import pytest

from nianbao.plausibility.fees import FEES, fees
from nianbao.report import Note
from plausibility.offices import report_of


def judged(now, then=None, variants=("2021", "2021")):
    report = report_of(variants[1], {FEES: Decimal(now)}, 2023)
    previous = None if then is None else report_of(variants[0], {FEES: Decimal(then)}, 2022)
    return {each.rule: each for each in fees(report, previous)}


@pytest.mark.parametrize(
    ("amount", "status", "places"),
    [
        ("59237.2449", "passed", 4),
        ("0", "passed", 0),
        ("316441", "passed", 0),
        ("12.30000", "passed", 1),
        ("12.34567", "failed", 5),
    ],
)
def test_decimals(amount, status, places):
    found = judged(amount)["T2-1"]
    assert found.status == status
    assert f"有{places}位小数" in found.found


def test_an_amount_converted_from_yuan_is_exact():
    report = report_of("2021", {FEES: Decimal("0.123456")})
    report = report.with_notes(Note("unit_converted", "warning", "", (FEES,)))
    assert not list(fees(report, None))


def test_notes_on_other_cells_or_things_change_nothing():
    report = report_of("2021", {FEES: Decimal("0.123456")})
    for note in (
        Note("unit_converted", "warning", "", ("t2.procurement.amount",)),
        Note("cell_remark", "hint", "", (FEES,)),
    ):
        (found,) = fees(report.with_notes(note), None)
        assert found.status == "failed"


def test_yuan_written_for_ten_thousand_yuan():
    found = judged("592372449", "59237.2449")["Y-11"]
    assert found.status == "failed" and "本年约为上一年度的10000倍" in found.found
    back = judged("5.9", "72701")["Y-11"]
    assert back.status == "failed" and "上一年度约为本年的12322倍" in back.found


@pytest.mark.parametrize("pair", [("5000", "0.5"), ("1", "3000"), ("1", "30000")])
def test_factors_near_ten_thousand_are_a_unit(pair):
    assert judged(*pair)["Y-11"].status == judged(*pair[::-1])["Y-11"].status == "failed"


@pytest.mark.parametrize("pair", [("3", "8000"), ("1", "40000"), ("50", "50")])
def test_other_factors_are_no_unit(pair):
    assert judged(*pair)["Y-11"].status == "passed"


def test_nothing_charged_is_no_factor():
    assert "Y-11" not in judged("0", "72701")


def test_the_forms_count_other_things():
    report = report_of("2019", {"t2.fees.prev_items": 5}, 2020)
    assert not list(fees(report, report))
    assert list(judged("3")) == ["T2-1"]
    now = report_of("2021", {FEES: Decimal(3)}, 2021)
    assert [each.rule for each in fees(now, report)] == ["T2-1"]
