from dataclasses import replace

import pytest

from boards import amounts, boards, cells, flat
from boards import report as report_on
from builders import figures, read, render, texts
from nianbao.findings import check_report
from nianbao.suspects import PartSuspicion, Structural, SuspectSet, Suspicion, suspect
from nianbao.verdict import judge


def verdict_of(values, **layout):
    report = read(render(texts(values), **layout))
    return judge(report, check_report(report))


def test_a_clean_report_has_nothing_to_add():
    verdict = verdict_of(figures(1))
    assert (verdict.status, verdict.sign, verdict.text) == ("passed", "✓", "42条勾稽关系全部成立")
    assert not verdict.objection


def test_inferred_readings_are_less_than_independent_confirmation(real_report):
    verdict = judge(real_report, check_report(real_report))
    assert (verdict.passed, verdict.failed, verdict.undecided) == (42, 0, 0)
    assert verdict.inferred == 28
    assert verdict.text == (
        "42条勾稽关系全部成立：14条由原文数字直接核对，28条依据推定读数，在唯一一致的读法下成立"
        "（推定用到勾稽关系本身，不等于独立核对）"
    )


def test_a_failed_rule_is_an_objection_and_says_what_still_holds():
    values = figures(1)
    values["t4.review.total"] += 1
    verdict = verdict_of(values)
    assert (verdict.sign, verdict.text) == ("✗", "1条勾稽关系不成立，41条成立")
    assert verdict.objection


def test_short_rows_beside_a_wrong_number_are_named_as_the_reason():
    values = figures(1)
    values["t3.new.total"] += 1
    verdict = verdict_of(values, layout="skeleton", lost={"t3.granted.other"})
    assert verdict.status == "failed"
    assert "无法判定（短行与不平并存，数字无法归位）" in verdict.text


def test_a_forced_blank_is_counted_apart():
    values = figures(1)
    written = texts(values) | {"t4.review.other": ""}
    report = read(render(written))
    verdict = judge(report, check_report(report))
    assert (verdict.status, verdict.passed, verdict.implied) == ("passed", 42, 1)
    assert verdict.text.endswith("41条由原文数字直接核对，1条依据空格的推定值成立")


def test_two_blanks_in_one_block_leave_its_rule_undecided():
    written = texts(figures(1, density=1.0)) | {"t4.review.other": "", "t4.review.pending": ""}
    report = read(render(written))
    verdict = judge(report, check_report(report))
    assert (verdict.sign, verdict.text) == ("○", "1条无法判定（有空格或非数字），41条成立")
    assert not verdict.objection


def judged(variant, year=2022, written=None):
    report = report_on(boards(written or amounts(variant), variant), year)
    return judge(report, check_report(report))


@pytest.mark.parametrize(
    ("variant", "count"), [("2019", 40), ("2021", 42), ("2021+t2:2019", 42), ("2021+t3:2019", 40)]
)
@pytest.mark.parametrize("year", [2020, 2022])
def test_the_rules_of_each_form_are_counted_and_its_year_is_no_objection(variant, count, year):
    verdict = judged(variant, year)
    assert (verdict.status, verdict.passed) == ("passed", count)
    assert verdict.text == f"{count}条勾稽关系全部成立"
    assert not verdict.objection


def test_a_wrong_form_does_not_hide_a_broken_rule():
    verdict = judged("2019", 2022, amounts("2019") | {"t4.review.total": "9999"})
    assert (verdict.failed, verdict.passed, verdict.objection) == (1, 39, True)


def test_blank_totals_of_2019_leave_no_objection():
    written = amounts("2019")
    blank = [c for c in written if c.startswith("t3.") and c.endswith(".total")][2:-2]
    verdict = judged("2019", 2020, written | dict.fromkeys(blank, ""))
    assert (verdict.status, verdict.failed, verdict.undecided) == ("passed", 0, 0)
    assert verdict.implied >= len(blank)


def test_a_wrong_added_sum_is_an_objection():
    tables = boards(amounts())
    rows = flat(tables[3])
    tables[3] = [*rows[:15], cells("", "", "小计", *["0"] * 7), *rows[15:]]
    report = report_on(tables)
    verdict = judge(report, check_report(report))
    assert (verdict.passed, verdict.failed, verdict.objection) == (42, 7, True)


def other(report, status, rule="Y-1", **changes):
    """Return the findings of a report, those of one rule with another outcome."""
    return [
        replace(f, outcome=replace(f.outcome, status=status), **changes)
        if f.rule.spec.id == rule
        else f
        for f in check_report(report)
    ]


def test_a_hard_rule_of_another_kind_is_an_objection_and_told_beside_the_balance():
    report = read(render(texts(figures(1))))
    verdict = judge(report, other(report, "failed"))
    assert (verdict.sign, verdict.text) == ("✗", "42条勾稽关系全部成立，另有7条跨年关系不成立")
    assert (verdict.failed, verdict.others, verdict.objection) == (0, 7, True)


def test_a_waived_hard_rule_stays_visible_and_is_no_objection():
    report = read(render(texts(figures(1))))
    verdict = judge(report, other(report, "failed", waived=True))
    assert verdict.text == "42条勾稽关系全部成立，另有7条跨年关系不成立（其中7条已说明）"
    assert not verdict.objection


def test_warnings_are_counted_and_are_no_objection():
    report = read(render(texts(figures(1))))
    verdict = judge(report, other(report, "failed", rule="T3-8"))
    assert (verdict.status, verdict.warnings, verdict.objection) == ("passed", 1, False)
    assert judge(report, other(report, "failed", rule="T3-8", waived=True)).warnings == 0
    assert judge(report, other(report, "failed", rule="T3-8", severity="hint")).warnings == 0


@pytest.mark.parametrize("severity", ["error", "warning", "hint"])
@pytest.mark.parametrize("waived", [True, False])
@pytest.mark.parametrize("rule", ["T3-1", "Y-1", "T2-4"])
def test_there_is_an_objection_where_any_finding_is_one(rule, severity, waived):
    report = read(render(texts(figures(1))))
    found = other(report, "failed", rule=rule, severity=severity, waived=waived)
    assert judge(report, found).objection == any(f.objection for f in found)
    assert judge(report, found).objection == (severity == "error" and not waived)


DENSE = figures(5, density=0.35, high=60)


def headline(*parts, **changes):
    report = read(render(texts(DENSE | changes)))
    suspicion = Suspicion(parts) if parts else suspect(report)
    return judge(report, check_report(report), suspicion).headline


def test_the_headline_says_how_many_cells_are_suspect():
    code = "t3.unable_1.research"
    told = headline(**{code: DENSE[code] + 9})
    assert told == "2条勾稽关系不成立，疑似1个单元格，40条成立"


def test_the_headline_calls_no_cell_of_a_tie_the_culprit():
    told = headline(**{"t4.review.total": DENSE["t4.review.total"] + 2})
    assert told == "1条勾稽关系不成立，疑似单元格有5种可能，41条成立"
    two = {"t4.review.total": 99, "t4.after.total": 99}
    assert "2处的疑似单元格各有几种可能" in headline(**two)
    both = headline(**two, **{"t3.unable_1.research": DENSE["t3.unable_1.research"] + 9})
    assert "疑似1个单元格，另2处各有几种可能" in both


def test_the_headline_says_where_nothing_could_be_named_and_what_moved():
    wrong = {"t4.review.total": 99}
    lost = PartSuspicion("表三", (), (), False, None, False, ())
    assert "表三不能定位到单元格" in headline(lost, **wrong)
    fault = Structural("表三", "row_shifted", (), {}, "甲", 1)
    assert "表三疑为错位" in headline(replace(lost, structural=fault), **wrong)
    twice = replace(fault, kind="subtotal_counted")
    assert "表三疑为重计" in headline(replace(lost, structural=twice), **wrong)
    listed = SuspectSet("表三", ("t3.new.natural",), {}, None, 1, "")
    many = replace(lost, sets=(listed, listed), capped=True)
    assert "疑似单元格有不止2种可能" in headline(many, **wrong)
