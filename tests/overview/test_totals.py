from lxml import html as parser

from nianbao.overview.totals import SUMMED, totals
from overview.books import YEAR, agency, book, city, entry, figures, missing, standing, unread


def table(year):
    tree = parser.fromstring(f"<div>{totals(year).html}</div>")
    return {
        row[0].text_content(): [" ".join(cell.itertext()) for cell in row[1:]]
        for row in tree.xpath("//tbody/tr")
    }


def test_sums_stay_within_a_level():
    rows = [("a", "city", 100), ("b", "department", 20), ("c", "department", 30)]
    entries = [
        entry(standing(id, figures=figures(new, 0, 5, 0)), row=agency(id, level=level))
        for id, level, new in rows
    ]
    known = table(book(*entries))
    assert [*known] == ["市级政府", "政府部门"]
    assert known["市级政府"][:6] == ["1", "1", "1", "0", "0", "100 1份"]
    assert known["政府部门"][5] == "50 2份"


def test_a_sum_with_an_unknown_term_says_what_it_lacks():
    whole = standing("a", figures=figures(10, 0, 1, 0))
    part = {code: n for code, n in figures(7, 0, 1, 0).items() if code != "t4.after.total"}
    rest = [missing(agency("c", "丙局")), unread(agency("d", "丁局"))]
    year = book(entry(whole), entry(standing("b", figures=part), row=agency("b", "乙局")), *rest)
    known = dict(zip(SUMMED, table(year)["政府部门"][5:], strict=True))
    assert known["本年新收"] == "17 2份，不含2份"
    # 直接起诉 is known of 乙局 and 复议后起诉 is not: no half of a sum counts.
    assert known["行政诉讼"] == f"{whole.figures['t4.direct.total'] * 2} 1份，不含3份"
    html = totals(year).html
    assert "缺报，各项都不含：丙局。" in html and "没有核验，各项都不含：丁局。" in html
    assert "报告中没有可用的数字，行政诉讼不含：乙局。" in html


def test_a_sum_over_nothing_is_unknown_and_not_zero():
    known = table(book(missing(agency("a")), missing(agency("b"))))["政府部门"]
    assert known[5:] == ["未知 0份，不含2份"] * len(SUMMED)
    assert known[:5] == ["2", "2", "0", "2", "0"]


def test_who_did_not_have_to_report_is_not_missed():
    gone = agency("a")
    gone = type(gone)("a", "甲", "department", "", "", "", f"{YEAR - 1}")
    year = book(missing(gone), entry(standing("b")))
    assert table(year)["政府部门"][:6] == ["2", "1", "1", "0", "0", "100 1份"]
    assert "不含" not in totals(year).html.partition("<p class")[0]


def test_inferred_figures_are_counted():
    known = table(book(entry(standing(settled=("t3.new.total",)))))
    assert known["政府部门"][5:7] == ["100 1份 1份推定", "3 1份"]


def test_many_missing_agencies_are_named_up_to_ten():
    html = totals(book(*(missing(agency(f"m{n:02}")) for n in range(12)))).html
    assert "m09等12个。" in html and "m10" not in html


def test_one_level_may_hold_agencies_and_those_above_them():
    pair = book(entry(standing("a")), entry(standing("b"), row=agency("b", parent="a")))
    assert "其中1个机关的上级也在本层级" in totals(pair).html


def test_agencies_without_a_row_are_a_level_of_their_own():
    assert "未登记" in table(book(entry(standing("x"), row=agency("x", level=""))))


def test_the_sums_are_those_of_the_reports():
    year = city(300)
    for code, title in (("county", "县级政府"), ("township", "乡镇、街道")):
        members = [e.standing for e in year.entries if e.agency.level == code and e.standing]
        wanted = sum(known.figures["t3.new.total"] for known in members)
        assert table(year)[title][5].startswith(f"{wanted:,} {len(members)}份")


def test_nobody_at_all():
    assert totals(book()).html == "<p>没有机关，也没有报告。</p>"
