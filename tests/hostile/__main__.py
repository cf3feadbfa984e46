"""Reads every hostile file and prints what each cost: ``python -m hostile [part of a name]``."""

import sys
import tempfile
from pathlib import Path

from hostile import offices, pages, prints
from hostile.case import Case
from hostile.meter import Run, oddities, run, write_apart

CASES = (*offices.CASES, *pages.CASES, *prints.CASES)


def row(name: str, size: int, found: Run, codes: frozenset[int]) -> bool:
    faults = ", ".join(found.faults(codes))
    told = found.told.strip().splitlines() or [""]
    print(
        f"{name:<32}{size / 1e6:>7.1f} MB {found.seconds:>6.1f} s "
        f"{found.busy:>6.1f} s {found.megabytes:>6} MB "
        f"{found.code:>4} {'FAULT ' + faults if faults else 'ok'}  {told[-1][:150]}",
        flush=True,
    )
    return not faults


def measure(case: Case, folder: Path) -> bool:
    path = write_apart(case, folder)
    fine = row(case.name, path.stat().st_size, run(path), case.codes)
    path.unlink()
    return fine


def main(wanted: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        results = [measure(case, Path(folder)) for case in CASES if wanted in case.name]
        found = oddities(Path(folder)) if not wanted else {}
        results += [row(name, 0, run(path), frozenset({3})) for name, path in found.items()]
    print(f"{results.count(True)} as promised, {results.count(False)} not")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
