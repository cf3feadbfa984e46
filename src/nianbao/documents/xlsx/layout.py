"""Tells the rows of tables on a sheet from titles and sentences, and places the merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nianbao.documents.spans import MAX_COLUMNS, MAX_ROWS
from nianbao.documents.structure import Block, Line, Merge, Row
from nianbao.values import parse

Range = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of a merged range: row and column, from 0."""

_CAPTION = re.compile(r"第.{1,4}条")
"""The captions inside 表二 name the article of the regulations."""


@dataclass(slots=True)
class Grid:
    """The cells of one sheet from A1 on, as texts.

    Attributes
    ----------
    texts : list of list of str
        All rows are equally long.
    merged : dict of tuple of int to tuple
        The merged range that covers a cell.
    """

    name: str
    number: int
    texts: list[list[str]]
    merged: dict[tuple[int, int], Range]

    def blocks(self) -> list[Block]:
        """Return lines and rows in order; blank rows are left out."""
        found: list[Block] = []
        run: list[int] = []
        for row in range(len(self.texts) + 1):
            if row < len(self.texts) and (self._filled(row) or self._covered(row)):
                run.append(row)
            else:
                found += self._run(run)
                run = []
        return found

    def _filled(self, row: int) -> list[int]:
        return [column for column, text in enumerate(self.texts[row]) if text]

    def _covered(self, row: int) -> bool:
        """Whether a filled merged cell from above reaches into a row."""
        ranges = {self.merged[key] for key in self._keys(row) if key in self.merged}
        return any(r[0][0] < row and self.texts[r[0][0]][r[0][1]] for r in ranges)

    def _keys(self, row: int) -> list[tuple[int, int]]:
        return [(row, column) for column in range(len(self.texts[row]))]

    def _run(self, run: Sequence[int]) -> list[Block]:
        """Read rows that follow one another without a gap: titles, one or more tables, prose.

        A text that stands alone is prose above the first table, and after a sentence or title.
        """
        tabular = [row for row in run if not self._is_alone(row)]
        start = min(tabular, default=len(self.texts))
        width = max((self._width(row) for row in run), default=0)
        found: list[Block] = []
        talking = False
        for row in run:
            if row in tabular or self._is_caption(row):
                talking = False
            else:
                talking = talking or row < start or self._is_prose(row, width)
            found += self._lines(row) if talking else [self._row(row, width)]
        return found

    def _lines(self, row: int) -> list[Line]:
        text = self.texts[row][self._filled(row)[0]]
        origin = f"工作表“{self.name}”第{row + 1}行"
        return [Line(part.strip(), origin) for part in text.split("\n") if part.strip()]

    def _is_alone(self, row: int) -> bool:
        """Whether a row holds nothing but one text that is no figure."""
        filled = self._filled(row)
        if len(filled) != 1:
            return False
        return _is_words(self.texts[row][filled[0]])

    def _is_caption(self, row: int) -> bool:
        text = self.texts[row][self._filled(row)[0]]
        return "。" not in text and bool(_CAPTION.search(text[:16]))

    def _is_prose(self, row: int, width: int) -> bool:
        """Whether a text that stands alone is a sentence, or a title across the whole table."""
        column = self._filled(row)[0]
        if "。" in self.texts[row][column]:
            return True
        merge = self.merged.get((row, column))
        across = merge is not None and merge[0][1] == 0 and merge[1][1] + 1 >= width > 1
        return across

    def _width(self, row: int) -> int:
        """Count the columns up to the last that is filled or belongs to a merged cell."""
        used = [k[1] for k in self._keys(row) if self.texts[row][k[1]] or k in self.merged]
        return max(used, default=-1) + 1

    def _row(self, row: int, width: int) -> Row:
        ranges = sorted({self.merged[key] for key in self._keys(row) if key in self.merged})
        merges = [self._merge(found, row) for found in ranges]
        hidden = {
            column
            for merge, found in zip(merges, ranges, strict=True)
            for column in range(merge.first, merge.end)
            if (row, column) != found[0] and self.texts[row][column]
        }
        cells = tuple(
            "" if column in hidden else text for column, text in enumerate(self.texts[row][:width])
        )
        sheet = f"工作表“{self.name}”"
        return Row(
            cells,
            f"{sheet}第{row + 1}行",
            self.number,
            tuple(sorted(merges, key=lambda merge: merge.first)),
            # A merged cell shows its first place only: what lies below it is not seen.
            frozenset(hidden),
            tuple(f"{sheet}{cell_name(row, column)}" for column in range(width)),
        )

    def _merge(self, found: Range, row: int) -> Merge:
        (top, left), (bottom, right) = found
        return Merge(left, right + 1, self.texts[top][left], above=top < row, below=bottom > row)


def _is_words(text: str) -> bool:
    """Whether a text is neither a figure, nor a mark for one, nor a figure with a doubt."""
    bare = text.partition("〔")[0]
    letters = sum(sign.isalpha() for sign in bare)
    return letters > 1 and not bare.startswith("=") and parse(bare).state == "unreadable"


def cell_name(row: int, column: int) -> str:
    """Name a cell as Excel does: row 4, column 2 is ``C5``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def merged_cells(ranges: Iterable[Range], rows: int, columns: int) -> dict[tuple[int, int], Range]:
    """Map every cell to the merged range that covers it, within the part that is read."""
    found: dict[tuple[int, int], Range] = {}
    last_row, last_column = min(rows, MAX_ROWS) - 1, min(columns, MAX_COLUMNS) - 1
    for (top, left), (bottom, right) in ranges:
        if top > last_row or left > last_column:
            continue
        bottom, right = min(bottom, last_row), min(right, last_column)
        cut = ((top, left), (bottom, right))
        if cut[0] == cut[1]:
            continue
        cells = [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
        if not any(cell in found for cell in cells):
            found |= dict.fromkeys(cells, cut)
    return found
