"""The figures of many reports as arrays, form by form: what the matrix is multiplied with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nianbao.errors import UnreadableError
from nianbao.forms import form_ids, form_keys, load_form
from nianbao.panel.judging import Judged, judge
from nianbao.panel.matrix import Matrix, matrix_of
from nianbao.panel.rows import Bools, Ints, Rows, cells_of_all_forms, rows_of

Grid = NDArray[np.int8]


@dataclass(frozen=True)
class Figures:
    """The figures of the reports of one form that its balance rules bind.

    Attributes
    ----------
    places : array of int64
        Which reports of the batch they are.
    known : array of int64 or object, cells × reports
        Figures (件, 万元), of empty cells what the rules force them to be; 0 where there is none.
    missing : array of bool, cells × reports
        Where there is none.
    """

    matrix: Matrix
    places: Ints
    known: NDArray[Any]
    missing: Bools

    @cached_property
    def judged(self) -> Judged:
        """How all balance rules of the form came out for all of them."""
        return judge(self.matrix, self.known, self.missing)


@dataclass(frozen=True)
class Batch:
    """Many reports: whose they are, and their figures form by form."""

    agencies: tuple[str, ...]
    years: tuple[int, ...]
    figures: tuple[Figures, ...]

    @cached_property
    def forms(self) -> list[str]:
        """The form or mixture of each report (`Form.key`)."""
        found = [""] * len(self.agencies)
        for each in self.figures:
            for place in each.places:
                found[place] = each.matrix.form.key
        return found


def batch_of(table: pa.Table, where: str = "cells", first: int = 0) -> Batch:
    """Return the reports that rows of the cells table make up.

    The rows of a report stand together; their order within it is free.

    Parameters
    ----------
    table : pyarrow.Table
        Columns of `nianbao.panel.schemas.CELLS`; what only people read may be left out.
    where : str
        What messages call the table.
    first : int
        How many reports came before, for messages.

    Raises
    ------
    UnreadableError
        Where the rows do not make whole reports, or a value does not fit its state.
    """
    rows = rows_of(table, where, first)
    places_of_rows = rows.cell * np.int64(len(rows.agencies)) + rows.report
    filed = _filed(rows, places_of_rows)
    known, missing = _placed(rows, places_of_rows)
    order = {code: place for place, code in enumerate(cells_of_all_forms())}
    figures = []
    told = np.zeros(len(rows.agencies), np.bool_)
    for key in form_keys():
        here = (filed == _filing(key)[:, None]).all(axis=0)
        told |= here
        if here.any():
            matrix, places = matrix_of(key), np.flatnonzero(here)
            rows_of_form = np.array([order[code] for code in matrix.cells], np.intp)
            inside = np.ix_(rows_of_form, places)
            exact = _with_amounts(rows, known, matrix)
            figures.append(Figures(matrix, places, exact[inside], missing[inside]))
    if not told.all():
        raise _no_form(rows, filed, int(np.argmin(told)))
    return Batch(rows.agencies, rows.years, tuple(figures))


def _filed(rows: Rows, places: Ints) -> Grid:
    """Return the form of each cell of each report, counted from 1; 0 where it has no such row."""
    found: Grid = _grid(rows, np.int8)
    found.ravel()[places] = rows.form + 1
    twice = np.bincount(rows.report, minlength=found.shape[1]) != (found > 0).sum(axis=0)
    if twice.any():
        own = np.flatnonzero(rows.report == int(np.argmax(twice)))
        codes, counts = np.unique(rows.cell[own], return_counts=True)
        code = list(cells_of_all_forms())[codes[int(np.argmax(counts > 1))]]
        raise rows.refuse(own[0], f"的单元格 {code} 不止一行。每格应只有一行。")
    return found


def _grid(rows: Rows, kind: Any) -> NDArray[Any]:
    """Return an empty array, cells of all forms × reports."""
    return np.zeros((len(cells_of_all_forms()), len(rows.agencies)), kind)


@cache
def _filing(form_key: str) -> Grid:
    """Return what `_filed` says of a report on a form."""
    form = load_form(form_key)
    ids = {name: place + 1 for place, name in enumerate(form_ids())}
    found: Grid = np.zeros(len(cells_of_all_forms()), np.int8)
    for place, code in enumerate(cells_of_all_forms()):
        if code in form.cells:
            found[place] = ids[form.table(form.cells[code].table).form]
    return found


def _placed(rows: Rows, places: Ints) -> tuple[Ints, Bools]:
    """Return what each cell of each report is checked with, and where there is nothing."""
    known, missing = _grid(rows, np.int64), _grid(rows, np.bool_)
    known.ravel()[places] = rows.known
    missing.ravel()[places] = rows.missing
    return known, missing


def _with_amounts(rows: Rows, known: Ints, matrix: Matrix) -> NDArray[Any]:
    """Put in the money that a rule binds, exact; as a rule there is none."""
    if not matrix.amounts:
        return known
    exact: NDArray[Any] = known.astype(object)
    amounts = rows.table.column("amount").to_pylist()
    for row, amount in enumerate(amounts):
        if amount is not None:
            exact[rows.cell[row], rows.report[row]] = amount
    return exact


def _no_form(rows: Rows, filed: Grid, report: int) -> UnreadableError:
    """Say how the cells of a report differ from those of the form that is nearest."""
    own = filed[:, report]
    nearest = min(form_keys(), key=lambda key: int((_filing(key) != own).sum()))
    expected = _filing(nearest)
    codes = list(cells_of_all_forms())
    for wrong, told in (
        (expected.astype(bool) & (own == 0), "缺少{count}格，例如 {code}"),
        ((expected == 0) & (own > 0), "多出{count}格，例如 {code}"),
        (expected != own, "有{count}格的 form 列与其他格不一致，例如 {code}"),
    ):
        if wrong.any():
            code = codes[int(np.argmax(wrong))]
            reason = told.format(count=int(wrong.sum()), code=code)
            break
    return rows.refuse(
        int(np.argmax(rows.report == report)),
        f"与任何一种格式都不相符，最接近 {nearest}：{reason}。"
        "每份报告应有该格式的全部单元格，各行连续排列；没有数字的格也占一行。",
    )
