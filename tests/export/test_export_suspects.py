"""Suspect cells in an exported workbook: sign, frame and words, and never another figure."""

import random
from pathlib import Path

import pytest
from workbooks import figure, notes, opened

from damage.layouts import total_swapped
from damage.truth import broken, report_of, true_figures
from nianbao.export.marks import marks
from nianbao.reading import read_report
from nianbao.suspects import PartSuspicion, SuspectSet, Suspicion, suspect

WRONG = Path(__file__).parents[1] / "fixtures" / "one-cell-wrong.txt"
CODE = "t3.granted.natural"


@pytest.fixture(scope="module")
def wrong():
    found = read_report(WRONG, year=2022)
    return found, opened(found)


def test_the_suspect_cell_keeps_its_figure_and_carries_sign_frame_and_words(wrong):
    found, book = wrong
    cell = figure(book, CODE)
    assert cell.value == found.value(CODE)
    assert cell.number_format.startswith('"✗ "#,##0')
    assert cell.border.left.style == cell.border.top.style == "medium"
    assert cell.fill.fgColor.rgb == "FFFDE8E3"
    assert "若为 1" in cell.comment.text and "未改动原文" in cell.comment.text


def test_no_other_cell_is_marked(wrong):
    found, book = wrong
    for code in found.cells:
        cell = figure(book, code)
        assert (cell.comment is not None) == (code == CODE)
        assert ("✗" in cell.number_format) == (code == CODE)


def test_what_it_would_have_to_be_stands_below_the_table_as_well(wrong):
    """A comment shows only where a pointer rests on it, and not on paper."""
    found, book = wrong
    below = "".join(notes(book["表三"]))
    for message in suspect(found).messages:
        assert message.removesuffix("。") in below
    assert "若为 1" in below


def test_a_report_that_balances_has_no_mark_and_no_comment(real_report):
    book = opened(real_report)
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.comment is None and "✗" not in cell.number_format for cell in row)


def test_all_cells_of_a_tie_are_marked_and_none_is_called_the_culprit():
    variant, true = "2021", {}
    rng = random.Random(1)
    while not true or variant != "2021":
        variant, true = true_figures(rng)
    block = {"upheld": 30, "corrected": 40, "other": 50, "pending": 60, "total": 163}
    found = report_of(variant, true | {f"t4.review.{name}": v for name, v in block.items()})
    book = opened(found)
    for name in block:
        told = figure(book, f"t4.review.{name}").comment.text
        assert "共5组，不认定哪一组" in told, name
    assert "不认定哪一组" in "".join(notes(book["表四"]))


def test_a_fault_of_layout_is_told_at_each_of_its_cells():
    rng = random.Random(2)
    while True:
        variant, true = true_figures(rng)
        damaged = total_swapped(rng, true, variant)
        if variant == "2021" and damaged and broken(variant, damaged):
            found = report_of(variant, damaged)
            fault = suspect(found).structural
            if fault:
                break
    book = opened(found)
    for code in fault.cells:
        told = figure(book, code).comment.text
        assert "疑似错位" in told and f"若为 {fault.implied[code]}" in told
        assert figure(book, code).value == damaged[code]


def part(sets, capped=False):
    return PartSuspicion("表三", (), tuple(sets), capped, None, True, ())


def test_a_cell_in_many_sets_tells_three_and_counts_the_others():
    sets = [SuspectSet("表三", (CODE, f"t3.deny_{n}.natural"), {}, None, 1, "") for n in range(5)]
    told = marks(Suspicion((part(sets, capped=True),)))
    assert told[CODE].count("疑似单元格") == 3
    assert "另有2种解释" in told[CODE] and "共5组以上" in told[CODE]
    assert "可取多个数，且同组另外1个数同时改动" in told[CODE]


def test_nothing_suspect_marks_nothing():
    assert marks(Suspicion()) == {}
