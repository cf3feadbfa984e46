"""Reads a line whose cells are set apart by spaces: as a row only where its figures prove it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from nianbao.documents.plain.tokens import (
    has_stop,
    is_figure,
    is_title,
    is_word,
    outside_brackets,
)
from nianbao.documents.structure import Row

_PIECE = re.compile(r"(\s*)(\S+)")
_UNITS = {"件", "件次", "万元", "元"}
_PUNCTUATION = re.compile(r"[)）\]】”’》:：、，,.·…．]+")
_ITEM = re.compile(r"\d{1,2}[.、．)）]?")
_NUMBERING = re.compile(
    r"[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、．](?!\d)|[一二三四五六七八九十]{1,2}、"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_PAGES = re.compile(r"\d{1,3}\s*/\s*\d{1,3}")
_LABEL = 80
"""Characters; the longest label of a form has 40, some offices add an explanation."""
_HEAD = 40
_HEADS = 3
"""So many words with wide gaps between them are heads; two may be the parts of a title."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of a line and how wide the gap before it is, in columns of the screen."""

    text: str
    gap: int

    @property
    def wide(self) -> bool:
        return self.gap >= 2


def gap_row(line: str, origin: str) -> Row | None:
    """Read a line without tabs as a row of cells, or return None where it is prose.

    A row ends in two or more figures, or in one after a wide gap; or it is three or more short
    words with wide gaps between them (a row of heads). Blank cells cannot be seen in such text:
    the row has no grid, and tokens are never glued together.
    """
    if has_stop(line) or is_title(line) or _PAGES.fullmatch(line):
        return None
    tokens = _tokens(line)
    words = [i for i, token in enumerate(tokens) if is_word(token.text)]
    start = words[-1] + 1 if words else 0
    while words and start < len(tokens) and _PUNCTUATION.fullmatch(tokens[start].text):
        start += 1
    label, figures = tokens[:start], tokens[start:]
    if not figures:
        return _heads(tokens, origin)
    if not _proven(label, figures):
        return None
    cells = _label_cells(label)
    return Row(
        (*cells, *(token.text for token in figures)),
        origin,
        unclear=frozenset(len(cells) + i for i in _perhaps_one(figures)),
    )


def _tokens(line: str) -> list[_Token]:
    """Cut a line at its gaps; a unit set apart goes back to its number."""
    found: list[_Token] = []
    for gap, text in _PIECE.findall(line):
        width = sum(2 if sign == "\u3000" else 1 for sign in gap)
        if text in _UNITS and width == 1 and found and found[-1].text[-1:].isdecimal():
            found[-1] = _Token(found[-1].text + text, found[-1].gap)
        else:
            found.append(_Token(text, width))
    return found


def _proven(label: list[_Token], figures: list[_Token]) -> bool:
    """Whether the figures at the end of a line prove that it is a row."""
    written = " ".join(token.text for token in label)
    # Figures before the last words are those of another row, or of prose with its commas.
    torn = any(is_figure(token.text) for token in label[1:])
    if len(written) > _LABEL or (torn and set("，,：:") & set(outside_brackets(written))):
        return False
    count = sum(is_figure(token.text) for token in figures)
    if count >= 2:
        return True
    (only, *more) = figures
    lone = bool(label) and not more and count == 1 and only.wide
    return lone and written[-1] not in ":：" and not _YEAR.fullmatch(only.text)


def _label_cells(label: list[_Token]) -> list[str]:
    """Join the pieces of labels, and keep labels of two levels, and rows run together, apart."""
    cells: list[str] = []
    open_cell = False
    for index, token in enumerate(label):
        if is_figure(token.text) and not (index == 0 and _ITEM.fullmatch(token.text)):
            cells.append(token.text)
            open_cell = False
            continue
        starts = bool(cells) and is_word(cells[-1]) and _NUMBERING.match(token.text)
        numbered = index == 1 and _ITEM.fullmatch(label[0].text)
        if not open_cell or (token.wide and not numbered) or starts:
            cells.append(token.text)
        else:
            cells[-1] += f" {token.text}"
        open_cell = True
    return _joined(cells)


def _joined(cells: list[str]) -> list[str]:
    """Join a label whose single characters were spread out (``规　　章``)."""
    joined: list[str] = []
    spread = False
    for cell in cells:
        single = len(cell) == 1 and is_word(cell)
        if single and spread:
            joined[-1] += cell
        else:
            joined.append(cell)
        spread = single
    return joined


def _heads(tokens: list[_Token], origin: str) -> Row | None:
    """Read a row of heads: short words with wide gaps between them, and nothing else."""
    cells: list[str] = []
    for token in tokens:
        if cells and not token.wide:
            cells[-1] += f" {token.text}"
        else:
            cells.append(token.text)
    short = all(is_word(cell) and len(cell) <= _HEAD for cell in cells)
    signed = any(sign in outside_brackets(cell) for cell in cells for sign in ":：")
    if sum(len(cell) > 1 for cell in cells) < _HEADS or not short or signed:
        return None
    return Row(tuple(cells), origin)


def _perhaps_one(figures: list[_Token]) -> set[int]:
    """Find neighbours that may be one number with a space in it (``12 345``).

    Where other gaps are wide, a single space between ``12`` and ``345`` is hardly a gap between
    cells; nor is it certain that it is none. Neither of the two is known then.
    """
    if not any(token.wide for token in figures[1:]):
        return set()
    found: set[int] = set()
    for index, (before, token) in enumerate(pairwise(figures)):
        grouped = re.fullmatch(r"\d{1,3}", before.text) and re.fullmatch(r"\d{3}", token.text)
        if grouped and not token.wide:
            found |= {index, index + 1}
    return found
