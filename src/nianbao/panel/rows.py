"""Rows of the cells table as arrays of numbers; what does not fit is refused, with its place.

The rows may come from anywhere. Text becomes a place in a list of known words, so that all rows
are looked at at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nianbao.errors import UnreadableError
from nianbao.forms import CellSpec, form_ids, form_keys, load_form

STATES: Final = ("number", "inferred", "blank", "dash", "slash", "word", "unreadable", "unknown")
_WITH_FIGURE: Final = 2
"""The first states of `STATES` have a figure, the others none."""
_SHOWN: Final = 40
_LAST_YEAR: Final = 9999
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@cache
def cells_of_all_forms() -> dict[str, CellSpec]:
    """Return the cells of all forms; a code has the same unit and sign in each of them."""
    return {code: spec for key in form_keys() for code, spec in load_form(key).cells.items()}


@dataclass(frozen=True)
class Rows:
    """What the rows of whole reports say; arrays have an entry a row.

    Attributes
    ----------
    agencies, years : tuple of str, tuple of int
        Whose reports they are, in the order of the rows.
    report : array of int64
        Which of these reports a row is of.
    cell, form : array of int64
        The row's cell, a place in `cells_of_all_forms`, and its form, a place in `form_ids`.
    value, implied : array of int64
        Count, and forced count; 0 where there is none.
    has_figure, has_implied : array of bool
        Where there is one; a figure is a count or an amount.
    """

    where: str
    first: int
    table: pa.Table
    agencies: tuple[str, ...]
    years: tuple[int, ...]
    report: Ints
    cell: Ints
    form: Ints
    value: Ints
    implied: Ints
    has_figure: Bools
    has_implied: Bools

    def refuse(self, report: int, reason: str) -> UnreadableError:
        """Return the error that says what is wrong with a report."""
        agency = short(self.agencies[report])
        which = f"第{self.first + report + 1}份报告（{self.years[report]} {agency}）"
        return UnreadableError(f"{self.where}：{which}{reason}")


def rows_of(table: pa.Table, where: str, first: int = 0) -> Rows:
    """Look at rows of the cells table.

    Parameters
    ----------
    table : pyarrow.Table
        Columns of `nianbao.panel.schemas.CELLS`; what only people read may be left out.
    where : str
        What messages call it.
    first : int
        How many reports came before it.

    Raises
    ------
    UnreadableError
        Where a word is not known, or a value does not fit its cell and state.
    """
    agency, names = _words(table, "agency", where)
    years = _whole(table, "year", where)
    if ((years < 1) | (years > _LAST_YEAR)).any() or "" in names:
        raise UnreadableError(f"{where}：year 应是四位整数，agency 不应为空字符串。请核对。")
    begins = np.diff(agency, prepend=-1) != 0
    begins[1:] |= np.diff(years) != 0
    starts = np.flatnonzero(begins)
    found = Rows(
        where=where,
        first=first,
        table=table,
        agencies=tuple(names[code] for code in agency[starts]),
        years=tuple(int(year) for year in years[starts]),
        report=np.cumsum(begins, dtype=np.int64) - 1,
        cell=_known(table, "cell", where, tuple(cells_of_all_forms())),
        form=_known(table, "form", where, form_ids()),
        value=_whole(table, "value", where, optional=True),
        implied=_whole(table, "implied", where, optional=True),
        has_figure=_given(table, "value") | _given(table, "amount"),
        has_implied=_given(table, "implied"),
    )
    _demand_figures(found, _known(table, "state", where, STATES))
    return found


def _words(table: pa.Table, name: str, where: str) -> tuple[Ints, list[str]]:
    """Return which word stands in each row, and the words; as they come, each once."""
    column = table.column(name)
    if column.null_count:
        raise UnreadableError(f"{where}：列 {name} 有空值。每行都应填写。")
    if not pa.types.is_dictionary(column.type):
        column = column.cast(pa.string()).dictionary_encode()
    merged = pa.chunked_array(column.chunks, column.type).unify_dictionaries()
    try:
        words = merged.chunk(0).dictionary.to_pylist() if merged.num_chunks else []
    except UnicodeDecodeError:
        raise UnreadableError(f"{where}：列 {name} 有不是 UTF-8 的文字。请另存。") from None
    parts = [np.asarray(chunk.indices) for chunk in merged.chunks]
    codes = np.concatenate(parts) if parts else np.zeros(0)
    first: dict[str, int] = {}
    same = np.array([first.setdefault(word, place) for place, word in enumerate(words)] or [0])
    return same[codes.astype(np.int64)], words


def _known(table: pa.Table, name: str, where: str, known: Sequence[str]) -> Ints:
    """Return the place of each row's word among known ones."""
    codes, words = _words(table, name, where)
    place = {word: index for index, word in enumerate(known)}
    found = np.array([place.get(word, -1) for word in words] or [0], np.int64)[codes]
    if (found < 0).any():
        word = words[codes[int(np.argmax(found < 0))]]
        near = get_close_matches(word, known, n=1, cutoff=0.5) if len(word) < 100 else []
        offer = f"最接近的是 {near[0]}；" if near else ""
        offer += f"可用：{'、'.join(known[:8])}{' 等' if len(known) > 8 else ''}"
        raise UnreadableError(f"{where}：列 {name} 中没有“{short(word)}”这样的值；{offer}。")
    return found


def _whole(table: pa.Table, name: str, where: str, *, optional: bool = False) -> Ints:
    """Return a column of whole numbers; 0 where there is none."""
    if optional and name not in table.column_names:
        return np.zeros(table.num_rows, np.int64)
    column = table.column(name)
    if column.null_count and not optional:
        raise UnreadableError(f"{where}：列 {name} 有空值。每行都应填写。")
    try:
        found: Ints = column.cast(pa.int64()).fill_null(0).to_numpy()
    except pa.ArrowInvalid:
        raise UnreadableError(f"{where}：列 {name} 有超出64位整数的数。请核对。") from None
    return found


def _given(table: pa.Table, name: str) -> Bools:
    if name not in table.column_names:
        return np.zeros(table.num_rows, np.bool_)
    found: Bools = table.column(name).is_valid().to_numpy()
    return found


def _demand_figures(rows: Rows, state: Ints) -> None:
    """Refuse a figure where the state says there is none, and what its cell cannot hold."""
    specs = list(cells_of_all_forms().values())
    money = np.array([spec.decimal for spec in specs])[rows.cell]
    signed = np.array([spec.signed for spec in specs])[rows.cell]
    count, amount = _given(rows.table, "value"), _given(rows.table, "amount")
    expected = state < _WITH_FIGURE
    for wrong, reason in (
        (rows.has_figure & ~expected, "状态是 {state}，却有数字"),
        (expected & ~rows.has_figure, "状态是 {state}，却没有数字"),
        (count & money, "是金额，应填在 amount 列，不是 value 列"),
        (amount & ~money, "不是金额，应填在 value 列，不是 amount 列"),
        (count & ~signed & (rows.value < 0), "不应是负数"),
        (rows.has_implied & (rows.has_figure | money), "已有数字或是金额，不应有推定值（implied）"),
        (rows.has_implied & ~signed & (rows.implied < 0), "的推定值（implied）不应是负数"),
    ):
        if wrong.any():
            row = int(np.argmax(wrong))
            code = specs[rows.cell[row]].code
            told = reason.format(state=STATES[state[row]])
            raise rows.refuse(int(rows.report[row]), f"的单元格 {code} {told}。")


def short(text: str) -> str:
    """Return as much of a foreign text as a message may show, on one line."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in text[: _SHOWN + 1])
    return plain if len(text) <= _SHOWN else f"{plain[:_SHOWN]}……"
