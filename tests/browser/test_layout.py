"""What fits into windows of several widths, and what can be scrolled there."""

import pytest

from browser.kinds import KINDS, pages, samples
from browser.visits import NARROW, PHONE


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_wider_than_its_window_and_nothing_is_cut_off(site, surveys, kind):
    for path in pages(site, kind):
        assert surveys[path].lost == [], path


@pytest.mark.parametrize("kind", KINDS)
def test_what_scrolls_on_its_own_has_a_name_and_takes_the_keyboard(site, visit, kind):
    for path in samples(site, kind):
        opened = visit(path, NARROW)
        opened.unfold()
        assert opened.probe("scrollers") == [], path


def test_text_that_does_not_fit_is_found(tmp_path, visit):
    path = tmp_path / "wide.html"
    path.write_text(
        "<!DOCTYPE html><title>x</title><p style='width:50em;white-space:nowrap'>"
        + "宽" * 60
        + "</p><p style='overflow:hidden;width:3em;white-space:nowrap'>被截去的文字</p>",
        "utf-8",
    )
    found = "\n".join(visit(path, PHONE).probe("overflow"))
    assert "px wide in 375" in found and "宽" in found and "被截去" in found
