"""Every link of every page leads somewhere, wherever the folder lies."""

import shutil

import pytest

from browser.city import DAMAGED, SUSPECT
from browser.crawling import crawl
from browser.kinds import kind_of, page, pages
from browser.visits import DESKTOP, PHONE

BESIDE = ("notice-page", "notices", "comparison")
"""Pages that are made by themselves, by `make notice` and `make compare`; none leads to them."""


def test_every_link_leads_to_a_page_and_a_place_in_the_folder(site):
    _, problems = crawl(site, pages(site))
    assert problems == []


def test_every_page_is_reached_from_the_first(site):
    reached, _ = crawl(site, [site / "index.html"])
    wanted = {path.resolve() for path in pages(site) if kind_of(path) not in BESIDE}
    assert wanted - reached == set()


def test_the_folder_can_be_moved(site, visit, tmp_path):
    moved = tmp_path / "年报 成品（副本）#1" / "output"
    shutil.copytree(site, moved, ignore=shutil.ignore_patterns(".cache"))
    _, problems = crawl(moved, pages(moved))
    assert problems == []
    opened = visit(page(moved, *DAMAGED))
    assert opened.requests == [opened.url]
    assert opened.said == []


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("", "is not relative"),
        ("/etc/passwd", "is not relative"),
        ("file:///x.html", "is not relative"),
        ("//host/x", "is not relative"),
        ("../../x.html", "leads out of the folder"),
        ("nothing.html", "leads to no file"),
        (".", "leads to no file"),
        ("%E9%A1%B5.html#nowhere", "leads to no place"),
        ("%E9%A1%B5.html#here", ""),
        ("#top", ""),
    ],
)
def test_a_link_that_leads_nowhere_is_found(tmp_path, link, problem):
    (tmp_path / "页.html").write_text("<p id=here>", "utf-8")
    first = tmp_path / "first.html"
    first.write_text(f'<p id="top"><a href="{link}">x</a>', "utf-8")
    _, problems = crawl(tmp_path, [first])
    assert [line.partition(f"“{link}” ")[2] for line in problems] == [problem] * bool(problem)


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_failing_cell_that_is_followed_stands_out_and_is_in_sight(site, visit, width):
    opened = visit(page(site, *DAMAGED), width)
    opened.page.locator(".verdict-places a").first.click()
    found = opened.probe("target")
    assert found["id"] == SUSPECT
    assert found["inside"] and found["uncovered"]
    assert found["look"][0] != found["beside"][0]
    assert found["look"][1] != found["beside"][1]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_two_clicks_lead_from_the_first_page_to_the_wrong_number(site, visit, width):
    opened = visit(site / "index.html", width)
    for link in ("a[href$='#problems']", f"#problems ~ * a[href*='{SUSPECT}']"):
        with opened.page.expect_navigation():
            opened.page.locator(link).first.click()
    found = opened.probe("target")
    assert found["id"] == SUSPECT
    assert found["inside"] and found["uncovered"]
    assert found["look"] != found["beside"]
