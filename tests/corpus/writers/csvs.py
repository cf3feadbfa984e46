"""Writes comma-separated values: all tables in one file, one table alone, or a cells.csv."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

from corpus import statute
from corpus.grids import Grid
from corpus.specimen import Specimen

FIELDS = ["agency", "year", "form", "cell", "label", "value", "state", "written", "origin"]


def write(specimen: Specimen, folder: Path, rng: random.Random) -> Path:
    style = specimen.style
    layout = style.get("layout", "stacked")
    if layout == "listing":
        rows = listing(specimen)
    elif layout == "single":
        rows = specimen.grid(int(style["table"])).texts()
    else:
        rows = []
        for block in specimen.flow:
            rows += block.texts() if isinstance(block, Grid) else [[block.text]]
    path = folder / ("cells.csv" if layout == "listing" else "report.csv")
    path.write_bytes(encoded(rows, style))
    return path


def encoded(rows: list[list[str]], style: dict[str, object]) -> bytes:
    out = io.StringIO()
    delimiter = str(style.get("delimiter", ","))
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode(str(style.get("encoding", "utf-8")))


def listing(specimen: Specimen) -> list[list[str]]:
    rows = [FIELDS]
    form = statute.FORMS[specimen.variant][2]
    for code, truth in specimen.truth.items():
        value = "" if truth.value is None else f"{truth.value.normalize():f}"
        identity = ["test", str(specimen.year), form, code, code]
        rows.append([*identity, value, truth.state, truth.written, ""])
    return rows
