import base64
import hashlib
import html
import re

import nbformat
import pytest
from nbconvert.exporters import get_exporter

from nianbao.exporters import ReportExporter, ReviewExporter, clean, markdown, output
from outline import Outline


def notebook(*cells):
    return nbformat.v4.new_notebook(cells=list(cells))


def shown(data, **metadata):
    cell = nbformat.v4.new_code_cell("show()", metadata=metadata, id="show")
    cell.outputs = [nbformat.v4.new_output("display_data", data=data)]
    return cell


def page(exporter, *cells):
    return exporter().from_notebook_node(notebook(*cells))[0]


def test_both_pages_are_found_by_nbconvert_under_their_names():
    assert get_exporter("nianbao-report") is ReportExporter
    assert get_exporter("nianbao-review") is ReviewExporter


def test_the_report_has_no_code_and_the_review_has_it_folded():
    cell = shown({"text/html": "<h1>甲</h1>"})
    assert "show()" not in page(ReportExporter, cell)
    review = page(ReviewExporter, cell)
    assert re.search(r'<details class="code"><summary>.*?</summary><pre><code>show\(\)', review)


def test_cells_are_shown_to_those_they_are_for():
    for_review = shown({"text/html": "<p>逐格</p>"}, tags=["review"])
    for_analysts = nbformat.v4.new_markdown_cell("怎样运行", metadata={"tags": ["notebook"]})
    assert "逐格" not in page(ReportExporter, for_review, for_analysts)
    review = page(ReviewExporter, for_review, for_analysts)
    assert "逐格" in review
    assert "怎样运行" not in review


def test_the_title_is_the_heading_that_is_shown():
    markup = page(ReportExporter, shown({"text/html": "<h1>甲局<br>2022年 &amp; 报告</h1>"}))
    assert "<title>甲局 2022年 &amp; 报告</title>" in markup


def test_the_policy_allows_the_page_its_own_style_and_nothing_else():
    markup = page(ReportExporter, shown({"text/html": "<p>甲</p>"}))
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', markup)[1])
    style = re.search(r"<style>(.*?)</style>", markup, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert f"'sha256-{digest}'" in policy


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        '<img src="https://example.org/x.png" alt="x">',
        '<img src=x onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<a href="https://example.org">x</a>',
        '<p style="background:url(https://example.org)">x</p>',
        '<iframe src="https://example.org"></iframe>',
        '<a href="data:text/html,x">x</a>',
        '<picture><source srcset="https://example.org/x.png"></picture>',
    ],
)
def test_nothing_that_runs_or_fetches_survives(markup):
    cleaned = clean(markup)
    for trace in ("script", "example.org", "onerror", "data:text", "iframe"):
        assert trace not in cleaned


def test_what_the_pages_need_survives():
    markup = '<td id="t3.new.natural" headers="a b" class="zero" colspan="3">0</td>'
    table = f"<table><tbody><tr>{markup}</tr></tbody></table>"
    assert clean(table) == table
    picture = '<img src="data:image/svg+xml,%3Csvg%3E" alt="图" width="1" height="1">'
    assert clean(picture) == picture
    assert clean('<a href="#t3.new.natural">32</a>') == '<a href="#t3.new.natural">32</a>'


def test_narrative_headings_carry_no_anchor_and_formulas_stay_text():
    assert markdown("## 核验").strip() == "<h2>核验</h2>"
    assert "<script" not in markdown("<script>alert(1)</script>甲")


def test_plain_text_and_errors_are_shown_as_text():
    assert output({"text": "<b>"}) == "<pre>&lt;b&gt;</pre>"
    assert output({"data": {"text/plain": "32"}}) == "<pre>32</pre>"
    assert output({"data": {"image/png": "aGk=", "text/plain": "图"}}).startswith('<img src="data:')
    assert output({"data": {}}) == ""


def test_the_page_is_well_formed_chinese_html():
    outline = Outline(page(ReviewExporter, shown({"text/html": "<h1>甲</h1>"})))
    assert outline.open == []
    tags = dict(outline.tags)
    assert tags["html"] == {"lang": "zh-CN"}
    assert [tag for tag, _ in outline.tags].count("h1") == 1


def test_only_templates_of_the_package_are_used(tmp_path, monkeypatch):
    evil = tmp_path / "nianbao-report"
    evil.mkdir()
    (evil / "index.html.j2").write_text("evil")
    (evil / "conf.json").write_text("{}")
    monkeypatch.chdir(tmp_path)
    assert "evil" not in page(ReportExporter, shown({"text/html": "<p>甲</p>"}))


def test_what_was_cleaned_before_is_cleaned_the_same():
    markup = '<p onclick="x()">甲<script>x()</script><a href="http://x">乙</a></p>'
    first = clean(markup)
    clean.cache_clear()
    assert clean(markup) == first == clean.__wrapped__(markup)
    assert "onclick" not in first and "script" not in first and "http" not in first
    source = "# 年\n\n[x](javascript:x)"
    assert markdown(source) == markdown.__wrapped__(source)


def test_pieces_that_are_kept_are_bounded():
    for number in range(300):
        clean(f"<p>{number}</p>")
        markdown(str(number))
    assert clean.cache_info().currsize <= 128 and markdown.cache_info().currsize <= 128


def test_a_notebook_that_is_none_is_still_refused():
    wrong = notebook(shown({"text/html": "<p>甲</p>"}))
    wrong.cells[0].outputs[0].output_type = "none such"
    with pytest.raises(nbformat.ValidationError):
        ReportExporter().from_notebook_node(wrong)
