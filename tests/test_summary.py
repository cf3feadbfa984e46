import re
from dataclasses import replace

import pytest

from boards import amounts, boards, report
from builders import figures, read, render, texts
from nianbao.findings import check_report
from nianbao.summary import tiles, title, year_in_figures
from nianbao.suspects import suspect


def by_label(report):
    return {tile.label: tile for tile in tiles(report)}


def test_the_figures_of_the_real_document(real_report):
    shown = {tile.label: (tile.shown + tile.unit, tile.line) for tile in tiles(real_report)}
    assert shown == {
        "本年新收申请": ("32件", "全部来自自然人"),
        "办理完毕": ("32件", "本年度办理结果总计"),
        "公开与部分公开": ("1件", "予以公开1件，部分公开0件"),
        "结转下年度": ("0件", "应办理的申请全部办结"),
        "行政复议": ("1件", "纠正1件"),
        "行政诉讼": ("0件", "全年没有案件"),
        "现行有效规范性文件": ("10件", "本年制发2件，废止3件"),
        "行政许可决定": ("1,927,308件", "行政处罚444,354件，行政强制7,553件"),
    }
    assert [t.label for t in tiles(real_report) if t.inferred] == ["公开与部分公开"]


def test_every_figure_is_computed_from_the_cells():
    values = figures(11, density=0.8, high=900)
    found = by_label(read(render(texts(values))))
    assert found["行政诉讼"].number == values["t4.direct.total"] + values["t4.after.total"]
    disclosed = values["t3.granted.total"] + values["t3.partial.total"]
    assert found["公开与部分公开"].number == disclosed
    natural, total = values["t3.new.natural"], values["t3.new.total"]
    assert found["本年新收申请"].line == f"自然人{natural:,}件，法人或其他组织{total - natural:,}件"


def test_a_blank_makes_a_figure_unknown_and_not_zero():
    blank = {"t4.direct.total": "", "t4.direct.other": "", "t2.normative_docs.in_force": "/"}
    found = by_label(read(render(texts(figures(4)) | blank)))
    for label in ("行政诉讼", "现行有效规范性文件"):
        assert (found[label].shown, found[label].unit) == ("未知", "")


def test_the_sentence_says_the_four_sides_of_the_balance(real_report):
    assert year_in_figures(real_report).text == (
        "2022年，洛阳市公安局新收政府信息公开申请32件，上年结转0件；"
        "办理完毕32件，结转下年度继续办理0件。"
    )


def test_the_title_block_links_its_verdict_to_the_details(real_report):
    html = title(real_report, check_report(real_report)).html
    assert re.search(r"<h1>洛阳市公安局<br>2022年政府信息公开工作年度报告</h1>", html)
    assert '<a href="#verification"><span class="sign">✓</span> 42条勾稽关系全部成立</a>' in html
    assert real_report.sha256 in html
    assert "2022年1月1日—2022年12月31日" in html


@pytest.mark.parametrize(
    ("variant", "label", "code"),
    [
        ("2021", "现行有效规范性文件", "t2.normative_docs.in_force"),
        ("2021+t3:2019", "现行有效规范性文件", "t2.normative_docs.in_force"),
        ("2019", "对外公开规范性文件", "t2.normative_docs.public_total"),
        ("2021+t2:2019", "对外公开规范性文件", "t2.normative_docs.public_total"),
    ],
)
def test_documents_are_counted_and_called_as_their_form_does(variant, label, code):
    written = amounts(variant)
    made = report(boards(written, variant), 2020)
    found = by_label(made)
    assert str(found[label].number) == written[code]
    others = {"现行有效规范性文件", "对外公开规范性文件"} - {label}
    assert not others & set(found)
    assert len(found) == 8
    words = ("新制作", "新公开") if code.endswith("public_total") else ("制发", "废止")
    assert all(word in found[label].line for word in words)


def test_decisions_of_2019_are_decisions_and_not_items():
    written = amounts("2019")
    found = by_label(report(boards(written, "2019"), 2020))["行政许可决定"]
    assert str(found.number) == written["t2.licences.decisions"]
    assert f"行政处罚{written['t2.penalties.decisions']}件" in found.line


def test_a_forced_blank_is_shown_as_settled_and_not_as_read():
    written = amounts() | {"t3.carried_out.total": ""}
    found = by_label(report(boards(written)))["结转下年度"]
    assert found.inferred
    assert found.number == int(amounts()["t3.carried_out.total"])


def test_a_report_without_a_table_has_tiles_that_say_unknown():
    tables = boards(amounts())
    del tables[4]
    found = by_label(report(tables))
    assert [found[x].shown for x in ("行政复议", "行政诉讼")] == ["未知", "未知"]
    assert found["行政复议"].line == "结果构成未知"


def test_suspects_other_hard_rules_and_warnings_stand_on_the_first_page():
    values = figures(5, density=0.35, high=60)
    code = "t3.unable_1.research"
    made = read(render(texts(values | {code: values[code] + 9})))
    findings = [
        replace(f, outcome=replace(f.outcome, status="failed"))
        if f.rule.spec.id in ("Y-3", "Y-1")
        else f
        for f in check_report(made)
    ]
    html = title(made, findings, suspect(made)).html
    assert "✗</span> 2条勾稽关系不成立，疑似1个单元格，40条成立，另有7条跨年关系不成立" in html
    assert f'<a href="#{code}">疑似：表三' in html
    warned = next(f for f in findings if f.rule.spec.id == "Y-3")
    assert f'另有1条<a href="#finding-{warned.id}">提醒</a>' in html


def test_many_places_are_cut_short_with_a_link_to_the_rest():
    values = figures(5, density=0.35, high=60)
    wrong = {f"t3.new.{column}": 999 for column in ("natural", "business", "legal", "other")}
    made = read(render(texts(values | wrong | {"t4.review.total": 9, "t4.after.total": 999})))
    html = title(made, check_report(made)).html
    places = re.search(r'<ul class="verdict-places">(.*?)</ul>', html, re.DOTALL)[1]
    assert places.count("<li>") == 6
    assert re.search(r'<a href="#verification">另有\d+处</a>', places)
