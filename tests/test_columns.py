"""Which places of a grid belong to which column: by its heads, or not at all."""

from itertools import permutations

import pytest

from boards import cells
from builders import BLOCK_LABELS, COLUMN_LABELS, CORNER, RESULT_LABELS
from nianbao.columns import columns_of
from nianbao.documents.spans import Span, lay_out
from nianbao.forms import load_form
from nianbao.lines import form_blocks

NEW = form_blocks(load_form("2021"))
OLD = form_blocks(load_form("2019"))
DOCS, LICENCES, THREE, FOUR = NEW[0], NEW[1], NEW[4], NEW[5]
MADE, ITEMS = OLD[0], OLD[1]
STUB = "信息内容"
ISSUED, REPEALED, FORCE = "本年制发件数", "本年废止件数", "现行有效件数"
ORGANISATIONS = COLUMN_LABELS[1:6]


def columns(block, *rows, strict=False):
    return columns_of(block, lay_out(rows, 1, "表格1"), strict=strict)


def places(block, *rows, strict=False):
    found = columns(block, *rows, strict=strict)
    return found and [list(span) for span in found.places]


def head_three(*, after=(), organisations=ORGANISATIONS, total="总计"):
    """Write the head of 表三, with further columns after the organisations."""
    inner = [*organisations, *after]
    return [
        [Span(CORNER, 3, 3), Span("申请人情况", len(inner) + 2)],
        [Span("自然人", 1, 2), Span("法人或其他组织", len(inner)), Span(total, 1, 2)],
        cells(*inner),
    ]


def test_official_heads_stand_over_their_places():
    assert places(DOCS, cells(STUB, ISSUED, REPEALED, FORCE)) == [[1], [2], [3]]
    assert places(THREE, *head_three()) == [[place] for place in range(3, 10)]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_heads_in_another_order_keep_their_own_places(order):
    heads = [ISSUED, REPEALED, FORCE]
    found = places(DOCS, cells(STUB, *(heads[k] for k in order)), strict=True)
    assert found == [[1 + order.index(k)] for k in range(3)]


def test_a_wide_head_owns_all_its_places():
    assert places(LICENCES, [Span(STUB), Span("本年处理决定数量", 3)]) == [[1, 2, 3]]
    wide = cells(STUB, *["本年处理决定数量"] * 3)
    assert places(LICENCES, wide) == [[1, 2, 3]]


def test_the_inner_other_is_not_taken_for_a_column_outside():
    """其他 and 总计 stand in several tables: the heads above them tell them apart."""
    head = [
        [Span("行政复议", 5), Span("行政诉讼", 10)],
        [*(Span(t, 1, 2) for t in RESULT_LABELS), *(Span(t, 5) for t in BLOCK_LABELS[1:])],
        cells(*RESULT_LABELS, *RESULT_LABELS),
    ]
    assert places(FOUR, *head) == [[place] for place in range(15)]


def test_blocks_of_table_four_in_another_order_keep_their_own_places():
    head = [
        [Span("行政诉讼", 10), Span("行政复议", 5)],
        [*(Span(t, 5) for t in BLOCK_LABELS[1:]), *(Span(t, 1, 2) for t in RESULT_LABELS)],
        cells(*RESULT_LABELS, *RESULT_LABELS),
    ]
    assert places(FOUR, *head) == [[place] for place in (*range(10, 15), *range(10))]


def test_heads_of_table_four_without_those_above_them_name_nothing_out_of_order():
    shuffled = [*RESULT_LABELS[::-1], *RESULT_LABELS, *RESULT_LABELS]
    assert places(FOUR, cells(*shuffled)) is None
    assert places(FOUR, cells(*RESULT_LABELS * 3)) == [[place] for place in range(15)]


@pytest.mark.parametrize("word", ["小计", "合计", "机构小计"])
def test_a_sum_beside_the_organisations_is_a_column_of_its_own(word):
    found = columns(THREE, *head_three(after=[word]))
    assert [list(span) for span in found.places] == [[p] for p in (3, 4, 5, 6, 7, 8, 10)]
    assert {p: cores[-1] for p, cores in found.added.items()} == {9: word}
    assert found.order == [0, 1, 2, 3, 4, 5, None, 6]


def test_a_second_total_is_never_chosen_at_random():
    """法人或其他组织 · 总计 and 总计: only a head above tells which is which."""
    found = columns(THREE, *head_three(after=["总计"]))
    assert found is None or list(found.places[6]) in ([10], [9, 10])


def test_a_remark_column_is_kept_apart():
    found = columns(DOCS, cells(STUB, ISSUED, REPEALED, FORCE, "备注"))
    assert found.added == {4: ("备注",)}
    assert found.first == 1


@pytest.mark.parametrize(
    "heads",
    [
        [ISSUED, ISSUED, FORCE],
        [ISSUED, "", FORCE],
        [ISSUED, FORCE],
        ["本年新制作数量", "本年新公开数量", "对外公开总数量"],
        ["上年制发件数", "上年废止件数", "上年现行有效件数"],
        ["2021年", "2022年", "增减"],
        [ISSUED, "本年修改件数", FORCE],
        ["本年", "本年", "本年"],
        [],
    ],
)
def test_heads_that_are_foreign_lost_or_repeated_leave_the_columns_open(heads):
    assert columns(DOCS, cells(STUB, *heads), strict=True) is None


@pytest.mark.parametrize(
    "heads", [[ISSUED, REPEALED, FORCE], ["制发件数", "本年废止", "现行有效"], [FORCE] * 3]
)
def test_heads_of_2021_never_name_columns_of_2019(heads):
    assert columns(MADE, cells(STUB, *heads), strict=True) is None
    assert columns(ITEMS, cells(STUB, *heads), strict=True) is None


def test_heads_cut_short_take_the_places_between_known_ones_and_say_so():
    found = columns(MADE, cells(STUB, "本年新", "本年新", "对外公开总数量"), strict=True)
    assert [list(span) for span in found.places] == [[1], [2], [3]]
    assert found.near == ("本年新", "本年新")


@pytest.mark.parametrize(
    "heads",
    [
        ["对外公开总数量", "本年新", "本年新"],
        ["本年新公开数量", "本年新", "对外公开总数量"],
        ["本年", "本年新", "对外公开总数量"],
        ["上年新", "本年新", "对外公开总数量"],
    ],
)
def test_a_head_cut_short_takes_no_place_out_of_order_nor_too_short(heads):
    assert columns(MADE, cells(STUB, *heads), strict=True) is None


def test_an_altered_head_is_taken_only_where_rules_show_a_mistake():
    row = cells(
        "", "", "", "自然人", *ORGANISATIONS[:2], "社会公益机构", *ORGANISATIONS[3:], "总计"
    )
    found = columns(THREE, row)
    assert [list(span) for span in found.places] == [[place] for place in range(3, 10)]
    assert found.near == ("社会公益机构",)
    assert columns(THREE, row, strict=True) is None


def test_a_last_year_column_beside_this_year_is_none_of_the_forms():
    heads = [ISSUED, "上年制发件数", REPEALED, "上年废止件数", FORCE]
    found = columns(DOCS, cells(STUB, *heads), strict=True)
    assert [list(span) for span in found.places] == [[1], [3], [5]]
    assert set(found.added) == {2, 4}


def test_sub_heads_below_one_head_leave_two_places_apart():
    """制发 · 上年 and 制发 · 本年: which one is meant cannot be told here."""
    head = [
        [Span(STUB, 1, 2), Span(ISSUED, 2), Span(REPEALED, 1, 2), Span(FORCE, 1, 2)],
        cells("上年", "本年"),
    ]
    found = columns(DOCS, *head, strict=True)
    assert found is None or list(found.places[0]) != [1]


def test_a_head_repeated_on_the_next_page_is_the_same_head():
    head = cells(STUB, ISSUED, REPEALED, FORCE)
    assert places(DOCS, head, head) == [[1], [2], [3]]


def test_a_head_repeated_one_place_off_leaves_the_columns_open():
    head = [STUB, ISSUED, REPEALED, FORCE]
    assert places(DOCS, cells(*head), cells("", *head), strict=True) is None


def test_nothing_is_found_where_there_is_no_head():
    assert columns_of(DOCS, [], strict=True) is None
    assert columns_of(DOCS, lay_out([cells("", "", "")], 1, "表"), strict=True) is None
