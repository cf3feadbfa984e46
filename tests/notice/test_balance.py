import re
from dataclasses import replace
from pathlib import Path

import pytest

from builders import COLUMNS
from nianbao.findings import check_report
from nianbao.notice import notice
from nianbao.reading import read_report
from nianbao.suspects import suspect
from notice.said import balance_of, damaged, figures_of, report_of

FIXTURES = Path(__file__).parents[1] / "fixtures"


def notified(report):
    return notice(report, balance_of(report))


def shifted(seed=4):
    values = figures_of(seed)
    for row in ("granted", "partial", "deny_1"):
        numbers = [values[f"t3.{row}.{c}"] for c in COLUMNS]
        values |= {f"t3.{row}.{c}": n for c, n in zip(COLUMNS, [0, *numbers], strict=False)}
    return report_of(values)


def test_one_wrong_cell_is_one_problem_at_that_cell():
    report = damaged(t3__granted__natural=3)
    (item,) = notified(report).items
    assert item.place == ("表三“（一）予以公开”行“自然人”列（疑似）",)
    assert len(item.found) == 2
    value = report.value("t3.granted.natural")
    assert any(f"原文为{value}，若为{value - 3}" in line for line in item.advice)
    assert item.suspects


def test_both_sides_stand_there_with_their_numbers():
    report = damaged(t3__granted__natural=3)
    (item,) = notified(report).items
    for finding, line in zip(
        (f for f in balance_of(report) if f.status == "failed"), item.found, strict=True
    ):
        assert re.search(rf"\b{finding.outcome.left}\b", line)
    column = next(line for line in item.found if "列：" in line)
    total = report.value("t3.total.natural")
    assert f"{total} ≠ 各项之和 {total + 3}" in column


def test_a_tie_shows_all_its_cells_and_calls_none_the_culprit():
    report = damaged(3, t4__review__total=2)
    (item,) = notified(report).items
    assert item.place == ("表四“行政复议”",)
    text = "".join(item.advice)
    assert "不认定是哪一组" in text
    for result in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"):
        assert f"“{result}”原文为" in text
    assert "疑似单元格" not in text


def test_a_fault_of_layout_comes_first():
    report = shifted()
    (item,) = notified(report).items
    kind = next(line for line in item.advice if line.startswith("疑为填写错位："))
    assert "右移了一栏" in kind
    assert item.advice.index(kind) == 1


def test_many_equations_are_listed_rule_by_rule_with_both_sums():
    report = shifted()
    failed = [f for f in balance_of(report) if f.status == "failed"]
    (item,) = notified(report).items
    assert len(failed) > 3
    assert len(item.found) == len({f.rule.spec.label for f in failed})
    text = "".join(item.found)
    for finding in failed:
        place = finding.place.removeprefix("表三")
        assert f"{place} {finding.outcome.left} ≠ {finding.outcome.right}" in text


def test_parts_that_share_no_cell_are_separate_problems():
    made = notified(damaged(5, t3__granted__natural=3, t4__after__total=1))
    assert len(made.errors.items) == 2


def test_two_wrong_cells_stand_one_below_the_other():
    report = damaged(6, t3__granted__natural=7, t3__unable_1__business=11)
    (item,) = notified(report).items
    (only,) = suspect(report).sets
    assert len(only.cells) == 2
    lines = [line for line in item.advice if re.match("（[12]）", line)]
    assert len(lines) == len(item.place) == 2


def test_of_a_part_with_a_waived_equation_the_others_stay():
    report = damaged(t3__granted__natural=3)
    findings = [replace(f, waived=f.rule.id == "T3-2:natural") for f in balance_of(report)]
    made = notice(report, findings)
    (item,) = made.items
    assert len(item.found) == 1 and "行" in item.found[0].partition("：")[0] + item.place[0]
    assert len(made.explained) == 1


def test_a_part_whose_equations_are_all_waived_is_no_problem():
    report = damaged(t3__granted__natural=3)
    findings = [replace(f, waived=f.status == "failed") for f in balance_of(report)]
    made = notice(report, findings)
    assert made.status == "clear" and len(made.explained) == 2


def test_every_failing_equation_is_told_once():
    for seed in range(8):
        report = damaged(seed, t3__deny_2__total=4, t3__new__other=9, t4__direct__upheld=1)
        failed = [f for f in balance_of(report) if f.status == "failed"]
        text = "\n".join(line for item in notified(report).items for line in item.found)
        for finding in failed:
            place = finding.place.removeprefix("表三")
            assert text.count(place) == 1 or f"总计 {finding.outcome.left} ≠ " in text


@pytest.mark.parametrize("changes", [{"t3__granted__natural": 3}, {"t4__review__total": 2}])
def test_no_figure_is_called_right(changes):
    (item,) = notified(damaged(3, **changes)).items
    text = "".join(item.advice)
    for word in ("应为", "应改为", "正确", "更正为"):
        assert word not in text


def test_rows_that_lost_numbers_beside_a_wrong_number_are_one_problem():
    path = FIXTURES / "short-rows-and-a-wrong-number.txt"
    report = read_report(path, "test", 2022, None)
    made = notice(report, check_report(report))
    assert made.demands == 1
    (item,) = made.items
    assert "21行的数字少于列数" in item.found[0]
    assert any("若为 2" in line for line in item.advice)
    assert not re.search("短行|未知|未能读取", "".join((*item.found, *item.advice)))
