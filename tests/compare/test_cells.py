"""Cells: blank, 0, slash and dash are four things; money is exact; names are official."""

from decimal import Decimal

import pytest

from compare.made import cell, cells, results, table
from nianbao.compare import differences, wording
from nianbao.compare.cells import cell_changes
from nianbao.compare.matching import UnparsedError
from nianbao.compare.page import page
from nianbao.compare.text import text
from nianbao.report import CELL_FIELDS

BLANK = {"value": "", "state": "blank", "written": ""}
SLASH = {"value": "", "state": "slash", "written": "/"}
DASH = {"value": "", "state": "dash", "written": "—"}
ZERO = {"value": "0", "state": "number", "written": "0"}
UNKNOWN = {"value": "", "state": "unknown", "written": ""}
INFERRED = {"value": "0", "state": "inferred", "written": ""}
NONES = [BLANK, SLASH, DASH, ZERO, UNKNOWN, INFERRED]
CODE = "t3.new.natural"


def changed(before, after):
    found = cell_changes(cells({"cell": CODE, **before}), cells({"cell": CODE, **after}))
    assert found.unchanged == 3 - len(found.changed)
    return found.changed


@pytest.mark.parametrize("before", NONES)
@pytest.mark.parametrize("after", NONES)
def test_nothing_that_is_no_figure_is_taken_for_another(before, after):
    found = changed(before, after)
    assert [change.kind for change in found] == (["figure"] if before != after else [])
    words = {
        wording.value_words(side) for change in found for side in (change.before, change.after)
    }
    assert len(words) == (2 if found else 0)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (BLANK, "空白"),
        (SLASH, "“/”（斜线）"),
        (DASH, "“—”（横线）"),
        (ZERO, "0"),
        (UNKNOWN, "未知"),
        (UNKNOWN | {"written": "3"}, "未知（写作“3”）"),
        (INFERRED, "0（推定）"),
        ({"value": "1808595", "written": "1808595"}, "1,808,595"),
    ],
)
def test_what_a_cell_holds_is_said_in_words(row, words):
    (change,) = changed({}, row)
    assert wording.sides(change) == ("12", words)


def test_a_changed_figure_is_named_in_official_words_with_both_sides():
    (change,) = changed({}, {"value": "15", "written": "15"})
    place = change.place
    assert (place.table, place.row, place.column) == (
        "表三",
        "一、本年新收政府信息公开申请数量",
        "自然人",
    )
    assert wording.sides(change) == ("12", "15")
    assert wording.growth_words(change.growth) == "+3"


def test_a_cell_of_the_fourth_table_is_named_by_block_and_result():
    before = cells()
    after = cells({"cell": "t4.review.upheld", "value": "2", "written": "2"})
    (change,) = cell_changes(before, after).changed
    assert wording.place_words(change) == "表四“行政复议”的“结果维持”"


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        ({"value": "25.1", "written": "25.1"}, "written"),
        ({"written": "25.10万元"}, "written"),
        ({"value": "25.11", "written": "25.11"}, "figure"),
        ({"origin": "第4行"}, "origin"),
        ({"label": "别的名称"}, "name"),
        ({"form": "2019"}, "name"),
    ],
)
def test_money_is_exact_and_the_same_figure_written_otherwise_is_told_as_such(after, kind):
    found = cell_changes(cells(), cells({"cell": "t2.fees.amount_10k", **after}))
    (change,) = found.changed
    assert change.kind == kind
    assert change.growth == (Decimal("0.01") if kind == "figure" else 0)
    assert len(set(wording.sides(change))) == 2


def test_cells_that_one_run_lacks_are_new_or_gone():
    less = table(CELL_FIELDS, [cell("t3.new.natural", "12")])
    more = table(CELL_FIELDS, [cell("t3.new.natural", "12"), cell("t9.strange", "3")])
    (new,) = cell_changes(less, more).changed
    (gone,) = cell_changes(more, less).changed
    assert (new.kind, gone.kind) == ("new", "gone")
    assert wording.sides(new) == ("没有这一格", "3")
    assert wording.place_words(new) == "t9.strange"


def test_a_cell_of_the_single_row_of_2019_in_a_form_of_2021_has_its_name():
    rows = [cell("t3.other.natural", value) for value in ("1", "2")]
    one, other = (table(CELL_FIELDS, [row]) for row in rows)
    (change,) = cell_changes(one, other).changed
    assert "其他处理" in wording.place_words(change)


@pytest.mark.parametrize("value", ["1e999999", "9" * 5000, "NaN", "１２", "1_0"])
def test_a_value_that_is_no_plain_figure_is_text(value):
    (change,) = changed({}, {"value": value, "written": value})
    assert change.kind == "figure" and change.growth is None
    assert value[:4] in wording.sides(change)[1]


def test_a_code_that_comes_twice_is_compared_in_its_order():
    def listing(*values):
        return table(CELL_FIELDS, [cell(CODE, value) for value in values])

    found = cell_changes(listing("1", "2"), listing("1", "3"))
    assert [(c.before.value, c.after.value) for c in found.changed] == [("2", "3")]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a,b\n1,2\n", b'cell\n"' + b"x" * 200_000])
def test_what_is_no_listing_of_cells_is_compared_as_bytes(content):
    with pytest.raises(UnparsedError):
        cell_changes(cells(), content)
    (found,) = differences(results(cells_csv=cells()), results(cells_csv=content)).reports
    (change,) = found.others
    assert change.name == "cells.csv" and change.unparsed


def _inferences() -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return results with many inferred cells, and with one figure changed and those unknown."""
    rows = [cell(f"t3.new.c{n}", "0", state="inferred", written="") for n in range(60)]
    gone = [row | {"value": "", "state": "unknown"} for row in rows]
    before, after = (cell("t4.review.total", value) for value in ("32", "31"))
    return tuple(
        results(cells_csv=table(CELL_FIELDS, listed))
        for listed in ([*rows, before], [*gone, after])
    )


def test_a_corrected_figure_is_not_drowned_by_inferences_that_fall_with_it():
    """Regression: of 148 cells the text told 20, all "1（推定） → 未知", and not "32 → 31"."""
    found = differences(*_inferences())
    lines = text(found, ("A", "B")).splitlines()
    place = lines.index("  单元格：61格不同（其中60格只是能否推定不同）")
    assert "32 → 31（−1）" in lines[place + 1]
    assert lines[place + 2].startswith("    只是能否推定不同，例如60格中的一格：")
    shown = page(found, ("A", "B"))
    first, folded = shown.split("只是能否推定不同：60格")
    assert "<ins>31</ins>" in first and "未知" not in first
    assert folded.count("<ins>未知</ins>") == 60 and '<details class="diff-fold" open' not in shown


@pytest.mark.parametrize(
    ("before", "after", "inference"),
    [
        (("inferred", "1", "1"), ("unknown", "", ""), True),
        (("unknown", "", ""), ("inferred", "0", ""), True),
        (("inferred", "1", "1"), ("unknown", "", "l"), False),
        (("inferred", "1", ""), ("inferred", "2", ""), False),
        (("inferred", "1", ""), ("number", "1", "1"), False),
        (("number", "1", "1"), ("unknown", "", ""), False),
    ],
)
def test_only_what_is_inferred_no_longer_or_now_is_set_apart(before, after, inference):
    sides = (
        dict(zip(("state", "value", "written"), side, strict=True)) for side in (before, after)
    )
    one, other = (cells({"cell": "t3.new.natural"} | side) for side in sides)
    (change,) = cell_changes(one, other).changed
    assert change.inference is inference
