"""Says in Chinese what a reader of the reading must know: short rows, altered labels, gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nianbao.figures import Fit, LineReading
from nianbao.forms import Form, Table
from nianbao.forms.structure import paths
from nianbao.labels import normalize, same_words
from nianbao.recognize import Recognition
from nianbao.report import Cell, Note
from nianbao.values import EMPTY_STATES, parse

_NAMED = 6
"""How many empty cells a note names."""
_LINE = re.compile(r"第\d+行")


def reading_notes(recognition: Recognition) -> tuple[Note, ...]:
    """List the notes of one reading, the weightiest first."""
    notes = [
        *_short_rows(recognition),
        *_unread_rows(recognition),
        *_unreadable_cells(recognition),
        *_illegible_tokens(recognition),
        *_empty_cells(recognition),
        *_loose_heads(recognition),
        *_missing_sections(recognition),
        *_altered_labels(recognition),
        *_altered_heads(recognition),
    ]
    order = {"error": 0, "warning": 1, "hint": 2}
    return tuple(sorted(notes, key=lambda note: order[note.severity]))


def line_words(reading: LineReading) -> str:
    """Name a line in the official words, with its group where the label alone is ambiguous."""
    labels = [node.label for node in reading.line.path if node.label]
    if not labels:
        return f"{reading.line.table.name}数字行"
    name = labels[-1] if len(labels) < 3 else f"{labels[-2]}{labels[-1]}"
    return f"{reading.line.table.name}“{name}”行"


def _short_rows(recognition: Recognition) -> Iterator[Note]:
    for table in recognition.form.tables:
        short = [r for r in recognition.readings if r.fit is Fit.SHORT and r.line.table is table]
        if short:
            yield _short_note(recognition, table, short)


def _short_note(recognition: Recognition, table: Table, short: Sequence[LineReading]) -> Note:
    cells = tuple(code for reading in short for code in reading.line.codes)
    inferred = sum(recognition.cells[code].state == "inferred" for code in cells)
    fillings = [p.filling for p in recognition.parts if p.filling and not p.cells.isdisjoint(cells)]
    total = sum(r.line.table is table for r in recognition.readings)
    head = (
        f"{table.name}的{total}行数字中有{len(short)}行的数字少于列数"
        f"（{_counts(short)}），源文件没有显示缺的是哪一格。"
    )
    if not fillings:
        code, tail = "short_rows_open", "没有勾稽关系可以确定其位置，这些格均列为未知。"
    elif not all(filling.proved for filling in fillings):
        code, tail = (
            "short_rows_limit",
            "可能的放法太多，限定的计算量内没有得出结论，这些格均列为未知。",
        )
    elif not all(filling.feasible for filling in fillings):
        code = "short_rows_unbalanced"
        tail = (
            "短行与不平并存：无论怎样放置，勾稽关系都不能全部成立，"
            "因此一个数也不放，这些格均列为未知。请先核对报告原文。"
        )
    elif inferred == len(cells):
        code = "short_rows"
        tail = (
            "保持行内次序、把数字放入各列的所有放法中，能使全部勾稽关系同时成立的填法只有一种"
            f"（放法不同而各格数值相同的算同一种），因此这{inferred}格的数值是确定的，记为“推定”。"
            "推定用到了勾稽关系本身，不等于独立核对。"
        )
    else:
        code = "short_rows_open"
        tail = (
            f"满足全部勾稽关系的填法不止一种：{inferred}格在所有填法中数值相同，记为“推定”；"
            f"其余{len(cells) - inferred}格列为未知。"
        )
    severity = "warning" if code == "short_rows" else "error"
    return Note(code, severity, head + tail, cells, _origins(short))


def _counts(short: Sequence[LineReading]) -> str:
    kinds = sorted({(len(r.line.codes), len(r.values)) for r in short})
    return "、".join(f"应有{columns}个，只有{found}个" for columns, found in kinds)


def _origins(readings: Sequence[LineReading]) -> str:
    """Name the rows, in source order; neighbouring lines as a range."""
    places = [r.placed.row.origin for r in readings if r.placed]
    numbers = [int(p[1:-1]) for p in places if _LINE.fullmatch(p)]
    if len(numbers) < len(places) or len(places) < 3:
        return "、".join(places)
    starts = [n for n in sorted(numbers) if n - 1 not in numbers]
    ends = [n for n in sorted(numbers) if n + 1 not in numbers]
    runs = [f"第{a}行" if a == b else f"第{a}—{b}行" for a, b in zip(starts, ends, strict=True)]
    return "、".join(runs)


def _unread_rows(recognition: Recognition) -> Iterator[Note]:
    words = {
        Fit.MISSING: ("line_missing", "在源文件中没有找到，各格列为未知。"),
        Fit.CONFLICT: ("line_repeated", "在源文件中出现不止一次且数字不同，各格列为未知。"),
        Fit.HEADS: ("heads_altered", "的列名或列序与法定格式不同，各格列为未知。"),
        Fit.SURPLUS: ("line_surplus", "的数字多于列数，无法确定各属哪一列，各格列为未知。"),
    }
    for reading in recognition.readings:
        if reading.fit in words:
            code, text = words[reading.fit]
            message = f"{line_words(reading)}{text}"
            yield Note(code, "error", message, reading.line.codes, _origins([reading]))
        if reading.in_yuan:
            message = f"{line_words(reading)}的表头单位是元，已换算为法定格式的万元（除以10000）。"
            yield Note(
                "unit_converted", "warning", message, reading.line.codes, _origins([reading])
            )
    for row in recognition.placing.unplaced:
        shown = " ".join(filter(None, row.cells))[:60]
        yield Note(
            "row_unplaced",
            "warning",
            f"有一行数字不属于任何法定行，未采用：“{shown}”。",
            (),
            row.origin,
        )


def _unreadable_cells(recognition: Recognition) -> Iterator[Note]:
    for cell in recognition.cells.values():
        if cell.state == "unreadable":
            label = recognition.form.cells[cell.code].label
            message = f"{label}：写的是“{cell.written}”，不能读作数字，按“无法读取”处理。"
            yield Note("cell_unreadable", "error", message, (cell.code,), cell.origin)


def _illegible_tokens(recognition: Recognition) -> Iterator[Note]:
    """Tell what in a short row is no number: the cells where it may stand stay unknown."""
    for reading in recognition.readings:
        tokens = [v.text for v in reading.values if parse(v.text).state != "number"]
        if reading.fit in (Fit.SHORT, Fit.SURPLUS) and tokens:
            shown = "、".join(f"“{token}”" for token in tokens)
            message = (
                f"{line_words(reading)}写有{shown}，不能读作数字；"
                "它可能所在的格列为未知，勾稽关系推出的数不能代替它。"
            )
            cells = reading.line.codes
            yield Note("row_illegible", "error", message, cells, _origins([reading]))


def _empty_cells(recognition: Recognition) -> Iterator[Note]:
    """Tell which cells hold nothing, or a mark: one note a table, as there may be a hundred."""
    for table in recognition.form.tables:
        empty = [
            cell
            for cell in recognition.cells.values()
            if cell.state in EMPTY_STATES and recognition.form.cells[cell.code].table == table.id
        ]
        if empty:
            named = "；".join(_emptiness(recognition, cell) for cell in empty[:_NAMED])
            rest = f"；另有{len(empty) - _NAMED}格，见逐格读取" if len(empty) > _NAMED else ""
            yield Note(
                "cells_empty",
                "warning",
                f"{table.name}有{len(empty)}格没有填写数字，不等于0：{named}{rest}。请填报机关确认。",
                tuple(cell.code for cell in empty),
            )


def _emptiness(recognition: Recognition, cell: Cell) -> str:
    heads = recognition.form.cells[cell.code].label.partition(" · ")[2]
    written = f"写作“{cell.written}”" if cell.written else "空白"
    implied = recognition.implied.get(cell.code)
    forced = "" if implied is None else f"，按勾稽关系只能是{implied}"
    return f"“{heads}”{written}{forced}"


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


def _missing_sections(recognition: Recognition) -> Iterator[Note]:
    found = {section.number for section in recognition.sections}
    for spec in recognition.form.sections:
        if spec.number not in found:
            message = f"没有找到第{'一二三四五六'[spec.number - 1]}部分“{spec.title}”的标题。"
            if spec is recognition.form.sections[-1]:
                message += "这是最后一部分，文件可能没有取全，请与报告原文核对。"
            yield Note("section_missing", "warning", message)


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


def identity_notes(form: Form, year: int, stated: int | None) -> Iterator[Note]:
    """Tell where the year of the title, or of the form, is not the report's year."""
    if stated is not None and stated != year:
        yield Note("year_conflict", "warning", f"标题写的是{stated}年，本报告按{year}年处理。")
    if year < form.since:
        yield Note(
            "form_early",
            "warning",
            f"{year}年的报告用的是{form.basis}的格式，该格式自{form.since}年度起施行。",
        )
