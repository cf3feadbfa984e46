import re
from dataclasses import replace
from html import unescape

import pytest

from builders import COLUMNS, figures, read, render, texts
from nianbao.chapters import PLAUSIBILITY, of_chapter
from nianbao.findings import check_report
from nianbao.report import Note
from nianbao.surroundings import ALONE, Surroundings
from nianbao.suspects import PartSuspicion, Suspicion, suspect
from nianbao.tables import official_table
from nianbao.verification import (
    cell_readings,
    equations,
    notes,
    others,
    records,
    suspected,
    years,
)

VALUES = figures(5, density=0.35, high=60)


def plain(html):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)))


def reported(prose="", **changes):
    text = render(texts(VALUES | changes))
    return read(
        text.replace("全年主动公开政府信息若干条。", prose or "全年主动公开政府信息若干条。")
    )


def beside(report, previous):
    """Put last year's report beside one, and check it so."""
    around = Surroundings(report.agency, report.year, None)
    around.__dict__["previous"] = previous and replace(previous, year=report.year - 1)
    return check_report(report, around), around


def doubts(report):
    return suspected(report, check_report(report), suspect(report)).html


def ids(html):
    return re.findall(r' id="([^"]+)"', html)


def links(html):
    return re.findall(r'href="#([^"]+)"', html)


def test_every_rule_stands_there_with_its_numbers(real_report):
    html = equations(real_report, check_report(real_report)).html
    assert len(re.findall(r'<li id="rule-', html)) == 42
    first = re.search(r'<li id="rule-T3-1:natural">(.*?)</li>', html, re.DOTALL)[1]
    assert "自然人 32 + 0 = 32 + 0" in plain(first)


def test_every_number_links_to_its_cell(real_report):
    html = equations(real_report, check_report(real_report)).html
    findings = check_report(real_report)
    linked = re.findall(r'<a href="#(t[234][^"]+)"', html)
    assert linked == [code for f in findings for code in (*f.rule.left, *f.rule.right)]


def test_rules_that_rest_on_inferred_cells_say_so(real_report):
    html = equations(real_report, check_report(real_report)).html
    assert html.count('<span class="mark">推定</span>') == 28
    assert "7条成立，其中7条依据推定" in plain(html)
    assert "25条成立，其中21条依据推定" in plain(html)


def test_a_group_with_a_failure_is_unfolded_and_says_where():
    values = figures(2)
    values["t4.after.total"] += 2
    report = read(render(texts(values)))
    html = equations(report, check_report(report)).html
    assert html.count('<details class="rule-group" open>') == 1
    failed = re.search(r'<li id="rule-T4-3">(.*?)</li>', html, re.DOTALL)[1]
    assert "≠" in plain(failed)
    assert "行政诉讼 · 复议后起诉" in plain(failed)
    assert "多2，不成立" in plain(failed)


def test_a_missing_term_is_shown_as_empty_and_never_as_a_number():
    written = texts(figures(2, density=1.0)) | {"t4.after.other": "", "t4.after.pending": ""}
    report = read(render(written))
    html = equations(report, check_report(report)).html
    open_rule = re.search(r'<li id="rule-T4-3">(.*?)</li>', html, re.DOTALL)[1]
    assert plain(open_rule).count("（空白）") >= 2
    assert "无法判定" in plain(open_rule)


def test_notes_are_shown_with_their_places(real_report):
    html = plain(notes(real_report).html)
    assert "21行的数字少于列数" in html
    assert "（源文件第56—76行）" in html


def test_a_note_cannot_bring_markup(real_report):
    html = notes(real_report.with_notes(Note("x", "hint", "<script>alert(1)</script>"))).html
    assert "<script" not in html


def test_the_reading_of_every_cell_is_listed(real_report):
    html = cell_readings(real_report).html
    assert html.count("<code>") == 200
    assert "第56行" in html


def test_a_table_without_a_balance_rule_is_told_as_not_checkable(real_report):
    html = equations(real_report, check_report(real_report)).html
    words = "表二各格之间没有勾稽关系，一份报告之内无法核对；与上一年度报告的衔接见下。"
    assert words in plain(html)
    assert "check-years" in links(html)
    assert "见下" not in plain(equations(real_report, ()).html)


def test_a_failed_equation_says_by_how_much_and_who_explained_it():
    report = reported(**{"t4.review.total": VALUES["t4.review.total"] + 1001})
    failed = next(f for f in check_report(report) if f.status == "failed" and f.balances)
    waiver = {"finding": failed.id, "who": "<张三>", "when": "2023-02-03", "why": "补报"}
    waived = replace(report, parameters={"waivers": [waiver]})
    html = equations(waived, check_report(waived)).html
    assert "左边比右边多1,001，不成立。" in plain(html)
    assert "已说明：补报（<张三>，2023-02-03）" in plain(html)
    assert "<张三>" not in html


def test_a_report_that_balances_has_no_section_of_suspects(real_report):
    assert doubts(real_report) == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"t3.unable_1.research": 31},
        {"t4.review.total": 999},
        {"t3.granted.natural": 3, "t3.partial.business": 3},
        {"t3.new.total": 5, "t4.after.total": 999},
    ],
)
def test_cells_and_their_entries_link_to_each_other(changes):
    report = reported(**changes)
    html = doubts(report)
    suspicion = suspect(report)
    assert suspicion.sets and not suspicion.structural
    tables = "".join(official_table(report, t, (), suspicion).html for t in ("t2", "t3", "t4"))
    entries = {i: e for i, e in re.findall(r'<li id="(suspect-[0-9-]+)">(.*?)</li>', html, re.S)}
    assert len(entries) == len(suspicion.sets)
    marked = dict(re.findall(r'<td id="([^"]+)"[^>]*>[^<]*<a [^>]*href="#([^"]+)"', tables))
    for code, target in marked.items():
        assert code in links(entries[target])
    for number, part in enumerate(suspicion.parts, start=1):
        for index, each in enumerate(part.sets, start=1):
            assert links(entries[f"suspect-{number}-{index}"]) == [*each.cells]


def test_the_failed_rules_of_a_part_are_named_and_linked():
    report = reported(**{"t3.unable_1.research": 31, "t4.review.total": 999})
    html = doubts(report)
    failed = [f"rule-{f.rule.id}" for f in check_report(report) if f.status == "failed"]
    assert [link for link in links(html) if link.startswith("rule-")] == failed
    assert "不成立：“科研机构”列、“（四）无法提供 · 1.本机关不掌握相关政府信息”行" in plain(html)
    assert "不成立：行政复议总计，等于四种结果之和" in plain(html)


def test_a_tie_is_told_as_such_and_a_single_set_as_the_only_explanation():
    tie = plain(doubts(reported(**{"t4.review.total": 999})))
    assert "一个等式之内各格互相牵制，仅凭勾稽关系不能区分" in tie
    assert "不认定哪一组" in tie
    sole = plain(doubts(reported(**{"t3.unable_1.research": 31})))
    value = VALUES["t3.unable_1.research"]
    assert f"原文为31，若为{value}，则表三全部勾稽关系成立" in sole
    assert "改动最少的唯一解释" in sole


def test_a_fault_of_layout_comes_first_and_sets_are_folded():
    codes = [f"t3.unable_1.{column}" for column in COLUMNS]
    row = [VALUES[code] for code in codes]
    report = reported(**dict(zip(codes, [0, *row[:-1]], strict=True)))
    html = doubts(report)
    fault = html.index('id="suspect-1-0"')
    assert "整体右移了一栏" in plain(html)
    assert fault < html.index("另一种可能：个别单元格有误") < html.index('id="suspect-1-1"')
    inside = html[fault : html.index("另一种可能")]
    assert [link for link in links(inside)] == [*suspect(report).structural.cells]


def test_what_cannot_be_localized_lists_its_rows_and_columns():
    report = reported(**{"t3.unable_1.research": 31})
    message = "表三：不能定位到单元格，请核对不成立的行和列：甲。"
    part = PartSuspicion("表三", ("T3-1:natural",), (), False, None, False, (message,))
    html = suspected(report, check_report(report), Suspicion((part,))).html
    assert "不能定位到单元格，请核对不成立的行和列：甲。" in plain(html)
    assert ids(html) == ["suspects", "suspect-1"]


def test_many_sets_are_all_there_but_most_are_folded():
    report = reported(**{"t3.granted.natural": 3, "t3.partial.business": 3})
    first = suspect(report).parts[0]
    part = replace(first, sets=first.sets * 6, messages=("表三：多",) * (6 * len(first.sets) + 1))
    html = suspected(report, check_report(report), Suspicion((part,))).html
    count = 6 * len(first.sets)
    assert html.count('<li id="suspect-1-') == count
    assert f"<summary>其余{count - 5}组</summary>" in html
    assert '<ol class="doubt-list" start="6">' in html


def test_without_last_year_its_figures_are_told_in_a_few_lines(real_report):
    html = plain(years(real_report, check_report(real_report), ALONE).html)
    assert "没有2021年报告" in html
    assert "表二“行政规范性文件”行“现行有效件数”列11" in html
    assert "表三“四、结转下年度继续办理”行各列均为0" in html
    assert "无法判定" not in html


def test_what_last_year_must_have_said_is_what_its_report_would_have_to_show():
    """In every column, and for documents what their stock and its changes leave."""
    fields = {"issued": 3, "repealed": 7, "in_force": 1210}
    report = reported(**{f"t2.normative_docs.{field}": n for field, n in fields.items()})
    html = years(report, check_report(report), ALONE).html
    shown = re.findall(r'<span class="pair">([^<]*)</span>', html)
    assert len(shown) == len(COLUMNS) + 2
    for column, told in zip(COLUMNS, shown, strict=False):
        figure = VALUES[f"t3.carried_in.{column}"]
        assert re.fullmatch(rf"\D+{figure}，?", told), column
    assert shown[-2:] == ["0", "1,214"]


def test_an_unreadable_report_of_last_year_is_called_so():
    report = reported()
    around = Surroundings(report.agency, 2022, None, {f"2021 {report.agency}": "文件<已损坏>"})
    html = years(report, check_report(report), around).html
    assert "2021年报告未能读取（文件<已损坏>）" in plain(html)
    assert "<已损坏>" not in html


def test_rules_over_two_years_are_shown_with_their_numbers():
    report = reported()
    findings, around = beside(report, reported())
    html = years(report, findings, around).html
    failed = [f for f in findings if f.status == "failed" and f.rule.spec.id == "Y-1"]
    assert failed and {f"finding-{f.id}" for f in failed} <= {*ids(html)}
    for finding in failed:
        assert f"{finding.place}：{finding.found}。" in plain(html)
        (code,) = finding.rule.cells
        assert f'<a href="#{code}">{finding.place}</a>' in html
    passed = next(f for f in findings if f.status == "passed" and f.rule.spec.id == "Y-4")
    assert f"{passed.place}：{passed.found}。" in plain(html)


def test_a_form_without_rules_over_two_years_has_no_such_section():
    assert years(reported(), (), ALONE).html == ""


DOUBLED = "".join(f"第{n}项认真开展安全管理安全管理{n}次。" for n in range(1, 101))


def test_a_hundred_failed_findings_do_not_flood_the_page():
    report = reported(prose=DOUBLED)
    findings = check_report(report)
    failed = [f for f in findings if f.status == "failed"]
    assert len(failed) >= 100
    html = others(report, findings).html
    assert {f"finding-{f.id}" for f in failed} <= {*ids(html)}
    shown = html[: html.index('<details class="more">')]
    assert shown.count('<li id="finding-') == 5
    assert f"其余{len(failed) - 5}条" in html


def test_what_holds_is_only_counted(real_report):
    findings = check_report(real_report)
    clean = [f for f in findings if f.status != "failed"]
    html = plain(others(real_report, clean).html)
    count = len(of_chapter(clean, PLAUSIBILITY))
    assert f"✓ 合理性提示：核对{count}条，全部成立。" in html
    assert "依据" not in html
    loud = plain(others(real_report, findings).html)
    assert "“安全管理”重复。" in loud
    assert "△ 提醒" in loud


def test_severity_has_a_sign_and_a_word_and_the_gravest_comes_first():
    report = reported(prose=DOUBLED)
    found = [f for f in check_report(report) if f.rule.spec.id == "X-13"][:3]
    mixed = [
        replace(found[0], severity="hint"),
        replace(found[1], severity="error", waived=True),
        replace(found[2], severity="error"),
    ]
    told = plain(others(report, mixed).html)
    assert "核对3条：1条错误，1条说明，1条已说明" in told
    items = re.findall(r'<li id="finding-(\w+)" class="(\w+)">', others(report, mixed).html)
    assert items == [(found[2].id, "error"), (found[0].id, "hint"), (found[1].id, "waived")]
    assert "✗ 错误" in told and "※ 说明" in told


def test_a_waived_finding_says_who_explained_it_and_why():
    report = reported(prose=DOUBLED)
    failed = next(f for f in check_report(report) if f.status == "failed")
    waiver = {"finding": failed.id, "who": "李四", "when": "2023-02-03", "why": "原文如此"}
    idle = {"finding": "a" * 12, "who": "李四", "when": "2023-02-03", "why": "试"}
    waived = replace(report, parameters={"waivers": [waiver, idle]})
    told = plain(others(waived, check_report(waived)).html)
    assert "，已说明：原文如此（李四，2023-02-03）" in told
    assert f"说明（waivers）所指的核验结果 {'a' * 12} 不存在" in told


def test_checks_across_levels_are_told_even_where_none_failed():
    report = reported()
    found = next(f for f in check_report(report) if f.rule.spec.id == "T3-8")
    spec = replace(found.rule.spec, kind="levels", id="L-1", label="表三等于下级之和")
    rule = replace(found.rule, spec=spec)
    outcome = replace(found.outcome, rule=rule, status="undecided")
    held = replace(found, outcome=outcome, found="缺甲局的报告", place="表三")
    told = plain(others(report, [held, replace(held, id="b" * 12)]).html)
    assert "与下级机关汇总" in told
    assert "无法判定的2条，例如：表三：缺甲局的报告。" in told


def test_records_list_every_finding_with_its_id_failed_ones_first():
    report = reported(prose=DOUBLED, **{"t4.review.total": 999})
    findings = check_report(report)
    html = records(findings).html
    listed = re.findall(r'<th scope="row"><code>(\w+)</code>', html)
    assert sorted(listed) == sorted(f.id for f in findings)
    failed = {f.id for f in findings if f.status == "failed"}
    assert set(listed[: len(failed)]) == failed
    assert html.count('<details class="readings records" open>') == 1


def test_ids_of_findings_are_for_reviewers_alone():
    report = reported(prose=DOUBLED, **{"t4.review.total": 999})
    findings, around = beside(report, reported())
    shown = "".join(
        plain(each.html)
        for each in (
            suspected(report, findings, suspect(report)),
            equations(report, findings),
            years(report, findings, around),
            others(report, findings),
        )
    )
    assert not any(finding.id in shown for finding in findings)


def test_ids_are_unique_and_links_resolve_over_tables_and_verification():
    report = reported(prose=DOUBLED, **{"t3.new.total": 5, "t4.review.total": 999})
    findings, around = beside(report, reported())
    suspicion = suspect(report)
    html = "".join(
        each.html
        for each in (
            *(official_table(report, t, findings, suspicion) for t in ("t2", "t3", "t4")),
            suspected(report, findings, suspicion),
            equations(report, findings),
            years(report, findings, around),
            others(report, findings),
            records(findings),
        )
    )
    assert len(ids(html)) == len(set(ids(html)))
    elsewhere = {"verification", "notes-title"} | {f"section-{n}" for n in range(1, 7)}
    assert set(links(html)) <= {*ids(html)} | elsewhere
