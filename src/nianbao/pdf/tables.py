"""The statutory tables as blocks: the official grid, the figures as published, their marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nianbao.charts.font import SIZE, measure
from nianbao.finding import Finding
from nianbao.forms import Table
from nianbao.layout import Figure, Head, official_grid
from nianbao.marks import Mark, marks
from nianbao.pdf.blocks import Block
from nianbao.report import Report
from nianbao.suspects import Suspicion
from nianbao.tables import shown, units

WIDTH: Final = 156.0
"""Width of the type area by GB/T 9704-2012, mm."""
FIGURE, MARK = 9.0, 7.0
"""Sizes of figures and of the marks beside them, pt."""
_POINT: Final = 25.4 / 72
_STUBS: Final = (7.0, 15.0)
"""Widths of the heads of groups where a table has three columns of heads, mm."""
_LABEL: Final = 42.0
"""What the heads of rows need at least, mm."""
_ROOMY: Final = 30.0
"""Cells as wide as this leave twice as much free (mm)."""
_SMALLEST: Final = 6.5
"""Figures are never smaller (pt); wider ones break."""
_NARROWEST: Final = 10.4
_INSET: Final = 1.0
"""What a cell leaves free on either side, mm."""


def official(
    report: Report, table: Table, findings: Sequence[Finding], suspicion: Suspicion
) -> Block:
    """Return a statutory table.

    Parameters
    ----------
    report : Report
        The report.
    table : Table
        One of its form.
    findings : sequence of Finding
        What the checks say.
    suspicion : Suspicion
        What is suspect.
    """
    codes = [code for code in report.cells if code.startswith(f"{table.id}.")]
    marked = marks(findings, suspicion)
    texts = {code: shown(report.cells[code]) for code in codes}
    rows = [
        {
            "head": row.head,
            "strong": row.strong,
            "cells": [_cell(report, cell, texts, marked) for cell in row.cells],
        }
        for row in official_grid(table)
    ]
    told = [line for code in codes if code in marked for line in marked[code].lines]
    widths = _widths(table, list(texts.values()), told)
    return {
        "kind": "official",
        "style": table.id,
        "name": table.name,
        "caption": table.caption,
        "unit": units([report.form.cells[code] for code in codes]),
        "widths": widths,
        "inset": _INSET if widths[-1] < _ROOMY else 2 * _INSET,
        "size": _size(widths[-1], list(texts.values())),
        "rows": rows,
    }


def _cell(
    report: Report, cell: Head | Figure, texts: dict[str, str], marked: dict[str, Mark]
) -> dict[str, object]:
    if isinstance(cell, Head):
        spans = {"colspan": cell.colspan, "rowspan": cell.rowspan}
        return {"head": True, "text": cell.text, "scope": cell.scope, **spans}
    mark = marked.get(cell.code)
    return {
        "head": False,
        "id": cell.code,
        "text": texts[cell.code],
        "colspan": cell.colspan,
        "style": report.cells[cell.code].state,
        "framed": bool(mark and mark.kind != "noted"),
        "marks": list(mark.lines) if mark else [],
        "to": mark.target if mark else "",
    }


def _widths(table: Table, figures: list[str], told: list[str]) -> list[float]:
    """Return the widths of all columns, mm: figures as wide as needed, the rest for the heads."""
    stub = table.blocks[0].stub_width
    if stub != len(_STUBS) + 1:
        return [WIDTH / table.width] * table.width
    needed = max(
        [_NARROWEST, *(_wide(text, FIGURE) for text in figures), *(_wide(t, MARK) for t in told)]
    )
    count = table.width - stub
    figure = min(needed, (WIDTH - sum(_STUBS) - _LABEL) / count)
    return [*_STUBS, WIDTH - sum(_STUBS) - count * figure, *[figure] * count]


def _size(width: float, figures: list[str]) -> float:
    """Return the size of figures (pt) at which they fit into cells of a width (mm), if any does."""
    widest = max(_wide(text, FIGURE) for text in figures if not text.startswith("“")) - 2 * _INSET
    fitting = FIGURE * (width - 2 * _INSET) / widest if widest else FIGURE
    return round(min(FIGURE, max(_SMALLEST, fitting)), 2)


def _wide(text: str, size: float) -> float:
    """Return how wide a cell with this text is (mm), its type this size (pt)."""
    return measure(text) / SIZE * size * _POINT + 2 * _INSET
