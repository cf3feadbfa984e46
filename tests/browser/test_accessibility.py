"""Rules of accessibility in the three ways that a page is looked at (axe-core)."""

from pathlib import Path

import pytest

from browser.kinds import KINDS, samples
from browser.visits import DESKTOP, PHONE

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = {"light": (DESKTOP, False), "dark": (DESKTOP, True), "phone": (PHONE, False)}


def violations(opened):
    """Return what axe finds on a page with all its parts unfolded."""
    opened.unfold()
    opened.page.evaluate(AXE.read_text("utf-8"))
    return opened.probe("axe", TAGS)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_rule_of_accessibility_is_broken(site, visit, kind, look):
    width, dark = LOOKS[look]
    for path in samples(site, kind):
        assert violations(visit(path, width, dark=dark)) == [], path


def test_a_broken_rule_is_found(tmp_path, visit):
    path = tmp_path / "grey.html"
    path.write_text(
        '<!DOCTYPE html><html lang="zh-CN"><title>灰</title><main><h1>灰</h1>'
        '<p style="color:#aaa">看不清的字</p><img src="data:,"></main>',
        "utf-8",
    )
    found = {line.partition(":")[0] for line in violations(visit(path))}
    assert {"color-contrast", "image-alt"} <= found
