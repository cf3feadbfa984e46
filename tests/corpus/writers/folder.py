"""Writes folders: prose and tables in files of their own."""

from __future__ import annotations

import random
from pathlib import Path

from corpus.grids import Grid
from corpus.specimen import Specimen
from corpus.writers import csvs, docx, text, xlsx


def write(specimen: Specimen, folder: Path, rng: random.Random) -> Path:
    place = folder / "report"
    place.mkdir()
    style = specimen.style
    prose = [block for block in specimen.flow if not isinstance(block, Grid)]
    alone = Specimen(specimen.variant, specimen.year, specimen.agency, "", prose, {}, style)
    if style["holds"] == "office":
        docx.write(alone, place, rng)
        headed = [b for b in specimen.flow if isinstance(b, Grid) or b.kind == "heading"]
        kept = [b for b in headed if isinstance(b, Grid) or b.section in (2, 3, 4)]
        xlsx.save(kept, {**style, "sheets": "each"}, place / "tables.xlsx")
        return place
    alone.style = {**style, "layout": "tabs", "encoding": "utf-8"}
    text.write(alone, place, rng)
    for grid in specimen.grids:
        (place / f"t{grid.number}.csv").write_bytes(csvs.encoded(grid.texts(), style))
    return place
