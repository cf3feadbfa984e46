"""Fragments of the page become blocks: every word, every list, every link within."""

import pytest

from nianbao.pdf.blocks import leading, levelled, linked, tidy
from nianbao.pdf.elements import elements
from nianbao.pdf.markup import blocks


def text(runs):
    return "".join(run.get("text", "|" if "break" in run else "") for run in runs)


def only(html):
    (block,) = blocks(html)
    return block


def test_blanks_collapse_as_in_a_browser():
    block = only("<p>\n  一 <span>二</span>\n\t<b> 三</b> </p>")
    assert text(block["runs"]) == "一 二 三"
    assert text(tidy([{"text": " 甲 "}, {"break": "1"}, {"text": " 乙"}])) == "甲|乙"


def test_entities_are_characters_once():
    assert text(only("<p>&lt;b&gt; &amp;amp; &#34;</p>")["runs"]) == '<b> &amp; "'


def test_hidden_words_stay_hidden_and_all_others_stand_there():
    html = '<p><span class="vh">（空白）</span>甲<code>乙</code><x-y>丙</x-y></p>丁<p> </p>'
    assert [text(block["runs"]) for block in blocks(html)] == ["甲乙丙", "丁"]


def test_what_a_page_folds_is_unfolded():
    html = (
        "<details><summary>规则 <span>7条</span></summary><p>依据</p></details>"
        '<details class="more"><summary>其余2条</summary><p>一</p><p>二</p></details>'
    )
    found = [(block["style"], text(block["runs"])) for block in blocks(html)]
    assert found == [("summary", "规则 7条"), ("", "依据"), ("", "一"), ("", "二")]


def test_lists_keep_their_items_numbers_and_nesting():
    block = only(
        '<ol class="doubt-list" start="6"><li id="a">甲<p>乙</p><ul><li>丙</li></ul></li></ol>'
    )
    assert block["ordered"] and block["start"] == 6
    (item,) = block["items"]
    assert [each["kind"] for each in item] == ["paragraph", "paragraph", "list"]
    assert item[0]["runs"][0] == {"id": "a"}


def test_ids_of_what_holds_blocks_go_to_the_first_of_them():
    first, second = blocks(
        '<section id="s"><div id="d"><h3 id="h">题</h3><p id="p">文</p></div></section>'
    )
    assert first["anchors"] == [{"id": "s"}, {"id": "d"}, {"id": "h"}]
    assert second["runs"][0] == {"id": "p"}


def test_links_lead_within_and_to_what_is_there():
    links = '<a href="#a">甲</a><a href="#b">乙</a><a href="https://x.org">丙</a>'
    first, _ = linked(blocks(f'<p>{links}</p><p id="a">丁</p>'))
    assert [run.get("to") for run in first["runs"]] == ["a", None, None]


def test_an_id_stands_once():
    found = linked(blocks('<p id="a">甲</p><p id="a">乙</p>'))
    assert sum(run.get("id") == "a" for block in found for run in block["runs"]) == 1


def test_headings_never_skip_a_level():
    found = levelled(blocks("<h4>甲</h4><h2>乙</h2><h4>丙</h4><h3>丁</h3>"))
    assert [block["level"] for block in found] == [1, 1, 2, 2]


def test_a_paragraph_that_leads_to_a_list_says_so():
    first, second, _ = leading(blocks("<p>甲</p><p>乙：</p><ul><li>丙</li></ul>"))
    assert "leads" not in first and second["leads"]


def test_tables_and_terms_keep_their_sides():
    table = only(
        "<table><caption>名</caption><thead><tr><th>甲</th><th>乙</th></tr></thead>"
        "<tbody><tr><th>丙</th><td><span>1，</span><span>2</span></td></tr></tbody></table>"
    )
    assert [[text(cell) for cell in row] for row in table["head"]] == [["甲", "乙"]]
    assert [[text(cell) for cell in row] for row in table["body"]] == [["丙", "1，2"]]
    terms = only('<dl><dt>源文件</dt><dd>甲<span class="hash">SHA <code>0a</code></span></dd></dl>')
    assert [[text(side) for side in pair] for pair in terms["pairs"]] == [["源文件", "甲|SHA 0a"]]


@pytest.mark.parametrize("html", ["", "  ", "<p></p>", "<ul></ul>", "</p></div>", "<p><br></p>"])
def test_nothing_gives_no_words(html):
    found = blocks(html)
    assert not any(text(block.get("runs", [])).strip("|") for block in found)
    assert elements(html).tag == ""


def test_the_sign_of_a_hint_begins_its_line():
    """Regression: the class of the sign ※ is that of an explanation, and it stood a line lower."""
    html = (
        '<details><summary><span class="status hint">※</span> 有说明</summary></details>'
        '<p>甲<span class="hint">乙</span></p>'
    )
    assert [text(block["runs"]) for block in blocks(html)] == ["※ 有说明", "甲|乙"]
