from dataclasses import replace

from builders import figures, read, render, texts
from nianbao.findings import check_report
from nianbao.pointers import pointers
from nianbao.suspects import suspect

VALUES = figures(5, density=0.35, high=60)


def pointed(told=True, **changes):
    report = read(render(texts(VALUES | changes)))
    return pointers(report, check_report(report), suspect(report) if told else None)


def test_a_clean_report_points_nowhere():
    assert pointed() == []


def test_the_one_suspect_cell_is_named_and_linked_instead_of_its_rules():
    code = "t3.unable_1.research"
    assert pointed(**{code: VALUES[code] + 9}) == [
        (
            code,
            "疑似：表三“（四）无法提供 · 1.本机关不掌握相关政府信息”行“科研机构”列，"
            f"原文为{VALUES[code] + 9}，若为{VALUES[code]}",
        )
    ]


def test_without_suspects_the_failed_rules_are_named():
    code = "t3.unable_1.research"
    assert pointed(told=False, **{code: VALUES[code] + 9}) == [
        ("rule-T3-2:research", "表三“科研机构”列"),
        ("rule-T3-3:unable_1", "表三“（四）无法提供 · 1.本机关不掌握相关政府信息”行"),
    ]


def test_of_a_tie_the_block_is_named_and_no_cell():
    assert pointed(**{"t4.direct.total": 99}) == [
        ("rule-T4-2", "表四“行政诉讼 · 未经复议直接起诉”")
    ]


def test_a_column_with_two_failed_rules_is_named_once():
    words = [words for _, words in pointed(told=False, **{"t3.total.legal": 999})]
    assert words.count("表三“法律服务机构”列") == 1


def test_another_hard_rule_is_named_once_with_how_often_it_failed():
    report = read(render(texts(VALUES)))
    found = [f for f in check_report(report) if f.rule.spec.id == "Y-1"]
    failed = [replace(f, outcome=replace(f.outcome, status="failed")) for f in found]
    label = "上年结转，等于上一年度报告的结转下年度"
    assert pointers(report, failed) == [(f"finding-{failed[0].id}", f"{label}：7条不成立")]
    assert pointers(report, failed[:1])[0][1] == f"{label}：不成立"
    assert pointers(report, [replace(f, severity="warning") for f in failed]) == []
