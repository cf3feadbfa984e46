"""A ranking: parts of a whole as sorted bars, with the words and the table that go with them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from nianbao.charts.bars import Bar, draw_bars
from nianbao.charts.canvas import Drawing
from nianbao.charts.chart import Data
from nianbao.charts.font import clipped
from nianbao.charts.terms import Term, ranked, total
from nianbao.charts.words import SEE_DATA, SHARES_FROM, count, share, with_share

MOST_BARS = 12
"""More bars than this say less than the table of data does."""


def draw_ranking(width: int, terms: Sequence[Term], unit: str = "件") -> Drawing:
    """Draw the terms above zero, largest first and marked; the others are counted in one line."""
    drawn, whole = ranked(terms), total(terms)
    kept = drawn if len(drawn) <= MOST_BARS else drawn[: MOST_BARS - 1]
    bars = [
        Bar(
            clipped(term.name),
            term.figure,
            with_share(term.figure, whole, unit),
            strong=term.figure == drawn[0].figure,
        )
        for term in kept
    ]
    return draw_bars(width, bars, _foot(drawn[len(kept) :], len(terms) - len(drawn), unit))


def _foot(rest: Sequence[Term], zeros: int, unit: str) -> str:
    """Say in one line what has no bar: the smallest ones, added up, and those that are zero."""
    parts = [f"另有{len(rest)}项共{count(total(rest), unit)}，{SEE_DATA}"] if rest else []
    parts += [f"其余{zeros}项{'均' if zeros > 1 else ''}为0"] if zeros else []
    return "；".join(parts)


def enumeration(terms: Sequence[Term], unit: str = "件") -> str:
    """Name the terms above zero with their figures, largest first."""
    return "、".join(f"{term.name}{count(term.figure, unit)}" for term in ranked(terms))


def ranking_data(head: str, terms: Sequence[Term], unit: str = "件") -> Data:
    """Return the table behind a ranking: every term in the form's order, zeros as well."""
    whole = total(terms)
    shares = whole >= SHARES_FROM
    rows = [(t.name, f"{t.figure:,}", *([share(t.figure, whole)] if shares else [])) for t in terms]
    closing = ("合计", f"{whole:,}", *(["100%"] if shares else []))
    return Data((head, f"数量（{unit}）", *(["占比"] if shares else [])), (*rows, closing))


def mismatch(stated: int | Decimal | None, terms: Sequence[Term], name: str) -> str:
    """Say where the parts do not add up to the total that the report states; else nothing."""
    added = total(terms)
    if stated is None or stated == added:
        return ""
    return f"各项相加为{count(added)}，{name}写为{count(stated)}，两数不符，请核对原表"
