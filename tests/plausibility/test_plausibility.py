"""The checks together: what they say of real and of clean reports."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.figures import published
from nianbao.plausibility import plausibility
from nianbao.register import agencies
from nianbao.shelf import load
from nianbao.workspace import Workspace
from plausibility.offices import agency, report_of, years

ROOT = Path(__file__).parents[2]
SHIPPED = {
    # what is truly there: blanks where 0 is meant, and a correction that the prose passes over
    ("shanghai-office", 2019): {"T3-5": 107, "T4-4": 9},
    ("luoyang-gaj", 2022): {"T4-7": 1},
    ("suqian", 2023): {},
    ("suqian", 2024): {},
    ("huaian", 2024): {},
}
CATALOGUE = ["T2-1", "Y-11", "T2-2", "T2-5", "P-3", "T2-6", "T3-5", "T4-4", "T4-6", "T4-7"]
CATALOGUE += ["P-7", "P-1", "P-2", "P-4", "P-5", "P-6", "Y-5", "Y-6", "Y-10"]
ALL = "2021", "2019", "hybrid", "mixed"


@pytest.fixture(scope="module")
def shipped():
    workspace = Workspace(ROOT)
    return {key: load(*key, workspace) for key in SHIPPED}


def judged(report, previous=None):
    register = agencies(Workspace(ROOT))
    own = register.get(report.agency)
    return plausibility(report, own, previous, register.get(own.parent) if own else None)


@pytest.mark.parametrize("key", SHIPPED)
def test_shipped_reports_are_told_what_is_there_and_nothing_else(key, shipped):
    for previous in (None, shipped.get((key[0], key[1] - 1))):
        found = judged(shipped[key], previous)
        failed = {each.rule: len(each.cells) for each in found if each.status == "failed"}
        assert failed == SHIPPED[key]


def test_offices_as_they_are_get_no_warning_and_hardly_a_hint():
    failed: Counter[str] = Counter()
    for seed in range(300):
        pair = (ALL[seed % 4], ALL[seed // 4 % 4])
        then, now = years(seed, pair)
        found = plausibility(
            report_of(pair[1], now, 2022), agency("city"), report_of(pair[0], then, 2021), None
        )
        hints = {"P-1", "P-2", "P-4", "P-5", "P-6", "P-7", "T2-1", "T4-6", "T4-7"}
        hints |= {"Y-5", "Y-10", "Y-11"}
        for each in found:
            if each.status == "failed":
                assert each.rule in hints or each.severity == "hint", each.message
                failed[each.rule] += 1
    assert sum(failed.values()) <= 6, failed


def test_a_city_after_another_is_judged_by_every_rule_that_applies(shipped):
    found = judged(shipped["suqian", 2024], shipped["suqian", 2023])
    rules = list(dict.fromkeys(each.rule for each in found))
    assert rules == [r for r in CATALOGUE if r not in ("T2-5", "P-3", "T4-7")]
    assert len({(each.rule, each.scope) for each in found}) == len(found) < 40


def test_a_report_of_another_year_is_not_last_years(shipped):
    now, then = shipped["suqian", 2024], replace(shipped["suqian", 2023], year=2022)
    assert judged(now, then) == judged(now, None)


def test_cells_are_of_the_form_and_in_its_order():
    then, now = years(3, size=3000)
    copied = now | {c: then[c] for c in then if c.startswith(("t3.", "t4."))}
    for figures in (now, copied):
        report = report_of("2021", figures, 2022, {1: "办理行政许可230件。"})
        for each in plausibility(report, agency("county"), report_of("2021", then, 2021), None):
            order = [code for code in report.cells if code in each.cells]
            assert list(each.cells) == order, each.rule


def test_the_words_are_whole_sentences_without_a_stop():
    then, now = years(3, size=3000)
    report = report_of("2021", {}, 2022, {1: "收到政府信息公开申请3件，办理行政许可230件。"})
    for each in (
        *plausibility(report, None, report_of("2021", then, 2021), None),
        *plausibility(report_of("2021", now), agency("county"), report_of("2021", now, 2022), None),
    ):
        for text in (each.place, each.found, each.advice):
            assert not text.endswith(("。", "，", "；")), each
        assert each.place and each.found
        assert (each.advice != "") == (each.status == "failed"), each
        assert each.severity in ("", "hint")


def test_the_published_figures_give_the_same_on_any_reading(shipped):
    raw, _ = published("suqian-2024")
    assert raw["year"] == 2024
    assert judged(shipped["suqian", 2024]) == judged(load("suqian", 2024, Workspace(ROOT)))
