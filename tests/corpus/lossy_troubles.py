"""Troubles that destroy information: what was lost must stay unknown, or be the truth."""

from __future__ import annotations

from corpus import statute
from corpus.grids import Grid
from corpus.specimen import Specimen, Truth
from corpus.statute import COLUMNS
from corpus.trouble import BALANCED, trouble
from corpus.value_troubles import some

RAGGED = ("html", "docx", "md", "txt", "csv")


def shorten(specimen: Specimen, grid: Grid, code: str) -> None:
    """Take a number out of its row and close the gap; the whole row is lost with it."""
    box = grid.box(code)
    row = grid.row(box.row)
    grid.boxes.remove(box)
    for other in row:
        if other.column > box.column:
            other.column -= box.across
    specimen.lose([b.key for b in row if b.is_number])


def _row_of(rng, specimen: Specimen) -> str:
    return rng.choice(statute.rows(specimen.variant))


@trouble("short_row", formats=RAGGED, kinds=BALANCED)
def short_row(specimen, rng):
    code = f"t3.{_row_of(rng, specimen)}.{rng.choice(COLUMNS)}"
    shorten(specimen, specimen.grid(3), code)


@trouble("short_rows", formats=RAGGED, kinds=BALANCED)
def short_rows(specimen, rng):
    rows = statute.details(specimen.variant)
    for row in rng.sample(rows, rng.randint(2, len(rows))):
        shorten(specimen, specimen.grid(3), f"t3.{row}.{rng.choice(COLUMNS)}")


@trouble("short_row_in_table_four", formats=RAGGED, kinds=BALANCED)
def short_row_in_table_four(specimen, rng):
    grid = specimen.grid(4)
    code = rng.choice([b.key for b in grid.boxes if b.is_number])
    shorten(specimen, grid, code)


@trouble("short_row_in_table_two", formats=RAGGED, kinds=BALANCED)
def short_row_in_table_two(specimen, rng):
    grid = specimen.grid(2)
    item = rng.choice(["regulations", "normative_docs"])
    codes = [b.key for b in grid.boxes if b.key.startswith(f"t2.{item}.")]
    shorten(specimen, grid, rng.choice(codes))


@trouble("short_row_and_wrong_number", formats=RAGGED, kinds=("balanced",))
def short_row_and_wrong_number(specimen, rng):
    """Inferring from rules that are broken elsewhere would give a wrong figure."""
    rows = rng.sample(statute.rows(specimen.variant), 2)
    wrong = specimen.grid(3).box(f"t3.{rows[0]}.{rng.choice(COLUMNS)}")
    truth = specimen.truth[wrong.key]
    value = truth.value + rng.choice([1, 3, 9, 20])
    specimen.write(wrong, str(value), Truth("number", value, str(value)))
    shorten(specimen, specimen.grid(3), f"t3.{rows[1]}.{rng.choice(COLUMNS)}")


@trouble("lost_row", kinds=BALANCED)
def lost_row(specimen, rng):
    grid = specimen.grid(3)
    row = _row_of(rng, specimen)
    grid.remove_row(grid.box(f":row.{row}").row)
    specimen.lose([f"t3.{row}.{column}" for column in COLUMNS])


@trouble("lost_table", kinds=BALANCED)
def lost_table(specimen, rng):
    specimen.style["refusable"] = True
    number = rng.choice([2, 3, 4])
    grid = specimen.grid(number)
    specimen.flow.remove(grid)
    specimen.lose([b.key for b in grid.boxes if b.is_number])


@trouble("number_merged_over_two", formats=("html", "docx", "xlsx", "pdf"), kinds=BALANCED)
def number_merged_over_two(specimen, rng):
    grid = specimen.grid(3)
    row, at = _row_of(rng, specimen), rng.randint(0, 5)
    first, second = (grid.box(f"t3.{row}.{COLUMNS[i]}") for i in (at, at + 1))
    grid.boxes.remove(second)
    first.across = 2
    specimen.lose([first.key, second.key])


@trouble("number_merged_down", formats=("html", "docx", "xlsx", "pdf"), kinds=BALANCED)
def number_merged_down(specimen, rng):
    grid = specimen.grid(3)
    rows = statute.details(specimen.variant)
    at, column = rng.randint(0, len(rows) - 2), rng.choice(COLUMNS)
    first, second = (grid.box(f"t3.{rows[i]}.{column}") for i in (at, at + 1))
    grid.boxes.remove(second)
    first.down = 2
    specimen.lose([first.key, second.key])


@trouble("column_of_numbers_lost", formats=("html", "docx", "md", "csv", "txt"), kinds=BALANCED)
def column_of_numbers_lost(specimen, rng):
    """A column lost its numbers, and those to its right moved up, while the head stayed."""
    column = rng.choice(COLUMNS)
    for row in statute.rows(specimen.variant):
        shorten(specimen, specimen.grid(3), f"t3.{row}.{column}")


@trouble("cut_off", kinds=BALANCED)
def cut_off(specimen, rng):
    """The document ends in the middle of 表三."""
    specimen.style["refusable"] = True
    grid = specimen.grid(3)
    rows = statute.rows(specimen.variant)
    keep = rng.randint(3, len(rows) - 1)
    for row in rows[keep:]:
        label = grid.box(f":row.{row}")
        grid.remove_row(label.row)
    lost = [f"t3.{row}.{column}" for row in rows[keep:] for column in COLUMNS]
    del specimen.flow[specimen.flow.index(grid) + 1 :]
    specimen.lose(lost + [c for c in specimen.truth if c.startswith("t4.")])


@trouble("two_values_in_one_cell", kinds=("balanced",), formats=("html", "docx", "xlsx"))
def two_values_in_one_cell(specimen, rng):
    """A cell holds its own and its neighbour's number; the neighbour is empty."""
    boxes = some(specimen, rng, 200, lambda b: b.key.startswith("t3."))
    for first in boxes:
        row, column = first.key.split(".")[1:]
        after = COLUMNS[(COLUMNS.index(column) + 1) % len(COLUMNS)]
        second = specimen.grid(3).box(f"t3.{row}.{after}")
        if column != "total" and len(second.text) != 3:  # three digits would read as thousands
            break
    text = f"{first.text} {second.text}"
    specimen.write(first, text, Truth("unreadable", written=text))
    specimen.write(second, "", Truth("blank"))
    specimen.lose([first.key])
