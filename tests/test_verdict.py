import pytest

from boards import amounts, boards, cells, flat
from boards import report as report_on
from builders import figures, read, render, texts
from nianbao.findings import check_report
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
