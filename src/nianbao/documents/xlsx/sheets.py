"""What a workbook's own markup says about its sheets and cells beyond their values."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from nianbao.documents.dress import dress
from nianbao.documents.ooxml import Package, attribute, child, children, local, whole_number
from nianbao.documents.spans import MAX_COLUMNS, MAX_ROWS
from nianbao.documents.xlsx.formats import PLAIN, Look, read_font, read_looks

UNSAVED = "=公式未保存结果"
"""Stands for a formula whose result the file does not hold: it must not look blank, or 0."""

_MAX_ROW, _MAX_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")

_Part = tuple[str, tuple[bool, str] | None]
"""A part of a rich text, and whether its own font strikes out and raises, if it has one."""


@dataclass(frozen=True, slots=True)
class Note:
    """What to know about one cell: its text where the value alone would mislead, and its look."""

    text: str | None = None
    look: Look = PLAIN


@dataclass(slots=True)
class Markup:
    """What the markup of one sheet says.

    Attributes
    ----------
    notes : dict of tuple of int to Note
        By row and column, from 0.
    figures : dict of tuple of int to str
        The figures as stored, to be held against those that the library reads.
    first_row, last_row, first_column, last_column : int
        The part of the sheet that holds values or formulas; ``last_row`` is -1 for none.
    formulas : int
        Cells whose value is a saved result.
    hidden : bool
        Whether rows or columns are hidden.
    """

    notes: dict[tuple[int, int], Note] = field(default_factory=dict)
    figures: dict[tuple[int, int], str] = field(default_factory=dict)
    first_row: int = _MAX_ROW
    last_row: int = -1
    first_column: int = _MAX_COLUMN
    last_column: int = -1
    formulas: int = 0
    hidden: bool = False

    def reach(self, row: int, column: int) -> None:
        """Count a cell as used."""
        self.first_row, self.last_row = min(self.first_row, row), max(self.last_row, row)
        self.first_column = min(self.first_column, column)
        self.last_column = max(self.last_column, column)


class Book:
    """The markup of a workbook, whose sheets are read one by one."""

    def __init__(self, package: Package) -> None:
        self._package = package
        main = package.main_part("workbook")
        root = package.xml(main)
        relations = package.relations(main)
        targets = {relation.id: relation.target for relation in relations}
        kinds = {relation.kind: relation.target for relation in relations}
        listed = children(child(root, "sheets"))
        self._parts = [targets.get(attribute(node, "id") or "", "") for node in listed]
        # A program that asks for everything to be computed on opening has not computed it.
        self._stale = attribute(child(root, "calcPr"), "fullCalcOnLoad") in ("1", "true")
        self._looks = read_looks(self._optional(kinds.get("styles")))
        self._rich = _rich_strings(self._optional(kinds.get("sharedStrings")))

    def markup(self, index: int) -> Markup:
        """Read the markup of one sheet, by its place in the workbook."""
        found = Markup()
        row = -1
        part = self._parts[index] if index < len(self._parts) else ""
        with self._package.guarded(f"第{index + 1}个工作表"):
            for node in _rows_and_columns(self._package.content(part)):
                found.hidden |= attribute(node, "hidden") in ("1", "true")
                if local(node) == "row":
                    row = whole_number(attribute(node, "r"), row + 2, _MAX_ROW) - 1
                    self._row(node, row, found)
        return found

    def _optional(self, part: str | None) -> ET.Element | None:
        return self._package.xml(part) if part is not None and self._package.has(part) else None

    def _row(self, node: ET.Element, row: int, found: Markup) -> None:
        column = -1
        for cell in node:
            if local(cell) != "c":
                continue
            row, column = _position(attribute(cell, "r"), row, column + 1)
            kind = attribute(cell, "t") or "n"
            stored = child(cell, "v")
            value = "".join(stored.itertext()).strip() if stored is not None else ""
            computed = child(cell, "f") is not None
            note = self._note(cell, kind, value, computed=computed)
            found.formulas += computed
            if value or computed or child(cell, "is") is not None:
                found.reach(row, column)
            if row >= MAX_ROWS or column >= MAX_COLUMNS:
                continue
            if note != Note():
                found.notes[row, column] = note
            if kind == "n" and value:
                found.figures[row, column] = value

    def _note(self, cell: ET.Element, kind: str, value: str, *, computed: bool) -> Note:
        """Return what is to be known about a cell beyond the value that is read."""
        style = whole_number(attribute(cell, "s"), 0, len(self._looks))
        look = self._looks[style] if style < len(self._looks) else PLAIN
        inline = child(cell, "is")
        text = None
        if computed and (self._stale or (not value and kind != "str")):
            text = UNSAVED
        elif kind == "e":
            text = value
        elif kind == "n" and value and look.doubt:
            text = f"{value}〔单元格格式：{look.doubt}〕"
        elif kind == "s":
            text = _dressed(self._rich.get(value), look)
        elif kind == "inlineStr" and inline is not None:
            text = _dressed(_runs(inline), look)
        # The parts of a rich text carry their own fonts, and strings no format of numbers.
        rich = text is not None and kind in ("s", "inlineStr")
        return Note(text, PLAIN if rich else look)


def _rows_and_columns(content: bytes) -> Iterator[ET.Element]:
    """Yield the rows and column settings of a sheet without keeping them."""
    for _, node in ET.iterparse(io.BytesIO(content)):
        if local(node) in ("row", "col"):
            yield node
            node.clear()


def _position(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Read ``C5`` as row 4 and column 2; a cell without a name follows the one before it."""
    match = _REFERENCE.fullmatch((reference or "").upper())
    if match is None:
        return row, column
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _rich_strings(root: ET.Element | None) -> dict[str, list[_Part]]:
    """Find the shared strings whose parts have fonts of their own."""
    strings = {str(i): _runs(node) for i, node in enumerate(children(root))}
    return {index: parts for index, parts in strings.items() if parts}


def _runs(node: ET.Element) -> list[_Part]:
    """List the parts of a rich text; none where the text is plain."""
    found: list[_Part] = []
    for part in node:
        if local(part) == "r":
            text = "".join(t.text or "" for t in part if local(t) == "t")
            text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
            font = child(part, "rPr")
            found.append((text, None if font is None else read_font(font)))
    return found


def _dressed(parts: list[_Part] | None, look: Look) -> str | None:
    """Write a rich text with its fonts in it; a part without one has the cell's."""
    if not parts:
        return None
    own = (look.struck, look.height)
    return "".join(
        dress(text, struck=(font or own)[0], height=(font or own)[1]) for text, font in parts
    )
