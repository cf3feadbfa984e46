"""Rows of the reports table: every report that was asked for, those that could not be read too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nianbao.errors import NianbaoError
from nianbao.finding import Finding
from nianbao.panel.cells import table
from nianbao.panel.figures import Batch
from nianbao.panel.judging import FAILED, PASSED, UNDECIDED
from nianbao.panel.schemas import REPORTS

CHECKED: Final = "checked"
BALANCE: Final = "balance"
UNREAD: Final = "unread"
COUNTS: Final = ("passed", "failed", "errors", "waived", "undecided")


@dataclass
class Line:
    """One report's row."""

    agency: str
    year: int
    state: str
    name: str | None = None
    form: str | None = None
    source: str | None = None
    sha256: str | None = None
    reason: str | None = None
    counts: dict[str, int] | None = field(default=None)


def balance_counts(batch: Batch) -> dict[str, NDArray[np.int64]]:
    """Count how the balance rules of each report came out, before waivers; by names of `COUNTS`."""
    found = {name: np.zeros(len(batch.agencies), np.int64) for name in COUNTS}
    for figures in batch.figures:
        status, rules = figures.judged.status, figures.matrix.rules
        hard = np.array([rule.spec.severity == "error" for rule in rules])
        for name, part in (
            ("passed", status == PASSED),
            ("failed", status == FAILED),
            ("errors", (status == FAILED) & hard[:, None]),
            ("undecided", status == UNDECIDED),
        ):
            found[name][figures.places] = np.count_nonzero(part, axis=0)
    return found


def counts_of(found: Sequence[Finding]) -> dict[str, int]:
    """Count how a report's other rules came out."""
    failed = [finding for finding in found if finding.status == "failed"]
    return {
        "passed": sum(finding.status == "passed" for finding in found),
        "failed": len(failed),
        "errors": sum(finding.objection for finding in failed),
        "waived": sum(finding.waived for finding in failed),
        "undecided": sum(finding.status == "undecided" for finding in found),
    }


def balance_table(batch: Batch) -> pa.Table:
    """Return the rows of reports of which nothing but the cells is known."""
    columns: dict[str, object] = {
        "agency": pa.array(batch.agencies, pa.string()).dictionary_encode(),
        "year": pa.array(batch.years, pa.int16()),
        "form": pa.array(batch.forms, pa.string()).dictionary_encode(),
        "state": pa.array([BALANCE] * len(batch.agencies), pa.string()).dictionary_encode(),
        **{name: pa.array(counts, pa.int32()) for name, counts in balance_counts(batch).items()},
    }
    unknown = pa.nulls(len(batch.agencies), pa.string())
    return pa.Table.from_pydict(
        {name: columns.get(name, unknown) for name in REPORTS.schema.names}, schema=REPORTS.schema
    )


def reports_table(lines: Sequence[Line]) -> pa.Table:
    """Return the rows as a table."""
    columns: dict[str, list[object]] = {
        name: [getattr(line, name) for line in lines]
        for name in REPORTS.schema.names
        if name not in COUNTS
    }
    counts: Mapping[str, list[object]] = {
        name: [line.counts[name] if line.counts else None for line in lines] for name in COUNTS
    }
    return table({**columns, **counts}, REPORTS.schema)


@dataclass
class Checked:
    """What checking came to.

    Attributes
    ----------
    reports, objections : int
        How many reports were judged, and of how many a hard rule failed that is not waived.
    failed : list of NianbaoError
        Why others could not be read, or not be checked.
    """

    reports: int = 0
    objections: int = 0
    failed: list[NianbaoError] = field(default_factory=list)

    def add(self, rows: pa.Table, results: Iterable[object] = ()) -> None:
        """Count more rows of the reports table, and keep the errors among what became of them."""
        errors = rows.column("errors").drop_null().to_numpy()
        self.reports += len(errors)
        self.objections += int((errors > 0).sum())
        self.failed += [each for each in results if isinstance(each, NianbaoError)]
