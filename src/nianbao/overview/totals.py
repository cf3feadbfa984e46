"""Sums over the reports of one level, each with how many reports it covers and which it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from nianbao.fragments import Fragment, grouped, render
from nianbao.ledger import Entry
from nianbao.overview.agencies import LEVEL_ORDER, LEVEL_WORDS, filed, names
from nianbao.standing import Standing
from nianbao.yearbook import Yearbook

_MOST_NAMES: Final = 10
SUMMED: Final = {
    "本年新收": ("t3.new.total",),
    "上年结转": ("t3.carried_in.total",),
    "办理结果总计": ("t3.total.total",),
    "结转下年度": ("t3.carried_out.total",),
    "行政复议": ("t4.review.total",),
    "行政诉讼": ("t4.direct.total", "t4.after.total"),
}
"""What is added up (件), with the cells that make it."""


@dataclass(frozen=True, slots=True)
class Sum:
    """One figure added up over the reports of a level (件).

    Attributes
    ----------
    number : int or decimal.Decimal
        The sum of what is known.
    covered : int
        How many reports it covers.
    lacking : tuple of Entry
        The agencies whose figure is not in it, though they had to report or did.
    inferred : int
        How many of the reports have a figure that the rules tell (推定).
    """

    number: int | Decimal
    covered: int
    lacking: tuple[Entry, ...]
    inferred: int

    @property
    def shown(self) -> str:
        """The sum with commas, or 未知 where it covers nothing."""
        return grouped(self.number) if self.covered else "未知"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the register: its agencies counted, its figures added up, what is missing."""

    title: str
    agencies: int
    obliged: int
    filed: int
    missing: int
    unread: int
    sums: tuple[Sum, ...]
    remarks: tuple[str, ...]


def totals(book: Yearbook) -> Fragment:
    """Show the sums by level, never over levels, and say what they lack.

    Parameters
    ----------
    book : Yearbook
        The year.
    """
    levels = tuple(_levels(book))
    told = "；".join(f"{level.title}{level.filed}份报告" for level in levels)
    return render("overview_totals", told or "没有报告", levels=levels, heads=tuple(SUMMED))


def _levels(book: Yearbook) -> Iterator[Level]:
    for code in LEVEL_ORDER:
        members = [entry for entry in book.entries if entry.agency.level == code]
        if members:
            yield _level(book, LEVEL_WORDS[code], members)


def _level(book: Yearbook, title: str, members: Sequence[Entry]) -> Level:
    expected = [entry for entry in members if entry.filing.state != "exempt"]
    sums = tuple(_sum(expected, codes) for codes in SUMMED.values())
    return Level(
        title,
        len(members),
        obliged=sum(entry.agency.existed(book.year) for entry in members),
        filed=sum(filed(entry) for entry in members),
        missing=sum(entry.filing.state == "missing" for entry in members),
        unread=sum(filed(entry) and entry.standing is None for entry in members),
        sums=sums,
        remarks=tuple(_remarks(book, members, sums)),
    )


def _sum(expected: Sequence[Entry], codes: Sequence[str]) -> Sum:
    number: int | Decimal = 0
    lacking, inferred = [], 0
    for entry in expected:
        value = _value(entry.standing, codes)
        if value is None or entry.standing is None:
            lacking.append(entry)
            continue
        number += value
        inferred += any(code in entry.standing.settled for code in codes)
    return Sum(number, len(expected) - len(lacking), tuple(lacking), inferred)


def _value(known: Standing | None, codes: Sequence[str]) -> int | Decimal | None:
    """Return the figure of one report; with an unknown term it is unknown."""
    values = [known.figures.get(code) if known else None for code in codes]
    return None if None in values else sum(value for value in values if value is not None)


def _remarks(book: Yearbook, members: Sequence[Entry], sums: Sequence[Sum]) -> Iterator[str]:
    """Say whose figures are not in the sums, and whose may be in them twice."""
    missing = [entry for entry in members if entry.filing.state == "missing"]
    unread = [entry for entry in members if filed(entry) and entry.standing is None]
    if missing:
        yield f"缺报，各项都不含：{names(missing, _MOST_NAMES)}。"
    if unread:
        yield f"没有核验，各项都不含：{names(unread, _MOST_NAMES)}。"
    without: dict[tuple[str, ...], list[str]] = {}
    for head, each in zip(SUMMED, sums, strict=True):
        unknown = tuple(e.agency.id for e in each.lacking if e.standing)
        if unknown:
            without.setdefault(unknown, []).append(head)
    for ids, heads in without.items():
        who = names([book.by_id[each] for each in ids], _MOST_NAMES)
        yield f"报告中没有可用的数字，{'、'.join(heads)}不含：{who}。"
    within = {entry.agency.id for entry in members}
    double = sum(filed(entry) and entry.agency.parent in within for entry in members)
    if double:
        yield f"其中{double}个机关的上级也在本层级，上级的数字可能已经包括它们。"
