"""The report itself: who and when, its cells, its prose, and the notes taken while reading it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from nianbao.forms import Form

CELL_FIELDS = (
    "agency",
    "year",
    "form",
    "cell",
    "label",
    "value",
    "state",
    "written",
    "origin",
)
"""Columns of ``cells.csv``, in order (contract)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a statutory table.

    Attributes
    ----------
    code : str
        For example ``t3.new.natural``.
    value : int or decimal.Decimal or None
        The figure in the form's unit; only where ``state`` is ``number`` or ``inferred``.
    state : str
        ``number blank dash slash word unreadable inferred unknown``.
    written : str
        What the source shows, unchanged.
    origin : str
        Where it stands in the source, in Chinese; empty where it was not found.
    """

    code: str
    value: int | Decimal | None = None
    state: str = "unknown"
    written: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of prose; ``level`` is 0 for text, 3 or 4 for a sub-heading."""

    text: str
    level: int = 0
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One section: ``number`` 1–6, or None for what stands before the first one."""

    number: int | None
    title: str
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Subtotal:
    """A sum that the office added to the form; it is checked, and never added up once more.

    Attributes
    ----------
    scope : str
        What it sums, for the id of its finding: ``deny:natural``, ``new:organisations``.
    name : str
        The same in the official words.
    parts : tuple of str
        The cells that it adds up.
    value : int
        The sum as published (件).
    """

    scope: str
    name: str
    parts: tuple[str, ...]
    value: int
    written: str
    origin: str


@dataclass(frozen=True, slots=True)
class ShortRow:
    """A row with fewer numbers than columns that no placement reconciles with the rules.

    Attributes
    ----------
    codes : tuple of str
        The cells of its line, in the order of their columns.
    values : tuple of int
        The numbers that it shows (件), in order; in which columns they stand is not known.
    origin : str
        Where it stands in the source, in Chinese.
    """

    codes: tuple[str, ...]
    values: tuple[int, ...]
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a reader of the reading must know; ``severity`` is error, warning or hint."""

    code: str
    severity: str
    message: str
    cells: tuple[str, ...] = ()
    origin: str = ""


@dataclass(frozen=True)
class Report:
    """A published annual report as read: nothing in it is ever corrected.

    Attributes
    ----------
    agency, name : str
        Id in the register, and official name.
    source, sha256 : str
        Name and hash of the file as received.
    cells : mapping of str to Cell
        Every cell of the form, in form order.
    implied : mapping of str to int
        What the rules force a blank or marked cell to be; used for checking, never shown as
        a figure of the report.
    subtotals : tuple of Subtotal
        Sums that the office added to the form.
    parameters : mapping
        What ``params/<year>/<agency>.yaml`` says.
    short_rows : tuple of ShortRow
        Rows that lost numbers and could not be placed, as no filling satisfies the rules; their
        cells are ``unknown``. Without rows in which something is illegible.
    contradictions : tuple of tuple of str
        Parts of the form, as their cells, that no filling of what is missing can satisfy.
    """

    agency: str
    name: str
    year: int
    form: Form
    source: str
    sha256: str
    title: str
    cells: Mapping[str, Cell]
    sections: tuple[Section, ...]
    implied: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    subtotals: tuple[Subtotal, ...] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)
    short_rows: tuple[ShortRow, ...] = ()
    contradictions: tuple[tuple[str, ...], ...] = ()

    @property
    def dated(self) -> date:
        """When it was published; where nobody said, until when the law wants it of departments."""
        published = self.parameters.get("published")
        return published if isinstance(published, date) else date(self.year + 1, 1, 31)

    def value(self, code: str) -> int | Decimal | None:
        """Return the figure of a cell in the form's unit, or None where there is none."""
        return self.cells[code].value

    def known(self, code: str) -> int | Decimal | None:
        """Return a cell's figure, or what the rules force it to be where it was left empty."""
        value = self.cells[code].value
        return self.implied.get(code) if value is None else value

    def settled(self, code: str) -> bool:
        """Whether it is the rules, and not the source, that tell a cell's figure (推定)."""
        return self.cells[code].state == "inferred" or code in self.implied

    def section(self, number: int) -> Section | None:
        """Return the section of that number, or None where the report has none."""
        return next((s for s in self.sections if s.number == number), None)

    def state_count(self, state: str) -> int:
        """Count the cells in one state."""
        return sum(cell.state == state for cell in self.cells.values())

    def with_notes(self, *notes: Note) -> Report:
        """Return the same report with more notes at its end."""
        return replace(self, notes=(*self.notes, *notes))

    def rows(self) -> list[dict[str, object]]:
        """Return one record a cell in form order, with the fields of ``cells.csv``."""
        return [
            dict(zip(CELL_FIELDS, self._record(cell), strict=True))
            for cell in (self.cells[code] for code in self.form.cells)
        ]

    def _record(self, cell: Cell) -> tuple[object, ...]:
        spec = self.form.cells[cell.code]
        return (
            self.agency,
            self.year,
            self.form.table(spec.table).form,
            cell.code,
            spec.label,
            cell.value,
            cell.state,
            cell.written,
            cell.origin,
        )

    def frame(self) -> pd.DataFrame:
        """Return the cells as a table for analysis: one row a cell, ``value`` as objects."""
        import pandas as pd

        frame = pd.DataFrame(self.rows(), columns=list(CELL_FIELDS), dtype=object)
        return frame.set_index("cell")
