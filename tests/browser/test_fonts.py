"""The letters that the other tests measure and read back are those of the run set's fonts."""

from browser.city import DAMAGED
from browser.kinds import page

FONTS = {"Noto Sans SC", "Noto Serif SC", "DejaVu Sans"}


def test_text_stands_in_the_fonts_of_the_run_set(site, visit):
    opened = visit(page(site, *DAMAGED))
    devtools = opened.page.context.new_cdp_session(opened.page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    used = set()
    for selector in ("h1", ".verdict", ".verdict .sign", "td", "caption", "code"):
        found = devtools.send("DOM.querySelector", {"nodeId": root, "selector": selector})
        fonts = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": found["nodeId"]})["fonts"]
        assert fonts, selector
        used |= {font["familyName"] for font in fonts}
    assert used == FONTS  # the last for the sign ✗
