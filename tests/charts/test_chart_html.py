"""The HTML of a chart: what a page, a screen reader and a strict policy get."""

import re

import pytest

from nianbao.charts import applicants, balance, decisions, disputes, outcomes, publications
from nianbao.charts import chart as record
from nianbao.charts.ranking import MOST_BARS, draw_ranking, ranking_data
from nianbao.charts.terms import Term
from outline import Outline

ALL = (balance, outcomes, applicants, publications, disputes, decisions)


@pytest.fixture(scope="module")
def pages(real_report, large):
    shown = [draw(report) for report in (real_report, large) for draw in ALL]
    return [(c, Outline(c._repr_html_())) for c in shown if hasattr(c, "wide")]


def test_nothing_that_a_strict_policy_forbids(pages):
    for chart, page in pages:
        assert not {"style", "script"} & {tag for tag, _ in page.tags}
        for _, attributes in page.tags:
            assert not any(name == "style" or name.startswith("on") for name in attributes)
        assert "http" not in re.sub(r"http://www\.w3\.org/2000/svg", "", chart._repr_html_())


def test_both_pictures_with_their_sizes(pages):
    for chart, page in pages:
        (image,), (source,) = page.all("img"), page.all("source")
        assert image["src"] == chart.wide.uri
        assert source["srcset"] == chart.narrow.uri
        assert not re.search(r"\s", source["srcset"])
        assert (image["width"], image["height"]) == ("680", str(chart.wide.height))
        assert (source["width"], source["height"]) == ("335", str(chart.narrow.height))
        assert image["alt"] == chart.alt
        assert source["media"].startswith("screen and (max-width:")


def test_the_data_stand_in_a_real_table(pages):
    for chart, page in pages:
        assert [head for head in page.all("th") if head.get("scope") == "col"]
        rows = [head for head in page.all("th") if head.get("scope") == "row"]
        assert len(rows) == len(chart.data.rows)
        assert page.all("caption")
        assert all(len(row) == len(chart.data.headers) for row in chart.data.rows)
        assert "件" in str(chart.data.headers) or "条" in str(chart.data.headers)


def test_the_figures_of_the_table_are_the_reports(large):
    rows = dict(balance(large).data.rows)
    assert rows["本年新收"] == "2,000"
    assert rows["应办理合计"] == rows["去向合计"] == "2,100"
    assert [row for row in outcomes(large).data.rows if row[0] == "部分公开"] == [
        ("部分公开", "310", "15%")
    ]
    assert ("行政复议：结果纠正", "12") in disputes(large).data.rows


def test_text_from_outside_is_escaped_and_always_drawable(telling):
    text = "网站共发布信息60条，其中<b>要闻</b>&🙂30条、𬱖$x_1$公告20条、通知\ue00010条。"
    chart = publications(telling(text))
    page = Outline(chart._repr_html_())
    assert not page.all("b")
    assert chart.wide.svg


def test_a_sentence_is_escaped(altered):
    assert '<p class="chart-sentence">' in applicants(altered({}))._repr_html_()


@pytest.mark.parametrize(("more", "printed"), [(0, False), (1, True)])
def test_the_table_that_a_picture_refers_to_is_printed(more, printed):
    """Regression: on paper a chart said 见图中数据, and there were none."""
    terms = [Term(f"第{n}类", "", n) for n in range(1, MOST_BARS + more + 1)]
    drawn = record.chart(
        "kinds",
        lambda width: draw_ranking(width, terms),
        title="",
        subtitle="",
        source="",
        alt="",
        data=ranking_data("类别", terms),
    )
    assert ('<details class="chart-data needed">' in drawn._repr_html_()) is printed
