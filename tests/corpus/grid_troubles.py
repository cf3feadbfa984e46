"""Troubles of the tables' build: merged, un-merged, padded, with rows and columns too many."""

from __future__ import annotations

from corpus.grids import Box, Grid
from corpus.trouble import GRIDDED, trouble


def split(grid: Grid, box: Box, down: bool, across: bool, repeat: bool) -> None:
    """Take a merged label apart, repeating its text or leaving the other places empty."""
    deep, wide = (box.down if down else 1), (box.across if across else 1)
    for row in range(deep):
        for column in range(wide):
            if row or column:
                text = box.text if repeat else ""
                piece = Box(box.row + row, box.column + column, text)
                piece.across = 1 if across else box.across
                piece.down = 1 if down else box.down
                grid.boxes.append(piece)
    box.down = 1 if down else box.down
    box.across = 1 if across else box.across


@trouble("labels_repeated")
def labels_repeated(specimen, rng):
    """Group labels stand on every line, as after a table was un-merged."""
    for box in [b for b in specimen.grid(3).boxes if b.key.startswith(":group.")]:
        split(specimen.grid(3), box, down=True, across=False, repeat=True)


@trouble("labels_unmerged")
def labels_unmerged(specimen, rng):
    """Nothing is merged in 表三 and 表四; a text stands in its first place."""
    for grid in (specimen.grid(3), specimen.grid(4)):
        for box in [b for b in grid.boxes if b.down > 1 or b.across > 1]:
            split(grid, box, down=True, across=True, repeat=False)


@trouble("everything_repeated", formats=GRIDDED)
def everything_repeated(specimen, rng):
    """Merged labels of 表三 and 表四 are repeated in all their places."""
    for grid in (specimen.grid(3), specimen.grid(4)):
        for box in [b for b in grid.boxes if b.down > 1 or b.across > 1]:
            split(grid, box, down=True, across=True, repeat=True)


@trouble("group_labels_lost")
def group_labels_lost(specimen, rng):
    groups = [b for b in specimen.grid(3).boxes if b.key.startswith(":group.")]
    for box in rng.sample(groups, rng.randint(1, len(groups))):
        box.text = ""


@trouble("heads_truncated", variants=("2019", "mixed"))
def heads_truncated(specimen, rng):
    for name in ("made_new", "disclosed_new"):
        specimen.grid(2).box(f":head.一.{name}").text = "本年新"


@trouble("wrong_form_of_year", variants=("2019",))
def wrong_form_of_year(specimen, rng):
    """The form of 2019 is used for a year that has another."""
    old, specimen.year = specimen.year, rng.choice([2022, 2023])
    for block in specimen.flow:
        if not isinstance(block, Grid):
            block.text = block.text.replace(str(old), str(specimen.year))


@trouble("tables_swapped")
def tables_swapped(specimen, rng):
    """Two sections with their tables change places."""
    first, second = rng.sample([2, 3, 4], 2)
    places = {}
    for number in (first, second):
        places[number] = specimen.flow.index(specimen.heading(number))
    for shift in (0, 1):
        left, right = places[first] + shift, places[second] + shift
        specimen.flow[left], specimen.flow[right] = specimen.flow[right], specimen.flow[left]


@trouble("clean")
def clean(specimen, rng):
    """Nothing befalls the report."""


@trouble("mixture", kinds=("balanced", "large"))
def mixture(specimen, rng):
    """Several troubles at once that touch different things."""
    from corpus.trouble import TROUBLES

    for pair in (
        ("row_aliases", "spaces_in_labels", "numbering_signs", "half_width_signs"),
        ("dashes", "units_in_cells", "full_width_digits", "slashes"),
        ("labels_repeated", "tables_before_titles", "empty_column", "section_aliases"),
        ("column_aliases", "title_repeated_in_table", "quotes_lost"),
    ):
        TROUBLES[rng.choice(pair)].change(specimen, rng)
