"""Writes plain text as it is left when a report is copied out of a page or a document."""

from __future__ import annotations

import random
from pathlib import Path

from corpus.grids import Grid
from corpus.specimen import Specimen


def write(specimen: Specimen, folder: Path, rng: random.Random) -> Path:
    style = specimen.style
    lines: list[str] = []
    for block in specimen.flow:
        if isinstance(block, Grid):
            lines += table_lines(block, str(style["layout"]), rng)
        else:
            lines.append(block.text)
            if rng.random() < 0.2:
                lines.append("")
    path = folder / "report.txt"
    newline = str(style.get("newline", "\n"))
    path.write_bytes((newline.join(lines) + newline).encode(str(style["encoding"])))
    return path


def table_lines(grid: Grid, layout: str, rng: random.Random) -> list[str]:
    """Return a table's lines: the whole rectangle, or only the cells that each row begins."""
    if layout == "tabs":
        return ["\t".join(row) for row in grid.texts()]
    rows = [[box.text for box in row] for row in grid.rows()]
    if layout == "boxes":
        return ["\t".join(row) for row in rows]
    if layout == "cells":
        return [text for row in rows for text in row if text]
    spaced = []
    for row in rows:
        line = ""
        for text in (text.replace("\u3000", " ") for text in row):  # else as wide as a gap
            line += text + " " * rng.randint(2, 8) if text else " " * rng.randint(2, 8)
        spaced.append(line.rstrip())
    return spaced
