from lxml import html as parser

from nianbao.overview.tree import tree
from nianbao.standing import Tally
from overview.books import agency, book, city, entry, missing, standing


def sums(passed=0, failed=0, undecided=0):
    return (Tally("L-1", "汇总", "warning", "check-levels", passed, failed, 0, undecided),)


def parent(**counts):
    return entry(standing("p", tallies=sums(**counts)), row=agency("p", "某市", "city"))


CHILD = entry(standing("c"), row=agency("c", "某局", parent="p"))


def test_the_lists_are_nested_as_the_register_says():
    year = city(60)
    root = parser.fromstring(f"<div>{tree(year).html}</div>")
    for each in year.entries:
        (item,) = root.xpath(f'//li[span/a[text()="{each.name}" and ' + where(each) + "]]")
        above = item.xpath("../parent::li/span/a[1]/text()")
        parents = [e.name for e in year.entries if e.agency.id == each.agency.parent]
        assert above == parents


def where(each):
    target = f"{each.agency.id}/report.html" if each.built else f"#a-{each.agency.id}"
    return f'@href="{target}"'


def test_a_government_says_how_it_compares_with_the_agencies_below():
    for counts, status, words in (
        ({"passed": 7}, "passed", "与下级汇总7项相符"),
        ({"passed": 7, "failed": 2}, "failed", "与下级汇总2项不符，7项相符"),
        ({"undecided": 3}, "undecided", "与下级汇总3项无法判定"),
    ):
        html = tree(book(parent(**counts), CHILD)).html
        assert f'<span class="status {status}">' in html
        assert f'<a href="p/report.html#check-levels">{words}<' in html


def test_what_hinders_the_comparison_is_named():
    html = tree(book(parent(undecided=3), CHILD, missing(agency("d", "缺局", parent="p")))).html
    assert "（没有可用的报告：缺局）" in html


def test_nothing_to_compare_is_said_and_not_linked():
    assert "没有可以与下级汇总核对的项目" in tree(book(parent(), CHILD)).html
    html = tree(book(missing(agency("p", "某市", "city")), CHILD)).html
    assert "没有可用的报告，无法与下级汇总核对" in html
    unbuilt = entry(standing("p", tallies=sums(passed=1)), built=False)
    assert "check-levels" not in tree(book(unbuilt, CHILD)).html


def test_strangers_come_last():
    stranger = entry(standing("x"), row=agency("x", "外局", level=""))
    html = tree(book(stranger, parent(passed=1), CHILD)).html
    assert html.index("某市") < html.index('id="strangers"') < html.index("外局")
    assert html.count("外局") == 1


def test_a_stranger_that_others_name_as_parent_keeps_its_place():
    above = entry(standing("p"), row=agency("p", "未登记市", level=""))
    html = tree(book(above, CHILD)).html
    assert "strangers" not in html and html.index("未登记市") < html.index("某局")


def test_a_parent_that_is_not_there_is_named():
    assert (
        "上级“q”不在登记表中"
        in tree(book(parent(passed=1), CHILD, missing(agency("z", parent="q")))).html
    )


def test_a_register_without_tiers_is_one_sentence():
    html = tree(book(missing(agency("a")), missing(agency("b")))).html
    assert "没有上下级关系" in html and "<ul" not in html
    assert tree(book()).html == "<p>登记表中没有机关。</p>"


def test_circles_and_bottomless_registers_end():
    circle = [missing(agency("a", parent="b")), missing(agency("b", parent="a"))]
    assert tree(book(*circle)).html
    chain = [missing(agency(f"n{n}", parent=f"n{n - 1}" if n else "")) for n in range(400)]
    html = tree(book(*chain)).html
    assert html.count("<li>") == 400
    depth = deepest = 0
    for piece in html.split("<"):
        depth += piece.startswith("ul") - piece.startswith("/ul")
        deepest = max(deepest, depth)
    assert deepest == 8
