"""Adds amounts of money exactly, and says how far rounding may have moved a sum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from unicodedata import normalize

from nianbao.report import Cell
from nianbao.rules import Number
from nianbao.values import parse

_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Addition never rounds, however many decimals an amount was written with."""
_DECIMALS = re.compile(r"\d\.(\d+)")


def add(figures: Iterable[Number]) -> Number:
    """Add counts or amounts without rounding."""
    total: Number = 0
    for figure in figures:
        whole = isinstance(total, int) and isinstance(figure, int)
        total = total + figure if whole else _EXACT.add(total, figure)
    return total


def less(figure: Number, other: Number) -> Number:
    """Return a figure less another without rounding."""
    whole = isinstance(figure, int) and isinstance(other, int)
    return figure - other if whole else _EXACT.subtract(figure, other)


def size(figure: Number) -> Number:
    """Return a figure without its sign."""
    return less(0, figure) if figure < 0 else figure


def whole_numbers(figures: Iterable[Number]) -> list[int]:
    """Return figures in units of the finest decimal among them."""
    exact = [Decimal(figure) for figure in figures]
    places = max((_places(figure) for figure in exact), default=0)
    return [int(figure.scaleb(places, _EXACT)) for figure in exact]


def tolerance(own: Cell, parts: Sequence[Cell]) -> Decimal:
    """Say by how much a sum of published amounts may be off because each is rounded.

    Parameters
    ----------
    own : Cell
        The sum as published (万元).
    parts : sequence of Cell
        What it adds up, as published.

    Returns
    -------
    decimal.Decimal
        Half a unit of the coarsest published decimal for each of the parts (万元). A 0 is not
        rounded from anything: it counts neither as a part nor as coarse.
    """
    rounded = [part for part in parts if part.value]
    if not rounded:
        return Decimal(0)
    coarsest = min(decimals(cell) for cell in (*rounded, own) if cell.value)
    return _EXACT.multiply(Decimal(5).scaleb(-coarsest - 1, _EXACT), len(rounded))


def decimals(cell: Cell) -> int:
    """Count the decimals of an amount (万元) as published; 元 tell four more."""
    read = parse(cell.written, unit="万元")
    if read.number is None:
        return _places(Decimal(cell.value or 0))
    shown = _DECIMALS.search(normalize("NFKC", cell.written).replace(",", ""))
    places = len(shown[1]) if shown else 0
    return places + 4 if read.unit == "元" or read.number != cell.value else places


def _places(figure: Decimal) -> int:
    """Count the decimals of a figure; a figure read from a report is always finite."""
    exponent = figure.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
