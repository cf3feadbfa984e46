"""Writes the panel's tables as Parquet, a part at a time; publishes them whole or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from nianbao.panel.codebook import Coverage, codebook, machine_codebook
from nianbao.panel.schemas import FINDINGS, RULES, Sheet
from nianbao.panel.tally import Tally
from nianbao.publish import writable, write_bytes

CODEBOOK: Final = "codebook.md"
MACHINE: Final = "codebook.json"
"""Written last: it holds the hashes of the other files."""
COUNTS_KEY: Final = "nianbao.rules"
"""Names the counts by rule among the metadata of the findings, which so can stand alone."""
_DRAFT: Final = ".panel-"
_ROWS: Final = 1 << 16
"""Rows that are gathered before they are written: small groups are slow to read."""


class Panel:
    """The files of a panel being written.

    Attributes
    ----------
    tally : Tally
        Counts by rule; written at the end.
    """

    def __init__(self, folder: Path, sheets: tuple[Sheet, ...]) -> None:
        self.tally = Tally()
        self._folder = folder
        self._waiting: dict[str, list[pa.Table]] = {sheet.name: [] for sheet in sheets}
        self._writers = {sheet.name: self._writer(sheet) for sheet in sheets}
        self.rows = dict.fromkeys(self._writers, 0)

    def _writer(self, sheet: Sheet) -> pq.ParquetWriter:
        return pq.ParquetWriter(
            self._folder / sheet.file, sheet.schema, compression="zstd", version="2.6"
        )

    def write(self, sheet: Sheet, rows: pa.Table) -> None:
        """Add rows to a table; those of few are gathered."""
        waiting = self._waiting[sheet.name]
        waiting.append(rows)
        self.rows[sheet.name] += rows.num_rows
        if sum(part.num_rows for part in waiting) >= _ROWS:
            self._flush(sheet.name)

    def _flush(self, name: str) -> None:
        waiting = self._waiting[name]
        if any(part.num_rows for part in waiting):
            joined = pa.concat_tables(waiting).unify_dictionaries().combine_chunks()
            self._writers[name].write_table(joined, row_group_size=max(joined.num_rows, 1))
        waiting.clear()

    def finish(self) -> None:
        """Write what was gathered, and the counts by rule."""
        counts = self.tally.table()
        self.write(RULES, counts)
        self._writers[FINDINGS.name].add_key_value_metadata({COUNTS_KEY: _brief(counts)})
        for name in self._writers:
            self._flush(name)

    def close(self) -> None:
        """Close all files, whole or not."""
        for writer in self._writers.values():
            writer.close()


@contextmanager
def panel(folder: Path, coverage: Coverage) -> Iterator[Panel]:
    """Give the files of a panel to write to; publish them in a folder if all went well.

    Parameters
    ----------
    folder : Path
        Where the files go; what lies there stays until the new ones are whole.
    coverage : Coverage
        What was looked at, and which tables there are.

    Raises
    ------
    BuildError
        Where the files cannot be written.
    """
    with writable(f"{folder} "), ExitStack() as stack:
        folder.mkdir(parents=True, exist_ok=True)
        clear_drafts(folder)
        draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=folder))
        stack.callback(shutil.rmtree, draft, ignore_errors=True)
        with ExitStack() as writing:
            found = Panel(draft, coverage.sheets)
            writing.callback(found.close)
            yield found
            found.finish()
        _publish(draft, folder, found, coverage)


def clear_drafts(folder: Path) -> None:
    """Remove what a run that was killed left in a folder."""
    for draft in folder.glob(f"{_DRAFT}*"):
        shutil.rmtree(draft, ignore_errors=True)


def _publish(draft: Path, folder: Path, found: Panel, coverage: Coverage) -> None:
    """Put each file in place by a rename; the machine-readable codebook, with hashes, last."""
    files = {
        sheet.file: {"rows": found.rows[sheet.name], "sha256": _hash(draft / sheet.file)}
        for sheet in coverage.sheets
    }
    (draft / CODEBOOK).write_text(codebook(coverage), "utf-8", newline="\n")
    for name in (*files, CODEBOOK):
        (draft / name).replace(folder / name)
    write_bytes(folder / MACHINE, machine_codebook(coverage, files))


def _brief(counts: pa.Table) -> str:
    """Write the counts by rule as JSON: names of columns, and a list a row."""
    kept = counts.drop_columns(["label", "severity"])
    rows = [list(row.values()) for row in kept.to_pylist()]
    return json.dumps({"columns": kept.column_names, "rows": rows}, separators=(",", ":"))


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
