"""Tells the unit of money that a table states: in a row's label, in its heads, in a line above."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nianbao.labels import normalize

_MONEY = re.compile(r"([十百千万亿美欧日港澳]*)元")
_STATEMENT = re.compile(r"[(]?(?:金额|计量)?单位[:为]?[^。]{1,16}")


def unit_of_money(texts: Iterable[str]) -> str:
    """Return ``万元``, ``元``, another unit of money, or nothing where none is stated.

    Parameters
    ----------
    texts : iterable of str
        What may state the unit, the nearest to the figure first. Two different units in one
        text are no unit to rely on: both are returned, joined.
    """
    for text in texts:
        found = dict.fromkeys(f"{match[1]}元" for match in _MONEY.finditer(normalize(text)))
        if found:
            return "、".join(found)
    return ""


def states_unit(text: str) -> bool:
    """Whether a line or row does nothing but state the unit: ``单位：件、元``."""
    return bool(_STATEMENT.fullmatch(normalize(text)))
