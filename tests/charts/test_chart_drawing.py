"""What is drawn: true lengths, equal heights, nothing cut and nothing on top of another."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.charts import applicants, balance, decisions, disputes, outcomes, publications
from nianbao.charts.canvas import NARROW, WIDE
from nianbao.charts.stacks import spread

ALL = (balance, outcomes, applicants, publications, disputes, decisions)


def reports(altered, real_report, large):
    millions = {
        code: 1_000_000 * cell.value for code, cell in real_report.cells.items() if cell.value
    }
    slight = {"t3.new.total": 4000, "t3.granted.total": 3960, "t3.carried_out.total": 7}
    return {
        "real": real_report,
        "large": large,
        "millions": altered(millions),
        "slight": altered(slight),
        "less": altered({"t3.carried_in.total": 9}),
        "more": altered({"t3.carried_out.total": 9}),
        "partly": altered({"t3.deny_3.total": None}),
    }


def test_no_text_is_cut_or_covers_another(altered, real_report, large, sheets):
    for report in reports(altered, real_report, large).values():
        for draw in ALL:
            draw(report)
    assert {sheet.width for sheet in sheets} == {WIDE, NARROW}
    for sheet in sheets:
        for text, left, right, top, bottom in sheet.texts:
            assert left >= -0.5, (sheet.width, text)
            assert right <= sheet.width + 8.5, (sheet.width, text)  # a closing mark may hang
            assert top >= -1 and bottom <= sheet.height + 1, (sheet.width, text)
        for one, other in combinations(sheet.texts, 2):
            apart = (
                one[2] <= other[1] or other[2] <= one[1] or one[4] <= other[3] or other[4] <= one[3]
            )
            assert apart, (sheet.width, one, other)


def test_no_text_lies_on_a_bar(altered, real_report, large, sheets):
    for report in reports(altered, real_report, large).values():
        for draw in ALL:
            draw(report)
    for sheet in sheets:
        for text, left, right, top, bottom in sheet.texts:
            for x, y, width, height in [*sheet.rects, *sheet.hatches]:
                inside = left < x + width and right > x and top + 2 < y + height and bottom - 2 > y
                assert not inside, (sheet.width, text)


@pytest.mark.parametrize(
    "figures", [{}, {"t3.carried_in.total": 3}, {"t3.carried_out.total": 3}, {"t3.new.total": 0}]
)
def test_both_stacks_have_one_height_gap_included(altered, sheets, figures):
    balance(altered(figures))
    for sheet in sheets:
        pieces = [*sheet.rects, *sheet.hatches]
        heights = {
            start: sum(height for x, _, _, height in pieces if x == start)
            for start in {x for x, *_ in pieces}
        }
        assert len(heights) == 2
        left, right = heights.values()
        assert left == pytest.approx(right)
        assert len(sheet.hatches) == bool(figures)


def test_the_gap_is_as_high_as_it_is_large(altered, sheets):
    balance(altered({"t3.carried_in.total": 8}))
    (gap,) = sheets[0].hatches
    assert gap[3] / sum(height for x, _, _, height in [*sheets[0].rects, gap] if x == gap[0]) == (
        pytest.approx(8 / 40)
    )


def test_bars_are_as_long_as_they_are_large(real_report, sheets):
    outcomes(real_report)
    for sheet in sheets:
        lengths = [width for _, _, width, _ in sheet.rects]
        assert [length / lengths[0] * 27 for length in lengths] == pytest.approx([27, 3, 1, 1])


def test_decisions_keep_true_lengths_down_to_a_hairline(real_report, sheets):
    decisions(real_report)
    wide, narrow = ([width for _, _, width, _ in sheet.rects] for sheet in sheets)
    assert wide == pytest.approx([wide[0] * n / 1_927_308 for n in (1_927_308, 444_354, 7553)])
    assert narrow[2] == 1


def test_zeros_are_counted_not_drawn(real_report, sheets):
    outcomes(real_report)
    balance(real_report)
    written = [[text for text, *_ in sheet.texts] for sheet in sheets]
    assert "其余17项均为0" in written[0]
    assert "上年结转、部分公开、不予公开、结转下年度均为0" in written[2]
    assert len(sheets[0].rects) == 4


def test_the_sheet_is_as_high_as_its_bars_need(real_report, large, sheets):
    outcomes(real_report)
    outcomes(large)
    assert sheets[0].height < 200 < 350 < sheets[2].height


@given(st.lists(st.floats(30, 260), min_size=1, max_size=8).map(sorted))
def test_labels_are_spread_in_order_and_within_bounds(wanted):
    places = spread(wanted, 24, 22, 266)
    assert places[0] >= 22 + 12 - 1e-6
    assert places[-1] <= 266 - 12 + 1e-6
    assert all(b - a >= 24 - 1e-6 for a, b in pairwise(places))


def test_labels_with_room_stay_where_they_are():
    assert spread([50, 100, 200], 24, 20, 270) == [50, 100, 200]
