"""Shows the statutory tables in their official layout, for eyes and for screen readers."""

from __future__ import annotations

from nianbao.fragments import Fragment, grouped, render
from nianbao.layout import official_grid
from nianbao.report import Cell, Report

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


def official_table(report: Report, table_id: str) -> Fragment:
    """Show one statutory table with the figures as published.

    Parameters
    ----------
    report : Report
        The report.
    table_id : str
        ``t2``, ``t3`` or ``t4``.

    Returns
    -------
    Fragment
        Every cell of figures has its code as id, so that findings can point to it.
    """
    table = report.form.table(table_id)
    cells = {code: cell for code, cell in report.cells.items() if code.startswith(f"{table_id}.")}
    states = {cell.state for cell in cells.values()}
    marked = [state for state in ("inferred", "unknown", "blank", "unreadable") if state in states]
    units = {report.form.cells[code].unit for code in cells}
    return render(
        "table",
        f"{table.name} {table.caption}",
        table=table,
        rows=official_grid(table),
        cells={code: shown(cell) for code, cell in cells.items()},
        classes={code: _classes(cell) for code, cell in cells.items()},
        spoken={code: _spoken(cell) for code, cell in cells.items()},
        unit="件（行政事业性收费为万元）" if len(units) > 1 else "件",
        marked=marked,
        counts={state: sum(c.state == state for c in cells.values()) for state in marked},
    )


def shown(cell: Cell) -> str:
    """Return what stands in a cell: the figure, or what was written instead of one."""
    if cell.value is not None:
        return grouped(cell.value)
    if cell.state == "unknown":
        return "？"
    return f"“{cell.written}”" if cell.state == "unreadable" else cell.written


def _classes(cell: Cell) -> str:
    names = ["zero"] if cell.value == 0 else []
    return " ".join([*names, cell.state] if cell.state != "number" else names)


def _spoken(cell: Cell) -> str:
    """Return the words that a screen reader adds to a figure that is not simply one."""
    return "" if cell.state == "number" else STATE_WORDS[cell.state]
