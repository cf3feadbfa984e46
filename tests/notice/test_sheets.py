import base64
import hashlib
import re

import pytest

from nianbao.findings import check_report
from nianbao.notice import Unread, fragment, notice, page
from notice.said import damaged, say
from outline import Outline

CLEAN = damaged()
FAULTY = damaged(t3__granted__natural=3)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\x00]]>&lt;"


def made(report, *more):
    return notice(report, [*check_report(report), *more])


def test_a_page_is_closed_and_whole():
    html = page([made(FAULTY, say("X-1"))])
    outline = Outline(html)
    assert html.startswith("<!DOCTYPE html>")
    assert ("html", {"lang": "zh-CN"}) in outline.tags
    assert outline.count("h1") == 1
    assert "<title>关于测试局2022年度政府信息公开工作年度报告的退回意见</title>" in html


def test_a_page_makes_no_request_and_its_policy_names_its_style():
    html = page([made(FAULTY)])
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert "default-src &#39;none&#39;" in html and f"sha256-{digest}" in html.replace("&#43;", "+")
    assert "url(" not in style and "@import" not in style
    assert not re.search(r"https?://|<script|<link", html)


def test_text_from_a_report_brings_no_markup():
    hostile = say("X-14", place=HOSTILE, found=HOSTILE, advice=HOSTILE, basis=HOSTILE)
    hint = say("P-1", "hint", place=HOSTILE, found=HOSTILE)
    waived = say("X-2", place=HOSTILE, found=HOSTILE, waived=True)
    letter = made(CLEAN, hostile, hint, waived)
    html = page([letter], [Unread("x", HOSTILE, 2022, HOSTILE)])
    outline = Outline(html)
    assert outline.count("script") == outline.count("img") == 0
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 9
    assert "\x00" not in html


def test_each_problem_is_a_row_with_an_empty_cell_for_the_answer():
    letter = made(FAULTY, say("X-1"), say("X-2"))
    html = fragment(letter).html
    assert html.count('class="notice-answer"></td>') == len(letter.items) == 3
    assert re.findall(r'class="notice-number">(\d)</th>', html) == ["1", "2", "3"]


def test_tables_are_accessible():
    outline = Outline(fragment(made(FAULTY, say("X-1", waived=True))).html)
    assert outline.count("table") == outline.count("caption") == 2
    for tag, attributes in outline.tags:
        if tag == "th":
            assert attributes["scope"] in ("col", "row", "rowgroup")
        if "tabindex" in attributes:
            assert "aria-label" in attributes or "aria-labelledby" in attributes


def test_a_fragment_leaves_the_first_heading_to_its_page():
    outline = Outline(fragment(made(FAULTY, say("P-1", "hint"))).html)
    assert outline.count("h1") == outline.count("h2") == 0
    assert outline.count("h3") == 1 and outline.count("h4") == 1


def test_a_clear_letter_has_no_table_and_asks_nothing():
    html = fragment(made(CLEAN)).html
    assert "<table" not in html
    assert "无退回意见" in html and "报回" not in html


def test_a_list_stands_before_the_letters_and_links_to_them():
    notices = [made(FAULTY), made(CLEAN), made(CLEAN, say("X-1"))]
    unread = [Unread("x", "失落局", 2022, "文件打不开")]
    outline = Outline(page(notices, unread))
    links = [a["href"][1:] for tag, a in outline.tags if tag == "a" and a["href"] != "#main"]
    ids = [a["id"] for _, a in outline.tags if "id" in a]
    assert len(ids) == len(set(ids))
    assert links == ["notice-1", "notice-2"]
    assert set(links) <= set(ids)
    html = page(notices, unread)
    assert "没有发现问题的机关：测试局。" in html
    assert "<li>失落局：文件打不开。</li>" in html
    assert html.count("<article") == 2


@pytest.mark.parametrize(("listed", "articles"), [(True, 0), (False, 1), (None, 1)])
def test_one_report_has_a_list_only_if_asked_for(listed, articles):
    assert page([made(CLEAN)], listed=listed).count("<article") == articles


def test_a_list_can_hold_nothing_but_what_could_not_be_read():
    html = page([], [Unread("x", "失落局", 2021, "文件打不开")], listed=True)
    assert "2021年度" in html and "失落局" in html and "<table" not in html


def test_a_row_that_is_long_may_break_between_pages():
    html = fragment(made(CLEAN, say("X-1", found="甲" * 400), say("X-2"))).html
    assert html.count('class="notice-long"') == 1


def test_two_pages_of_the_same_notices_are_the_same():
    assert page([made(FAULTY)]) == page([made(FAULTY)])
