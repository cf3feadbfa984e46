"""What a page's own style sheet hides is not read, as far as plain rules tell."""

from nianbao.documents.html import read_html
from nianbao.documents.html.stylesheet import hidden_by_sheet

PAGE = (
    "<html><head><style>{}</style></head><body>"
    '<p class="mobile">一、隐藏的文字</p><p id="copy">二、副本</p><p class="shown">三、正文</p>'
    "</body></html>"
)


def lines(style):
    return [line.text for line in read_html(PAGE.format(style).encode(), "a.html").lines]


def test_plain_class_and_id_rules_hide():
    found = hidden_by_sheet("<style>.mobile, #copy{display:none} p.x{visibility: hidden}</style>")
    assert found == {".mobile", "#copy", ".x"}


def test_a_later_rule_shows_again():
    text = "<style>.a{display:none} .b{display:none}</style><style>.a{display:block}</style>"
    assert hidden_by_sheet(text) == {".b"}


def test_other_media_and_compound_selectors_hide_nothing():
    text = "<style>@media print{.a{display:none}} .b .c{display:none} @import 'x';</style>"
    assert hidden_by_sheet(text) == frozenset()


def test_hidden_paragraphs_are_left_out_where_a_table_remains():
    table = "<table><tr><td>一、本年新收</td>" + "<td>1</td>" * 7 + "</tr></table>"
    page = PAGE.format(".mobile{display:none}").replace("<body>", f"<body>{table * 1}")
    found = [line.text for line in read_html(page.encode(), "a.html").lines]
    assert "一、隐藏的文字" not in found or found == lines("")


def test_unclosed_rules_end():
    assert hidden_by_sheet("<style>@media{{{{" + "{" * 10_000 + "</style>") == frozenset()
