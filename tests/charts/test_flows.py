"""Stock and flow: years that meet are joined, years that do not are shown not to."""

import pytest
from drawn import assert_sound, assert_widths, recording
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.charts.canvas import ACCENT, CONTEXT, SECOND
from nianbao.charts.chart import Chart
from nianbao.charts.flows import Earlier, Period, Terms, flows
from nianbao.charts.waterfall import Step, draw_waterfall
from nianbao.fragments import Fragment

REQUESTS = Terms("上年结转", "本年新收", "办理完毕", "结转下年度")
DOCUMENTS = Terms("上年末现行有效", "本年制发", "本年废止", "年末现行有效")
TWO = [Period(2023, 3, 32, 33, 2), Period(2024, 2, 41, 38, 5)]


def draw(periods, terms=REQUESTS, **more):
    return flows("flows", periods, terms, subtitle="单位：件", source="来源：年报", **more)


def sheets_of(periods, terms=REQUESTS, **more):
    with recording() as sheets:
        draw(periods, terms, **more)
    return sheets


def chain(years, size):
    return [Period(2015 + n, size * n, 3 * size + n, 2 * size + n, size * (n + 1)) for n in years]


CASES = {
    "two": TWO,
    "one": TWO[:1],
    "ten": chain(range(10), 7),
    "huge": chain(range(10), 98_765_432),
    "gap": [TWO[0], Period(2026, 1, 1, 1, 1)],
    "unknown": [
        Period(2020, None, 5, 3, 2),
        Period(2021, 2, None, 4, 5),
        Period(2022, 5, 4, None, 6),
        Period(2023, 6, 1, 2, None),
        Period(2024, None, None, None, None),
        Period(2025, None, 3, None, None),
    ],
    "unlike": [Period(2022, 1, 2, 3, 4), Period(2023, 9, 1, 30, 3), Period(2024, 30, 0, 0, 9)],
    "huge gaps": [Period(2022, 12_345_678, 9, 1, 1), Period(2023, 98_765_432, 0, 0, 7)],
    "negative": [Period(2024, 0, 5, 12, 0)],
    "zeros between": [Period(2022, 0, 0, 0, 0), Period(2023, 0, 4, 4, 0)],
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("terms", [REQUESTS, DOCUMENTS])
def test_nothing_is_cut_and_nothing_covered(name, terms):
    sheets = sheets_of(CASES[name], terms)
    assert_widths(sheets)
    for sheet in sheets:
        assert_sound(sheet)


def test_an_older_series_with_long_words_finds_room():
    label = "行政规范性文件截至本年末对外公开总数量（含历年转发文件）"
    for sheet in sheets_of(TWO, DOCUMENTS, before=[Earlier(2019, 45_678, label)]):
        assert_sound(sheet)


amounts = st.one_of(st.none(), st.integers(0, 9), st.integers(0, 99_999))


@st.composite
def histories(draw_):
    years = draw_(st.lists(st.integers(2012, 2024), min_size=1, max_size=10, unique=True))
    return [Period(year, *draw_(st.tuples(*[amounts] * 4))) for year in sorted(years)]


@settings(max_examples=60, deadline=None)
@given(histories())
def test_any_history_is_drawn_soundly(periods):
    for sheet in sheets_of(periods):
        assert_sound(sheet)
        unknown = sum(figure is None for period in periods for figure in period.figures)
        assert ("○ 未知" in sheet.written) <= bool(unknown)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 5000), min_size=2, max_size=6), st.integers(0, 50))
def test_years_that_meet_share_one_row_and_are_joined(added, opening):
    periods, stock = [], opening
    for number, come in enumerate(added):
        left = (stock + come) // 2
        periods.append(Period(2019 + number, stock, come, stock + come - left, left))
        stock = left
    if not any(any(period.figures) for period in periods):
        return
    for sheet in sheets_of(periods):
        assert sheet.written.count("上年结转") == 1
        assert sheet.written.count("结转下年度") == len(periods)
        assert not sheet.hatches and not sheet.crosses


def test_bars_are_true_to_scale_and_meet():
    for sheet in sheets_of(TWO):
        stocks = [r for r in sheet.rects if r[4] == CONTEXT]
        came = [r for r in sheet.rects if r[4] == ACCENT]
        went = [r for r in sheet.rects if r[4] == SECOND]
        unit = (stocks[0][2] - stocks[0][0]) / 3
        assert [round((r[2] - r[0]) / unit, 6) for r in stocks] == [3, 2, 5]
        assert [round((r[2] - r[0]) / unit, 6) for r in came + went] == [32, 41, 33, 38]
        # What came begins where the stock ends; what went goes back from there to the next stock.
        for stock, come, go, left in zip(stocks, came, went, stocks[1:], strict=False):
            assert come[0] == pytest.approx(stock[2])
            assert go[2] == pytest.approx(come[2])
            assert go[0] == pytest.approx(left[2])


def test_a_year_that_begins_otherwise_has_a_gap_as_wide_as_the_difference():
    sheet = sheets_of([TWO[0], Period(2024, 6, 41, 42, 5)])[0]
    (gap,) = sheet.hatches
    opening = next(r for r in sheet.rects if r[4] == CONTEXT)
    assert (gap[2] - gap[0]) / (opening[2] - opening[0]) == pytest.approx(4 / 3)
    assert len(sheet.crosses) == 1
    assert "多4件" in sheet.written
    assert sheet.written.count("上年结转") == 2


def test_the_table_says_what_agrees():
    chart = draw([TWO[0], Period(2024, 6, 41, 42, 9), Period(2025, 9, None, 1, 1)])
    verdicts = [row[-1] for row in chart.data.rows]
    assert verdicts == ["相符", "与上年末相差4件；本年各项相差4件", "无法判定"]


def test_a_year_that_does_not_add_up_is_told_with_both_sides():
    chart = draw([Period(2024, 3, 32, 33, 7)])
    note = "2024年上年结转3+本年新收32−办理完毕33=2，结转下年度写为7，相差5件"
    assert note in chart.alt
    assert chart.data.rows[0][-1] == "本年各项相差5件"
    assert chart.title.endswith("，1处不相符")
    sheet = sheets_of([Period(2024, 3, 32, 33, 7)])[0]
    assert note in "".join(sheet.written)
    assert "多5件" in sheet.written


def test_more_went_than_there_was_reaches_below_zero():
    sheet = sheets_of([Period(2024, 0, 5, 12, 0)])[0]
    (came,) = [r for r in sheet.rects if r[4] == ACCENT]
    (went,) = [r for r in sheet.rects if r[4] == SECOND]
    assert went[0] < came[0]
    assert (went[2] - went[0]) / (came[2] - came[0]) == pytest.approx(12 / 5)
    assert "=−7" in draw([Period(2024, 0, 5, 12, 0)]).alt


def test_years_without_a_report_are_torn_not_bridged():
    sheet = sheets_of([TWO[0], Period(2026, 2, 1, 1, 2)])[0]
    assert "2024年至2025年没有可用的年报，前后不相接" in sheet.written
    assert sheet.written.count("上年结转") == 2  # although 2 left meets 2 carried in
    tear = sheet.box("2024年至2025年没有可用的年报，前后不相接")
    for points, _, dash in sheet.lines:
        ys = [y for _, y in points]
        assert dash or not (min(ys) < tear[1] and max(ys) > tear[3])


def test_an_older_series_is_outlined_and_never_joined():
    before = [Earlier(2020, 40, "对外公开总数量"), Earlier(2021, None, "对外公开总数量")]
    periods = [Period(2022, 40, 3, 1, 42)]
    sheet = sheets_of(periods, DOCUMENTS, before=before)[0]
    assert len(sheet.frames) == 1
    assert "2022年起口径不同，不相接" in sheet.written
    chart = draw(periods, DOCUMENTS, before=before)
    assert chart.data.rows[0] == ("2020年", "—", "—", "—", "—", "对外公开总数量40件，口径不同")
    assert chart.data.rows[1][-1] == "对外公开总数量未知，口径不同"


def test_what_is_not_known_is_written_so_and_never_nought():
    chart = draw([Period(2024, None, 5, 3, 2)])
    assert chart.data.rows[0] == ("2024年", "未知", "5", "3", "2", "无法判定")
    assert "上年结转未知" in chart.alt
    sheet = sheets_of([Period(2024, None, 5, 3, 2)])[0]
    assert "○ 未知" in sheet.written and "0件" not in sheet.written


def test_the_place_of_a_flow_is_found_from_the_years_end():
    assert Period(2024, None, 5, 3, 2).places == (0, 5, 2)
    assert Period(2024, 4, None, 3, 2).places == (4, 5, 2)
    assert Period(2024, None, 5, None, 2).places == (None, None, None)


def test_the_title_states_the_finding():
    assert draw(TWO).title == "2023年结转下年度2件，2024年5件，增加3件"
    assert draw(TWO[:1]).title == "2023年上年结转3件，本年新收32件，办理完毕33件，结转下年度2件"
    level = [Period(2023, 1, 1, 1, 1), Period(2024, 1, 2, 2, 1)]
    assert draw(level).title.endswith("没有变化")
    assert draw([TWO[0], Period(2024, 2, 1, 1, None)]).title == (
        "2023年至2024年的结转下年度，有的年度未知"
    )
    assert draw(TWO, title="甲", alt="乙").title == "甲"
    assert draw(TWO, title="甲", alt="乙").alt == "乙"
    assert draw(TWO, title="甲").alt.startswith("逐年瀑布图：甲。2023年上年结转3件")


def test_where_nothing_is_above_zero_a_sentence_stands():
    zeros = [Period(2023, 0, 0, 0, 0), Period(2024, 0, 0, 0, 0)]
    assert isinstance(draw(zeros), Fragment)
    assert repr(draw(zeros)) == "2023年至2024年上年结转、本年新收、办理完毕、结转下年度均为0。"
    assert "没有可用的年报" in repr(draw([]))
    some = repr(draw([Period(2024, 0, None, 0, 0)]))
    assert some == "2024年上年结转、本年新收、办理完毕、结转下年度均为0或没有可用的数字。"
    none = repr(draw([Period(2024, None, None, None, None)]))
    assert none == "2024年上年结转、本年新收、办理完毕、结转下年度都没有可用的数字。"


def test_an_older_series_is_drawn_though_nothing_came_since():
    chart = draw([Period(2024, 0, 0, 0, 0)], DOCUMENTS, before=[Earlier(2020, 9, "公开总数量")])
    assert isinstance(chart, Chart)


def test_a_count_below_zero_is_not_known():
    chart = draw([Period(2024, -3, 5, 1, 4)])
    assert chart.data.rows[0][1] == "未知"


def test_years_must_rise():
    with pytest.raises(ValueError, match="rise"):
        draw([TWO[1], TWO[0]])
    with pytest.raises(ValueError, match="rise"):
        draw([TWO[0], TWO[0]])


def test_many_differences_are_counted_and_stand_in_the_table():
    periods = [Period(2015 + n, 1, 5, 1, 9) for n in range(6)]
    chart = draw(periods)
    assert chart.title.endswith("11处不相符")
    assert "另有8处不相符，见图中数据" in sheets_of(periods)[0].written
    assert all("相差" in row[-1] for row in chart.data.rows)


def test_the_same_bytes_twice_and_small():
    one, other = draw(CASES["ten"]), draw(CASES["ten"])
    assert isinstance(one, Chart)
    assert one == other
    assert len(one.wide.uri) < 40_000 > len(one.narrow.uri)


def test_a_bar_of_one_among_thousands_is_seen():
    with recording() as sheets:
        draw_waterfall(680, [Step("甲", "1件", 0, 1, ACCENT), Step("乙", "9万", 0, 90_000, ACCENT)])
    small = sheets[0].rects[0]
    assert small[2] - small[0] == 1
