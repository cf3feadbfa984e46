"""Reads characters that stand together: into lines, and the lines of a table's cell into text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from nianbao.documents.pdf.sheets import UNDECODED, Mark

SMALL = 0.75
"""A character below this share of its neighbours' size is a raised or lowered mark."""

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_FIGURE = frozenset("0123456789.,")


@dataclass(frozen=True, slots=True)
class Written:
    """One line of writing: its characters from left to right, with their text and extent."""

    marks: tuple[Mark, ...]
    text: str
    x0: float
    x1: float
    base: float
    size: float


def write_lines(marks: Iterable[Mark], typical: float = 0.0) -> list[Written]:
    """Sort characters into lines, from the top down.

    Parameters
    ----------
    marks : iterable of Mark
        The characters; turned ones become lines of their own, after the others.
    typical : float
        The size of the table's figures: much smaller digits that stand alone are notes' marks.
    """
    level = [mark for mark in marks if not mark.turned]
    largest = max((m.size for m in level), default=0.0)
    full = [m for m in level if m.size >= SMALL * largest]
    lines: list[list[Mark]] = []
    for mark in sorted(full, key=lambda m: (m.base, m.x0)):
        if lines and mark.base - lines[-1][0].base <= 0.45 * mark.size:
            lines[-1].append(mark)
        else:
            lines.append([mark])
    for mark in (m for m in level if m.size < SMALL * largest):
        _attach(mark, lines)
    written = [_line(line, typical) for line in lines]
    return [*sorted(written, key=lambda w: w.base), *_turned([m for m in marks if m.turned])]


def _attach(mark: Mark, lines: list[list[Mark]]) -> None:
    """Put a small character with the line beside which it stands, else on its own."""
    beside = [
        line
        for line in lines
        if -0.3 * line[0].size <= line[0].base - mark.base <= 0.9 * line[0].size
    ]
    if beside:
        min(beside, key=lambda line: abs(line[0].base - mark.base)).append(mark)
    else:
        lines.append([mark])


def _turned(marks: list[Mark]) -> list[Written]:
    """Read turned writing in its own direction, as one line for each direction."""
    found = []
    for turned in sorted({m.turned for m in marks}):
        upwards = -1 if turned == 90 else 1
        run = sorted((m for m in marks if m.turned == turned), key=lambda m: upwards * m.base)
        text = "".join(m.text for m in run)
        ends = (min(m.x0 for m in run), max(m.x1 for m in run))
        found.append(Written(tuple(run), text, *ends, run[0].base, run[0].size))
    return found


def _line(marks: Sequence[Mark], typical: float) -> Written:
    run = sorted(marks, key=lambda m: (m.x0, m.x1, m.text))
    size = max(m.size for m in run)
    base = median([m.base for m in run if m.size >= SMALL * size])
    parts = [_sign(run[0], base, size, typical)]
    for before, mark in pairwise(run):
        parts += [_gap(before, mark, size), _sign(mark, base, size, typical)]
    return Written(tuple(run), "".join(parts), run[0].x0, max(m.x1 for m in run), base, size)


def _sign(mark: Mark, base: float, size: float, typical: float) -> str:
    """Return a character's text; a small digit off the line is a mark of a note, no digit."""
    plain = unicodedata.normalize("NFKC", mark.text) if mark.text.isdecimal() else mark.text
    if mark.size < SMALL * size:
        if mark.base < base - 0.1 * size:
            return plain.translate(_RAISED)
        if mark.base > base + 0.05 * size:
            return plain.translate(_LOWERED)
    if mark.size < SMALL * typical and mark.text.isdecimal():
        return plain.translate(_RAISED)
    return mark.text


def _gap(before: Mark, mark: Mark, size: float) -> str:
    """Return what stands between two neighbours: nothing, a space, or a break between figures.

    Two different characters on one place cannot both be meant: the text then says so.
    """
    gap = mark.x0 - before.x1
    narrow = min(mark.x1 - mark.x0, before.x1 - before.x0)
    figures = before.text[-1:] in _FIGURE or mark.text[:1] in _FIGURE
    if figures and gap < -0.4 * narrow:
        return UNDECODED
    both = before.text[-1:].isalnum() and mark.text[:1].isalnum()
    if both and (before.text + mark.text).isascii():
        return "\n" if gap > 0.6 * size else " " if gap > 0.2 * size else ""
    return " " if gap > 0.9 * size else ""


def cell_text(lines: Sequence[Written], room: float) -> str:
    """Join the lines of a cell.

    Parameters
    ----------
    lines : sequence of Written
        The cell's lines from the top down.
    room : float
        The width that the cell has for writing.

    Returns
    -------
    str
        Where a number seems to go on in the next line, but the next digit could have stood in
        the line before, the break is kept: nothing shows that it is one number.
    """
    if not lines:
        return ""
    text = lines[0].text
    for before, line in pairwise(lines):
        torn = before.text[-1:] in _FIGURE and line.text[:1] in _FIGURE
        text += ("\n" if torn and not _wrapped(before, line, room) else "") + line.text
    return text


def _wrapped(before: Written, line: Written, room: float) -> bool:
    """Whether the next digit had no room, so that the number must go on in the next line."""
    digit = line.marks[0].x1 - line.marks[0].x0
    close = line.base - before.base <= 2.2 * before.size
    return close and before.x1 - before.x0 + 0.98 * digit > room


def is_figure(text: str) -> bool:
    """Whether a cell's text is a figure, or something in the place of one, and no words."""
    plain = unicodedata.normalize("NFKC", text)
    for unit in ("件次", "件", "万元", "元"):
        plain = plain.removesuffix(unit)
    return bool(plain.strip()) and (
        plain.strip() in ("无", "没有") or not any(sign.isalpha() for sign in plain)
    )
