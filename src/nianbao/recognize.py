"""Recognises a report in a document: what cannot be placed with certainty stays unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from nianbao.detection import detect
from nianbao.documents.structure import Document, Line, Remark, Row
from nianbao.figures import Fit, LineReading, Written, read_lines
from nianbao.forms import CellSpec, Form, form_ids, load_form
from nianbao.heads import Frames
from nianbao.inference import Part, infer
from nianbao.labels import cores, read_label
from nianbao.lines import form_blocks, form_lines
from nianbao.listing import listed_cells, listed_lines
from nianbao.outline import section_starts, sections_of
from nianbao.placing import Placing
from nianbao.report import Cell, Section, ShortRow, Subtotal
from nianbao.rules import expand
from nianbao.seams import mend
from nianbao.stacks import unstack
from nianbao.subtotals import subtotals_of
from nianbao.values import EMPTY_STATES, parse
from nianbao.walk import place
from nianbao.wholeness import demand_whole


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
    frames : Frames
        What the heads told of the columns.
    subtotals : tuple of Subtotal
        Sums that the office added to the form.
    remarks : tuple of Remark
        What the reader of the file had to say.
    """

    form: Form
    sections: tuple[Section, ...]
    placing: Placing
    readings: tuple[LineReading, ...]
    parts: tuple[Part, ...]
    cells: dict[str, Cell]
    implied: dict[str, int]
    frames: Frames
    subtotals: tuple[Subtotal, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def contradictions(self) -> tuple[tuple[str, ...], ...]:
        """The parts of the form that no filling of what is missing can satisfy, as their cells."""
        return tuple(
            tuple(code for code in self.form.cells if code in part.cells)
            for part in self.parts
            if part.contradictory
        )

    @property
    def short_rows(self) -> tuple[ShortRow, ...]:
        """The short rows that no filling reconciles with the rules."""
        return tuple(row for part in self.parts for row in part.unplaced())


def recognize(document: Document, form: Form | None = None) -> Recognition:
    """Read a document on the form that its labels show, or on a given one.

    Raises
    ------
    UnreadableError
        Where a statutory table is missing or the document breaks off.
    """
    if document.listing:
        return _listed(document)
    document = mend(unstack(document, _table_words(), _section_words()), _table_words())
    form = form or detect(document)
    document = _with_titles(document, form)
    starts = section_starts(document, form)
    sections = sections_of(_without_captions(document, form), form)
    placing = place(document, form, starts)
    demand_whole(document, form, placing, sections)
    frames = Frames(placing, form)
    first = read_lines(placing, form, frames)
    parts = tuple(infer(expand(form.key), first))
    settled = {reading.line: reading for part in parts for reading in part.readings}
    readings = tuple(settled.get(r.line, r.as_short() if r.by_place else r) for r in first)
    found = {cell.code: cell for reading in readings for cell in _cells(reading, parts, form)}
    return Recognition(
        form=form,
        sections=sections,
        placing=placing,
        frames=frames,
        readings=readings,
        parts=parts,
        cells={code: found[code] for code in form.cells},
        implied=_implied(parts, found),
        subtotals=tuple(subtotals_of(placing, frames, readings)),
        remarks=document.remarks,
    )


def _listed(document: Document) -> Recognition:
    """Take the cells of a ``cells.csv`` as they are; only what blanks must be is asked anew."""
    form, cells = listed_cells(document)
    readings = tuple(listed_lines(form, cells))
    parts = tuple(infer(expand(form.key), readings))
    placing = Placing(form_blocks(form))
    return Recognition(
        form=form,
        sections=(),
        placing=placing,
        frames=Frames(placing, form),
        readings=readings,
        parts=parts,
        cells=cells,
        implied=_implied(parts, cells),
        remarks=document.remarks,
    )


def load_forms() -> None:
    """Load all forms, their rules and their words, for a process that forks others that read."""
    for form_id in form_ids():
        expand(load_form(form_id).key)
    _table_words()
    _section_words()


@cache
def _table_words() -> frozenset[str]:
    """Collect the cores of all heads and row labels of all forms."""
    forms = [load_form(form_id) for form_id in form_ids()]
    blocks = [block for form in forms for block in form_blocks(form)]
    lines = [line for form in forms for line in form_lines(form)]
    rows = [cores(node.label, node.aliases) for line in lines for node in line.path]
    return frozenset().union(*(b.heads | b.stub for b in blocks), *rows) - {""}


@cache
def _section_words() -> frozenset[str]:
    specs = [spec for form_id in form_ids() for spec in load_form(form_id).sections]
    return frozenset().union(*(cores(spec.title, spec.aliases) for spec in specs))


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
    return replace(document, blocks=blocks)


def _without_captions(document: Document, form: Form) -> Document:
    """Leave out lines that are captions or heads of tables: they are no prose."""
    blocks = form_blocks(form)
    heads = frozenset().union(*(block.stub | block.inner for block in blocks))
    kept = (
        block
        for block in document.blocks
        if not isinstance(block, Line) or read_label(block.text).core not in heads
    )
    return replace(document, blocks=tuple(kept))


def _cells(reading: LineReading, parts: Sequence[Part], form: Form) -> Iterator[Cell]:
    """Turn one line's reading into its cells."""
    if reading.fit is Fit.EXACT:
        for code, written in zip(reading.line.codes, reading.values, strict=True):
            yield _read_cell(form.cells[code], written, reading.unit)
        return
    origin = reading.placed.row.origin if reading.placed else ""
    for code in reading.line.codes:
        filling = next((p.filling for p in parts if code in p.cells), None)
        text = filling.written.get(code, "") if filling else ""
        if reading.fit is Fit.SHORT and filling and code in filling.values:
            yield Cell(code, filling.values[code], "inferred", text, origin)
        else:
            yield Cell(code, written=text, origin=origin)


def _read_cell(spec: CellSpec, written: Written, unit: str) -> Cell:
    """Read one cell; an amount in 元 becomes the form's 万元, exactly, one in another unit none."""
    if not written.clear:
        return Cell(spec.code, origin=written.origin)
    value = parse(written.text, unit=spec.unit, signed=spec.signed)
    if value.number is None or not spec.decimal or value.unit or unit in ("", "万元"):
        return Cell(spec.code, value.number, value.state, written.text, written.origin)
    if unit == "元":
        amount = Decimal(value.number) / 10000
        return Cell(spec.code, amount, value.state, written.text, written.origin)
    return Cell(spec.code, None, "unreadable", written.text, written.origin)


def _implied(parts: Sequence[Part], cells: dict[str, Cell]) -> dict[str, int]:
    """Keep the forced values of cells that were found, but without a figure."""
    return {
        code: value
        for part in parts
        if part.filling
        for code, value in part.filling.values.items()
        if cells[code].state in EMPTY_STATES
    }
