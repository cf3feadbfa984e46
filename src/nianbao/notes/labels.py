"""Tells which labels and column heads are not the official ones, and how they were taken."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.figures import Fit
from nianbao.forms.structure import paths
from nianbao.labels import normalize, same_words
from nianbao.placing import is_figure
from nianbao.recognize import Recognition
from nianbao.report import Note


def label_notes(recognition: Recognition) -> Iterator[Note]:
    """Yield what is to be said of labels and heads."""
    yield from _loose_heads(recognition)
    yield from _altered_labels(recognition)
    yield from _altered_heads(recognition)
    yield from _resembling_heads(recognition)
    yield from _foreign_columns(recognition)


def _loose_heads(recognition: Recognition) -> Iterator[Note]:
    """Tell where column heads do not stand over their figures."""
    tables = {r.line.table.id: r.line.table for r in recognition.readings if r.fit is Fit.SHORT}
    blocks = recognition.placing.blocks
    for table in tables.values():
        heads = [
            row
            for index, rows in sorted(recognition.placing.heads.items())
            if blocks[index].table is table
            for row in rows
        ]
        where = "、".join(row.origin for row in heads)
        yield Note(
            "heads_apart",
            "hint",
            f"{table.name}的表头与数字列没有对齐，列的归属不能靠位置判断，改由行内次序和勾稽关系确定。",
            (),
            where,
        )


def _altered_labels(recognition: Recognition) -> Iterator[Note]:
    for reading in recognition.readings:
        placed = reading.placed
        if not placed or not placed.line.labelled:
            continue
        official = placed.line.path[-1].label
        if same_words(placed.written, official):
            continue
        sure = "，按最接近的一项读取，请核对" if placed.near else "，含义相同，按该项读取"
        yield Note(
            "label_near" if placed.near else "label_alias",
            "warning" if placed.near else "hint",
            f"行名写作“{placed.written}”，与法定格式“{official}”不同{sure}。",
            placed.line.codes,
            placed.row.origin,
        )


def _altered_heads(recognition: Recognition) -> Iterator[Note]:
    """Tell which column heads say more or less than the official ones."""
    placing = recognition.placing
    for index, rows in sorted(placing.heads.items()):
        officials = [path[-1].label for path in paths(placing.blocks[index].block.columns)]
        for row in rows:
            for cell in dict.fromkeys(filter(None, row.cells)):
                official = next((o for o in officials if same_words(cell, o)), None)
                if official and normalize(cell) != normalize(official):
                    message = f"列名写作“{cell}”，按法定格式“{official}”读取和显示。"
                    yield Note("head_altered", "hint", message, (), row.origin)


def _resembling_heads(recognition: Recognition) -> Iterator[Note]:
    """Tell which column heads are cut short or altered and were taken by their place."""
    told = set()
    for reading in recognition.readings:
        placed = reading.placed
        if placed is None or reading.fit is not Fit.EXACT:
            continue
        for core in recognition.frames.near(placed):
            if (reading.line.block, core) not in told:
                told.add((reading.line.block, core))
                table = reading.line.table.name
                message = (
                    f"{table}有一列的列名读作“{core}”，与法定格式不同，按所在位置读取，请核对。"
                )
                yield Note("head_near", "warning", message, (), placed.row.origin)


def _foreign_columns(recognition: Recognition) -> Iterator[Note]:
    """Tell of figures in columns that the form does not have (上年数, 备注)."""
    told = set()
    for reading in recognition.readings:
        placed = reading.placed
        if placed is None or reading.fit is not Fit.EXACT:
            continue
        columns = recognition.frames.columns(reading.line.block, placed.row, placed.heads)
        for place, cores in columns.added.items() if columns else ():
            cells = placed.row.cells[place : place + 1]
            key = (reading.line.table.id, cores[-1])
            figure = place >= placed.start and any(cell and is_figure(cell) for cell in cells)
            if figure and key not in told:
                told.add(key)
                table = reading.line.table.name
                message = f"{table}有法定格式之外的一列“{cores[-1]}”，其中的数字没有采用。"
                yield Note("column_added", "hint", message, (), placed.row.place(place))
