"""Reads tables drawn with ``|``: Markdown's, and what text extractors make of tables."""

from __future__ import annotations

import re

from nianbao.documents.plain.markdown import plain
from nianbao.documents.plain.tokens import is_figure, is_sentence, is_title, outside_brackets
from nianbao.documents.structure import Line, Row

_DRAWN = str.maketrans("│┃║｜", "||||")
_SPLIT = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(r":?-{2,}:?|:-:?|-:")
_BORDER = re.compile(r"[\s|+\-=:─-╿]{3,}")
_CROSSING = re.compile(r"[+┌-╬]")
_STROKES = re.compile(r"[-=─━═]{2}")
_LABEL = 80

Piped = tuple[str, tuple[str, ...], bool]
"""A line drawn with pipes: its origin, its cells, and whether it is a delimiter row."""


def is_border(line: str) -> bool:
    """Whether a line only draws the border of a table (``+----+----+``)."""
    text = line.strip()
    drawn = _BORDER.fullmatch(text) and _CROSSING.search(text) and _STROKES.search(text)
    return drawn is not None


def piped(line: str, origin: str) -> Piped | None:
    """Cut a line at its pipes, or return None where they are part of prose.

    A line between two pipes is a row whatever it says; one without them only where it holds
    figures or nothing but short words.
    """
    text = line.strip().translate(_DRAWN)
    if "|" not in text:
        return None
    raw = _SPLIT.split(text)
    framed = len(raw) > 2 and not raw[0] and not raw[-1]
    if "\t" in line and not framed:
        return None
    inner = raw[0 if raw[0] else 1 : len(raw) if raw[-1] else -1]
    cells = tuple(plain(cell.strip()).strip() for cell in inner)
    if len(raw) < 2 or not (framed or _is_row(cells)):
        return None
    return origin, cells, _delimits([cell.strip() for cell in inner], tight=" " not in text)


def _is_row(cells: tuple[str, ...]) -> bool:
    filled = [cell for cell in cells if cell]
    if len(cells) < 2 or any(is_sentence(c) and not is_figure(c) for c in filled):
        return False
    if any(is_title(cell) or len(cell) > _LABEL for cell in filled):
        return False
    words = "".join(outside_brackets(cell) for cell in filled)
    return any(map(is_figure, filled)) or not any(sign in words for sign in "，,：:“”")


def _delimits(cells: list[str], *, tight: bool) -> bool:
    """Whether a row is the line under a Markdown head; spaced single dashes are values."""
    if all(_DELIMITER.fullmatch(cell) for cell in cells):
        return True
    return tight and all(cell == "-" for cell in cells)


def pipe_table(lines: list[Piped], grid: int) -> list[Line | Row]:
    """Turn consecutive lines drawn with pipes into rows.

    Parameters
    ----------
    lines : list of Piped
        The lines of one table.
    grid : int
        The number of the table, used where its places are certain: a Markdown table with its
        delimiter row, in which no row lacks a cell.

    Returns
    -------
    list of Line or Row
        Prose that only stands in a frame is a line.
    """
    rows = [(origin, cells) for origin, cells, delimiter in lines if not delimiter]
    delimiters = [index for index, (_, _, delimiter) in enumerate(lines) if delimiter]
    even = len({len(cells) for _, cells, _ in lines}) == 1
    certain = grid if delimiters == [1] and even and len(lines[0][1]) > 1 else None
    return [_block(cells, origin, certain) for origin, cells in rows]


def _block(cells: tuple[str, ...], origin: str, grid: int | None) -> Line | Row:
    filled = [cell for cell in cells if cell]
    if len(filled) == 1 and (is_sentence(filled[0]) or is_title(filled[0])):
        return Line(filled[0].replace("\n", " "), origin)
    return Row(cells, origin, grid)
