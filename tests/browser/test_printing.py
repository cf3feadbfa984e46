"""What a page prints: A4, numbered, with Chinese text that can be selected, unfolded."""

import re

import pypdfium2
import pytest

from browser.kinds import KINDS, samples

A4 = (595, 842)
"""Width and height in points (1/72 inch)."""

FOOTER = re.compile(r"第(\d+)页共(\d+)页")


def printed(opened):
    """Return each printed page: its size in points, and its text without spaces.

    The text is in the order in which it is painted: that in the margins, then that of the page.
    """
    with pypdfium2.PdfDocument(opened.page.pdf(prefer_css_page_size=True)) as document:
        return [(size_of(sheet), squeezed(text_of(sheet))) for sheet in document]


def size_of(sheet):
    return tuple(round(length) for length in sheet.get_size())


def text_of(sheet):
    return sheet.get_textpage().get_text_range()


def squeezed(text):
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def sheets(browser, site):
    """What the first sample of a kind prints, and how it looks on the screen before."""
    from browser.visits import Visit

    kept = {}

    def of(kind):
        if kind not in kept:
            opened = Visit(browser, samples(site, kind)[0])
            opened.page.emulate_media(media="print")
            title = opened.page.inner_text("h1")
            kept[kind] = (printed(opened), squeezed(title), opened.probe("folded"))
            opened.close()
        return kept[kind]

    return of


@pytest.mark.parametrize("kind", KINDS)
def test_every_sheet_is_a4_and_numbered(sheets, kind):
    found, _, _ = sheets(kind)
    assert {size for size, _ in found} == {A4}
    numbers = [FOOTER.findall(text) for _, text in found]
    assert numbers == [[(str(i), str(len(found)))] for i in range(1, len(found) + 1)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_sheet_has_the_title_and_chinese_text_can_be_read_back(sheets, kind):
    found, title, _ = sheets(kind)
    assert len(title) > 3
    assert title in found[0][1]


@pytest.mark.parametrize("kind", KINDS)
def test_every_sheet_after_the_first_says_what_it_belongs_to(sheets, kind):
    found, title, _ = sheets(kind)
    for _, text in found[1:]:
        assert text.startswith(title)


@pytest.mark.parametrize("kind", KINDS)
def test_folded_parts_are_printed(sheets, kind):
    found, title, folded = sheets(kind)
    # A piece of text may go on on the next sheet, below what stands in the margins.
    text = "".join(FOOTER.sub("", text, 1).removeprefix(title) for _, text in found)
    missing = [words for words in map(squeezed, folded) if words not in text]
    assert missing == []
