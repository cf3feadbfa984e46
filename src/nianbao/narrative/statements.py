"""Finds what prose says of the tables: ``收到申请32件`` must be a cell, or a sum of cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from nianbao.narrative.meaning import Meaning, meanings
from nianbao.narrative.mentions import Reader
from nianbao.narrative.readings import Layout, Reading
from nianbao.narrative.zeros import zeros

Figures = Mapping[str, int | Decimal | None]
"""What is known of the cells of a report, by code; amounts in 万元."""

_MONEY: Final = re.compile(r"t2\.(?:fees\.amount_10k|procurement\.amount)\Z")


@dataclass(frozen=True, slots=True)
class Statement:
    """What prose says about a cell or a sum of cells.

    Attributes
    ----------
    readings : tuple of tuple of str
        The legitimate ones, best first, three at most: codes whose sum the words may mean.
    matched : int or None
        The index of the reading that agreed.
    value : int or decimal.Decimal
        The number in the words, after 万 and 亿; 元 for amounts.
    holds : bool or None
        None where there is no table, or no reading is known in full.
    family : str
        What it is about, for the id of its finding: ``requests done carried outcome applicant
        review suits result all document decision``.
    figures : tuple of int, decimal.Decimal or None
        What each reading comes to in the tables.
    text, start, end
        The words and their half-open code point offsets.
    """

    readings: tuple[Reading, ...]
    matched: int | None
    value: int | Decimal
    holds: bool | None
    family: str
    figures: tuple[int | Decimal | None, ...]
    text: str
    start: int
    end: int

    @property
    def broken(self) -> bool:
        """Whether no legitimate reading agrees."""
        return self.holds is False


def statements(
    text: str,
    year: int | None = None,
    layout: Layout | None = None,
    figures: Figures | None = None,
    owner: str = "",
) -> list[Statement]:
    """Return the statements of a text, compared with the cells where there are any.

    A statement whose scope is in doubt (another body, another level) is told only where it
    agrees: words that may mean something else are no contradiction. Never raises; linear in
    the length of the text.
    """
    layout = layout or Layout()
    codes = None if figures is None else frozenset(figures)
    read = Reader(text, year, owner).mentions()
    found: Iterable[Meaning] = (m for mention in read for m in meanings(text, mention, layout))
    everything = [*found, *zeros(text, year, owner, layout)]
    kept = list(_compared(text, everything, codes, figures))
    return sorted(kept, key=lambda statement: (statement.start, statement.end, statement.readings))


def _compared(
    text: str, found: Iterable[Meaning], codes: frozenset[str] | None, figures: Figures | None
) -> Iterator[Statement]:
    for meaning in found:
        readings = tuple(r for r in meaning.readings if codes is None or codes.issuperset(r))[:3]
        if not readings:
            continue
        sums = tuple(_sum(reading, figures) for reading in readings)
        agreed = [known is not None and meaning.agrees(known) for known in sums]
        matched = agreed.index(True) if any(agreed) else None
        holds: bool | None = True if matched is not None else None
        if matched is None and None not in sums:
            holds = False
        if holds is not True and (
            meaning.doubt if figures is not None else meaning.doubt == "scope"
        ):
            continue
        if holds is False and meaning.approximate:
            holds = None
        start, end = meaning.start, meaning.end
        yield Statement(
            readings,
            matched,
            meaning.value,
            holds,
            meaning.family,
            sums,
            text[start:end],
            start,
            end,
        )


def _sum(reading: Reading, figures: Figures | None) -> int | Decimal | None:
    """Add up cells; amounts become 元, as the numbers in prose are."""
    if figures is None:
        return None
    total: int | Decimal = 0
    for code in reading:
        value = figures.get(code)
        if value is None:
            return None
        total += Decimal(value) * 10000 if _MONEY.match(code) else value
    return total
