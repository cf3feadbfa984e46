import re

from nianbao.overview.problems import needing
from overview.books import agency, book, city, entry, failure, missing, standing, unread, waiting

REPORT = "b/report.html"


def faulty(id="b", count=3, **changes):
    failures = tuple(failure(number=n) for n in range(count))
    problems = tuple((each.anchor, f"第{n}处") for n, each in enumerate(failures))
    known = {"errors": count, "failures": failures, "problems": problems} | changes
    return standing(id, **known)


def titles(html):
    return re.findall(r"</span> (\S+?)<span class=\"tally\">(\d+)个", html)


def test_a_problem_links_to_its_place_and_to_the_notice():
    html = needing(book(entry(faulty()))).html
    assert f'<a href="{REPORT}#finding-000000000000">第0处</a>' in html
    assert f'<a href="{REPORT}#finding-000000000001">第1处</a>' in html
    assert "第2处" not in html
    assert re.search(rf'<a href="{REPORT}#verification">另有1处', html)
    assert 'href="b/review.html#notice-title"' in html
    assert "3处错误" in html


def test_a_page_that_is_not_there_is_not_linked_to():
    html = needing(book(entry(faulty(), built=False))).html
    assert "第0处" in html and "另有1处" in html
    assert re.findall(r'href="([^"]+)"', html) == ["#a-b"]


def test_what_is_explained_is_no_problem():
    waived = failure(waived=True, number=0)
    known = faulty(failures=(waived, failure(number=1), failure(number=2)), errors=2)
    html = needing(book(entry(known))).html
    assert "第0处" not in html and "第1处" in html and "第2处" in html
    only = standing("c", waived=1, failures=(waived,), problems=((waived.anchor, "第0处"),))
    assert "没有需要处理的机关" in needing(book(entry(only))).html


def test_an_error_without_a_pointer_is_told_all_the_same():
    html = needing(book(entry(faulty(problems=(), count=1)))).html
    assert "表三“二、上年结转政府信息公开申请数量”：总计为100，各类申请人之和为98，相差2" in html


def test_each_agency_stands_under_its_gravest_problem_once():
    both = entry(faulty("late"), row=agency("late", "甲"))
    both = type(both)(both.agency, type(both.filing)(("misfiled", "late")), both.standing)
    entries = (both, unread(agency("u")), missing(agency("m")), waiting(agency("w")))
    html = needing(book(*entries)).html
    assert titles(html) == [
        ("有错误", "1"),
        ("无法读取", "1"),
        ("缺报", "1"),
        ("尚未生成页面", "1"),
    ]
    assert "3处错误、格式不符、逾期" in html
    assert html.count("甲") == 1


def test_long_lists_are_cut_and_say_so():
    year = city(300)
    html = needing(year).html
    assert html.count("<li><div") <= 20 + 4
    for word, count in titles(html):
        part = html.partition(f"</span> {word}<")[2].partition("</section>")[0]
        shown = len(re.findall(r'<li>(?:<div class="who">|<a)', part))
        rest = re.search(r"另有(\d+)个，", part)
        assert shown + int(rest[1] if rest else 0) == int(count), word


def test_every_kind_has_room_even_where_errors_are_many():
    many = [entry(faulty(f"e{n}")) for n in range(40)]
    rest = [unread(agency(f"u{n}")) for n in range(2)]
    html = needing(book(*many, *rest)).html
    assert html.count('<div class="who">') == 20
    assert "另有22个" in html


def test_nothing_to_say_is_one_sentence():
    assert needing(book(entry(standing()))).html.count("<p>") == 1
    assert "没有机关，也没有报告" in needing(book()).html
