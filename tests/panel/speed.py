"""Measures the checking of many generated reports: `python -m panel.speed [--reports N]`.

The file is made first and does not count. Checking runs in a process of its own, from opening
the file to the last file written; seconds are those of that process, its memory the peak.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_WORK = """
import json, resource, sys, time
from pathlib import Path
started, busy = time.perf_counter(), time.process_time()
from nianbao.panel.foreign import check_cells
found = check_cells(Path(sys.argv[1]), Path(sys.argv[2]))
print(json.dumps({
    "reports": found.reports,
    "objections": found.objections,
    "seconds": time.perf_counter() - started,
    "cpu_seconds": time.process_time() - busy,
    "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
}))
"""


def write_cells(path: Path, reports: int, **options) -> None:
    """Write a cells table of generated reports."""
    import pyarrow.parquet as pq

    from nianbao.panel.schemas import CELLS
    from panel.specimens import cells

    with pq.ParquetWriter(path, CELLS.schema, compression="zstd", version="2.6") as file:
        for table in cells(reports, **options):
            file.write_table(table)


def measure(reports: int, rounds: int = 3, **options) -> list[dict[str, float]]:
    """Check generated reports in fresh processes; return what each round took."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cells.parquet"
        write_cells(path, reports, **options)
        command = [sys.executable, "-c", _WORK, str(path), str(Path(folder) / "out")]
        return [
            json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            for _ in range(rounds)
        ]


def main() -> None:
    """Print seconds, CPU seconds and peak memory of each round."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    started = time.perf_counter()
    found = measure(given.reports, given.rounds)
    if given.json:
        print(json.dumps(found))
        return
    print(f"{given.reports} reports; with generating {time.perf_counter() - started:.1f} s in all")
    for each in found:
        print(
            f"{each['seconds']:.2f} s wall, {each['cpu_seconds']:.2f} s CPU, "
            f"{each['peak_bytes'] / 2**20:.0f} MiB peak, {each['objections']} with a failed rule"
        )


if __name__ == "__main__":
    main()
