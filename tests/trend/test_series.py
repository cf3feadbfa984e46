"""The charts: what they are given, what their titles say, and what is never guessed."""

from dataclasses import replace
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from nianbao import trend
from nianbao.charts.chart import Chart
from nianbao.forms import joined, load_form
from nianbao.fragments import Fragment
from nianbao.trend.outcomes import outcome_codes
from nianbao.trend.series import count, form_breaks, reason
from plausibility.offices import report_of
from trend.histories import altered, filed


def with_report(history, report):
    return replace(history, reports={**history.reports, report.year: report})


def rows(shown):
    return {row[0]: row[1:] for row in shown.data.rows}


def test_a_sum_with_an_unknown_term_is_unknown():
    report = report_of("2021", {"t3.deny_1.total": 4, "t3.deny_2.total": 5})
    codes = ["t3.deny_1.total", "t3.deny_2.total"]
    assert count(report, codes) == 9
    assert count(altered(report, {codes[0]: None}), codes) is None
    assert count(altered(report, {codes[0]: -1}), codes) is None
    assert count(replace(altered(report, {codes[0]: None}), implied={codes[0]: 2}), codes) == 7


def test_the_flow_shows_what_was_published(torn):
    shown = trend.requests(torn)
    for year, report in torn.reports.items():
        figures = [report.value(f"t3.{r}.total") for r in ("carried_in", "new", "total")]
        assert rows(shown)[f"{year}年"][:3] == tuple(f"{figure:,}" for figure in figures)


def test_a_mismatch_between_years_is_the_title(torn):
    left = torn.reports[2022].value("t3.carried_out.total")
    title = f"2022年结转下年度写为{left}，2023年上年结转写为{left + 2}，相差2件；另有1处不相符"
    assert trend.requests(torn).title == title
    assert "多2件" not in title
    assert "相差2件" in trend.requests(torn).alt


def test_years_that_agree_are_told_by_what_was_left(sound):
    title = trend.requests(sound).title
    assert title.startswith("2021年结转下年度") and "不相符" not in title


def test_years_beside_a_missing_one_are_not_held_against_each_other(gapped):
    shown = trend.requests(gapped)
    assert "相差" not in shown.title
    assert list(rows(shown)) == ["2021年", "2023年", "2025年"]


def test_a_missing_year_is_no_zero(gapped):
    data = trend.outcomes(gapped).data
    assert data.headers[1:] == ("2021年", "2022年", "2023年", "2024年", "2025年")
    for row in data.rows:
        assert (row[2], row[4]) == ("没有年报", "没有年报")


def test_outcomes_are_summed_over_their_rows(sound):
    shown = rows(trend.outcomes(sound))
    assert list(shown) == ["予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"]
    report = sound.reports[2022]
    denied = sum(report.value(f"t3.deny_{n}.total") for n in range(1, 9))
    assert shown["不予公开"][1] == f"{denied:,}"
    whole = sum(int(shown[name][1].replace(",", "")) for name in shown)
    assert whole == report.value("t3.total.total")


def test_an_unknown_row_makes_its_group_unknown_and_no_other(sound):
    report = altered(sound.reports[2022], {"t3.deny_3.total": None}, "unreadable")
    shown = rows(trend.outcomes(with_report(sound, report)))
    assert shown["不予公开"][1] == "未知"
    assert shown["予以公开"][1] != "未知"


def test_the_single_row_of_2019_and_the_three_of_2021_are_one_series(mixed):
    shown = rows(trend.outcomes(mixed))["其他处理"]
    assert shown[0] == f"{mixed.reports[2019].value('t3.other.total'):,}"
    three = sum(mixed.reports[2021].value(f"t3.other_{n}.total") for n in (1, 2, 3))
    assert shown[2] == f"{three:,}"


def test_the_change_of_forms_is_marked_table_by_table(mixed, sound):
    assert form_breaks(sound, "t3") == ()
    assert form_breaks(mixed, "t2") == (2022,)
    assert form_breaks(mixed, "t3") == (2021, 2022, 2023)


@pytest.mark.parametrize("key", ["2019", "2021", "2021+t2:2019", "2021+t3:2019"])
def test_every_outcome_is_in_one_group(key):
    form = load_form(key)
    grouped = [code for codes in outcome_codes(form, "natural").values() for code in codes]
    others = {f"t3.{row}.natural" for row in ("new", "carried_in", "total", "carried_out")}
    column = {code for code in form.cells if code.startswith("t3.") and code.endswith(".natural")}
    assert sorted(grouped) == sorted(column - others)


def test_what_is_compared_over_the_forms_may_be_joined():
    old, new = load_form("2019"), load_form("2021")
    both = [code for code in old.cells if code in new.cells]
    assert both and all(joined(old, new, code) for code in both)


def drawn(fragment, id):
    """Return the data of a chart in a fragment: rows by their first cell."""
    table = HTMLParser(fragment.html).css_first(f"#chart-{id} table")
    lines = [[cell.text() for cell in row.css("th, td")] for row in table.css("tbody tr")]
    return {line[0]: line[1:] for line in lines}


@pytest.mark.parametrize(("id", "item"), [("documents", "normative_docs"), ("regulations",) * 2])
def test_each_years_stock_begins_with_that_of_the_report_before(sound, id, item):
    shown = drawn(trend.documents(sound), id)
    assert shown["2021年"][0] == "未知"
    for sooner, later in pairwise(sound.reports.values()):
        figures = [later.value(f"t2.{item}.{name}") for name in ("issued", "repealed", "in_force")]
        start = sooner.value(f"t2.{item}.in_force")
        assert shown[f"{later.year}年"][:4] == [f"{n:,}" for n in (start, *figures)]


def test_a_stock_that_does_not_add_up_is_the_title(torn):
    html = trend.documents(torn).html
    stock = torn.reports[2022].value("t2.normative_docs.in_force")
    assert f"2023年上年末现行有效{stock}+" in html
    assert "相差5件；另有1处不相符" in html


def test_the_stock_after_a_missing_year_is_not_known(gapped):
    shown = drawn(trend.documents(gapped), "documents")
    assert [shown[f"{year}年"][0] for year in (2021, 2023, 2025)] == ["未知"] * 3


def test_public_documents_are_not_joined_with_those_in_force(mixed):
    shown = drawn(trend.documents(mixed), "documents")
    public = mixed.reports[2021].value("t2.normative_docs.public_total")
    assert shown["2021年"] == ["—"] * 4 + [f"对外公开总数量{public}件，口径不同"]
    assert shown["2022年"][0] == "未知"
    html = trend.documents(mixed).html
    assert reason("t2.normative_docs.public_total") in html


def test_the_form_of_2019_alone_has_no_stock(tmp_path):
    found = {year: report_of("2019", PUBLIC, year) for year in (2019, 2020)}
    html = trend.documents(filed(tmp_path, found)).html
    assert "对外公开总数量：2019年7件、2020年7件。" in html
    assert "<img" not in html


def test_the_form_of_2019_used_again_later_is_told_beside_the_chart(sound):
    history = with_report(sound, report_of("2019", PUBLIC, 2024))
    fragment = trend.documents(history)
    assert "2024年" not in drawn(fragment, "documents")
    assert "对外公开总数量：2024年7件。" in fragment.html


PUBLIC = {"t2.normative_docs.public_total": 7}


def test_regulations_are_shown_only_where_there_are_any(sound):
    none = {c: 0 for c in sound.reports[2021].cells if c.startswith("t2.regulations.")}
    bare = {year: altered(report, none) for year, report in sound.reports.items()}
    assert "规章" in trend.documents(sound).html
    assert "规章" not in trend.documents(replace(sound, reports=bare)).html


def test_lawsuits_are_those_of_both_kinds(sound):
    shown = rows(trend.disputes(sound))
    report = sound.reports[2023]
    both = sum(report.value(f"t4.{block}.corrected") for block in ("direct", "after"))
    assert shown["行政诉讼结果纠正"][2] == str(both)
    assert shown["行政复议总计"][2] == str(report.value("t4.review.total"))


def test_one_year_is_told_in_sentences(alone):
    shown = trend.outcomes(alone)
    assert isinstance(shown, Fragment) and "<img" not in shown.html
    granted = alone.reports[2022].value("t3.granted.total")
    assert f"2022年予以公开{granted}件" in shown.text
    assert isinstance(trend.requests(alone), Chart)  # its four figures are a whole


def test_nothing_is_drawn_of_nothing(unread):
    for part in (trend.requests, trend.outcomes, trend.documents, trend.disputes):
        shown = part(unread)
        assert isinstance(shown, Fragment)
        assert "没有可用的年报" in shown.html and "<img" not in shown.html


def test_inferred_figures_are_said_to_be_inferred(sound):
    assert "推定" not in trend.requests(sound).source
    report = replace(sound.reports[2022], implied={"t3.new.total": 5})
    assert "其中有推定的数" in trend.requests(with_report(sound, report)).source
