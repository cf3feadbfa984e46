"""Takes the cells of a ``cells.csv`` back as they are, and says where it contradicts itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches

from nianbao.documents.structure import Document
from nianbao.errors import UnreadableError
from nianbao.figures import Fit, LineReading, Written
from nianbao.forms import CellSpec, Form, load_form
from nianbao.lines import form_lines
from nianbao.report import Cell
from nianbao.values import LIMIT, Value, parse

_KEYS = ("2021", "2019", "2021+t2:2019", "2021+t3:2019")
_PLAIN = re.compile(r"-?[0-9]{1,13}(?:\.[0-9]{1,12})?")
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
    for code, row in document.listing.items():
        own = form.table(form.cells[code].table).form
        if row["form"] != own:
            raise UnreadableError(
                f"{document.name}：单元格 {code} 是{own}年格式的，form 一列写的是“{row['form']}”。"
                "请核对后重新导出 cells.csv。"
            )
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
    number = _number(text, spec)
    origin = row.get("origin", "")
    if _consistent(state, text, number, written, spec):
        return Cell(spec.code, number, state, written, origin)
    return Cell(spec.code, None, "unreadable", written or text, origin)


def _consistent(
    state: str, text: str, number: int | Decimal | None, written: str, spec: CellSpec
) -> bool:
    """Whether state, value and what was written say the same."""
    told = parse(written, unit=spec.unit, signed=spec.signed)
    if state not in _STATES or (state in _VALUED) != bool(text):
        return False
    if state == "number":
        return number is not None and bool(written) and _agree(number, told, spec)
    if state == "inferred":
        return number is not None and (not written or _agree(number, told, spec))
    return state == "unknown" or state == told.state or (state == "unreadable" and bool(written))


def _number(text: str, spec: CellSpec) -> int | Decimal | None:
    """Read a value as this project writes it: plain digits, a fraction for amounts only."""
    if not _PLAIN.fullmatch(text):
        return None
    number = Decimal(text)
    if abs(number) > LIMIT or (number < 0 and not spec.signed):
        return None
    if spec.decimal:
        return number
    return int(number) if number == number.to_integral_value() else None


def _agree(number: int | Decimal, told: Value, spec: CellSpec) -> bool:
    """Whether a value is what was written; under a head in 元 the amount was converted."""
    converted = spec.decimal and not told.unit and told.number is not None
    return number == told.number or (
        converted and told.number is not None and number == Decimal(told.number) / 10000
    )


def listed_lines(form: Form, cells: Mapping[str, Cell]) -> Iterator[LineReading]:
    """Yield the lines of the form as if each cell had been read in its place."""
    for line in form_lines(form):
        values = tuple(_written(cells[code]) for code in line.codes)
        yield LineReading(line, Fit.EXACT, None, values)


def _written(cell: Cell) -> Written:
    if cell.value is not None:
        return Written(str(cell.value), cell.origin)
    return Written(cell.written, cell.origin, clear=cell.state != "unknown")
