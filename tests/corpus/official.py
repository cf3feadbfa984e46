"""The three tables in their official layout."""

from __future__ import annotations

from corpus import statute
from corpus.grids import Box, Grid
from corpus.statute import (
    BLOCK_LABELS,
    BLOCKS,
    COLUMN_LABELS,
    COLUMNS,
    CORNER,
    RESULT_LABELS,
    RESULTS,
)


def table_two(variant: str, printed: dict[str, str]) -> Grid:
    grid, row = Grid(2), 0
    for item, heads, items in statute.ITEMS[statute.FORMS[variant][0]]:
        caption = statute.ARTICLE.format(item)
        grid.boxes.append(Box(row, 0, caption, f":caption.{item}", across=4))
        grid.boxes.append(Box(row + 1, 0, "信息内容", f":content.{item}"))
        last = 4 - len(heads)  # the last head and its numbers reach to the right edge
        for at, (name, label) in enumerate(heads, start=1):
            reach = last if at == len(heads) else 1
            grid.boxes.append(Box(row + 1, at, label, f":head.{item}.{name}", across=reach))
        for down, (thing, label) in enumerate(items, start=row + 2):
            grid.boxes.append(Box(down, 0, label, f":row.{thing}"))
            for at, (name, _) in enumerate(heads, start=1):
                code, reach = f"t2.{thing}.{name}", last if at == len(heads) else 1
                grid.boxes.append(Box(down, at, printed[code], code, across=reach))
        row += 2 + len(items)
    return grid


def table_three(variant: str, printed: dict[str, str]) -> Grid:
    grid = Grid(3, head=3)
    grid.boxes = [
        Box(0, 0, CORNER, ":corner", 3, 3),
        Box(0, 3, "申请人情况", ":applicants", 7),
        Box(1, 3, COLUMN_LABELS[0], ":column.natural", 1, 2),
        Box(1, 4, "法人或其他组织", ":organisations", 5),
        Box(1, 9, COLUMN_LABELS[6], ":column.total", 1, 2),
    ]
    for at in range(1, 6):
        grid.boxes.append(Box(2, 3 + at, COLUMN_LABELS[at], f":column.{COLUMNS[at]}"))
    groups: dict[str, Box] = {}
    for at, (row, above, label) in enumerate(statute.lines(variant), start=3):
        for depth, group in enumerate(above):
            if group not in groups:
                groups[group] = Box(at, depth, group, f":group.{group}", down=0)
                grid.boxes.append(groups[group])
            groups[group].down += 1
        grid.boxes.append(Box(at, len(above), label, f":row.{row}", across=3 - len(above)))
        for place, column in enumerate(COLUMNS, start=3):
            code = f"t3.{row}.{column}"
            grid.boxes.append(Box(at, place, printed[code], code))
    return grid


def table_four(printed: dict[str, str]) -> Grid:
    grid = Grid(4, head=3)
    grid.boxes = [
        Box(0, 0, BLOCK_LABELS[0], ":block.review", 5),
        Box(0, 5, "行政诉讼", ":litigation", 10),
        Box(1, 5, BLOCK_LABELS[1], ":block.direct", 5),
        Box(1, 10, BLOCK_LABELS[2], ":block.after", 5),
    ]
    for number, block in enumerate(BLOCKS):
        for at, (result, label) in enumerate(zip(RESULTS, RESULT_LABELS, strict=True)):
            place, code = number * 5 + at, f"t4.{block}.{result}"
            top, down = (1, 2) if block == "review" else (2, 1)
            grid.boxes.append(Box(top, place, label, f":result.{block}.{result}", down=down))
            grid.boxes.append(Box(3, place, printed[code], code))
    return grid
