"""Tells how the rows of figures could be read: short rows, lost rows, rows with too much."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from nianbao.figures import Fit, LineReading
from nianbao.forms import Table
from nianbao.recognize import Recognition
from nianbao.report import Note
from nianbao.values import parse

_LINE = re.compile(r"第\d+行")
_UNREAD = {
    Fit.MISSING: ("line_missing", "在源文件中没有找到，各格列为未知。"),
    Fit.CONFLICT: ("line_repeated", "在源文件中出现不止一次且数字不同，各格列为未知。"),
    Fit.HEADS: ("heads_altered", "的列名或列序与法定格式不同，各格列为未知。"),
    Fit.TORN: ("row_torn", "的数字可能被折成两行或被分页切断，各格列为未知。请对照原文。"),
    Fit.SURPLUS: ("line_surplus", "的数字与列数对不上，无法确定各属哪一列，各格列为未知。"),
}


def row_notes(recognition: Recognition) -> Iterator[Note]:
    """Yield what is to be said of whole rows."""
    yield from _missing_tables(recognition)
    yield from _short_rows(recognition)
    yield from _unread_rows(recognition)
    yield from _illegible_tokens(recognition)
    yield from _subtotals(recognition)


def _missing_tables(recognition: Recognition) -> Iterator[Note]:
    """Tell of a table that the source does not hold at all: its rows need no note of their own."""
    for table in _lost_tables(recognition):
        cells = tuple(c for c, spec in recognition.form.cells.items() if spec.table == table.id)
        message = f"源文件中没有找到{table.name}“{table.caption}”，各格列为未知。请补充这张表。"
        yield Note("table_missing", "error", message, cells)


def _lost_tables(recognition: Recognition) -> list[Table]:
    read = {r.line.table.id for r in recognition.readings if r.fit is not Fit.MISSING}
    return [table for table in recognition.form.tables if table.id not in read]


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
    lost = _lost_tables(recognition)
    for reading in recognition.readings:
        if reading.fit in _UNREAD and reading.line.table not in lost:
            code, text = _UNREAD[reading.fit]
            message = f"{line_words(reading)}{text}"
            yield Note(code, "error", message, reading.line.codes, _origins([reading]))
    for row in recognition.placing.unplaced:
        shown = " ".join(filter(None, row.cells))[:60]
        message = f"有一行数字不属于任何法定行，未采用：“{shown}”。"
        yield Note("row_unplaced", "warning", message, (), row.origin)


def _illegible_tokens(recognition: Recognition) -> Iterator[Note]:
    """Tell what in a short row is no number: the cells where it may stand stay unknown."""
    for reading in recognition.readings:
        units = {recognition.form.cells[code].unit for code in reading.line.codes}
        tokens = [v.text for v in reading.values if not _numeric(v.text, units)]
        if reading.fit in (Fit.SHORT, Fit.SURPLUS) and tokens:
            shown = "、".join(f"“{token}”" for token in tokens)
            message = (
                f"{line_words(reading)}写有{shown}，不能读作数字；"
                "它可能所在的格列为未知，勾稽关系推出的数不能代替它。"
            )
            cells = reading.line.codes
            yield Note("row_illegible", "error", message, cells, _origins([reading]))


def _numeric(text: str, units: Collection[str]) -> bool:
    return any(parse(text, unit=unit).state == "number" for unit in units)


def _subtotals(recognition: Recognition) -> Iterator[Note]:
    """Tell of sums that the office added to the form."""
    names = [subtotal.name for subtotal in recognition.subtotals]
    if names:
        shown = "、".join(f"“{name}”" for name in names[:3])
        more = f"等{len(names)}个" if len(names) > 3 else ""
        yield Note(
            "subtotal_added",
            "hint",
            f"填报机关在法定格式之外增加了小计：{shown}{more}。小计只用来核对，不计入其他合计。",
            tuple(dict.fromkeys(code for s in recognition.subtotals for code in s.parts)),
            recognition.subtotals[0].origin,
        )
