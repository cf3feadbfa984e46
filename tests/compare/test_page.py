"""The page and the text on differences: whole, closed, escaped, and the same for the same."""

import base64
import hashlib
import html
import json
import re
from itertools import pairwise

import pytest

from compare.made import cells, chart, finding, findings, notebook, prose, results
from nianbao.compare import differences
from nianbao.compare.page import page
from nianbao.compare.text import text
from outline import Outline

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\x1b[31m\u202e&lt;"
NAMES = ("甲", "乙")


def standing(name):
    return json.dumps({"name": name}).encode()


def both(word=""):
    """Return two runs that differ in everything, with a word put wherever words may stand."""
    one = results(
        cells_csv=cells(
            {"cell": "t4.review.upheld", "written": f"0{word}"},
            {"cell": "t2.fees.amount_10k", "origin": f"第1行{word}"},
        ),
        findings_csv=findings(finding("a" * 12), finding("b" * 12), finding("c" * 12)),
        report_ipynb=notebook(
            ("prose-1", "<p>共32件。</p>"), ("balance", chart()), ("outcomes", chart())
        ),
        provenance_json=json.dumps({"software": {"version": "1"}, "lock_sha256": word}).encode(),
        report_html=b"a",
        standing_json=standing("测试局"),
    )
    known = json.dumps({"software": {"version": f"2{word}"}, f"x{word}": word}).encode()
    escaped = html.escape(word)
    other = results(
        cells_csv=cells(
            {"cell": "t3.new.natural", "value": "", "state": "word", "written": f"无{word}"},
            {"cell": f"t3{word}", "label": f"表三{word}", "value": "3"},
        )
        + f"office,2022,2021,t9{word},表九{word},3,number,3,\n".encode(),
        findings_csv=findings(
            finding(
                "a" * 12, status="failed", message=f"表三：15 ≠ 12{word}。", basis=f"文件{word}"
            ),
            finding("c" * 12, message=f"12 = 12{word}，成立。"),
            finding("d" * 12, rule=f"X-1{word}", status=f"undecided{word}", severity=word),
        ),
        report_ipynb=notebook(
            ("prose-1", f"<p>共33件{escaped}。</p>"),
            (f"balance{word}", chart(title=f"另一个{escaped}", alt="图")),
            ("outcomes", chart(alt=f"图{escaped}")),
        ),
        provenance_json=known,
        report_html=b"b",
        report_pdf=b"%PDF",
        standing_json=standing(f"测试局{word}"),
    )
    other[f"2023/office{word.replace('/', '')}/cells.csv"] = cells()
    return one, other


def made(word=""):
    return page(differences(*both(word)), (f"甲{word}", "乙"), (f"锁定不同{word}。",))


def test_a_page_is_closed_and_whole():
    shown = made()
    outline = Outline(shown)
    assert shown.startswith("<!DOCTYPE html>")
    assert ("html", {"lang": "zh-CN"}) in outline.tags
    assert outline.count("h1") == outline.count("main") == 1
    ids = [a["id"] for _, a in outline.tags if "id" in a]
    assert len(ids) == len(set(ids))
    links = [a["href"] for tag, a in outline.tags if tag == "a"]
    assert all(link[0] == "#" and link[1:] in ids for link in links)


def test_a_page_makes_no_request_and_its_policy_names_its_style():
    shown = made()
    style = re.search(r"<style>(.*?)</style>", shown, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert "default-src &#39;none&#39;" in shown and f"sha256-{digest}" in shown.replace(
        "&#43;", "+"
    )
    assert not re.search(r"https?://|<script|<link|<img", shown)


def test_headings_form_an_outline_and_tables_have_heads_and_names():
    outline = Outline(made())
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert outline.count("table") == outline.count("caption") >= 4
    assert all(a.get("scope") for tag, a in outline.tags if tag == "th")
    assert not re.search(r"<th[^>]*></th>", made())
    regions = [a.get("aria-label") for _, a in outline.tags if "tabindex" in a]
    assert all(regions) and len(set(regions)) == len(regions)


def test_everything_that_differs_stands_on_the_page():
    shown = made()
    for words in (
        "表三", "自然人", "“无”（文字）", "没有这一格", "✓ 成立", "✗ 不成立（错误）",
        "表三：15 ≠ 12。", "共<del>32</del>件", "共<ins>33</ins>件", "替代文字", "软件版本",
        "report.pdf", "只有“现”有这个文件", "锁定不同。", "源文件中的位置", "第1行",
    ):  # fmt: skip
        assert words in shown, words
    assert "2023年" in shown and "只有“现”有的报告" in shown


def test_before_and_after_are_told_by_words_and_marks_not_by_colour_alone():
    shown = made()
    befores, afters = (
        re.findall(f'<p class="diff-{s}">(.*?)</p>', shown) for s in ("before", "after")
    )
    assert len(befores) == len(afters) > 5
    assert all('<span class="diff-side">原</span>' in each for each in befores)
    assert all('<span class="diff-side">现</span>' in each for each in afters)
    assert not any("<ins>" in each for each in befores) and any("<del>" in each for each in befores)
    assert not any("<del>" in each for each in afters) and any("<ins>" in each for each in afters)


def test_text_from_a_run_brings_no_markup():
    shown = made(HOSTILE)
    outline = Outline(shown)
    assert outline.count("script") == outline.count("img") == 0
    assert not any(name.startswith("on") for _, a in outline.tags for name in a)
    assert shown.count("&lt;script&gt;") >= 12
    assert "\x1b" not in shown and "\u202e" not in shown
    told = text(differences(*both(HOSTILE)), (f"甲{HOSTILE}", "乙"), (HOSTILE,))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", told)
    assert HOSTILE[:25] in told


def test_the_same_page_comes_of_the_same_differences():
    assert made() == made(HOSTILE[:0]) and made(HOSTILE) == made(HOSTILE)


def test_nothing_differing_is_said_in_a_sentence():
    one, _ = both()
    shown = page(differences(one, one), NAMES)
    assert "✓</span> 1份报告逐字节相同" in shown and "<table" not in shown
    assert text(differences(one, one), NAMES) == "原：甲\n现：乙\n✓ 1份报告逐字节相同\n"


def test_bytes_alone_are_told_from_content():
    one, other = results(report_html=b"a"), results(report_html=b"b")
    told = text(differences(one, other), NAMES)
    assert "（单元格、核验结果、文字和图都相同，只是文件不同）" in told
    assert "report.html：从第1字节（第1行）起不同（1字节）" in told


def test_many_reports_are_listed_and_those_that_are_the_same_only_counted():
    one, other = both()
    many_one, many_other = dict(one), dict(other)
    for n in range(3):
        for made_, given in ((many_one, one), (many_other, other if n else one)):
            made_ |= {p.replace("2022/office", f"2021/a{n}"): c for p, c in given.items()}
    found = differences(many_one, many_other)
    assert len(found.reports) == 3 and found.same == 1
    shown = page(found, NAMES)
    links = re.findall(r'<th scope="row"><a href="#(report-\d)">', shown)
    assert links == ["report-1", "report-2", "report-3"]
    assert "a0" not in shown
    assert "3份报告不同，1份只有“现”有，1份逐字节相同" in text(found, NAMES)


def test_a_page_of_very_many_reports_shows_some_and_lists_all():
    one = {f"2022/a{n:03}/report.ipynb": prose("甲。") for n in range(120)}
    other = {path: prose("乙。") for path in one}
    shown = page(differences(one, other), NAMES)
    assert shown.count('class="diff-report"') == 100
    assert "a119 2022年" in shown and "以下逐项列出前100份" in shown


@pytest.mark.parametrize("count", [21, 60])
def test_the_text_stays_short_and_says_what_it_leaves_out(count):
    rows = [finding(f"{n:012}") for n in range(count)]
    failed = [row | {"status": "failed"} for row in rows]
    found = differences(
        results(findings_csv=findings(*rows)), results(findings_csv=findings(*failed))
    )
    told = text(found, NAMES)
    assert told.count("T3-1:natural") == 20 and f"另有{count - 20}处（加 HTML=" in told
    assert page(found, NAMES).count("T3-1:natural") == count


def test_a_long_text_is_cut_in_the_text_and_whole_on_the_page():
    before, after = findings(finding()), findings(finding(), finding("b", message="甲" * 400))
    found = differences(results(findings_csv=before), results(findings_csv=after))
    assert f"{'甲' * 160}……\n" in text(found, NAMES) and "甲" * 400 in page(found, NAMES)


def test_long_texts_are_cut_to_where_they_part():
    long = "甲" * 400
    one, other = (results(report_ipynb=prose(f"{long}{n}件。")) for n in (32, 33))
    told = text(differences(one, other), NAMES)
    assert "32件。" in told and "33件。" in told and "甲" * 40 not in told
