"""Tells the reports of one file apart, where somebody has put several into it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nianbao.documents.structure import Document, Line
from nianbao.forms import load_form
from nianbao.labels import cores, normalize, read_label

_TITLE = re.compile(r".{0,40}(20\d\d)年.{0,30}年度报告.{0,6}")
_SECTIONS = 3
"""With fewer of the six sections below it, a title only mentions a report."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One report of a file: its title, the year in it, and its part of the document."""

    title: str
    year: int
    document: Document


def editions(document: Document) -> list[Edition]:
    """List the reports of a document; empty where it holds one, as nearly always."""
    claims = [
        (index, block.text, int(match[1]))
        for index, block in enumerate(document.blocks)
        if isinstance(block, Line) and (match := _TITLE.fullmatch(normalize(block.text)))
    ]
    if len(claims) < 2:
        return []
    ends = [*(index for index, _, _ in claims[1:]), len(document.blocks)]
    found = [
        (index, title, year)
        for (index, title, year), end in zip(claims, ends, strict=True)
        if _sections(document, index, end) >= _SECTIONS
    ]
    if len(found) < 2:
        return []
    starts = [0, *(index for index, _, _ in found[1:])]
    stops = [*starts[1:], len(document.blocks)]
    return [
        Edition(title, year, replace(document, blocks=document.blocks[start:stop]))
        for (_, title, year), start, stop in zip(found, starts, stops, strict=True)
    ]


def chosen(found: Sequence[Edition], year: int | None, name: str) -> Edition:
    """Choose the report of a year and of an agency's name, else the first."""
    fitting = [edition for edition in found if edition.year == year] or list(found)
    named = [edition for edition in fitting if name and name in normalize(edition.title)]
    return (named or fitting)[0]


def _sections(document: Document, start: int, end: int) -> int:
    """Count the different statutory sections whose titles stand in a part of a document."""
    known = {spec.number: cores(spec.title, spec.aliases) for spec in load_form("2021").sections}
    lines = [block for block in document.blocks[start:end] if isinstance(block, Line)]
    words = {read_label(line.text).core for line in lines if len(line.text) < 60}
    return sum(not words.isdisjoint(names) for names in known.values())
