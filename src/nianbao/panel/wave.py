"""Some reports of a project from cells to rows: judged all at once, the other rules beside."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import pyarrow as pa

from nianbao.errors import NianbaoError
from nianbao.finding import finding_id
from nianbao.panel.children import Beyond, Read
from nianbao.panel.figures import batch_of
from nianbao.panel.files import Panel
from nianbao.panel.judging import Judged
from nianbao.panel.reports import BALANCE, UNREAD, Line, balance_counts, reports_table
from nianbao.panel.results import balance_rows, joined_rows
from nianbao.panel.schemas import CELLS, FINDINGS, REPORTS
from nianbao.panel.tally import Tally, entry_of
from nianbao.panel.work import Key


class Wave:
    """Reports that were read, or not.

    Parameters
    ----------
    read : mapping
        By year and agency, what was read of each report, or why it was not.
    """

    def __init__(self, read: Mapping[Key, Read | NianbaoError]) -> None:
        self._read = read
        self.reads = {key: each for key, each in read.items() if isinstance(each, Read)}
        parts = [CELLS.schema.empty_table(), *(each.cells for each in self.reads.values())]
        self._cells = pa.concat_tables(parts).unify_dictionaries().combine_chunks()
        self._batch = batch_of(self._cells)

    @cached_property
    def judged(self) -> dict[Key, tuple[Judged, int]]:
        """How the balance rules came out for each report: the matrix's answer, and its column."""
        keys = list(self.reads)
        return {
            keys[place]: (figures.judged, column)
            for figures in self._batch.figures
            for column, place in enumerate(figures.places.tolist())
        }

    def write(self, files: Panel, beyond: Mapping[Key, Beyond | NianbaoError]) -> pa.Table:
        """Write all that is known of the reports.

        Parameters
        ----------
        files : Panel
            The files.
        beyond : mapping
            What the other rules said of each report that was read, or why they could not.

        Returns
        -------
        pyarrow.Table
            The rows of the reports table.
        """
        judged = {name: each.tolist() for name, each in balance_counts(self._batch).items()}
        counts = [
            {name: judged[name][place] for name in judged} for place in range(len(self.reads))
        ]
        for figures in self._batch.figures:
            files.tally.add_judged(figures, self._batch.years)
        rows = []
        for place, key in enumerate(self.reads):
            self._waive(key, counts[place], files.tally)
            told = beyond[key]
            if isinstance(told, Beyond):
                files.tally.add(told.tallies)
                counts[place] = {name: n + told.counts[name] for name, n in counts[place].items()}
                rows += [(place, row) for row in told.rows]
        waived = {place: each.waived for place, each in enumerate(self.reads.values())}
        files.write(CELLS, self._cells)
        files.write(FINDINGS, joined_rows(balance_rows(self._batch, waived), rows))
        lines = self._lines(beyond, dict(zip(self.reads, counts, strict=True)))
        reports = reports_table(lines)
        files.write(REPORTS, reports)
        return reports

    def _waive(self, key: Key, counts: dict[str, int], tally: Tally) -> None:
        """Count apart the balance rules that failed and that a waiver names."""
        waived = self.reads[key].waived
        judged, column = self.judged[key]
        year, agency = key
        for outcome in judged.outcomes(column) if waived else []:
            rule = outcome.rule
            name = finding_id(rule.id, agency, year, rule.cells)
            if outcome.status == "failed" and name in waived:
                entry = entry_of(year, judged.matrix.form.key, rule.spec, rule.id)
                tally.add({(entry, "waived"): 1})
                counts["waived"] += 1
                counts["errors"] -= rule.spec.severity == "error"

    def _lines(
        self, beyond: Mapping[Key, Beyond | NianbaoError], counts: Mapping[Key, dict[str, int]]
    ) -> list[Line]:
        lines = []
        for (year, agency), read in self._read.items():
            if isinstance(read, NianbaoError):
                lines.append(Line(agency, year, UNREAD, reason=str(read)))
                continue
            line, told = read.line, beyond[year, agency]
            line.counts = counts[year, agency]
            if isinstance(told, NianbaoError):
                line.state, line.reason = BALANCE, str(told)
            lines.append(line)
        return lines
