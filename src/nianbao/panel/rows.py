"""Rows of the cells table as arrays of numbers; what does not fit is refused, with its place.

The rows may come from anywhere. Text becomes a place in a list of known words, so that all rows
are looked at at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, Final

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
Places = NDArray[np.int16]
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
    cell, form : array of int16
        Which cell it is, a place in `cells_of_all_forms`; the form of its table, a place in
        `form_ids`. They are small, as there are many rows.
    known : array of int64
        The count that the cell is checked with: read, or implied; 0 where there is none.
    missing : array of bool
        Where there is neither a figure (a count or an amount) nor an implied one.
    """

    where: str
    first: int
    table: pa.Table
    agencies: tuple[str, ...]
    years: tuple[int, ...]
    report: Ints
    cell: Places
    form: Places
    known: Ints
    missing: Bools

    def refuse(self, row: int, reason: str) -> UnreadableError:
        """Return the error that says what is wrong with the report of a row."""
        report = int(self.report[row])
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
    starts = np.flatnonzero(_begins(agency, names, years))
    known = _whole(table, "value", where)
    given = {name: _given(table, name) for name in ("value", "amount", "implied")}
    if given["implied"].any():
        known = known + _whole(table, "implied", where)  # a cell has one of them at most
    lengths = np.diff(starts, append=table.num_rows)
    found = Rows(
        where=where,
        first=first,
        table=table,
        agencies=tuple(names[code] for code in agency[starts]),
        years=tuple(years[starts].tolist()),
        report=np.repeat(np.arange(len(starts)), lengths),
        cell=_listed(table, "cell", where, tuple(cells_of_all_forms())),
        form=_listed(table, "form", where, form_ids()),
        known=known,
        missing=~(given["value"] | given["amount"] | given["implied"]),
    )
    _demand_figures(found, given, _listed(table, "state", where, STATES))
    return found


def _begins(agency: NDArray[Any], names: Sequence[str], years: Ints) -> Bools:
    """Return whether a row is the first of a report."""
    if len(set(names)) < len(names):  # a dictionary may hold a word twice
        first = {name: place for place, name in reversed(list(enumerate(names)))}
        agency = np.array([first[name] for name in names])[agency]
    found = np.ones(len(agency), np.bool_)
    found[1:] = (agency[1:] != agency[:-1]) | (years[1:] != years[:-1])
    return found


def _words(table: pa.Table, name: str, where: str) -> tuple[NDArray[Any], list[str]]:
    """Return which word stands in each row, and the words, as they come."""
    column = table.column(name)
    if column.null_count:
        raise UnreadableError(f"{where}：列 {name} 有空值。每行都应填写。")
    if not pa.types.is_dictionary(column.type):
        column = column.cast(pa.string()).dictionary_encode()
    merged = column.unify_dictionaries()
    if not merged.num_chunks:
        return np.zeros(0, np.int64), []
    parts = [np.asarray(chunk.indices) for chunk in merged.chunks]
    try:
        words = merged.chunk(0).dictionary.to_pylist()
    except UnicodeDecodeError:
        raise UnreadableError(f"{where}：列 {name} 有不是 UTF-8 的文字。请另存。") from None
    return parts[0] if len(parts) == 1 else np.concatenate(parts), words


def _listed(table: pa.Table, name: str, where: str, known: Sequence[str]) -> Places:
    """Return the place of each row's word among those that are allowed."""
    codes, words = _words(table, name, where)
    place = {word: index for index, word in enumerate(known)}
    places = np.array([place.get(word, -1) for word in words] or [0], np.int16)
    found: Places = places[codes]
    if (places < 0).any() and (found < 0).any():
        word = words[codes[int(np.argmax(found < 0))]]
        near = get_close_matches(word, known, n=1, cutoff=0.5) if len(word) < 100 else []
        offer = f"最接近的是 {near[0]}；" if near else ""
        offer += f"可用：{'、'.join(known[:8])}{' 等' if len(known) > 8 else ''}"
        raise UnreadableError(f"{where}：列 {name} 中没有“{short(word)}”这样的值；{offer}。")
    return found


def _whole(table: pa.Table, name: str, where: str) -> Ints:
    """Return a column of whole numbers; 0 where there is none."""
    column = table.column(name)
    if column.null_count and name == "year":
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


def _demand_figures(rows: Rows, given: Mapping[str, Bools], state: Places) -> None:
    """Refuse a figure where the state says there is none, and what its cell cannot hold."""
    specs = list(cells_of_all_forms().values())
    money = np.array([spec.decimal for spec in specs])[rows.cell]
    signed = np.array([spec.signed for spec in specs])[rows.cell]
    expected, figure = state < _WITH_FIGURE, given["value"] | given["amount"]
    for wrong, reason in (
        (figure & ~expected, "状态是 {state}，却有数字"),
        (expected & ~figure, "状态是 {state}，却没有数字"),
        (money & given["value"], "是金额，应填在 amount 列，不是 value 列"),
        (given["amount"] & ~money, "不是金额，应填在 value 列，不是 amount 列"),
        (given["implied"] & (figure | money), "已有数字或是金额，不应有推定值（implied）"),
        ((rows.known < 0) & ~signed, "不应是负数"),
    ):
        if wrong.any():
            row = int(np.argmax(wrong))
            code, told = specs[rows.cell[row]].code, reason.format(state=STATES[state[row]])
            raise rows.refuse(row, f"的单元格 {code} {told}。")


def short(text: str) -> str:
    """Return as much of a foreign text as a message may show, on one line."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in text[: _SHOWN + 1])
    return plain if len(text) <= _SHOWN else f"{plain[:_SHOWN]}……"
