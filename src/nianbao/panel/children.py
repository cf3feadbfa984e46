"""What is done for one report in a child: taking its cells, and asking what the matrix cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from nianbao.findings import check_beyond_balance
from nianbao.panel.cells import cells_table
from nianbao.panel.figures import batch_of
from nianbao.panel.judging import Judged
from nianbao.panel.reports import CHECKED, Line, counts_of
from nianbao.panel.results import finding_row
from nianbao.panel.tally import Entry, counted
from nianbao.panel.work import Key
from nianbao.shelf import read_kept
from nianbao.surroundings import around
from nianbao.waivers import waived_ids
from nianbao.workspace import Workspace


@dataclass(frozen=True)
class Read:
    """What is kept of a report that was read; ``waived`` names findings by their ids."""

    cells: pa.Table
    line: Line
    waived: tuple[str, ...]


@dataclass(frozen=True)
class Beyond:
    """What the rules beyond the balance rules of its form said about a report."""

    rows: tuple[dict[str, object], ...]
    tallies: dict[tuple[Entry, str], int]
    counts: dict[str, int]


def read_cells(workspace: Workspace, key: Key) -> Read:
    """Read a report.

    Raises
    ------
    NianbaoError
        Where it cannot be read, its parameters are wrong, or a figure does not fit the table.
    """
    year, agency = key
    report = read_kept(workspace.reports()[key], agency, year, workspace)
    line = Line(agency, year, CHECKED, report.name, report.form.key, report.source, report.sha256)
    cells = cells_table([report])
    batch_of(cells, report.source)  # what would not fit the table is this report's own trouble
    return Read(cells, line, tuple(waived_ids(report)))


def ask_beyond(workspace: Workspace, judged: Mapping[Key, tuple[Judged, int]], key: Key) -> Beyond:
    """Ask a report all rules but the balance rules of its form, which were judged.

    Raises
    ------
    NianbaoError
        As `read_cells` does.
    """
    year, agency = key
    report = read_kept(workspace.reports()[key], agency, year, workspace)
    matrix, place = judged[key]
    found = check_beyond_balance(report, around(report, workspace), matrix.outcomes(place))
    wanting = [each for each in found if each.status in ("failed", "undecided")]
    return Beyond(
        tuple(finding_row(each, agency, year, report.form.key) for each in wanting),
        counted(found, year, report.form.key),
        counts_of(found),
    )
