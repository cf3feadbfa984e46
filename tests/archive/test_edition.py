"""The archive edition of a page: its own fonts, no request, no way out, a banner on drafts."""

import base64
import hashlib
import html
import io
import re

import nbformat
import pytest
from fontTools.ttLib import TTFont

from nianbao.archive.edition import editions, why_draft, without_navigation
from nianbao.archive.fonts import SANS, SERIF, SIGNS
from nianbao.findings import check_report
from nianbao.pages import page

BODY = (
    '<h1>测试局<em>2022</em>年</h1><p>正文“引号”①㎡✗ <a href="#t3">表三</a>'
    '<a href="../../index.html">全部年报</a><a class="x" href="2021/测.html#a">去年</a></p>'
    '<p title="提示䶮">1 &lt; 2</p><img src="data:image/png;base64,AAAA" alt="图示">'
)


def fonts(text):
    """Return the fonts that a page carries, by family."""
    found = re.findall(r'font-family:"([^"]+)";src:url\(data:font/woff2;base64,([^)]+)\)', text)
    return {family: TTFont(io.BytesIO(base64.b64decode(data))) for family, data in found}


def style_of(text):
    return re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]


@pytest.fixture(scope="module")
def plain():
    return page("测试局2022年报告", BODY, "report")


@pytest.fixture(scope="module")
def archived(plain):
    return editions({"report.html": plain})["report.html"]


def test_every_character_of_the_page_is_in_its_fonts(plain, archived):
    have = fonts(archived)
    sans, serif, signs = (set(have[face.family].getBestCmap()) for face in (SANS, SERIF, SIGNS))
    text = html.unescape(re.sub(r'"data:[^"]*"|<style>.*?</style>', "", plain, flags=re.DOTALL))
    shown = {ord(each) for each in re.sub("<[^>]*>", "", text) if each.isprintable()}
    content = re.findall(r'"([^"\\]*)"', style_of(plain))
    shown |= {ord(each) for each in "".join(content)} | set(map(ord, "图示提示䶮"))
    assert {ord(each) for each in "✗▸页䶮"} <= shown <= sans | signs
    assert set(map(ord, "测试局2022年")) <= serif
    assert ord("正") not in serif


def test_its_fonts_come_first_in_every_stack(archived):
    style = style_of(archived)
    assert '--sans:"Nianbao Sans","Nianbao Signs","Noto Sans SC"' in style
    assert '--serif:"Nianbao Serif","Nianbao Sans","Nianbao Signs","Noto Serif SC"' in style
    assert 'Consolas,monospace,"Nianbao Sans"' in style
    assert re.search(r'@bottom-center\{font-family:"Nianbao Sans"', style)


def test_the_policy_names_the_style_as_it_is_and_lets_fonts_be_data_alone(archived):
    policy = html.unescape(re.search(r'Security-Policy" content="([^"]*)"', archived)[1])
    digest = base64.b64encode(hashlib.sha256(style_of(archived).encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert "font-src data:;" in policy and "default-src 'none'" in policy


def test_nothing_is_fetched_and_no_link_leaves_the_page(archived):
    assert not re.search(r"""(?:src|href|srcset)=["'](?!#|data:)""", archived)
    assert not re.search(r"url\((?!data:)|@import|https?:", style_of(archived))
    assert ">全部年报</a>" in archived and '<a class="x">去年</a>' in archived
    assert '<a href="#t3">' in archived


def test_the_same_page_gives_the_same_bytes(plain, archived):
    assert editions({"report.html": plain})["report.html"] == archived


def test_pages_of_one_report_share_their_fonts(plain):
    other = page("审阅", "<h1>审阅</h1><p>逐格</p>", "review")
    made = editions({"report.html": plain, "review.html": other})
    rules = [re.findall("@font-face{[^}]*}", text) for text in made.values()]
    assert rules[0] == rules[1] and len(rules[0]) == 3


def test_a_finished_page_has_no_banner_and_a_draft_says_why_on_screen_and_paper(plain, archived):
    assert "草稿" not in archived
    why = "有1条规则不成立<尚未>说明：T3-1:natural"
    draft = editions({"report.html": plain}, why)["report.html"]
    banner = re.search(r'<main id="main">\n<p class="draft" role="note">(.*?)</p>', draft)
    assert html.unescape(banner[1]) == f"草稿：{why}。"
    printed = re.search(r"@page\{@bottom-left\{content:\"(.*?)\"", style_of(draft))[1]
    said = re.sub(r"\\([0-9a-f]+) ", lambda code: chr(int(code[1], 16)), printed)
    assert said == "草稿：有1条规则不成立<尚未>说明"
    have = set(fonts(draft)[SANS.family].getBestCmap())
    assert {ord(each) for each in f"草稿：{why}。"} <= have


def test_a_reason_names_the_rules_and_where_there_is_none_says_so(real_report):
    findings = check_report(real_report)
    assert why_draft(findings) == "按制作时的要求，本件只作草稿"


def test_the_way_to_other_pages_is_taken_out_of_the_notebook():
    cell = {"id": "navigation", "outputs": [nbformat.v4.new_output("display_data")]}
    other = {"id": "title", "outputs": [nbformat.v4.new_output("display_data")]}
    made = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("1", **each) for each in (cell, other)]
    )
    assert [len(cell.outputs) for cell in without_navigation(made).cells] == [0, 1]
