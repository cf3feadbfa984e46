"""Finds the title and the six sections in a document's prose, and its sub-headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import takewhile

from nianbao.documents.structure import Block, Boundary, Document, Line, Row
from nianbao.forms import Form
from nianbao.labels import Label, cores, nearest, normalize, read_label
from nianbao.report import Paragraph, Section

_YEAR_WORDS = re.compile(r"(?:20\d\d|二[〇○零]\d?[一二三四五六七八九〇○零]{1,2})年度?")
_ENDINGS = "。！？；;.!?：:"
PAGE_NUMBER = re.compile(r"[-—–－]{1,2}\s*\d{1,3}\s*[-—–－]{1,2}|第\s*\d{1,3}\s*页.{0,12}")
_HEADING_LENGTH = 45
_OPENING = 40
_NAMED = "年度报告"
"""How many lines from the start the title is looked for."""
_LEVELS = {"group": 3, "item": 4}


def title_of(document: Document) -> str:
    """Return the report's title: the line that says 年度报告, with what it begins with above it."""
    return "".join(line.text for line in title_lines(document))


def title_lines(document: Document) -> list[Line]:
    """Return the lines that the title stands on: agency, year and 年度报告 may be set apart.

    It may stand in the first row of a table. A sentence that speaks of a report is no title.
    """
    lines = [line for block in document.blocks[:_OPENING] if (line := _as_line(block))]
    named = [i for i, line in enumerate(lines) if _NAMED in normalize(line.text)]
    above = ["", *(line.text for line in lines)]
    short = [i for i, line in enumerate(lines) if _names(line.text, above[i])]
    last = next(iter(short or named), None)
    if last is None:
        return lines[:1]
    first = last
    while first and last - first < 2 and _goes_on(lines[first - 1].text, lines[first].text):
        first -= 1
    return lines[first : last + 1]


def _as_line(block: Block) -> Line | None:
    """Take a row with one filled cell for a line."""
    if isinstance(block, Line):
        return block
    filled = [cell for cell in block.cells if cell] if isinstance(block, Row) else []
    return Line(filled[0], block.origin) if isinstance(block, Row) and len(filled) == 1 else None


def _names(text: str, above: str) -> bool:
    """Whether a line can head a report and says so, maybe in a word begun on the one above."""
    if not _could_head(text):
        return False
    begun = above if above and _could_head(above) and _NAMED not in normalize(above) else ""
    return _NAMED in normalize(begun + text)


def _could_head(text: str) -> bool:
    return len(text) <= _HEADING_LENGTH and text[-1] not in _ENDINGS


def _goes_on(text: str, below: str) -> bool:
    """Whether a line can be the beginning of the title whose rest stands below it."""
    rest = normalize(below)
    whole = bool(_YEAR_WORDS.search(rest)) and not _YEAR_WORDS.match(rest)
    return not whole and len(text) <= _HEADING_LENGTH and text[-1] not in _ENDINGS


def section_starts(document: Document, form: Form) -> dict[int, int]:
    """Find the blocks that open a section: ``{index of the block: section number}``, rising.

    Of all lines that read like a section's title, the rising chain with the best evidence is
    taken: a title numbered 一、 as the form numbers it weighs more than the same words under
    another number or none (（一）主动公开情况 is a usual sub-heading of section one).
    """
    known = {spec.number: cores(spec.title, spec.aliases) for spec in form.sections}
    claims = [
        claim
        for index, block in enumerate(document.blocks)
        if isinstance(block, Line) and (claim := _claim(index, block.text, known))
    ]
    best: list[tuple[float, list[tuple[int, int]]]] = []
    for index, number, weight in claims:
        before = [chain for chain in best if chain[1][-1][1] < number]
        score, chain = max(before, key=lambda chain: chain[0], default=(0.0, []))
        best.append((score + weight, [*chain, (index, number)]))
    return dict(max(best, key=lambda chain: chain[0], default=(0.0, []))[1])


def _claim(
    index: int, text: str, known: Mapping[int, Iterable[str]]
) -> tuple[int, int, float] | None:
    """Weigh a line's claim to be a section's title: (index, section, weight), or None."""
    number = _section_number(text, known)
    if number is None:
        return None
    label = read_label(text)
    if label.number == number:
        return index, number, 2.0 if label.style == "section" else 1.2
    return index, number, 1.0


def sections_of(document: Document, form: Form) -> tuple[Section, ...]:
    """Cut the prose into sections, in the order of the document.

    What stands before the first section (without the title) becomes a section without number.

    Returns
    -------
    tuple of Section
        Tables are not part of it.
    """
    starts = section_starts(document, form)
    titled = title_lines(document)
    first = min(starts, default=len(document.blocks))
    opening = [
        block
        for block in document.blocks[:first]
        if isinstance(block, Line) and not any(block is line for line in titled)
    ]
    sections = [Section(None, title_of(document), _paragraphs(opening))] if opening else []
    ends = [*list(starts)[1:], len(document.blocks)]
    for (start, number), end in zip(starts.items(), ends, strict=False):
        (head, *lines) = _lines(document, start, end)
        sections.append(Section(number, head.text, _paragraphs(lines)))
    return tuple(sections)


def _lines(document: Document, start: int, end: int) -> list[Line]:
    """Return the lines of a section, which ends where another file or sheet begins."""
    part = takewhile(lambda block: not isinstance(block, Boundary), document.blocks[start:end])
    return [block for block in part if isinstance(block, Line)]


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
    prose = (line for line in lines if not PAGE_NUMBER.fullmatch(line.text.strip()))
    return tuple(Paragraph(line.text, _level(line.text), line.origin) for line in prose)


def _level(text: str) -> int:
    """Tell a sub-heading （一）… or 1.… from a paragraph: short, and no sentence."""
    label = read_label(text)
    short = len(text) <= _HEADING_LENGTH and text[-1] not in _ENDINGS
    return _LEVELS.get(label.style, 0) if short else 0
