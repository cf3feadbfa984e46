"""How figures are written, so that a spreadsheet program keeps and shows them as published."""

from __future__ import annotations

from decimal import Decimal

_EXACT = 15
"""Digits that a spreadsheet program keeps."""


def exact(value: int | Decimal) -> bool:
    """Whether a spreadsheet program keeps a figure digit by digit."""
    number = Decimal(value)
    return len(number.as_tuple().digits) <= _EXACT and _decimals(number) <= _EXACT


def number_format(value: int | Decimal, sign: str = "", *, grouped: bool = True) -> str:
    """Return the number format that shows a figure as published, with a sign before it."""
    decimals = _decimals(Decimal(value))
    figure = ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "")
    return f'"{sign}"{figure};"{sign}"-{figure}' if sign else figure


def place_name(row: int, column: int) -> str:
    """Name a place as the programs do: ``D6`` for row 5, column 3."""
    return f"{chr(ord('A') + column)}{row + 1}"


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
