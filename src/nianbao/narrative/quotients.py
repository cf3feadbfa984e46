"""What percentages are recomputed from, and whether a quotient is what was printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from nianbao.narrative.numbers import Quantity

Number = int | Decimal

_WIDE: Final = str.maketrans("０１２３４５６７８９．", "0123456789.")


@dataclass(frozen=True, slots=True)
class Percentage:
    """A share or a growth that can be recomputed.

    Attributes
    ----------
    value : int or decimal.Decimal
        As printed, in percent.
    numerator, denominator : int or decimal.Decimal
        What it was recomputed from; of a growth, the difference and the earlier number.
    holds : bool or None
        Whether it is the quotient as rounded; None for a last place that was cut, not rounded.
    growth : bool
        Whether it compares with another year (Y-8) and is no share (X-8).
    """

    value: Number
    numerator: Number
    denominator: Number
    holds: bool | None
    growth: bool
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Base:
    """What the tables offer to recompute from.

    Attributes
    ----------
    done, received, cases : tuple
        Totals that a share may be taken of: 办理结果总计, 新收 (and with 上年结转), 表四 totals.
    previous : tuple of pairs
        Totals of this report with the same of last year's.
    """

    done: tuple[Number, ...] = ()
    received: tuple[Number, ...] = ()
    cases: tuple[Number, ...] = ()
    previous: tuple[tuple[Number, Number], ...] = ()


def fits(number: Quantity, part: Number, whole: Number) -> bool | None:
    """Compare with the quotient at the printed place: True, None if only cut off, False."""
    if not whole:
        return False
    printed = Decimal(number.value)
    written = re.sub(r"[^0-9.]", "", number.text.translate(_WIDE))
    unit = Decimal(1).scaleb(-len(written.partition(".")[2]))
    exact = Decimal(part) * 100 / Decimal(whole)
    if exact.quantize(unit, ROUND_HALF_UP) == printed or abs(exact - printed) * 2 <= unit:
        return True
    return None if abs(exact - printed) < unit else False


def told(
    text: str,
    first: Quantity,
    number: Quantity,
    quotient: tuple[Number, Number],
    holds: bool | None,
    growth: bool = False,
) -> Percentage:
    """Return a percentage with the words from its number to its sign."""
    start, end = min(first.start, number.start), max(first.end, number.end)
    return Percentage(number.value, *quotient, holds, growth, text[start:end], start, end)
