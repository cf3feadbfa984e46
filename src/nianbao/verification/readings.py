"""Shows what was read: the notes taken while reading, and every cell with what was written."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.finding import Finding
from nianbao.fragments import Fragment, render
from nianbao.report import Report
from nianbao.tables import STATE_WORDS, shown
from nianbao.telling import untold_by
from nianbao.verification.items import SEVERITIES


def notes(report: Report, findings: Sequence[Finding] = ()) -> Fragment:
    """Show what a reader of the reading must know and no finding says, the weightiest first."""
    left = untold_by(report, findings)
    return render(
        "notes",
        f"{len(left)}条读取说明",
        notes=left,
        told=len(report.notes) > len(left),
        severities=SEVERITIES,
    )


def cell_readings(report: Report) -> Fragment:
    """Show, cell by cell, what was written, where, and what it was taken for."""
    tables = [
        (table, [report.cells[c] for c in report.form.cells if c.startswith(f"{table.id}.")])
        for table in report.form.tables
    ]
    return render(
        "readings",
        f"{len(report.cells)}格的读取结果",
        tables=tables,
        specs=report.form.cells,
        words=STATE_WORDS,
        shown=shown,
        implied=report.implied,
    )
