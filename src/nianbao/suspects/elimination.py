"""Tells by exact elimination which unknown cells the rules leave only one figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from nianbao.suspects.part import Part, Signs

_Row = dict[str, Fraction]
_CONSTANT = ""


def determined(part: Part, unknown: Iterable[str]) -> dict[str, int]:
    """Return the figures that follow from the other cells by the equations alone.

    A cell may be missing here and still have a single possible figure, because no cell is
    below zero.
    """
    cells = list(unknown)
    rows = _reduced(part, cells)
    found = {}
    for pivot, row in rows.items():
        if row.keys() <= {pivot, _CONSTANT}:
            value = -row.get(_CONSTANT, Fraction(0))
            if value.denominator == 1:
                found[pivot] = int(value)
    return {code: found[code] for code in cells if code in found}


def _reduced(part: Part, unknown: list[str]) -> dict[str, _Row]:
    """Bring the rules over the unknown cells to reduced echelon form, by pivot."""
    done: dict[str, _Row] = {}
    for signs in part.signs:
        row = _row(signs, set(unknown), part.known)
        for pivot, other in done.items():
            row = _minus(row, other, row.get(pivot, Fraction(0)))
        new = next((code for code in unknown if code in row), None)
        if new is None:
            continue
        row = {code: value / row[new] for code, value in row.items()}
        done = {p: _minus(other, row, other.get(new, Fraction(0))) for p, other in done.items()}
        done[new] = row
    return done


def _row(signs: Signs, unknown: set[str], known: Mapping[str, int]) -> _Row:
    """Write a rule as an equation over unknown cells and a constant."""
    row = {code: Fraction(sign) for code, sign in signs.items() if code in unknown}
    rest = sum(sign * known[code] for code, sign in signs.items() if code not in unknown)
    return row | {_CONSTANT: Fraction(rest)} if rest else row


def _minus(row: _Row, other: _Row, factor: Fraction) -> _Row:
    """Subtract a multiple of one equation from another."""
    if not factor:
        return row
    codes = row.keys() | other.keys()
    zero = Fraction(0)
    found = {code: row.get(code, zero) - factor * other.get(code, zero) for code in codes}
    return {code: value for code, value in found.items() if value}
