"""Takes the cells of a ``cells.csv`` back as they are, and says where it contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from nianbao.documents.structure import Document
from nianbao.errors import UnreadableError
from nianbao.figures import Fit, LineReading, Written
from nianbao.forms import CellSpec, Form, load_form
from nianbao.lines import form_lines
from nianbao.report import Cell
from nianbao.values import parse

_KEYS = ("2021", "2019", "2021+t2:2019", "2021+t3:2019")
_VALUED = ("number", "inferred")
_STATES = (*_VALUED, "blank", "dash", "slash", "word", "unreadable", "unknown")


def listed_cells(document: Document) -> tuple[Form, dict[str, Cell]]:
    """Return the form that a listing's codes belong to, and every cell of it.

    Raises
    ------
    UnreadableError
        For a code that no form has.
    """
    form = _form(document)
    strange = next((code for code in document.listing if code not in form.cells), None)
    if strange is not None:
        close = get_close_matches(strange, form.cells, 1)
        hint = f"是否应为 {close[0]}？" if close else "请核对 cell 一列。"
        raise UnreadableError(f"{document.name}：单元格代号“{strange}”不属于任何报告格式。{hint}")
    return form, {
        code: _cell(spec, document.listing[code]) if code in document.listing else Cell(code)
        for code, spec in form.cells.items()
    }


def _form(document: Document) -> Form:
    """Choose the form that has most of the listed cells; the first of several."""
    codes = set(document.listing)
    return max((load_form(key) for key in _KEYS), key=lambda f: len(codes & set(f.cells)))


def _cell(spec: CellSpec, row: Mapping[str, str]) -> Cell:
    """Take one row back; what contradicts itself is unreadable, as written."""
    state, text, written = row["state"].strip(), row["value"].strip(), row["written"]
    origin = row.get("origin", "")
    number = _number(text, spec)
    told = parse(written, unit=spec.unit, signed=spec.signed)
    if state not in _STATES or (state in _VALUED) != (number is not None):
        return Cell(spec.code, None, "unreadable", written or text, origin)
    if state in _VALUED and written and not _agree(number, told.number, spec):
        return Cell(spec.code, None, "unreadable", written, origin)
    if state not in _VALUED and text:
        return Cell(spec.code, None, "unreadable", text, origin)
    return Cell(spec.code, number, state, written, origin)


def _number(text: str, spec: CellSpec) -> int | Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or (number < 0 and not spec.signed):
        return None
    if spec.decimal:
        return number
    return int(number) if number == number.to_integral_value() else None


def _agree(number: object, told: int | Decimal | None, spec: CellSpec) -> bool:
    """Whether a value is what its written form says; amounts may have been converted from 元."""
    return number == told or (spec.decimal and told is not None and number == told / 10000)


def listed_lines(form: Form, cells: Mapping[str, Cell]) -> Iterator[LineReading]:
    """Yield the lines of the form as if each cell had been read in its place."""
    for line in form_lines(form):
        values = tuple(_written(cells[code]) for code in line.codes)
        yield LineReading(line, Fit.EXACT, None, values)


def _written(cell: Cell) -> Written:
    if cell.value is not None:
        return Written(str(cell.value), cell.origin)
    return Written(cell.written, cell.origin, clear=cell.state != "unknown")
