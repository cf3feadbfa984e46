"""The keyboard alone: what it reaches, in which order, and whether one sees where one is."""

import pytest

from browser.kinds import KINDS, samples


@pytest.mark.parametrize("kind", KINDS)
def test_the_tab_key_reaches_everything_in_the_order_of_the_page(site, visit, kind):
    opened = visit(samples(site, kind)[0])
    opened.unfold()
    count = opened.probe("stops")
    for _ in range(count):
        opened.page.keyboard.press("Tab")
    passed = opened.page.evaluate("window.tabbed.passed")
    assert [stop["stop"] for stop in passed] == list(range(count))
    assert [stop["name"] for stop in passed if not stop["marked"]] == []
    assert [stop["name"] for stop in passed if not stop["shown"]] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_stop_leads_past_what_comes_before_the_text(site, visit, kind):
    opened = visit(samples(site, kind)[0])
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.className") == "skip"
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.querySelector(':target').tagName") == "MAIN"
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.closest('main') !== null")
