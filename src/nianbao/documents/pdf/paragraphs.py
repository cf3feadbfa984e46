"""Puts the lines outside tables together: paragraphs, headings, and rows without ruled lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from nianbao.documents.pdf.sheets import UNDECODED, Mark, Sheet
from nianbao.documents.pdf.writing import Written, is_figure, write_lines
from nianbao.documents.structure import Line, Row

_FULL = 2.2
"""Characters; a line that ends no further from the right margin goes on in the next."""


_HEADING = re.compile(r"[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[）)]")
_ENDS = "。！？；："


@dataclass(frozen=True, slots=True)
class Measure:
    """Where a page's lines of text begin and end, how high they stand and how far apart."""

    left: float
    right: float
    middle: float
    size: float
    pitch: float


def measure(sheet: Sheet, lines: Iterable[Written]) -> Measure:
    """Take a page's measure from its lines."""
    written = [line for line in lines if len(line.marks) > 1]
    size = (
        float(Counter(round(line.size, 1) for line in written).most_common(1)[0][0])
        if (written)
        else 12.0
    )
    left = min((line.x0 for line in written), default=0.0)
    right = max((line.x1 for line in written), default=sheet.width)
    steps = [b.base - a.base for a, b in pairwise(written)]
    pitch = min((step for step in steps if step > 0.9 * size), default=1.5 * size)
    return Measure(left, right, sheet.width / 2, size, pitch)


def text_lines(marks: Iterable[Mark]) -> list[Written]:
    """Read the lines of prose; what cannot be seen or decoded by itself is no line."""
    lines = write_lines(marks)
    return [line for line in lines if line.text.replace(UNDECODED, "").strip()]


class Prose:
    """Collects lines in reading order and gives paragraphs."""

    def __init__(self) -> None:
        self._text = ""
        self._origin = ""
        self._last: tuple[Written, Measure, int] | None = None

    def add(self, line: Written, measured: Measure, page: int) -> list[Line | Row]:
        """Take a line; give what it completes."""
        cells = _cells(line)
        if cells:
            return [*self.close(), Row(cells, f"第{page}页")]
        if self._last and self._goes_on(line, measured, page):
            self._text += line.text
            self._last = (line, measured, page)
            return []
        done = self.close()
        self._text, self._origin = line.text, f"第{page}页"
        self._last = (line, measured, page)
        return done

    def close(self) -> list[Line | Row]:
        """Give the paragraph that has been begun, if any."""
        text, self._text, self._last = self._text.strip(), "", None
        return [Line(text, self._origin)] if text else []

    def _goes_on(self, line: Written, measured: Measure, page: int) -> bool:
        """Whether a line continues the paragraph begun."""
        if self._last is None:
            return False
        before, old, last = self._last
        if abs(before.size - line.size) > 0.1 * line.size:
            return False
        if _HEADING.match(line.text.strip()) and (
            page != last or before.text.rstrip()[-1:] in _ENDS
        ):
            return False
        apart = page == last and line.base - before.base > 1.3 * old.pitch
        if _titled(before, old) and _titled(line, measured) and not apart:
            return True
        full = before.x1 > old.right - _FULL * before.size
        indented = line.x0 > measured.left + 1.2 * line.size
        return full and not indented and not apart


def _titled(line: Written, measured: Measure) -> bool:
    """Whether a line is part of a title: larger than the text, and in the page's middle."""
    central = abs((line.x0 + line.x1) / 2 - measured.middle) < 1.5 * line.size
    return central and line.size > 1.15 * measured.size


def _cells(line: Written) -> tuple[str, ...]:
    """Part a line of a table without ruled lines at its clear gaps; nothing for prose."""
    runs: list[list[Mark]] = [[line.marks[0]]]
    for mark in line.marks[1:]:
        if mark.x0 - runs[-1][-1].x1 > line.size:
            runs.append([])
        runs[-1].append(mark)
    cells = tuple("".join(w.text for w in write_lines(run)) for run in runs)
    figures = sum(map(is_figure, cells))
    return cells if len(cells) > 2 or (len(cells) == 2 and figures) else ()
