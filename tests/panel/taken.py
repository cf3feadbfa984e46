"""Takes reports out of generated cells, one by one."""

from __future__ import annotations

from itertools import groupby

import pyarrow as pa

from nianbao.panel.cells import report_of
from panel.specimens import cells


def generated(count=40, seed=1, **options):
    return pa.concat_tables(cells(count, seed, **options)).unify_dictionaries().combine_chunks()


def rows_by_report(table):
    key = lambda row: (row["year"], row["agency"])  # noqa: E731
    return {where: list(rows) for where, rows in groupby(table.to_pylist(), key)}


def reports(table):
    return [report_of(rows) for rows in rows_by_report(table).values()]
