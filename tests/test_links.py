"""Links between pages are relative, whatever an agency is called."""

import posixpath
from urllib.parse import unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from nianbao.exporters import clean
from nianbao.links import FRONT, href, overview_page, report_page, review_page, trend_page

NAMES = st.text(
    st.characters(exclude_characters="/\\:", exclude_categories=("C", "Z")), min_size=1, max_size=20
).filter(lambda name: not name.startswith("."))


@given(NAMES, NAMES, st.integers(2008, 2099))
def test_a_link_leads_from_any_page_to_any_other_and_survives_cleaning(first, second, year):
    pages = [FRONT, overview_page(year), trend_page(first), report_page(year, second)]
    for page in pages:
        for target in (*pages, review_page(year, first)):
            link = href(page, target, "a:b")
            parts = urlsplit(link)
            assert not parts.scheme and not parts.netloc and not parts.query
            reached = posixpath.join(posixpath.dirname(page), unquote(parts.path))
            assert posixpath.normpath(reached) == target
            assert unquote(parts.fragment) == "a:b"
            assert 'href="' in clean(f'<a href="{link}">x</a>')


def test_links_out_of_the_output_are_removed():
    for link in ("//x/y.html", "/y.html", "http://x/y.html", "a/../../y.html", "javascript:x.html",
                 "../../../../y.html", "a//b.html", "..\\y.html", "y.html?z", "y.exe"):  # fmt: skip
        assert clean(f'<a href="{link}">x</a>') == "<a>x</a>"
