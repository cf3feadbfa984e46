"""Recognises a report in a document: what cannot be placed with certainty stays unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from nianbao.documents.structure import Document, Line, Row
from nianbao.errors import UnreadableError
from nianbao.figures import Fit, LineReading, Written, read_lines
from nianbao.forms import Form
from nianbao.inference import Part, infer
from nianbao.labels import cores, read_label
from nianbao.outline import section_starts, sections_of
from nianbao.placing import Placing, place
from nianbao.report import Cell, Section
from nianbao.rules import expand
from nianbao.values import EMPTY_STATES, parse

_SENTENCE_ENDS = "。！？；.!?）)”》"


@dataclass(frozen=True)
class Recognition:
    """What was recognised in a document, and how.

    Attributes
    ----------
    cells : dict of str to Cell
        Every cell of the form, in form order.
    implied : dict of str to int
        What the rules force empty or marked cells to be (件): for checking only.
    readings : tuple of LineReading
        How each line of the form was read.
    parts : tuple of Part
        What the rules settled.
    """

    form: Form
    sections: tuple[Section, ...]
    placing: Placing
    readings: tuple[LineReading, ...]
    parts: tuple[Part, ...]
    cells: dict[str, Cell]
    implied: dict[str, int]


def recognize(document: Document, form: Form) -> Recognition:
    """Read a document on a form.

    Raises
    ------
    UnreadableError
        Where a statutory table is missing or the document breaks off.
    """
    document = _with_titles(document, form)
    starts = section_starts(document, form)
    sections = sections_of(document, form)
    placing = place(document, form, starts)
    _demand_whole(document, form, placing, sections)
    first = read_lines(placing, form)
    parts = tuple(infer(expand(form.id), first))
    settled = {reading.line: reading for part in parts for reading in part.readings}
    readings = tuple(settled.get(r.line, r.as_short() if r.by_place else r) for r in first)
    found = {cell.code: cell for reading in readings for cell in _cells(reading, parts, form)}
    return Recognition(
        form=form,
        sections=sections,
        placing=placing,
        readings=readings,
        parts=parts,
        cells={code: found[code] for code in form.cells},
        implied=_implied(parts, found),
    )


def _with_titles(document: Document, form: Form) -> Document:
    """Take a row that holds nothing but a section's title for a line of prose."""
    titles = {core for spec in form.sections for core in cores(spec.title, spec.aliases)}
    blocks = tuple(
        Line(words[0], block.origin)
        if isinstance(block, Row)
        and len(words := [cell for cell in block.cells if cell]) == 1
        and read_label(words[0]).core in titles
        else block
        for block in document.blocks
    )
    return Document(document.name, blocks)


def _cells(reading: LineReading, parts: Sequence[Part], form: Form) -> Iterator[Cell]:
    """Turn one line's reading into its cells."""
    if reading.fit is Fit.EXACT:
        for code, written in zip(reading.line.codes, reading.values, strict=True):
            cell = _read_cell(code, written, decimal=form.cells[code].decimal)
            yield _in_form_unit(cell) if reading.in_yuan else cell
        return
    origin = reading.placed.row.origin if reading.placed else ""
    for code in reading.line.codes:
        filling = next((p.filling for p in parts if code in p.cells), None)
        text = filling.written.get(code, "") if filling else ""
        if reading.fit is Fit.SHORT and filling and code in filling.values:
            yield Cell(code, filling.values[code], "inferred", text, origin)
        else:
            yield Cell(code, written=text, origin=origin)


def _read_cell(code: str, written: Written, *, decimal: bool) -> Cell:
    value = parse(written.text, decimal=decimal)
    return Cell(code, value.number, value.state, written.text, written.origin)


def _in_form_unit(cell: Cell) -> Cell:
    """Turn an amount under a head that says 元 into the form's 万元, exactly."""
    return cell if cell.value is None else replace(cell, value=Decimal(cell.value) / 10000)


def _implied(parts: Sequence[Part], cells: dict[str, Cell]) -> dict[str, int]:
    """Keep the forced values of cells that were found, but without a figure."""
    return {
        code: value
        for part in parts
        if part.filling
        for code, value in part.filling.values.items()
        if cells[code].state in EMPTY_STATES
    }


def _demand_whole(
    document: Document, form: Form, placing: Placing, sections: tuple[Section, ...]
) -> None:
    """Refuse a document that is no such report, or that breaks off."""
    missing = [table for table in form.tables if not placing.found(table.id)]
    last = document.blocks[-1] if document.blocks else None
    end = last.origin if last else "开头"
    if len(missing) == len(form.tables):
        raise UnreadableError(
            f"{document.name}：没有找到三张法定表格（表二、表三、表四）中的任何一张，"
            f"文件读到{end}为止。请确认这是一份政府信息公开工作年度报告，且表格以制表符分列。"
        )
    if missing:
        names = "、".join(f"{table.name}（{table.caption}）" for table in missing)
        raise UnreadableError(
            f"{document.name}：没有找到{names}的数字行，文件读到{end}为止。"
            "文件可能不完整，请重新获取报告全文。"
        )
    numbers = {section.number for section in sections}
    closing = {form.sections[-2].number, form.sections[-1].number}
    unfinished = document.lines and document.lines[-1].text[-1] not in _SENTENCE_ENDS
    lost = closing - numbers
    if numbers - {None} and (lost == closing or (form.sections[-1].number in lost and unfinished)):
        titles = "、".join(f"“{s.title}”" for s in form.sections if s.number in lost)
        raise UnreadableError(
            f"{document.name}：文件读到{end}中断，缺少{titles}部分。请重新获取报告全文。"
        )
