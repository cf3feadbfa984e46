"""Small multiples: one scale, true heights, gaps where there is no report."""

from itertools import pairwise

import pytest
from drawn import assert_sound, assert_widths, recording
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.charts.chart import Chart
from nianbao.charts.multiples import Panel, multiples
from nianbao.fragments import Fragment

FIVE = range(2020, 2025)
TEN = range(2015, 2025)


def series(years, *values):
    return dict(zip(years, values, strict=True))


def draw(panels, years, **more):
    return multiples("outcomes", panels, years, subtitle="单位：件", source="来源", **more)


def sheets_of(panels, years, **more):
    with recording() as sheets:
        draw(panels, years, **more)
    return sheets


SMALL = [
    Panel("予以公开", series(FIVE, 3, 12, 8, 20, 31)),
    Panel("不予公开", series(FIVE, 1, 2, 3, None, 5)),
    Panel("不予处理", series(FIVE, 0, 0, 0, 0, 0)),
]
LARGE = [
    Panel("予以公开", {year: 98_765 - 9_000 * n for n, year in enumerate(TEN) if n != 3}),
    Panel("不予公开：属于三安全一稳定", dict.fromkeys(TEN)),
    Panel("其他", {2016: 98_765, 2017: 91_234}),
    Panel("其他处理：无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", {2024: 7}),
    Panel("撤回", {year: year % 7 for year in TEN}),
]


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("broken", [None, 2016, 2021, 2024])
def test_nothing_is_cut_and_nothing_covered(number, broken):
    sheets = sheets_of(LARGE[:number], TEN, break_before=broken)
    sheets += sheets_of(SMALL[:number], FIVE, break_before=broken)
    assert_widths(sheets)
    for sheet in sheets:
        assert_sound(sheet)


values = st.one_of(st.none(), st.integers(0, 12), st.integers(0, 99_999))


@st.composite
def grids(draw_):
    years = draw_(st.lists(st.integers(2013, 2024), min_size=2, max_size=10, unique=True))
    names = st.text("予以部分公开、无法提供（其他）", min_size=1, max_size=24)
    panels = st.builds(Panel, names, st.dictionaries(st.sampled_from(years), values))
    return draw_(st.lists(panels, min_size=1, max_size=7)), years


@settings(max_examples=80, deadline=None)
@given(grids(), st.one_of(st.none(), st.integers(2012, 2026)))
def test_any_grid_is_drawn_soundly(grid, broken):
    for sheet in sheets_of(*grid, break_before=broken):
        assert_sound(sheet)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(1, 500), min_size=4, max_size=4), min_size=1, max_size=6))
def test_all_panels_have_one_scale_from_zero(rows):
    panels = [Panel(f"甲{n}", series(range(2021, 2025), *row)) for n, row in enumerate(rows)]
    for sheet in sheets_of(panels, range(2021, 2025)):
        heights = [bottom - top for _, top, _, bottom, _ in sheet.rects]
        figures = [value for row in rows for value in row]
        unit = max(heights) / max(figures)
        assert heights == pytest.approx([max(value * unit, 1) for value in figures])


def test_every_value_is_written_where_there_is_room():
    wide, narrow = sheets_of(SMALL, FIVE)
    for sheet in (wide, narrow):
        assert {"3", "12", "8", "20", "31", "0"} <= set(sheet.written)
        assert sheet.written.count("○") == 1
    assert "○ 未知" in wide.written[-1]


def test_else_the_first_the_largest_and_the_last():
    panel = Panel(
        "予以公开",
        series(TEN, 70_123, *range(71_111, 71_114), 98_765, *range(80_000, 80_004), 61_234),
    )
    for sheet in sheets_of([panel, *SMALL], TEN):
        assert {"70,123", "98,765", "61,234"} <= set(sheet.written)
        assert "71,112" not in sheet.written
        # The first and the last stand below the zero line, the largest above its column.
        assert sheet.box("98,765")[3] <= min(top for _, top, *_ in sheet.rects) + 1
        assert sheet.box("70,123")[1] >= max(bottom for *_, bottom, _ in sheet.rects[:10])


def test_an_unknown_end_is_written_so():
    panel = Panel("予以公开", series(TEN, None, *range(12_340, 12_349)))
    for sheet in sheets_of([panel, Panel("其他", {2015: 1})], TEN):
        assert "未知" in sheet.written


def test_a_year_without_a_report_breaks_the_zero_line():
    panel = Panel("甲", {2021: 4, 2022: 5, 2024: 6})
    sheet = sheets_of([panel], range(2021, 2025))[0]
    floor = max(bottom for *_, bottom, _ in sheet.rects)
    spans = sorted(
        sorted(x for x, _ in points)
        for points, _, dash in sheet.lines
        if not dash and all(y == floor for _, y in points)
    )
    gaps = [b[0] - a[1] for a, b in pairwise(spans)]
    assert gaps == pytest.approx([0, spans[0][1] - spans[0][0]])
    assert "2023年没有可用的年报，横线断开" in sheet.written
    chart = draw([panel], range(2021, 2025))
    assert chart.data.rows == (("甲", "4", "5", "没有年报", "6"),)


def test_unknown_and_nought_and_no_report_differ_in_the_table():
    chart = draw([Panel("甲", {2021: 0, 2022: None, 2024: 6})], [2021, 2022, 2023, 2024])
    assert chart.data.headers == ("项目（件）", "2021年", "2022年", "2023年", "2024年")
    assert chart.data.rows == (("甲", "0", "未知", "没有年报", "6"),)


def test_years_of_other_panels_and_other_times_are_left_out():
    panels = [Panel("甲", {1999: 1_000_000, 2023: 3, 2024: 6}), Panel("乙", {2023: 1})]
    chart = draw(panels, [2023, 2024])
    assert len(chart.data.headers) == 3
    assert "横线断开处没有可用的年报" in "".join(sheets_of(panels, [2023, 2024])[0].written)


def test_the_new_form_is_marked_in_every_panel_and_told_once():
    sheet = sheets_of(SMALL, FIVE, break_before=2021)[0]
    assert sheet.written.count("2021年起报告格式不同") == 1
    walls = {points[0][0] for points, _, dash in sheet.lines if dash}
    assert len(walls) == 3 + 1  # one in each panel, one as the sample beside the words
    for wall in walls:
        assert not any(left < wall < right for left, _, right, _, _ in sheet.rects)


@pytest.mark.parametrize("year", [None, 2020, 1999, 2025])
def test_no_mark_where_all_years_have_one_form(year):
    sheet = sheets_of(SMALL, FIVE, break_before=year)[0]
    assert not any(dash for *_, dash in sheet.lines)
    assert "报告格式" not in "".join(sheet.written)


def test_the_title_names_what_changed_most():
    assert draw(SMALL, FIVE).title == "“予以公开”增加最多：2020年3件，2024年31件"
    falls = [Panel("甲", {2023: 90, 2024: 1}), Panel("乙", {2023: 1, 2024: 80})]
    assert draw(falls, [2023, 2024]).title == "“甲”减少最多：2023年90件，2024年1件"
    assert draw(falls[:1], [2023, 2024]).title == "“甲”减少：2023年90件，2024年1件"
    level = [Panel("甲", {2023: 9, 2024: 9})]
    assert draw(level, [2023, 2024]).title == "各项首尾两年没有变化"
    once = [Panel("甲", {2023: None, 2024: 9})]
    assert draw(once, [2023, 2024]).title == "各项已知的数字都只有一年"


def test_the_alternative_text_tells_both_ends():
    alt = draw(SMALL, FIVE).alt
    assert alt.startswith("3幅小柱形图，同一刻度：“予以公开”增加最多")
    assert "不予公开2020年1件、2024年5件" in alt
    assert draw(SMALL, FIVE, title="甲", alt="乙").alt == "乙"
    assert draw(SMALL[:1], FIVE).alt.startswith("柱形图：")


def test_what_one_sentence_says_is_a_sentence():
    assert isinstance(draw([], FIVE), Fragment)
    assert repr(draw([], FIVE)) == repr(draw(SMALL, [])) == "没有可用的年报，各年的变化无法画出。"
    zero = [Panel(name, dict.fromkeys(FIVE, 0)) for name in "甲乙丙丁"]
    assert repr(draw(zero, FIVE)) == "2020年至2024年甲、乙、丙等4项均为0。"
    assert repr(draw(SMALL, [2023])) == "2023年予以公开20件、不予公开未知、不予处理0件。"
    unknown = [Panel("甲", dict.fromkeys(FIVE))]
    assert repr(draw(unknown, FIVE)) == "2020年至2024年没有可用的数字，各年的变化无法画出。"


def test_a_count_below_zero_is_not_known():
    assert draw([Panel("甲", {2023: -4, 2024: 9})], [2023, 2024]).data.rows[0][1] == "未知"


def test_the_same_bytes_whatever_the_order_of_a_mapping():
    turned = [Panel(p.label, dict(reversed(p.values.items()))) for p in SMALL]
    one, other = draw(SMALL, FIVE), draw(turned, list(reversed(FIVE)))
    assert isinstance(one, Chart)
    assert one == other
    assert len(one.wide.uri) < 40_000
