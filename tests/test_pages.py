"""A page is closed: sanitized, one style sheet, a script only where it has tables to sort."""

import base64
import hashlib
import re

import pytest

from nianbao.pages import SCRIPTED, page, policy, script
from nianbao.stylesheet import running_title, stylesheet


def digest(text):
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_a_page_is_sanitized():
    html = page("甲<乙", '<p onclick="x()">丙</p><script>丁</script><a href="//x">戊</a>', "k")
    assert "<title>甲&lt;乙</title>" in html
    assert "<p>丙</p>" in html and "<a>戊</a>" in html
    assert "onclick" not in html and "丁" not in html
    assert html.endswith("</html>\n")


@pytest.mark.parametrize("kind", ["report", "notice", *SCRIPTED])
def test_the_policy_names_just_what_stands_in_the_page(kind):
    html = page("甲", "<p>乙</p>", kind)
    stated = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1].replace("&#39;", "'")
    styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert stated.startswith("default-src 'none'; ")
    assert [digest(text) for text in (*styles, *scripts)] == re.findall("sha256-([^']+)", stated)
    assert len(scripts) == (kind in SCRIPTED)


def test_the_policy_allows_no_request():
    assert policy("a{}").count("sha256-") == 1 and "http" not in policy("a{}", "b")
    assert policy("b{}") != policy("a{}")


def test_the_script_is_small_and_asks_for_nothing():
    code = script()
    assert len(code.encode()) < 50_000
    assert not re.search(r"https?:|fetch|XMLHttp|import|eval|innerHTML|</script", code)


def test_the_style_sheet_asks_for_nothing():
    assert not re.search(r"@import|url\(|https?:", stylesheet())


def test_all_pages_have_the_same_style_sheet():
    assert all(stylesheet() in page("甲", "", kind) for kind in ("report", "front"))


@pytest.mark.parametrize("title", ['a"}</style><p>', "甲\n乙", "a\\", "宿迁市2024年"])
def test_a_running_title_stays_a_string(title):
    rule = running_title(title)
    quoted = re.search(r'content:"([^"]*)"', rule)[1]
    read = re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), quoted)
    assert read == title and "<" not in rule
