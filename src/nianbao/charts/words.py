"""How charts put figures into words: counts, shares, lists of names."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from nianbao.fragments import grouped

SEE_DATA = "见图中数据"
"""Written in a picture, it sends the reader to the table of its figures."""

FEW = 3
"""Up to so many cases a sentence says all that a chart could."""

SHARES_FROM = 30
"""Shares are given from so many cases on: a share of fewer suggests more than there is."""


def count(number: int | Decimal, unit: str = "件") -> str:
    """Write a figure with its unit, commas between thousands: ``3,119件``."""
    return f"{grouped(number)}{unit}"


def share(part: int | Decimal, whole: int | Decimal) -> str:
    """Write a share in whole per cent; what is not none or all never reads 0% or 100%."""
    percent = round(100 * part / whole)
    if part and not percent:
        return "不足1%"
    if part < whole and percent >= 100:
        return "超过99%"
    return f"{percent}%"


def with_share(part: int | Decimal, whole: int | Decimal, unit: str = "件") -> str:
    """Write a figure, and its share in brackets where the whole is large enough for shares."""
    plain = count(part, unit)
    return f"{plain}（{share(part, whole)}）" if whole >= SHARES_FROM else plain


def quoted(name: str) -> str:
    """Put a name in quotes, inner ones turned single; one with 《》 needs none."""
    return name if name.startswith("《") else f"“{name.replace('“', '‘').replace('”', '’')}”"


def listing(names: Sequence[str], most: int = 3) -> str:
    """Join names as Chinese does (A、B和C); more than ``most`` end in 等N项."""
    if len(names) > most:
        return f"{'、'.join(names[:most])}等{len(names)}项"
    return "和".join(["、".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def leader(parts: Sequence[tuple[str, int | Decimal]], unit: str = "件") -> str:
    """Say which part is largest, with its figure and share; parts of equal size are all named.

    Parameters
    ----------
    parts : sequence of (name, figure)
        In the order of sorting, at least one of them above zero.
    unit : str
        件, 条 …
    """
    whole, top = sum(value for _, value in parts), parts[0][1]
    first = [quoted(name) for name, value in parts if value == top]
    if len(first) == 1:
        rate = f"，占{share(top, whole)}" if whole >= SHARES_FROM else ""
        return f"{first[0]}最多，{count(top, unit)}{rate}"
    if len(first) == len(parts):
        return f"{len(first)}项一样多，各{count(top, unit)}"
    return f"{listing(first)}并列最多，各{count(top, unit)}"
