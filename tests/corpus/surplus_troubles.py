"""Troubles of too much: rows, columns and tables that the form does not have."""

from __future__ import annotations

from decimal import Decimal

from corpus import statute
from corpus.grids import Box, Grid
from corpus.specimen import Specimen
from corpus.statute import COLUMNS
from corpus.trouble import BALANCED, FULL, trouble


@trouble("extra_row_2019", variants=("2019", "mixed"))
def extra_row_2019(specimen, rng):
    grid = specimen.grid(2)
    at = grid.box(":row.normative_docs").row + 1
    texts = ["其他主动公开文件", *(str(rng.randint(0, 90)) for _ in range(3))]
    grid.insert_row(at, [Box(at, column, text) for column, text in enumerate(texts)])


def _sum(specimen: Specimen, codes: list[str]) -> str:
    values = [specimen.truth[code].value or Decimal(0) for code in codes]
    return str(int(sum(values, Decimal(0))))


GROUPS = {"deny": "（三）不予公开", "unable": "（四）无法提供", "refuse": "（五）不予处理"}


@trouble("subtotal_row", kinds=BALANCED)
def subtotal_row(specimen, rng):
    """A row 小计 stands at the end of a group."""
    grid = specimen.grid(3)
    name = rng.choice(list(GROUPS))
    members = [r for r in statute.rows(specimen.variant) if r.startswith(f"{name}_")]
    at = grid.box(f":row.{members[-1]}").row + 1
    boxes = [Box(at, 2, rng.choice(["小计", "合计"]), ":subtotal")]
    for place, column in enumerate(COLUMNS, start=3):
        boxes.append(Box(at, place, _sum(specimen, [f"t3.{r}.{column}" for r in members])))
    grid.insert_row(at, boxes)
    parent, group = grid.box(":group.三、本年度办理结果"), grid.box(f":group.{GROUPS[name]}")
    group.down += group.row + group.down == at
    assert parent.row + parent.down > at


@trouble("subtotal_column", kinds=BALANCED)
def subtotal_column(specimen, rng):
    """A column 小计 stands after the five organisations."""
    specimen.style["columns_too_many"] = True
    grid = specimen.grid(3)
    texts = {2: "小计"}
    for row in statute.rows(specimen.variant):
        codes = [f"t3.{row}.{column}" for column in COLUMNS[1:6]]
        texts[grid.box(f":row.{row}").row] = _sum(specimen, codes)
    grid.insert_column(9, texts)
    head = grid.box(":organisations")
    grid.boxes = [b for b in grid.boxes if not (b.column == 9 and b.row == head.row)]
    head.across += 1


@trouble("empty_column", kinds=FULL)
def empty_column(specimen, rng):
    """An empty column stands between labels and numbers, or at the right edge."""
    grid = specimen.grid(3)
    grid.insert_column(rng.choice([3, 3, grid.width]))


@trouble("empty_rows")
def empty_rows(specimen, rng):
    for grid in specimen.grids:
        at = rng.randint(1, grid.height)
        grid.insert_row(at, [])
        taken = {
            column
            for box in grid.boxes
            if box.row <= at < box.row + box.down
            for column in range(box.column, box.column + box.across)
        }
        free = set(range(grid.width)) - taken
        grid.boxes += [Box(at, column, "") for column in sorted(free)]


@trouble("appendix_table")
def appendix_table(specimen, rng):
    """Another table with numbers stands in section one; none of it belongs to the form."""
    grid = Grid(0)
    lines = [["公开渠道", "信息条数"], ["政府网站", "321"], ["政务微信", "45"]]
    for row, texts in enumerate(lines):
        grid.boxes += [Box(row, column, text) for column, text in enumerate(texts)]
    specimen.flow.insert(specimen.flow.index(specimen.heading(2)), grid)
