"""Shows the statutory tables in their official layout, for eyes and for screen readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from nianbao.finding import Finding
from nianbao.forms import CellSpec
from nianbao.fragments import Fragment, grouped, render
from nianbao.layout import official_grid
from nianbao.marks import Mark, legend, marks
from nianbao.report import Cell, Report
from nianbao.suspects import Suspicion

STATE_WORDS = {
    "number": "数字",
    "blank": "空白",
    "dash": "横线",
    "slash": "斜线",
    "word": "文字",
    "unreadable": "无法读取",
    "inferred": "推定",
    "unknown": "未知",
}
"""What the states of cells are called in Chinese."""


def official_table(
    report: Report,
    table_id: str,
    findings: Iterable[Finding] = (),
    suspicion: Suspicion | None = None,
) -> Fragment:
    """Show one statutory table with the figures as published.

    Parameters
    ----------
    report : Report
        The report.
    table_id : str
        ``t2``, ``t3`` or ``t4``.
    findings : iterable of Finding, optional
        What the checks say; a cell that a failed one speaks of carries a small mark.
    suspicion : Suspicion, optional
        What is suspect; a suspect cell is framed and says what it would have to be.

    Returns
    -------
    Fragment
        Every cell of figures has its code as id, so that findings can point to it; a mark links
        to its entry below. Without marks the table is as if nothing had been checked.
    """
    table = report.form.table(table_id)
    cells = _cells(report, table_id)
    noted = _noted(report, table_id, findings, suspicion)
    marked = noted["marks"]
    return render(
        "table",
        f"{table.name} {table.caption}",
        table=table,
        rows=official_grid(table),
        cells={code: shown(cell) for code, cell in cells.items()},
        classes={code: _classes(cell, marked.get(code)) for code, cell in cells.items()},
        spoken={code: _spoken(cell) for code, cell in cells.items()},
        unit=units([report.form.cells[code] for code in cells]),
        **noted,
    )


def table_notes(
    report: Report,
    table_id: str,
    findings: Iterable[Finding] = (),
    suspicion: Suspicion | None = None,
) -> Fragment:
    """Show the notes that stand below a table, which explain its marks and its cells."""
    return render("table_notes", **_noted(report, table_id, findings, suspicion))


def _cells(report: Report, table_id: str) -> dict[str, Cell]:
    return {code: cell for code, cell in report.cells.items() if code.startswith(f"{table_id}.")}


def _noted(
    report: Report, table_id: str, findings: Iterable[Finding], suspicion: Suspicion | None
) -> dict[str, Any]:
    """Collect what the notes tell, and the marks of the cells."""
    cells = _cells(report, table_id)
    counts = Counter(cell.state for cell in cells.values())
    marked = marks(findings, suspicion or Suspicion())
    marked = {code: mark for code, mark in marked.items() if code in cells}
    states = ("inferred", "unknown", "blank", "unreadable")
    return {
        "noted": [state for state in states if counts[state]],
        "implied": sum(code in report.implied for code in cells),
        "counts": counts,
        "marks": marked,
        "legend": legend(marked.values()),
    }


def units(specs: Sequence[CellSpec]) -> str:
    """Say which unit a table is in, and what is in another one.

    A column in another unit is named, or its row where the column's head tells the unit itself.
    """
    named: dict[str, list[str]] = {}
    for spec in specs:
        if spec.unit != "件":
            told = f"单位：{spec.unit}" in spec.column[-1].label
            node = spec.row[-1] if told else spec.column[-1]
            named.setdefault(spec.unit, []).append(node.label)
    others = [f"{'、'.join(dict.fromkeys(names))}为{unit}" for unit, names in named.items()]
    return f"件（{'；'.join(others)}）" if others else "件"


def shown(cell: Cell) -> str:
    """Return what stands in a cell: the figure, or what was written instead of one."""
    if cell.value is not None:
        return grouped(cell.value)
    if cell.state == "unknown":
        return "？"
    return f"“{cell.written}”" if cell.state == "unreadable" else cell.written


def _classes(cell: Cell, mark: Mark | None) -> str:
    names = ["zero"] if cell.value == 0 else []
    names += [cell.state] if cell.state != "number" else []
    return " ".join([*names, mark.kind] if mark else names)


def _spoken(cell: Cell) -> str:
    """Return the words that a screen reader adds to a figure that is not simply one."""
    return "" if cell.state == "number" else STATE_WORDS[cell.state]
