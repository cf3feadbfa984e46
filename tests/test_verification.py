import re

from builders import figures, read, render, texts
from nianbao.findings import check_report
from nianbao.report import Note
from nianbao.verification import cell_readings, equations, notes


def plain(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_every_rule_stands_there_with_its_numbers(real_report):
    html = equations(real_report, check_report(real_report)).html
    assert len(re.findall(r'<li id="rule-', html)) == 42
    first = re.search(r'<li id="rule-T3-1:natural">(.*?)</li>', html, re.DOTALL)[1]
    assert "自然人 32 + 0 = 32 + 0" in plain(first)


def test_every_number_links_to_its_cell(real_report):
    html = equations(real_report, check_report(real_report)).html
    findings = check_report(real_report)
    linked = re.findall(r'<a href="#([^"]+)"', html)
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
