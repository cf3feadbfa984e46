"""Rows on both sides of a page break are one only where that is certain."""

from __future__ import annotations

from itertools import pairwise

from nianbao.documents.pdf.breaks import begin, extend, fits
from nianbao.documents.pdf.panels import Cell, Panel, Slot, TableRow

EDGES = (0.0, 100.0, 140.0, 180.0)


def panel(page: int, *rows: tuple[str, ...], full: bool = False) -> Panel:
    found = []
    for texts in rows:
        sides = pairwise(EDGES)
        cells = [Cell(a, b, text, full) for (a, b), text in zip(sides, texts, strict=True)]
        found.append(TableRow(page, [Slot(cell) for cell in cells]))
    return Panel(page, EDGES, 800.0, found)


def joined(upper: Panel, lower: Panel) -> list[tuple[str, ...]]:
    """Return the rows after joining; what is unclear as a question mark."""
    ledger = begin(upper)
    extend(ledger, lower)
    return [tuple("?" if s.cell.unclear else s.cell.text for s in row.slots) for row in ledger.rows]


def test_two_complete_rows_stay_two() -> None:
    upper, lower = ("1.重复申请", "1", "2"), ("2.其他", "3", "4")
    assert joined(panel(1, upper, full=True), panel(2, lower)) == [upper, lower]


def test_a_numbered_row_of_blanks_after_the_break_stays_a_row() -> None:
    upper, lower = ("1.重复申请", "1", "2"), ("2.其他", "", "")
    assert joined(panel(1, upper, full=True), panel(2, lower)) == [upper, lower]


def test_a_label_that_goes_on_is_joined_only_where_its_line_is_full() -> None:
    upper, lower = ("1.要求行政机关确认或", "1", "2"), ("重新出具", "", "")
    whole = [("1.要求行政机关确认或重新出具", "1", "2")]
    assert joined(panel(1, upper, full=True), panel(2, lower)) == whole
    assert joined(panel(1, upper), panel(2, lower)) == [upper, lower]


def test_figures_without_a_label_belong_to_the_label_beyond_the_break() -> None:
    before = ("0.其他", "5", "6")
    halves = [(("1.重复", "", ""), ("", "1", "2")), (("", "1", "2"), ("1.重复", "", ""))]
    for upper, lower in halves:
        assert joined(panel(1, before, upper), panel(2, lower)) == [before, ("1.重复", "1", "2")]


def test_an_empty_half_is_no_row() -> None:
    row, empty = ("1.重复申请", "1", "2"), ("", "", "")
    assert joined(panel(1, row), panel(2, empty)) == [row]
    assert joined(panel(1, ("0.其他", "5", "6"), empty), panel(2, row))[1:] == [row]


def test_a_number_that_may_be_cut_in_two_is_unclear() -> None:
    upper, lower = ("1.重复申请", "12", "2"), ("", "3", "")
    assert joined(panel(1, upper), panel(2, lower)) == [("1.重复申请", "?", "2")]


def test_column_heads_are_no_half_of_a_row_of_figures() -> None:
    heads, row = ("内容", "制发", "废止"), ("", "1", "2")
    assert joined(panel(1, heads, ("规章", "3", "4"), heads), panel(2, row))[-2:] == [heads, row]


def test_a_table_with_other_sides_or_columns_is_another_table() -> None:
    ledger = begin(panel(1, ("规章", "1", "2")))
    assert fits(ledger, Panel(2, (0.0, 100.0, 180.0), 800.0))
    assert not fits(ledger, Panel(2, (0.0, 120.0, 180.0), 800.0))
    assert not fits(ledger, Panel(2, (0.0, 100.0, 190.0), 800.0))
