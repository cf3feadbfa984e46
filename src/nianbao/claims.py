"""Gathers what the prose of a report, or a paragraph, says in numbers: ``claims``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, Protocol, TypeVar

from nianbao.forms import form_of_year
from nianbao.narrative import (
    Base,
    Fee,
    Layout,
    Notice,
    OwnYear,
    Partition,
    Percentage,
    Remnant,
    Repetition,
    Statement,
    fees,
    notices,
    partitions,
    percentages,
    remnants,
    repetitions,
    statements,
    years,
)
from nianbao.narrative.places import Block, blocks_of
from nianbao.report import Report

_STOP = re.compile(r"[。；！？\n]")


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


Found = TypeVar("Found", bound=_Spanned)


@dataclass(frozen=True, slots=True)
class Claim(Generic[Found]):
    """One thing that the prose says, and where: half-open code point offsets into the input.

    ``section`` is 1–6, None before the first section and in a loose paragraph; the offsets of
    ``found`` itself are into its paragraphs. ``around`` is the text with a few words before and
    after it, of the same sentence.
    """

    found: Found
    section: int | None
    text: str
    start: int
    end: int
    around: str


@dataclass(frozen=True, slots=True)
class Claims:
    """All that was found; ``input[claim.start:claim.end] == claim.text`` for each claim.

    Attributes
    ----------
    input : str
        What the offsets are into: the text given, else the report's title, section titles and
        paragraphs in their order, one a line.
    """

    input: str
    sums: tuple[Claim[Partition], ...]
    statements: tuple[Claim[Statement], ...]
    percentages: tuple[Claim[Percentage], ...]
    years: tuple[Claim[OwnYear], ...]
    notices: tuple[Claim[Notice], ...]
    fees: tuple[Claim[Fee], ...]
    repetitions: tuple[Claim[Repetition], ...]
    remnants: tuple[Claim[Remnant], ...]

    def record(self) -> dict[str, list[dict[str, Any]]]:
        """Return the four lists of the JSON contract."""
        return {
            "sums": [_sum(claim.found) | _place(claim) for claim in self.sums],
            "statements": [_statement(claim.found) | _place(claim) for claim in self.statements],
            "percentages": [_share(claim.found) | _place(claim) for claim in self.percentages],
            "years": [_year(claim.found) | _place(claim) for claim in self.years],
        }

    def json(self) -> str:
        """Return what ``claims --format json`` prints."""
        return json.dumps(self.record(), ensure_ascii=False, indent=1) + "\n"


def claims(
    subject: Report | str,
    year: int | None = None,
    *,
    source: str | None = None,
    previous: Report | None = None,
) -> Claims:
    """Find what prose says in numbers, and compare it with the tables where there are any.

    Parameters
    ----------
    subject : Report or str
        A report as read, or any text.
    year : int, optional
        The year reported on; a report knows its own. Without it no year is called wrong.
    source : str, optional
        The decoded text that the report was read from, where the file is text: the offsets
        are then into it.
    previous : Report, optional
        Last year's report of the same office, for growth whose earlier number the prose omits.
    """
    report = subject if isinstance(subject, Report) else None
    year = report.year if report else year
    given = source if isinstance(subject, Report) else subject
    text, blocks = blocks_of(report, given)
    form = form_of_year(year) if year else None
    layout, figures, owner, base = Layout.of_form(form.id if form else "2021"), None, "", Base()
    notice = form.id if form else ""
    if report:
        figures = {code: report.known(code) for code in report.cells}
        layout = Layout(report.form.table("t2").form, "t3.other.total" in figures)
        owner, base, notice = report.name, _base(report, previous), report.form.id
    prose = [block for block in blocks if not block.title]
    return Claims(
        text,
        _all(prose, partitions),
        _all(prose, lambda words: statements(words, year, layout, figures, owner)),
        _all(prose, lambda words: percentages(words, base, year)),
        _all(blocks, lambda words: years(words, year) if year else []),
        _notices(blocks, notice),
        _all(prose, lambda words: fees(words, year)),
        _all(blocks, repetitions),
        _all(blocks, remnants),
    )


def _all(blocks: Iterable[Block], find: Callable[[str], list[Found]]) -> tuple[Claim[Found], ...]:
    return tuple(claim for block in blocks for claim in _in_block(block, find(block.text)))


def _in_block(block: Block, found: Iterable[Found]) -> Iterator[Claim[Found]]:
    for each in found:
        text = block.text[each.start : each.end]
        start, end = block.start + each.start, block.start + each.end
        yield Claim(each, block.section, text, start, end, _around(block.text, each))


def _around(text: str, found: _Spanned) -> str:
    """Return the words of a claim with up to ten characters of its sentence on either side."""
    before = _STOP.split(text[max(0, found.start - 10) : found.start])[-1]
    after = _STOP.split(text[found.end : found.end + 10])[0]
    return before + text[found.start : found.end] + after


def _notices(blocks: list[Block], form: str) -> tuple[Claim[Notice], ...]:
    """Find citations over all of the prose: one right citation excuses the other."""
    found = _all(blocks, lambda words: notices(words, form)) if form else ()
    right = any(claim.found.holds for claim in found)
    return tuple(claim for claim in found if claim.found.holds or not right)


def _base(report: Report, previous: Report | None) -> Base:
    """Collect the totals that shares and growth may be taken of."""

    def known(of: Report, *codes: str) -> Decimal | int | None:
        values = [of.known(code) for code in codes]
        return None if None in values else sum(value for value in values if value is not None)

    new, carried, done = "t3.new.total", "t3.carried_in.total", "t3.total.total"
    cases = [(f"t4.{block}.total",) for block in ("review", "direct", "after")]
    pairs: list[tuple[int | Decimal, int | Decimal]] = []
    if previous is not None:
        for codes in ((new,), (new, carried), (done,), *cases):
            now, then = known(report, *codes), known(previous, *codes)
            if now is not None and then is not None:
                pairs.append((now, then))
    total = known(report, done)
    received = (known(report, new), known(report, new, carried))
    settled = [known(report, *codes) for codes in (*cases, cases[1] + cases[2])]
    return Base(
        (total,) if total else (),
        tuple(value for value in received if value),
        tuple(value for value in settled if value),
        tuple(pair for pair in pairs if pair[1]),
    )


def _number(value: object) -> object:
    """Keep counts as integers and what is no whole number as a string."""
    return format(value, "f") if isinstance(value, Decimal) else value


def _place(claim: Claim[Any]) -> dict[str, Any]:
    return {
        "text": claim.text,
        "section": claim.section,
        "start": claim.start,
        "end": claim.end,
    }


def _sum(found: Partition) -> dict[str, Any]:
    return {
        "whole": _number(found.whole),
        "parts": [{"value": _number(part.value), "label": part.label} for part in found.parts],
        "unit": found.unit,
        "exhaustive": found.exhaustive,
        "holds": found.holds,
    }


def _statement(found: Statement) -> dict[str, Any]:
    return {
        "readings": [list(reading) for reading in found.readings],
        "matched": found.matched,
        "value": _number(found.value),
        "holds": found.holds,
    }


def _share(found: Percentage) -> dict[str, Any]:
    return {
        "value": _number(found.value),
        "numerator": _number(found.numerator),
        "denominator": _number(found.denominator),
        "holds": found.holds,
    }


def _year(found: OwnYear) -> dict[str, Any]:
    return {"value": found.value, "expected": found.expected, "holds": found.holds}
