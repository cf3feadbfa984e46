"""Tells what single cells hold that is no plain figure: nothing, a mark, words, a remark."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from nianbao.figures import Fit
from nianbao.recognize import Recognition
from nianbao.report import Cell, Note
from nianbao.values import EMPTY_STATES, Value, parse

_SPACED = re.compile(r"\d \d")
_NAMED = 6
"""How many cells a note names."""


def cell_notes(recognition: Recognition) -> Iterator[Note]:
    """Yield what is to be said of single cells."""
    yield from _unclear_cells(recognition)
    yield from _unreadable_cells(recognition)
    yield from _empty_cells(recognition)
    yield from _blank_totals(recognition)
    yield from _converted_amounts(recognition)
    yield from _remarks(recognition)


def _value(recognition: Recognition, cell: Cell) -> Value:
    spec = recognition.form.cells[cell.code]
    return parse(cell.written, unit=spec.unit, signed=spec.signed)


def _unclear_cells(recognition: Recognition) -> Iterator[Note]:
    """Tell which cells the source does not show apart from others, and what stands there."""
    for reading in recognition.readings:
        if reading.fit is not Fit.EXACT:
            continue
        for code, written in zip(reading.line.codes, reading.values, strict=True):
            if not written.clear and reading.placed:
                label = recognition.form.cells[code].label
                shown = f"写有“{written.text}”，但" if written.text else ""
                message = (
                    f"{label}：{shown}源文件没有显示它只属于这一格（合并或被分页切断），列为未知。"
                )
                yield Note("cell_unclear", "error", message, (code,), written.origin)


def _unreadable_cells(recognition: Recognition) -> Iterator[Note]:
    for cell in recognition.cells.values():
        if cell.state == "unreadable":
            value = _value(recognition, cell)
            reason = value.reason if value.number is None else "金额的单位不是万元或元"
            why = f"（{reason}）" if reason else ""
            label = recognition.form.cells[cell.code].label
            message = f"{label}：写的是“{cell.written}”，不能读作数字{why}，按“无法读取”处理。"
            yield Note("cell_unreadable", "error", message, (cell.code,), cell.origin)


def _legal(recognition: Recognition, cell: Cell) -> bool:
    """Whether a cell is a 总计 of an outcome row left blank, as the form of 2019 was used."""
    spec = recognition.form.cells[cell.code]
    outcome = len(spec.row) > 1 and spec.row[-1].id != "total"
    in_total = spec.table == "t3" and spec.column[-1].id == "total"
    old = recognition.form.table(spec.table).form == "2019"
    return old and outcome and in_total and cell.state == "blank"


def _blank_totals(recognition: Recognition) -> Iterator[Note]:
    cells = tuple(c.code for c in recognition.cells.values() if _legal(recognition, c))
    if cells:
        message = (
            f"表三各办理结果行有{len(cells)}格“总计”没有填写；"
            "2019年格式的报告常只填新收、结转和办理总计各行的总计，不作为问题。"
        )
        yield Note("totals_blank", "hint", message, cells)


def _empty(recognition: Recognition, table: str) -> list[Cell]:
    return [
        cell
        for cell in recognition.cells.values()
        if cell.state in EMPTY_STATES
        and recognition.form.cells[cell.code].table == table
        and not _legal(recognition, cell)
    ]


def _empty_cells(recognition: Recognition) -> Iterator[Note]:
    """Tell which cells hold nothing, or a mark: one note a table, as there may be a hundred."""
    for table in recognition.form.tables:
        empty = _empty(recognition, table.id)
        if empty:
            named = "；".join(_emptiness(recognition, cell) for cell in empty)
            told = named if len(empty) <= _NAMED else _tally(recognition, empty)
            yield Note(
                "cells_empty",
                "warning",
                f"{table.name}有{len(empty)}格没有填写数字，不等于0：{told}。请填报机关确认。",
                tuple(cell.code for cell in empty),
            )


def _tally(recognition: Recognition, empty: Sequence[Cell]) -> str:
    """Sum up many empty cells by what the rules leave of them, and name the first."""
    forced = [recognition.implied.get(cell.code) for cell in empty]
    zeros, open_ = forced.count(0), forced.count(None)
    others = len(forced) - zeros - open_
    kinds = {f"{zeros}格只能是0": zeros, f"{others}格只能是另一个数": others}
    kinds[f"{open_}格不能确定"] = open_
    parts = "，".join(words for words, count in kinds.items() if count)
    heads = recognition.form.cells[empty[0].code].label.partition(" · ")[2]
    return f"按勾稽关系，{parts}；第一处是“{heads}”，各格见逐格读取"


def _emptiness(recognition: Recognition, cell: Cell) -> str:
    heads = recognition.form.cells[cell.code].label.partition(" · ")[2]
    written = f"写作“{cell.written}”" if cell.written else "空白"
    implied = recognition.implied.get(cell.code)
    forced = "" if implied is None else f"，按勾稽关系只能是{implied}"
    return f"“{heads}”{written}{forced}"


def _converted_amounts(recognition: Recognition) -> Iterator[Note]:
    """Tell where an amount was given in 元, in the cell or in its head."""
    units = {code: r.unit for r in recognition.readings for code in r.line.codes}
    for code, cell in recognition.cells.items():
        spec = recognition.form.cells[code]
        if not spec.decimal or cell.state != "number" or not cell.written:
            continue
        unit = _value(recognition, cell).unit
        if unit == "元" or (units[code] == "元" and not unit):
            where = "写的单位是元" if unit else "所在表格写明的单位是元"
            message = (
                f"{spec.label}：“{cell.written}”{where}，"
                f"已换算为法定格式的万元（除以10000）：{cell.value}万元。"
            )
            yield Note("unit_converted", "warning", message, (code,), cell.origin)


def _remarks(recognition: Recognition) -> Iterator[Note]:
    """Tell what is written beside a figure: a footnote mark, or words in brackets."""
    for code, cell in recognition.cells.items():
        remark = _value(recognition, cell).remark if cell.state == "number" else ""
        if cell.state == "number" and _SPACED.search(unicodedata.normalize("NFKC", cell.written)):
            label = recognition.form.cells[code].label
            message = (
                f"{label}：写作“{cell.written}”，数字中有空格，按千位分隔读作{cell.value}；"
                "如果是两个数字写在了一格，请更正。"
            )
            yield Note("cell_spaced", "warning", message, (code,), cell.origin)
        if remark:
            label = recognition.form.cells[code].label
            message = f"{label}：写作“{cell.written}”，读作{cell.value}；附注“{remark}”没有计入。"
            yield Note("cell_remark", "hint", message, (code,), cell.origin)
