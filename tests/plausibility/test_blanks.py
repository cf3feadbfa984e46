"""Cells without a figure, one judgement a table."""

from dataclasses import replace

import pytest

from nianbao.plausibility.blanks import blanks
from nianbao.report import Cell, Note
from plausibility.offices import report_of, with_figures, years

RULES = {"t2.licences.decisions": "T2-6", "t3.granted.legal": "T3-5", "t4.after.upheld": "T4-4"}


def judged(report):
    return {judgement.rule: judgement for judgement in blanks(report)}


@pytest.mark.parametrize("variant", ["2021", "2019", "hybrid", "mixed"])
def test_full_tables_pass(variant):
    found = judged(report_of(variant, years(1, (variant, variant))[0]))
    assert list(found) == ["T2-6", "T3-5", "T4-4"]
    assert {each.status for each in found.values()} == {"passed"}


@pytest.mark.parametrize("code", RULES)
def test_a_blank_cell_is_told_in_its_table_alone(code):
    found = judged(with_figures(report_of("2021", years(1)[0]), {code: None}))
    failed = [each for each in found.values() if each.status == "failed"]
    assert [(each.rule, each.cells, each.severity) for each in failed] == [
        (RULES[code], (code,), "")
    ]
    assert "空白1格" in failed[0].found


@pytest.mark.parametrize(
    ("state", "written", "words"),
    [
        ("slash", "/", "写作斜线1格"),
        ("dash", "—", "写作短横线1格"),
        ("word", "无", "写作文字1格"),
        ("unreadable", "若干", "不能读作数字1格"),
    ],
)
def test_each_kind_is_named(state, written, words):
    report = report_of("2021", years(1)[0])
    code = "t3.granted.legal"
    report = replace(report, cells={**report.cells, code: Cell(code, None, state, written)})
    assert words in judged(report)["T3-5"].found


def test_a_whole_column_of_blanks_is_one_judgement():
    report = report_of("2021", years(1)[0])
    column = {code: None for code in report.cells if code.endswith(".research")}
    found = judged(with_figures(report, column))["T3-5"]
    assert len(found.cells) == 25 and "等25格" in found.found
    assert len(found.message) < 300


def test_three_cells_are_all_named():
    codes = [f"t3.granted.{column}" for column in ("natural", "legal", "other", "total")]
    report = report_of("2021", years(1)[0])
    three = judged(with_figures(report, dict.fromkeys(codes[:3])))["T3-5"]
    assert "等3格" not in three.found and three.found.count("予以公开") == 3
    four = judged(with_figures(report, dict.fromkeys(codes)))["T3-5"]
    assert "等4格" in four.found and four.found.count("予以公开") == 3


def test_totals_that_the_form_of_2019_leaves_blank_are_no_problem():
    report = report_of("2019", years(1, ("2019", "2019"))[0])
    empty = [code for code in report.cells if code.startswith("t3.deny") and code.endswith("total")]
    report = with_figures(report, dict.fromkeys(empty))
    assert judged(report)["T3-5"].status == "failed"
    noted = report.with_notes(Note("totals_blank", "hint", "", tuple(empty)))
    assert judged(noted)["T3-5"].status == "passed"


def test_what_the_rules_force_is_told():
    report = with_figures(report_of("2021", years(1)[0]), {"t3.granted.legal": None})
    found = judged(replace(report, implied={"t3.granted.legal": 0}))["T3-5"]
    assert "其中1格只能是0" in found.found


@pytest.mark.parametrize("state", ["inferred", "unknown"])
def test_a_table_whose_cells_were_not_told_apart_is_let_alone(state):
    report = report_of("2021", years(1)[0])
    code = "t3.granted.legal"
    report = replace(report, cells={**report.cells, code: Cell(code, None, state)})
    assert list(judged(report)) == ["T2-6", "T4-4"]
