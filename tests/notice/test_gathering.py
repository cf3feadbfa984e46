import pytest

from nianbao.findings import check_report
from nianbao.notice import notice
from notice.said import balance_of, damaged, figures_of, report_of, say, with_note

CLEAN = damaged()


def texts_of(made):
    return [" ".join((*item.place, *item.found, *item.advice)) for item in made.items]


def test_a_clean_report_has_nothing_to_object_to():
    made = notice(CLEAN, check_report(CLEAN))
    assert (made.status, made.items, made.hints, made.explained) == ("clear", (), (), ())
    assert made.silent
    assert made.balance.passed == made.balance.total == 42


def test_problems_are_numbered_through_the_gravest_first():
    report = with_note(damaged(t4__review__total=1), "line_missing", "error", "某行没有找到。")
    findings = [say("X-1"), say("P-1", "hint"), *balance_of(report), say("Q-1", "error")]
    made = notice(report, findings)
    assert [group.title for group in made.groups] == [
        "一、须改正（2项）",
        "二、未能读取，须补正（1项）",
        "三、请核实（1项）",
    ]
    assert [item.number for item in made.items] == [1, 2, 3, 4]
    assert len(made.hints) == 1
    assert made.status == "returned" and made.demands == 3


def test_empty_groups_leave_no_gap_in_the_numerals():
    made = notice(CLEAN, [say("X-1")])
    assert [group.title for group in made.groups] == ["一、请核实（1项）"]
    assert made.status == "questioned"


@pytest.mark.parametrize("status", ["passed", "undecided", "not_applicable"])
def test_only_what_failed_is_objected_to(status):
    made = notice(CLEAN, [say("Y-1", "error", status=status)])
    assert made.status == "clear"
    assert made.others.failed == 0
    assert made.others.total == (0 if status == "not_applicable" else 1)


def test_a_waived_finding_is_listed_with_who_when_and_why():
    waivers = [{"finding": "abc", "who": "张三", "when": "2023-02-01", "why": "统计口径不同"}]
    report = report_of(figures_of(2), parameters={"waivers": waivers})
    made = notice(report, [say("X-1", "error", waived=True, id="abc")])
    assert made.status == "clear" and not made.silent
    (each,) = made.explained
    assert (each.who, each.when, each.why) == ("张三", "2023-02-01", "统计口径不同")
    assert "36件" in each.problem


def test_a_waiver_that_matches_nothing_is_not_the_offices_business():
    report = report_of(
        figures_of(2),
        parameters={"waivers": [{"finding": "abc", "who": "甲", "when": "今", "why": "乙"}]},
    )
    findings = check_report(report)
    assert any(finding.rule.spec.kind == "waivers" for finding in findings)
    assert notice(report, findings).silent


def test_the_projects_own_files_are_never_named():
    advice = "请核对本报告的汇总范围；如下级机关登记不全，请补 params/agencies.csv"
    made = notice(CLEAN, [say("L-1:a", "error", advice=advice), say("P-1", "hint", advice=advice)])
    assert made.items[0].advice == ("请核对本报告的汇总范围。",)
    assert "请核对本报告的汇总范围" in made.hints[0] and "params" not in made.hints[0]


def test_words_of_the_report_are_kept_even_if_they_name_a_file():
    made = notice(CLEAN, [say("X-14:a", found="写有“详见 data.csv”")])
    assert made.items[0].found == ("写有“详见 data.csv”。",)


def test_the_columns_of_one_rule_make_one_problem():
    findings = [
        say(f"Y-1:{c}", "error", kind="comparison", cells=(f"t3.carried_in.{c}",), place=place)
        for c, place in (("natural", "表三“自然人”列"), ("total", "表三“总计”列"))
    ]
    made = notice(CLEAN, findings)
    (item,) = made.items
    assert len(item.found) == 2
    assert item.found[0].startswith("表三“自然人”列：")
    assert item.place == ("表三“二、上年结转政府信息公开申请数量”行",)


def test_two_passages_are_two_problems():
    made = notice(CLEAN, [say("X-12:a"), say("X-12:b", found="文字为1件")])
    assert len(made.items) == 2


def test_hints_give_their_basis():
    made = notice(CLEAN, [say("P-1", "hint", basis="统计合理性，无明文规定")])
    assert made.hints == (
        "第一部分：文字为36件，表三为33件。请核对文字与表三。（依据：统计合理性，无明文规定）",
    )


def test_problems_with_the_same_basis_share_it():
    made = notice(CLEAN, [say("X-1"), say("X-2", basis="另一文件"), say("X-3")])
    assert made.bases == (("某某文件", (1, 3)), ("另一文件", (2,)))


def test_the_same_report_gives_the_same_notice():
    report = damaged(t3__granted__natural=3, t4__direct__total=2)
    assert notice(report, check_report(report)) == notice(report, check_report(report))
