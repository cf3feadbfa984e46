"""What a page is made of: its kind, its outline, its pictures, and that it asks nobody."""

import base64
import hashlib
import re
from itertools import pairwise
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from browser.kinds import KINDS, kind_of, pages, samples
from browser.surveys import survey

CHARTED = ("report", "review", "overview", "trend")
"""Kinds of page that have charts."""

SCRIPT_LIMIT = 50_000
"""Bytes of script on a page."""


def test_the_kinds_of_page_are_those_tested_here(site):
    assert {kind_of(path) for path in pages(site)} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_asks_for_nothing_and_says_nothing(site, surveys, kind):
    for path in pages(site, kind):
        assert surveys[path].asked == [], path
        assert surveys[path].said == [], path


def test_what_a_page_asks_for_and_says_is_noticed(tmp_path, browser):
    (tmp_path / "page.html").write_text(
        "<!DOCTYPE html><title>x</title><img src=missing.png>"
        "<script>console.log('hm'); x()</script>",
        "utf-8",
    )
    found = survey(browser, tmp_path / "page.html")
    assert [Path(url).name for url in found.asked] == ["missing.png"]
    assert "hm" in found.said
    assert any("x is not defined" in words for words in found.said)


@pytest.mark.parametrize("kind", KINDS)
def test_headings_form_an_outline(site, surveys, kind):
    for path in pages(site, kind):
        outline = surveys[path].outline
        assert [level for level, _ in outline].count(1) == 1, path
        assert outline[0][0] == 1, path
        assert all(words for _, words in outline), path
        assert [(a, b) for a, b in pairwise(outline) if b[0] > a[0] + 1] == [], path


@pytest.mark.parametrize("kind", KINDS)
def test_every_picture_says_in_words_what_it_shows_and_has_its_figures_beside_it(
    site, surveys, kind
):
    for path in pages(site, kind):
        for picture in surveys[path].pictures:
            assert picture["shown"] and len(picture["alt"]) > 8, path
            assert picture["chart"] and picture["figures"], (path, picture["alt"])


@pytest.mark.parametrize("kind", CHARTED)
def test_pages_that_should_have_pictures_have_them(site, surveys, kind):
    """The test above would hold for pages without a picture."""
    assert all(surveys[path].pictures for path in samples(site, kind))


def hash_of(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("kind", KINDS)
def test_the_policy_forbids_all_but_what_the_page_brings(site, kind):
    for path in pages(site, kind):
        tree = LexborHTMLParser(path.read_text("utf-8"))
        policies = [meta.attributes["content"] for meta in tree.css("head > meta[http-equiv]")]
        assert len(policies) == 1, path
        rules = dict(rule.strip().split(" ", 1) for rule in policies[0].split(";"))
        assert rules["default-src"] == "'none'", path
        assert not re.search(r"unsafe|\*|https?:", policies[0]), path
        for name in ("style", "script"):
            inline = [node.text(deep=True) for node in tree.css(name)]
            assert rules.get(f"{name}-src", "").split() == [hash_of(text) for text in inline], path


def _inject(opened):
    """Bring a script in as a hostile report would: as an element and as an attribute."""
    return opened.page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.ran = 'script'";
        document.body.append(script);
        const markup = "<p onclick=\\"window.ran = 'click'\\">x</p>";
        document.body.insertAdjacentHTML("beforeend", markup);
        document.body.lastElementChild.click();
        return window.ran || "";
    }""")


@pytest.mark.parametrize("kind", KINDS)
def test_a_script_that_comes_in_does_not_run(site, visit, kind):
    assert _inject(visit(samples(site, kind)[0])) == ""


def test_without_a_policy_it_would_run(tmp_path, visit):
    path = tmp_path / "open.html"
    path.write_text("<!DOCTYPE html><title>x</title><body>", "utf-8")
    assert _inject(visit(path)) == "click"


@pytest.mark.parametrize("kind", KINDS)
def test_without_scripts_a_page_says_the_same(site, visit, kind):
    for path in samples(site, kind):
        words = visit(path, scripts=False).probe("words")
        assert len(words) > 50, path
        assert visit(path).probe("words") == words, path


@pytest.mark.parametrize("kind", KINDS)
def test_scripts_are_few(site, kind):
    for path in pages(site, kind):
        scripts = LexborHTMLParser(path.read_text("utf-8")).css("script")
        assert sum(len(script.text().encode()) for script in scripts) < SCRIPT_LIMIT, path
