"""Agencies compared by rates: small numbers set apart, careful words, room for 300 names."""

import random
import re

import pytest
from drawn import apart, assert_sound, assert_widths, recording
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.charts import font
from nianbao.charts.canvas import ACCENT, CONTEXT, NARROW, SECOND, WIDE, Canvas
from nianbao.charts.chart import Chart
from nianbao.charts.comparison import compare, percent
from nianbao.charts.naming import Wanted, boxed, folded, places, shortened
from nianbao.charts.rates import Entry, Measure, rates
from nianbao.fragments import Fragment

MEASURE = Measure("公开率", "予以公开", "办理结果")
LONG = "洛阳市涧西区人民政府办公室（区政府研究室、区大数据管理局）政府信息公开工作科"


def draw(entries, **more):
    return rates("rates", entries, MEASURE, subtitle="2024年度", source="来源：年报", **more)


def sheets_of(entries, **more):
    with recording() as sheets:
        draw(entries, **more)
    return sheets


def agencies(number, rate=0.4, spread=0.0, least=30, most=3000, seed=1):
    """Invent agencies whose true rates differ by ``spread``, with names of all lengths."""
    chance = random.Random(seed)
    made = []
    for n in range(number):
        whole = round(least * (most / least) ** chance.random())
        true = min(max(chance.gauss(rate, spread), 0), 1)
        part = sum(chance.random() < true for _ in range(whole))
        made.append(Entry(f"洛阳市{'住房和城乡建设' * (n % 3)}第{n}局", part, whole))
    return made


SETS = {
    "rows": agencies(12, spread=0.1),
    "forty": agencies(40, spread=0.1),
    "long names": [Entry(f"{LONG}{n}", 20 * n, 100) for n in range(1, 5)],
    "few": agencies(9, least=1, most=29),
    "one of thirty": [*agencies(9, least=1, most=29), Entry("甲", 12, 40)],
    "many few": [*agencies(8), *agencies(200, least=1, most=29, seed=2)],
    "none and all": [Entry("甲", 0, 50), Entry("乙", 50, 50), Entry("丙", 0, 1)],
    "rare": agencies(20, rate=0.01, spread=0.01),
    "millions": [Entry("甲", 12_345_678, 98_765_432), Entry("乙", 23_456_789, 98_765_432)],
    "funnel": agencies(41, spread=0.05),
    "three hundred": agencies(300, spread=0.08, least=2, most=20_000),
    "rare funnel": agencies(300, rate=0.01, spread=0.02, least=1),
    "funnel of few": [Entry(f"第{n}局", int(n == 9), 30 + n) for n in range(50)],
    "funnel of most": [Entry(f"第{n}局", 30 - (n == 9), 30) for n in range(50)],
    "crowded": [Entry(f"{LONG}{n}", 20 + 9 * (n % 2) * 5, 90) for n in range(80)],
}


@pytest.mark.parametrize("name", SETS)
def test_nothing_is_cut_and_nothing_covered(name):
    sheets = sheets_of(SETS[name])
    assert_widths(sheets)
    for sheet in sheets:
        assert_sound(sheet)


counts = st.one_of(st.integers(0, 40), st.integers(0, 99_999))
entries = st.builds(Entry, st.text("洛阳市第一二三局（）、", max_size=40), counts, counts)


@settings(max_examples=60, deadline=None)
@given(st.lists(entries, max_size=70))
def test_any_agencies_are_drawn_soundly(given_):
    for sheet in sheets_of(given_):
        assert_sound(sheet)


def rings(sheet):
    return [dot for dot in sheet.dots if dot[3] == CONTEXT]


def test_rows_stand_by_rate_with_denominators_and_intervals():
    given_ = [Entry("甲", 10, 100), Entry("乙", 90, 100), Entry("丙", 50, 100)]
    sheet = sheets_of(given_)[0]
    names = [text for text in sheet.written if text in "甲乙丙"]
    assert names == ["乙", "丙", "甲"]
    assert {"90/100", "50/100", "10/100"} <= set(sheet.written)
    dots = sorted((y, x) for x, y, *_ in sheet.dots)
    spans = [p for p, colour, _ in sheet.lines if colour in (ACCENT, SECOND)]
    assert len(spans) == len(dots) == 3
    for (y, x), points in zip(dots, spans, strict=True):
        assert points[0][1] == points[1][1] == y
        assert points[0][0] < x < points[1][0]
    (start, _), (end, _) = spans[1]
    (low, high) = (0.404, 0.596)  # Wilson's for 50 of 100
    unit = (dots[0][1] - dots[2][1]) / 0.8
    assert (end - start) / unit == pytest.approx(high - low, abs=0.002)


def test_few_cases_are_apart_grey_and_in_the_order_given():
    given_ = [Entry("甲", 29, 29), Entry("乙", 20, 40), Entry("丙", 0, 5), Entry("丁", 30, 40)]
    sheet = sheets_of(given_)[0]
    assert [t for t in sheet.written if t in "甲乙丙丁"] == ["丁", "乙", "甲", "丙"]
    heading = sheet.box("不足30件，仅供参考")
    assert sheet.box("乙")[3] <= heading[1] and heading[3] <= sheet.box("甲")[1]
    assert len(rings(sheet)) == 2
    chart = draw(given_)
    assert "不足30件" in chart.data.rows[2][-1]
    assert chart.data.rows[2][3:5] == ("—", "—")
    assert "甲" not in chart.title


def test_many_with_few_cases_are_counted_below():
    chart = draw(SETS["many few"])
    assert "另有200个机关不足30件，比率仅供参考，没有画出，见图中数据" in chart.source
    assert len(chart.data.rows) == 209
    assert chart.wide.height < 400


def test_the_overall_rate_is_that_of_all_cases_few_ones_included():
    given_ = [Entry("甲", 10, 100), Entry("乙", 30, 100), Entry("丙", 20, 20)]
    assert compare(given_).overall.fraction == "60/220"
    assert "总体27%" in sheets_of(given_)[0].written
    assert "全市27%" in sheets_of(given_, overall_words="全市")[0].written
    assert draw(given_).data.rows[-1][:4] == ("总体", "60", "220", "27%")


def test_no_share_is_written_of_fewer_than_thirty():
    chart = draw([Entry("甲", 1, 4), Entry("乙", 2, 9)])
    assert "%" not in re.sub(r"95%区间", "", chart.title + chart.alt)
    assert not any("%" in cell for row in chart.data.rows for cell in row)
    assert "总体" not in "".join(sheets_of([Entry("甲", 1, 4), Entry("乙", 2, 9)])[0].written)


@pytest.mark.parametrize(
    ("given_", "title"),
    [
        ([Entry("甲", 40, 100), Entry("乙", 45, 100)], "2个满30件的机关的公开率与总体没有显著差别"),
        (
            [Entry("甲", 40, 100), Entry("乙", 45, 100), Entry("丙", 5, 90)],
            "3个满30件的机关中，1个的公开率与总体没有显著差别，“乙”偏高、“丙”偏低",
        ),
        (
            [Entry("甲", 5, 100), Entry("乙", 95, 100)],
            "2个满30件的机关中，公开率“乙”偏高、“甲”偏低",
        ),
        (
            [Entry("甲", 3, 5), Entry("乙", 1, 9)],
            "各机关的办理结果均不足30件，公开率仅供参考，不作比较",
        ),
        (
            [Entry("甲", 8, 40), Entry("乙", 1, 9)],
            "只有“甲”的办理结果满30件，公开率20%，不作比较",
        ),
    ],
)
def test_the_title_says_no_more_than_the_figures(given_, title):
    assert draw(given_).title == title


def test_many_that_stand_out_are_counted_not_named():
    groups = [Entry(f"甲{n}", 90, 100) for n in range(3)] + [
        Entry(f"乙{n}", 5, 90) for n in range(3)
    ]
    assert draw(groups).title == "6个满30件的机关中，公开率3个偏高、3个偏低"
    long = [Entry(LONG, 90, 100), Entry("乙", 40, 100), Entry("丙", 38, 100)]
    assert LONG not in draw(long).title


def test_more_than_forty_stand_in_a_funnel():
    assert draw(agencies(40)).alt.startswith("点图")
    chart = draw(agencies(41))
    assert chart.alt.startswith("漏斗图")
    assert "对数刻度" in "".join(sheets_of(agencies(41))[0].written)
    # Those with few cases do not count: they are not compared.
    assert draw([*agencies(40), *agencies(50, least=1, most=29)]).alt.startswith("点图")


def test_agencies_that_differ_by_chance_alone_are_left_in_peace():
    found = [draw(agencies(60, seed=seed)).title for seed in range(8)]
    peaceful = "60个满30件的机关之间公开率的差别没有超出偶然波动的范围"
    # 60 agencies in 500 would be one title in nine or so.
    assert found.count(peaceful) >= 6


def test_whoever_is_outside_the_limits_is_named_and_large():
    given_ = [*agencies(60), Entry("某市某局", 10, 500)]
    assert draw(given_).title == "61个满30件的机关中，公开率“某市某局”偏低，超出偶然波动的范围"
    for sheet in sheets_of(given_):
        assert "某市某局" in sheet.written
        assert [dot[2] for dot in sheet.dots if dot[3] == ACCENT] == [10]
    (row,) = [row for row in draw(given_).data.rows if row[0] == "某市某局"]
    assert row[1:4] == ("10", "500", "2%") and row[-1] == "偏低，在99.8%控制限外"


def test_a_funnel_shows_everyone_with_cases_and_lists_all():
    given_ = SETS["three hundred"]
    comparison = compare(given_)
    for sheet in sheets_of(given_):
        drawn = len([dot for dot in sheet.dots if dot[3] != "#ffffff"])
        beyond = re.search(r"(\d+)个不足30件的机关高于图示范围", draw(given_).source)
        assert drawn == len(comparison.rates) - (int(beyond[1]) if beyond else 0)
    rows = draw(given_).data.rows
    assert [row[0] for row in rows[:-1]] == [entry.name for entry in given_]


def test_what_lies_above_a_funnels_scale_is_said():
    given_ = [*agencies(60, rate=0.01), *(Entry(f"小{n}", 1, 1) for n in range(5))]
    assert "5个不足30件的机关高于图示范围，没有画出" in draw(given_).source


def test_three_hundred_agencies_take_little_room():
    chart = draw(SETS["three hundred"])
    assert len(chart.wide.svg) < 60_000 > len(chart.narrow.svg)
    assert len(chart.wide.uri) < 60_000 > len(chart.narrow.uri)
    assert max(chart.wide.height, chart.narrow.height) < 500


def test_the_same_bytes_twice():
    for name in ("rows", "three hundred"):
        one, other = draw(SETS[name]), draw(list(SETS[name]))
        assert isinstance(one, Chart)
        assert one == other


def test_long_names_are_folded_in_the_picture_and_whole_in_the_table():
    chart, (wide, narrow) = draw(SETS["long names"]), sheets_of(SETS["long names"])
    assert chart.data.rows[0][0] == f"{LONG}4"
    for sheet, most in ((wide, WIDE * 0.36), (narrow, NARROW)):
        assert any(text.endswith("…") for text in sheet.written)
        assert all(font.measure(text) <= most for text in sheet.written)


def test_agencies_without_a_rate_are_said_and_listed():
    given_ = [
        Entry("甲", 40, 100),
        Entry("乙", 45, 100),
        Entry("丙", 0, 0),
        Entry("丁", None, 9),
        Entry("戊", 7, 5),
    ]
    chart = draw(given_)
    assert "1个机关没有办理结果，不计算公开率" in chart.source
    assert "1个机关的数字未知" in chart.source
    assert "1个机关的予以公开与办理结果不相符，没有计算，请核对原表" in chart.source
    listed = {row[0]: row[1:] for row in chart.data.rows}
    assert listed["丙"] == ("0", "0", "—", "—", "没有办理结果")
    assert listed["丁"] == ("未知", "9", "—", "—", "数字未知")
    assert listed["戊"] == ("7", "5", "—", "—", "两数不相符，请核对原表")


def test_fewer_than_two_agencies_are_a_sentence():
    assert repr(draw([])) == "没有可以计算公开率的机关。"
    assert repr(draw([Entry("甲", 8, 40)])) == (
        "只有“甲”可以计算公开率：办理结果40件，予以公开8件，占20%（95%区间10%至35%）。"
    )
    one = draw([Entry("甲", 3, 4), Entry("乙", 0, 0)])
    assert isinstance(one, Fragment)
    assert "不足30件，仅供参考" in repr(one) and "%" not in repr(one)


def test_where_all_are_alike_a_sentence_stands():
    none, every = [Entry("甲", 0, 50), Entry("乙", 0, 9)], [Entry("甲", 50, 50), Entry("乙", 9, 9)]
    assert repr(draw([*none, Entry("丙", 0, 0)])) == (
        "2个机关办理结果共59件，予以公开0件；1个机关没有办理结果，不计算公开率。"
    )
    assert repr(draw(every)) == "2个机关办理结果共59件，全部予以公开。"


def test_given_words_are_kept():
    chart = draw(SETS["rows"], title="甲", alt="乙")
    assert (chart.title, chart.alt) == ("甲", "乙")
    assert chart.source.startswith("来源：年报。点为比率，横线为95%区间")


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (0, "0%"),
        (1, "100%"),
        (0.0004, "不足0.1%"),
        (0.021, "2.1%"),
        (0.05, "5%"),
        (0.0999, "10%"),
        (0.1, "10%"),
        (0.456, "46%"),
        (0.994, "99%"),
        (0.9951, "超过99%"),
    ],
)
def test_per_cents_never_claim_none_or_all(rate, text):
    assert percent(rate) == text


@given(st.text("洛阳市第一二三局（）、", max_size=60), st.integers(60, 300))
def test_folded_names_fit_and_say_where_they_are_cut(name, limit):
    lines = folded(name, limit)
    assert len(lines) <= 2
    assert all(font.measure(line) <= limit for line in lines)
    assert "".join(lines) == name or lines[-1].endswith("…") or "…" in "".join(lines)
    assert shortened(name, 1000) == name


dots = st.tuples(st.floats(30, 600), st.floats(40, 300), st.sampled_from([1, -1]))


@settings(max_examples=60, deadline=None)
@given(st.lists(dots, max_size=12))
def test_names_in_a_funnel_cover_nothing_and_stay_inside(found):
    sheet = (10.0, 20.0, 640.0, 330.0)
    wanted = [Wanted(f"洛阳市第{n}局", x, y, side) for n, (x, y, side) in enumerate(found)]
    taken = [(x - 4, y - 4, x + 4, y + 4) for x, y, _ in found]
    spots = places(wanted, sheet, taken)
    boxes = [spot.box for spot in spots if spot]
    assert len(spots) == len(wanted)
    for number, box in enumerate(boxes):
        assert all(apart(box, other) for other in [*taken, *boxes[:number]])
        assert box[0] >= 10 and box[1] >= 20 and box[2] <= 640 and box[3] <= 330


def test_a_name_alone_stands_beside_its_dot():
    (spot,) = places([Wanted("甲局", 100, 100, 1)], (0, 0, 500, 500), [(96, 96, 104, 104)])
    assert spot.box == boxed(109, 100, "甲局") and spot.leader is None
    full = [(0.0, 0.0, 500.0, 500.0)]
    assert places([Wanted("甲局", 100, 100, 1)], (0, 0, 500, 500), full) == [None]


def test_no_dot_is_lost_on_the_way_to_the_picture():
    chance = random.Random(7)
    points = [(chance.uniform(5, 195), chance.uniform(5, 95)) for _ in range(500)]
    canvas = Canvas(200, 100)
    canvas.dots(points, 6, ACCENT)
    canvas.dots([], 6, ACCENT)
    svg = canvas.drawing().svg
    assert svg.count("h.01") == 500
    assert "stroke-linecap='round'" in svg
    assert len(svg) < 500 * 25
