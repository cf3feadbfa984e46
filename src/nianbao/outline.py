"""Finds the title and the six sections in a document's prose, and its sub-headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from nianbao.documents.structure import Document, Line
from nianbao.forms import Form
from nianbao.labels import Label, cores, nearest, normalize, read_label
from nianbao.report import Paragraph, Section

_YEAR_WORDS = re.compile(r"(?:20\d\d|二[〇○零]\d?[一二三四五六七八九〇○零]{1,2})年度?")
_ENDINGS = "。！？；;.!?：:"
_HEADING_LENGTH = 45
_LEVELS = {"group": 3, "item": 4}


def title_of(document: Document) -> str:
    """Return the title line: the first that says 年度报告, else the first line of all."""
    lines = document.lines[:20]
    titled = (line.text for line in lines if "年度报告" in normalize(line.text))
    return next(titled, lines[0].text if lines else "")


def sections_of(document: Document, form: Form) -> tuple[Section, ...]:
    """Cut the prose into sections, in the order of the document.

    What stands before the first section (without the title) becomes a section without number.

    Returns
    -------
    tuple of Section
        Tables are not part of it.
    """
    lines = document.lines
    starts = _starts(lines, form)
    title = title_of(document)
    opening = [line for line in lines[: min(starts, default=len(lines))] if line.text != title]
    sections = [Section(None, title, _paragraphs(opening))] if opening else []
    for index, (start, number) in enumerate(starts.items()):
        end = [*starts, len(lines)][index + 1]
        sections.append(Section(number, lines[start].text, _paragraphs(lines[start + 1 : end])))
    return tuple(sections)


def _starts(lines: Sequence[Line], form: Form) -> dict[int, int]:
    """Find the lines that open a section: ``{line index: section number}``, rising.

    A heading numbered 一、 counts first; a heading in another style (（一）主动公开情况 is a usual
    sub-heading of section one) only where no line numbered 一、 claims that section.
    """
    known = {spec.number: cores(spec.title, spec.aliases) for spec in form.sections}
    found = [
        (index, number, read_label(line.text).style)
        for index, line in enumerate(lines)
        if (number := _section_number(line.text, known)) is not None
    ]
    strict = {number for _, number, style in found if style == "section"}
    starts: dict[int, int] = {}
    last = 0
    for index, number, style in found:
        eligible = style == "section" or (number not in strict and not strict)
        if number > last and eligible:
            starts[index] = last = number
    return starts


def _section_number(text: str, known: Mapping[int, Iterable[str]]) -> int | None:
    """Say which section a line is the title of, or None for ordinary prose."""
    if len(text) > _HEADING_LENGTH:
        return None
    label = _without_year(read_label(text))
    exact = next((number for number, names in known.items() if label.core in names), None)
    if exact is not None or label.style != "section":
        return exact
    close = nearest(label.core, {str(number): names for number, names in known.items()})
    return int(close) if close and int(close) == label.number else None


def _without_year(label: Label) -> Label:
    return Label(_YEAR_WORDS.sub("", label.core), label.style, label.number)


def _paragraphs(lines: Iterable[Line]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(line.text, _level(line.text), line.origin) for line in lines)


def _level(text: str) -> int:
    """Tell a sub-heading （一）… or 1.… from a paragraph: short, and no sentence."""
    label = read_label(text)
    short = len(text) <= _HEADING_LENGTH and text[-1] not in _ENDINGS
    return _LEVELS.get(label.style, 0) if short else 0
