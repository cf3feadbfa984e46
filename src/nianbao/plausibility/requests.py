"""表三 by rows and columns: requests, who made them, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nianbao.report import Report

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Requests:
    """The figures of 表三 (件).

    Attributes
    ----------
    rows, outcomes : tuple of str
        Ids of all rows, and of the single outcomes; in the form's order.
    applicants : tuple of str
        Ids of the columns but 总计.
    figures : mapping of str to number or None
        What is known of each cell, by its code.
    """

    rows: tuple[str, ...]
    outcomes: tuple[str, ...]
    applicants: tuple[str, ...]
    figures: Mapping[str, Number | None]

    @classmethod
    def of(cls, report: Report) -> Requests:
        """Take 表三 out of a report."""
        lines = list(report.form.table("t3").lines())
        columns = [code.rsplit(".", 1)[1] for code in lines[0][2]]
        return cls(
            tuple(path[-1].id for _, path, _ in lines),
            tuple(path[-1].id for _, path, _ in lines if len(path) > 1 and path[-1].id != "total"),
            tuple(column for column in columns if column != "total"),
            {code: report.known(code) for _, _, codes in lines for code in codes},
        )

    def figure(self, row: str, column: str = "total") -> Number | None:
        """Return one figure, or None where it is not known."""
        return self.figures[f"t3.{row}.{column}"]

    def row(self, row: str) -> tuple[Number | None, ...]:
        """Return the figures of a row by applicants, without 总计."""
        return tuple(self.figure(row, column) for column in self.applicants)

    def column(self, column: str) -> tuple[Number | None, ...]:
        """Return the figures of a column from top to bottom."""
        return tuple(self.figure(row, column) for row in self.rows)


def known(figures: Sequence[Number | None]) -> list[Number] | None:
    """Return figures if all of them are known."""
    found = [figure for figure in figures if figure is not None]
    return found if len(found) == len(figures) else None
