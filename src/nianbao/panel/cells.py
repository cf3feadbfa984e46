"""Reports as rows of the cells table, and one report's rows as a report again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from nianbao.errors import BuildError, UnreadableError
from nianbao.forms import Form, form_keys, load_form
from nianbao.panel.schemas import CELLS, DIGITS, PLACES
from nianbao.report import Cell, Report


def cells_table(reports: Iterable[Report]) -> pa.Table:
    """Return the cells of reports, in form order, one report after the other.

    Raises
    ------
    BuildError
        Where a figure does not fit its column exactly; nothing is rounded.
    """
    columns: dict[str, list[Any]] = {column.name: [] for column in CELLS.columns}
    for report in reports:
        for row in report.rows():
            row |= _figure(report, str(row["cell"]))
            for name, values in columns.items():
                values.append(row[name])
    return table(columns)


def table(columns: Mapping[str, Sequence[Any]], schema: pa.Schema = CELLS.schema) -> pa.Table:
    """Make a table of lists of values, text of any kind in it."""
    arrays = [pa.array(map(_text, columns[field.name]), field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _text(value: Any) -> Any:
    """Write what no UTF-8 can hold (names of files may) as escapes."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _figure(report: Report, code: str) -> dict[str, object]:
    """Part a cell's figure into a count or an amount, and say what it is implied to be."""
    value, implied = report.value(code), report.implied.get(code)
    amount = report.form.cells[code].decimal
    for number in (value, implied):
        if number is not None and not _fits(number, amount=amount and number is value):
            raise BuildError(
                f"{report.year} {report.agency}：单元格 {code} 的数 {number} 超出 Parquet "
                f"能精确保存的范围（整数64位，金额小数点后{PLACES}位）。请核对原件。"
            )
    return {
        "value": None if amount else value,
        "amount": Decimal(value) if amount and value is not None else None,
        "implied": implied,
    }


def _fits(number: int | Decimal, *, amount: bool) -> bool:
    if amount:
        return exact(Decimal(number)) is not None
    return number == int(number) and -(2**63) <= number < 2**63


def exact(number: Decimal) -> Decimal | None:
    """Return a number if a column of amounts holds it exactly, else None."""
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int):
        return None
    if number == 0:
        return Decimal(0)
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    fits = -(exponent + zeros) <= PLACES and len(digits) + exponent <= DIGITS - PLACES
    return number if fits else None


def report_of(rows: Sequence[Mapping[str, object]]) -> Report:
    """Return the report that rows of the cells table are of, without its prose.

    Parameters
    ----------
    rows : sequence of mappings
        All rows of one report, such as ``Table.to_pylist()`` gives them; the order is free.

    Raises
    ------
    UnreadableError
        Where they are not all the cells of one report.
    """
    cells = {str(row["cell"]): _cell(row) for row in rows}
    form = form_of(cells, {str(row["form"]) for row in rows if str(row["cell"])[:2] != "t2"})
    keys = {(str(row["agency"]), int(str(row["year"]))) for row in rows}
    if form is None or len(keys) != 1 or len(cells) != len(rows):
        raise UnreadableError("这些行不是一份报告的全部单元格。请按机关和年度取出，一格一行。")
    ((agency, year),) = keys
    implied = {
        str(row["cell"]): _count(row["implied"]) for row in rows if not _absent(row.get("implied"))
    }
    return Report(
        agency=agency,
        name=agency,
        year=year,
        form=form,
        source="",
        sha256="",
        title="",
        cells={code: cells[code] for code in form.cells},
        sections=(),
        implied=implied,
    )


def form_of(codes: Iterable[str], named: Iterable[str]) -> Form | None:
    """Return the form or mixture that has just these cells and whose 表三 is of a named form."""
    found, names = frozenset(codes), frozenset(named)
    for key in form_keys():
        form = load_form(key)
        if found == form.cells.keys() and names == {form.table("t3").form, form.table("t4").form}:
            return form
    return None


def _cell(row: Mapping[str, object]) -> Cell:
    value: int | Decimal | None = None
    if not _absent(row["value"]):
        value = _count(row["value"])
    elif not _absent(row["amount"]):
        value = _trimmed(Decimal(str(row["amount"])))
    written, origin = (str(row.get(name) or "") for name in ("written", "origin"))
    return Cell(str(row["cell"]), value, str(row["state"]), written, origin)


def _count(value: object) -> int:
    """Return a whole number, also where pandas made a float of it: below 2**53 that is exact."""
    if isinstance(value, float) and abs(value) >= 2**53:
        raise UnreadableError(
            f'整数 {value} 经小数类型读入，可能已不准确。请以 dtype_backend="pyarrow" 读取。'
        )
    return int(str(value).removesuffix(".0"))


def _trimmed(amount: Decimal) -> Decimal:
    """Leave out the zeros at the end that only the column's type puts there."""
    text = format(amount, "f")
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else amount


def _absent(value: object) -> bool:
    """Whether a table says that there is nothing: None, NaN, pandas' NA."""
    return str(value) in ("None", "nan", "<NA>")
