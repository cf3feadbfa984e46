"""Writes Markdown: real tables, or cells parted by strokes with the merged cells lost."""

from __future__ import annotations

import random
from pathlib import Path

from corpus.grids import Grid
from corpus.specimen import Paragraph, Specimen


def write(specimen: Specimen, folder: Path, rng: random.Random) -> Path:
    lines: list[str] = []
    for block in specimen.flow:
        if isinstance(block, Paragraph):
            lines += [{"title": "# ", "heading": "## "}.get(block.kind, "") + block.text, ""]
        elif specimen.style["layout"] == "tables":
            lines += ["", *_table(block), ""]
        else:
            lines += [" | ".join(box.text for box in row) for row in block.rows()]
    path = folder / "report.md"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _table(grid: Grid) -> list[str]:
    rows = [f"| {' | '.join(row)} |" for row in grid.texts()]
    return [rows[0], "|" + " --- |" * grid.width, *rows[1:]]
