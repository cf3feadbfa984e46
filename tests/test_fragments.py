from decimal import Decimal

import jinja2
import pytest

from nianbao.fragments import Fragment, grouped, notebook_style, render


def test_a_fragment_shows_html_to_notebooks_and_text_to_terminals():
    fragment = Fragment("<p>甲</p>", "甲")
    assert fragment._repr_html_() == "<p>甲</p>"
    assert repr(fragment) == "甲"


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (1927308, "1,927,308"), (Decimal("10267.3400"), "10,267.3400"), (None, "")],
)
def test_figures_are_grouped_and_never_rounded(number, text):
    assert grouped(number) == text


def test_text_from_outside_is_escaped():
    html = render("prose", title="", paragraphs=[(0, "", "<script>")], absent=False, tabled=False)
    assert "&lt;script&gt;" in html.html
    assert "<script" not in html.html


def test_a_missing_name_is_an_error_not_an_empty_space():
    with pytest.raises(jinja2.UndefinedError):
        render("prose", title="")


def test_the_style_of_a_notebook_touches_its_outputs_alone():
    html = notebook_style().html
    assert html.startswith("<style>.jp-OutputArea-output{&{--ink")
    assert html.endswith("}</style>")
    assert ":root{" not in html
    assert html.count("{") == html.count("}")
