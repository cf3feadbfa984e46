"""The page as a whole: what links where, what is escaped, what each part says of the years."""

import re
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from nianbao import trend
from nianbao.exporters import clean
from nianbao.trend.heading import title
from trend.histories import altered, filed, reports

PARTS = [getattr(trend, name) for name in trend.__all__]
HOSTILE = "<script>alert(1)</script>\"&'局"


def page(history):
    return "\n".join(part(history)._repr_html_() for part in PARTS)


@pytest.fixture(params=["sound", "torn", "gapped", "mixed", "alone", "unread"])
def any_history(request):
    return request.getfixturevalue(request.param)


def test_the_page_is_sound_markup(any_history):
    html = page(any_history)
    parsed = HTMLParser(html)
    ids = [node.attributes["id"] for node in parsed.css("[id]")]
    assert len(ids) == len(set(ids))
    for node in parsed.css("[aria-labelledby]"):
        assert node.attributes["aria-labelledby"] in ids
    for table in parsed.css("table"):
        assert table.css_first("caption") is not None
        assert all(head.attributes.get("scope") for head in table.css("th"))
    for link in parsed.css("a[href^='#']"):
        assert link.attributes["href"][1:] in {*ids, "check-years"}  # the chapter's own heading
    levels = [int(node.tag[1]) for node in parsed.css("h1, h2, h3")]
    assert levels.count(1) == 1 and set(levels) <= {1, 3}  # the notebook has the h2


def test_sanitizing_takes_nothing_away(any_history):
    html = page(any_history)
    kept = HTMLParser(clean(html))
    whole = HTMLParser(html)
    for selector in ("th[scope]", "td[data-year]", "td[data-value]", "a[href]", "[tabindex]"):
        assert len(kept.css(selector)) == len(whole.css(selector))


def test_the_same_reports_give_the_same_bytes(tmp_path):
    found = reports(9, {2022: "2019", 2023: "2021"})
    pages = [page(filed(tmp_path / name, found)) for name in ("one", "other")]
    assert pages[0] == pages[1]


def test_hostile_names_stay_text(tmp_path):
    register = f'office,"{HOSTILE.replace(chr(34), chr(34) * 2)}",city,,,,\n'
    found = filed(tmp_path, reports(7, {2022: "2021", 2023: "2021"}), register)
    html = page(found)
    assert "<script" not in html
    assert HTMLParser(title(found).html).css_first("h1").text().startswith(HOSTILE)


def test_hostile_cells_stay_text(sound):
    code = "t2.licences.decisions"
    report = altered(sound.reports[2024], {code: None}, "unreadable")
    cell = replace(report.cells[code], written="<img src=x onerror=alert(1)>")
    report = replace(report, cells={**report.cells, code: cell})
    html = trend.comparison(replace(sound, reports={**sound.reports, 2024: report})).html
    assert "<img" not in html and "&lt;img src=x" in html


def test_reports_are_linked_only_where_their_pages_are(sound):
    assert not re.search(r'href="(?!#)', page(sound))
    entries = dict(sound.entries)
    entries[2023] = replace(entries[2023], built=True)
    links = re.findall(r'href="((?!#)[^"]*)"', page(replace(sound, entries=entries)))
    assert set(links) == {
        "../2023/office/report.html",
        "../2023/office/report.html#check-years",
        "../2023/office/review.html",
        "../2023/office/review.html#notice-title",
    }


def test_links_of_one_kind_differ_for_those_who_only_hear_them(sound):
    entries = {year: replace(entry, built=True) for year, entry in sound.entries.items()}
    parsed = HTMLParser(trend.filings(replace(sound, entries=entries)).html)
    words = {}
    for link in parsed.css("a"):
        assert words.setdefault(link.text(), link.attributes["href"]) == link.attributes["href"]


def test_every_year_has_its_row_with_its_state(gapped):
    rows = HTMLParser(trend.filings(gapped).html).css("tbody tr")
    told = [[cell.text() for cell in row.css("th, td")] for row in rows]
    assert [line[0] for line in told] == [f"{year}年" for year in range(2021, 2026)]
    assert [line[1] for line in told][:3] == ["已报、日期不详", "缺报", "已报、日期不详"]
    assert told[3][1].startswith("格式不符office.txt：没有找到三张法定表格")
    assert told[3][3] == "未能读取，没有核验"
    assert told[1][4:6] == ["", ""] and told[0][4:6] == ["0", "0"]


def test_all_states_of_a_report_are_told(sound):
    entry = sound.entries[2022]
    late = replace(entry.filing, states=("misfiled", "late"), reason="晚3天")
    entries = {**sound.entries, 2022: replace(entry, filing=late)}
    html = trend.filings(replace(sound, entries=entries)).html
    assert "格式不符、逾期" in html and "晚3天" in html


def test_the_first_lines_link_to_the_places_that_do_not_join(torn):
    parsed = HTMLParser(title(torn).html)
    links = parsed.css(".verdict-places a")
    assert [link.text() for link in links] == [
        "✗ 2022—2023年：表三“自然人”列",
        "✗ 2022—2023年：表三“总计”列",
        "△ 2022—2023年：表二“行政规范性文件”行",
        "△ 2023—2024年：表二“行政规范性文件”行",
    ]
    below = HTMLParser(trend.crossings(torn).html)
    for link in links:
        assert below.css_first(f'[id="{link.attributes["href"][1:]}"]') is not None


def test_failed_findings_are_told_in_full_with_their_year(torn):
    items = HTMLParser(trend.crossings(torn).html).css("li")
    left = torn.reports[2022].value("t3.carried_out.total")
    told = items[1].text()
    assert told.startswith("✗ 错误 2023年，表三“总计”列：")
    assert f"{left + 2} ≠ 2022年报告的" in told and "相差2。" in told
    assert [item.text()[:4] for item in items] == ["✗ 错误", "✗ 错误", "△ 提醒", "△ 提醒"]


def test_pairs_of_years_that_cannot_be_checked_say_why(gapped):
    rows = HTMLParser(trend.crossings(gapped).html).css("tbody tr")
    told = [re.sub(r"\s+", "", row.text()) for row in rows]
    assert told[0] == "2021—2022年○缺2022年报告，无法核对"
    assert told[2] == "2023—2024年○2024年报告未能读取，无法核对"
    assert len(rows) == 4


def test_what_was_explained_is_counted_apart(torn):
    entry = torn.entries[2024]
    waived = tuple(
        type(f)(**{n: getattr(f, n) for n in f.__struct_fields__} | {"waived": True})
        for f in entry.standing.failures
    )
    fields = {n: getattr(entry.standing, n) for n in entry.standing.__struct_fields__}
    standing = type(entry.standing)(**fields | {"failures": waived})
    entries = {**torn.entries, 2024: replace(entry, standing=standing)}
    parsed = HTMLParser(trend.crossings(replace(torn, entries=entries)).html)
    assert "已说明" in [head.text() for head in parsed.css("thead th")]
    assert "※ 不符，已说明" in parsed.css("tbody tr")[-1].text()
    assert "已说明" not in HTMLParser(trend.crossings(torn).html).css_first("thead").text()


def test_one_year_says_that_it_is_alone(alone):
    html = page(alone)
    assert "只有2022年一份报告，没有相邻年度可以核对" in html
    assert "一份报告不能前后比较，以下只列2022年的数字。" in html
    assert "2022年报告是这里唯一的一份" in html
