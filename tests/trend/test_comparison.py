"""The table of all years side by side: every line once, every figure as published."""

from dataclasses import replace
from decimal import Decimal

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from nianbao import trend
from nianbao.forms import load_form
from nianbao.trend import lines
from nianbao.trend.figures import ABSENT, Figure, change, figure
from nianbao.trend.lines import Line, applicants, parts
from plausibility.offices import report_of
from trend.histories import altered

KEYS = ("2021", "2019", "2021+t2:2019", "2021+t3:2019")


def forms(*keys):
    return [load_form(key) for key in keys]


def table(history, name="compare-all"):
    return HTMLParser(trend.comparison(history).html).css_first(f"[aria-labelledby={name}] table")


def found(shown, words, nth=0):
    """Return the cells of the nth row whose head holds these words."""
    rows = [row for row in shown.css("tbody tr[data-unit]") if words in row.css_first("th").text()]
    return rows[nth].css("td")


@pytest.mark.parametrize("keys", [("2021",), ("2019",), ("2021", "2019"), KEYS, KEYS[::-1]])
def test_every_cell_of_the_tables_stands_on_one_line(keys):
    shown = forms(*keys)
    single = [x for part in parts(shown) for x in part.lines if not x.summed]
    for form in shown:
        codes = [code for line in single for code in line.codes.get(form.key, ())]
        # The row 其他处理 of 2019 stands on the line that sums the three rows of 2021.
        own = {c for c in form.cells if not c.startswith("t3.") or c.endswith(".total")}
        alone = {"t3.other.total"} if len({f.key for f in shown}) > 1 else set()
        assert len(codes) == len(set(codes))
        assert set(codes) | alone == own | alone


@pytest.mark.parametrize("keys", [("2021",), KEYS])
def test_applicants_have_the_same_lines_as_the_total(keys):
    (total,) = (p for p in parts(forms(*keys)) if p.title.endswith("（总计）"))
    kinds = applicants(forms(*keys))
    assert [part.title for part in kinds] == [
        "自然人",
        *(f"法人或其他组织 · {n}" for n in ("商业企业", "科研机构", "社会公益组织")),
        "法人或其他组织 · 法律服务机构",
        "法人或其他组织 · 其他",
    ]
    for part in kinds:
        assert [line.label for line in part.lines] == [line.label for line in total.lines]


def test_a_group_is_the_sum_of_the_rows_below_it():
    (total,) = (p for p in parts(forms("2021")) if p.title.endswith("（总计）"))
    sums = {line.label: line.codes["2021"] for line in total.lines if line.summed}
    assert sums["（三）不予公开"] == tuple(f"t3.deny_{n}.total" for n in range(1, 9))
    assert list(sums) == ["（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理"]


def test_the_row_of_2019_stands_beside_the_sum_of_its_three_rows(mixed):
    cells = found(table(mixed), "（六）其他处理合计")
    assert cells[0].attributes["data-value"] == str(mixed.reports[2019].value("t3.other.total"))
    three = sum(mixed.reports[2021].value(f"t3.other_{n}.total") for n in (1, 2, 3))
    assert cells[2].attributes["data-value"] == str(three)


def test_what_the_bridge_does_not_join_is_two_lines(monkeypatch):
    monkeypatch.setattr(lines, "joined", lambda form, other, code: False)
    two = parts(forms("2021", "2019"))[:2]
    label = "行政许可 · 处理决定数量"
    assert label not in [line.label for line in two[0].lines]
    assert label in [line.label for line in two[1].lines]
    assert all(len(line.codes) == 1 for part in two for line in part.lines)


def test_figures_stand_as_published_beside_their_year(sound):
    shown = table(sound)
    heads = [head.attributes["data-year"] for head in shown.css("thead th[data-year]")]
    assert heads == ["2021", "2022", "2023", "2024"]
    cells = found(shown, "一、本年新收")
    for cell, report in zip(cells, sound.reports.values(), strict=False):
        number = report.value("t3.new.total")
        assert cell.attributes["data-year"] == str(report.year)
        assert cell.attributes["data-value"] == str(number)
        assert cell.text() == f"{number:,}"
    assert cells[-1].attributes["class"] == "change"


def test_blank_slash_dash_and_zero_stay_four_different_things(sound):
    code = "t2.licences.decisions"
    texts = {}
    for state in ("blank", "slash", "dash", "unreadable"):
        report = altered(sound.reports[2023], {code: None}, state)
        history = replace(sound, reports={**sound.reports, 2023: report})
        cell, last = found(table(history), "行政许可")[2::2]
        assert cell.attributes["data-value"] == ""
        assert last.text() == f"无法比较：2023年{cell.attributes['data-words']}"
        texts[state] = cell.text()
    assert texts == {
        "blank": "（空白）",
        "slash": "/（斜线）",
        "dash": "—（横线）",
        "unreadable": "“二十？”（无法读取）",
    }


def test_what_the_rules_force_an_empty_cell_to_be_is_never_shown_as_its_figure(sound):
    code = "t3.deny_2.total"
    report = replace(altered(sound.reports[2023], {code: None}), implied={code: 7})
    history = replace(sound, reports={**sound.reports, 2023: report})
    cells = found(table(history), "2.其他法律行政法规禁止公开")
    assert cells[2].text() == "（空白）"
    assert cells[2].attributes["data-value"] == "7"
    assert cells[2].attributes["data-settled"] == "true"
    assert cells[4].text().endswith("（推定）")


def test_a_line_that_a_form_does_not_have_is_no_zero_and_is_not_compared(mixed):
    shown = table(mixed)
    row = next(r for r in shown.css("tr") if "规范性文件 · 对外公开总数量" in r.text())
    assert row.attributes["data-break"] == "2022"
    texts = [cell.text() for cell in row.css("td")]
    assert texts[3:] == [ABSENT] * 8  # from 2022 on, and its change
    assert row.css("td")[3].attributes["data-value"] == ""
    reasons = trend.comparison(mixed).html
    assert "公开与有效是两回事，不能相接。" in reasons
    assert "table-note compare-reasons" in reasons


def test_rows_that_are_0_in_every_year_are_left_out_and_counted(alone):
    figures = {"t3.new.natural": 3, "t3.new.total": 3, "t3.granted.natural": 3}
    reports = {year: report_of("2021", figures, year) for year in (2022, 2023)}
    blank = altered(reports[2023], {"t3.deny_1.research": None})
    entry = alone.entries[2022]
    history = replace(alone, reports={**reports, 2023: blank}, entries={2022: entry, 2023: entry})
    bodies = table(history, "compare-applicants").css("tbody")
    titles = [body.css_first("tr").text() for body in bodies]
    assert titles[0] == "自然人其余27行各年均为0，不列出"
    assert titles[1] == "法人或其他组织 · 商业企业29行各年均为0，不列出"
    assert "属于国家秘密" in bodies[2].text()  # a blank is no 0


@pytest.mark.parametrize(
    ("older", "newer", "told"),
    [
        (3, 5, "+2"),
        (5, 3, "−2"),
        (4, 4, "0"),
        (0, 12_345, "+12,345"),
        (Decimal("59237.2449"), Decimal("72701.2578"), "+13,464.0129"),
        (Decimal("1.50"), Decimal("1.5"), "0"),
        (-3, 2, "+5"),
    ],
)
def test_the_change_is_a_number_with_its_sign(older, newer, told):
    one, other = (Figure(2020 + i, str(v), v, "number") for i, v in enumerate((older, newer)))
    assert change(one, other) == told
    assert change(one, replace(other, settled=True)) == f"{told}（推定）"


def test_the_change_of_what_is_not_known_is_said_in_words():
    known = Figure(2020, "3", 3, "number")
    blank = Figure(2021, "", None, "blank", "空白")
    dash = Figure(2022, "—", None, "dash", "横线")
    absent = Figure(2023, ABSENT, None, "absent")
    assert change(known, blank) == "无法比较：2021年空白"
    assert change(blank, dash) == "无法比较：2021年空白，2022年横线"
    assert change(known, absent) == change(absent, blank) == "口径不同"
    assert change(absent, absent) == ABSENT


def test_a_sum_of_which_a_row_is_unknown_is_unknown():
    line = Line("（三）不予公开", "", "件", {"2021": ("t3.deny_1.total", "t3.deny_2.total")}, True)
    report = report_of("2021", {"t3.deny_1.total": 2, "t3.deny_2.total": 1})
    assert figure(report, line).value == 3
    open_ = figure(altered(report, {"t3.deny_2.total": None}), line)
    assert (open_.value, open_.state, open_.text) == (None, "unknown", "？")
    implied = replace(altered(report, {"t3.deny_2.total": None}), implied={"t3.deny_2.total": 1})
    assert (figure(implied, line).value, figure(implied, line).words) == (3, "推定")


def test_years_that_are_lacking_have_no_column(gapped):
    shown = table(gapped)
    heads = [head.attributes["data-year"] for head in shown.css("thead th[data-year]")]
    assert heads == ["2021", "2023", "2025"]
    assert shown.css_first("th.change").text() == "2023—2025年变化"


def test_fewer_than_two_reports_are_not_compared(alone, unread):
    assert "没有可以对照的年度" in trend.comparison(alone).html
    assert "没有可以读取的报告" in trend.comparison(unread).html
    assert "<table" not in trend.comparison(alone).html + trend.comparison(unread).html
