import re

import pytest

from nianbao.overview.comparison import comparison
from nianbao.overview.shares import SHARES
from overview.books import agency, book, city, entry, figures, missing, standing


def reports(count, level="department", new=100):
    return [
        entry(
            standing(f"{level}{n}", figures=figures(new + n, 2, 40 + n, 3, 400)),
            row=agency(f"{level}{n}", f"{level}第{n}局", level),
        )
        for n in range(count)
    ]


def test_a_chart_for_each_rate():
    html = comparison(book(*reports(5))).html
    ids = re.findall(r'<figure class="chart" id="chart-rates-(\w+)-department"', html)
    assert ids == [share.id for share in SHARES]


@pytest.mark.parametrize(
    ("share", "part", "whole"),
    [
        # 40 of 100 new and 2 carried in, 3 carried out; three blocks of 200 upheld, 100 corrected.
        ("disclosed", 40, 99),
        ("carried", 3, 102),
        ("corrected", 300, 900),
    ],
)
def test_numerator_and_denominator_are_given(share, part, whole):
    html = comparison(book(*reports(2))).html
    chart = html.partition(f'id="chart-rates-{share}-department"')[2].partition("</figure>")[0]
    row = re.search(r"<th scope=\"row\">department第0局</th>(.*?)</tr>", chart)[1]
    assert re.findall(r"<td>([^<]*)</td>", row)[:2] == [str(part), str(whole)]


def test_levels_are_not_mixed():
    html = comparison(book(*reports(3), *reports(2, "county"))).html
    chart = html.partition('id="chart-rates-disclosed-department"')[2].partition("</figure>")[0]
    assert "department第0局" in chart and "county" not in chart
    assert 'id="chart-rates-disclosed-county"' in html


def test_one_report_of_a_level_is_not_compared():
    html = comparison(book(*reports(3), *reports(1, "city"), *reports(1, "office"))).html
    assert "市级政府、办公厅（室）各只有一份可用的报告，不作比较。" in html
    assert "city第0局" not in html


def test_levels_that_do_not_fit_are_told_in_words_and_figures():
    html = comparison(book(*reports(30), *reports(20, "township"))).html
    assert "chart-rates-disclosed-department" in html
    assert "chart-rates-disclosed-township" not in html
    aside = html.partition('<ul class="undrawn">')[2].partition("</ul>")[0]
    assert "<strong>乡镇、街道</strong>20个满30件的机关" in aside
    assert '<th scope="row">township第19局</th>' in aside


def test_small_numbers_are_not_drawn():
    html = comparison(book(*reports(5, new=4))).html
    assert "chart-rates-carried" not in html
    assert "均不足30件" in html


def test_an_unknown_figure_is_unknown_and_who_is_missing_is_not_zero():
    lame = standing("x", figures={"t3.granted.total": 5, "t3.total.total": 50})
    year = book(*reports(3), entry(lame, row=agency("x", "某局")), missing(agency("y", "缺局")))
    html = comparison(year).html
    for name in ("某局", "缺局"):
        row = re.search(rf"<th scope=\"row\">{name}</th>(.*?)</tr>", html)[1]
        assert not re.search(r"<td>\d", row.replace("<td>5</td>", "").replace("<td>50</td>", ""))
    assert "2个机关的数字未知" in html


def test_reports_with_errors_are_compared_as_they_stand_and_that_is_said():
    flawed = entry(standing("e", errors=1, figures=figures(100, 2, 40, 3)))
    assert "其中1份报告有错误，照原数计算" in comparison(book(*reports(2), flawed)).html


def test_inferred_figures_are_told():
    inferred = entry(standing("i", settled=("t3.new.total",)))
    html = comparison(book(*reports(2), inferred)).html
    carried = html.partition('id="chart-rates-carried')[2].partition("</figure>")[0]
    assert "1份报告用到推定的数" in carried and html.count("推定的数") == 1


@pytest.mark.parametrize("entries", [(), (missing(agency("a")),), tuple(reports(1))])
def test_nothing_to_compare_is_a_sentence(entries):
    html = comparison(book(*entries)).html
    assert "不作比较" in html and "<figure" not in html


def test_three_hundred_agencies_are_compared_in_few_pictures():
    html = comparison(city(300)).html
    assert 0 < html.count("<figure") <= 6
