"""Places the paragraphs of a report in the text that offsets count in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from nianbao.report import Paragraph, Report

_LINE: Final = re.compile(r"第(\d{1,9})行\Z")


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs that follow one another, as they stand in the input from ``start`` on."""

    text: str
    start: int
    section: int | None
    title: bool = False


def blocks_of(report: Report | None, source: str | None) -> tuple[str, list[Block]]:
    """Return the input and its prose in blocks; a loose text is one block.

    Without a source the input is the report's title, section titles and paragraphs, one a line.
    """
    if report is None:
        text = source or ""
        return text, [Block(text, 0, None)]
    text = composed(report) if source is None else source
    return text, list(_merged(text, list(_placed(report, text, source is not None))))


def composed(report: Report) -> str:
    """Return the prose of a report: title, section titles and paragraphs, one a line."""
    lines = [report.title] if _lacks_title(report) else []
    for section in report.sections:
        lines += [section.title, *(paragraph.text for paragraph in section.paragraphs)]
    return "\n".join(lines)


def _lacks_title(report: Report) -> bool:
    opening = next((s for s in report.sections if s.number is None), None)
    return bool(report.title) and (opening is None or opening.title != report.title)


def _placed(report: Report, text: str, by_line: bool) -> Iterator[Block]:
    """Yield each title and paragraph where it stands; what is not found word for word is left."""
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))] if by_line else []
    cursor = 0
    if _lacks_title(report):
        place = text.find(report.title)
        if place >= 0:
            cursor = place + len(report.title)
            yield Block(report.title, place, None, title=True)
    for section in report.sections:
        place = text.find(section.title, cursor) if section.title else -1
        if place >= 0:
            cursor = place + len(section.title)
            yield Block(section.title, place, section.number, title=True)
        for paragraph in section.paragraphs:
            start, words = _place(text, starts, paragraph, cursor)
            if start >= 0:
                cursor = start + len(words)
                yield Block(words, start, section.number)


def _place(text: str, starts: list[int], paragraph: Paragraph, cursor: int) -> tuple[int, str]:
    """Return where a paragraph stands and its words there: on its line, else next in order."""
    line = _LINE.search(paragraph.origin)
    number = int(line[1]) if line else 0
    if starts and 0 < number < len(starts):
        begin, end = starts[number - 1], starts[number] - 1
        place = text.find(paragraph.text, begin, end)
        if place >= 0:
            return place, paragraph.text
        # The reader took invisible characters or marks of Markdown away: keep the line.
        raw = text[begin:end]
        return begin + len(raw) - len(raw.lstrip()), raw.strip()
    return text.find(paragraph.text, cursor), paragraph.text


def _merged(text: str, placed: list[Block]) -> Iterator[Block]:
    """Join paragraphs with nothing between them: a list may go on over several lines."""
    group: list[Block] = []
    for block in placed:
        if group and not _follows(text, group[-1], block):
            yield _joined(text, group)
            group = []
        group.append(block)
    if group:
        yield _joined(text, group)


def _follows(text: str, before: Block, block: Block) -> bool:
    end = before.start + len(before.text)
    same = before.section == block.section and not before.title and not block.title
    return same and end <= block.start and not text[end : block.start].strip()


def _joined(text: str, group: list[Block]) -> Block:
    end = group[-1].start + len(group[-1].text)
    first = group[0]
    return Block(text[first.start : end], first.start, first.section, first.title)
