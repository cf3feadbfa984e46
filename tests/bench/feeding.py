"""``python -m bench.feeding KIND``: makes all reports of a project in another way than `build`.

``commands`` are papermill's and nbconvert's own, three processes a report, so many reports at
once; ``stock`` and ``ploomber`` are loops in so many processes, the start of which counts;
``limit`` is one in processes that have everything imported. The last word printed is how many
seconds it took.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

PAGES = ("report", "review")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.feeding", description=__doc__)
    parser.add_argument("kind", choices=["commands", "stock", "ploomber", "limit"])
    parser.add_argument("--jobs", type=int, required=True)
    options = parser.parse_args()
    root = Path(os.environ["NIANBAO_HOME"])
    waiting = iter(targets(root))
    if options.kind == "commands":
        seconds = by_commands(root, waiting, options.jobs)
    else:
        seconds = by_workers(options.kind, waiting, options.jobs)
    print(f"{seconds:.4f}")
    return 0


def targets(root: Path) -> list[tuple[int, str]]:
    """List the reports of a project: year and agency."""
    return sorted((int(p.parent.name), p.stem) for p in (root / "data" / "raw").glob("*/*"))


def by_commands(root: Path, waiting: Iterator[tuple[int, str]], jobs: int) -> float:
    """Run the commands that a person would run for each report; return the seconds."""
    started = time.perf_counter()
    _share(waiting, [lambda year, agency: _commands(root, year, agency)] * jobs)
    return time.perf_counter() - started


def _commands(root: Path, year: int, agency: str) -> None:
    folder = root / "output" / str(year) / agency
    folder.mkdir(parents=True)
    out = folder / "report.ipynb"
    parameters = ["-p", "agency", agency, "-p", "year", str(year)]
    _call(root, "papermill", "notebooks/report.ipynb", str(out), *parameters)
    for page in PAGES:
        convert = ["nbconvert", "--to", f"nianbao-{page}", "--output", page, str(out)]
        _call(root, "jupyter", *convert)


def _call(root: Path, *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=root, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{command}: {done.returncode}\n{done.stderr[-2000:]}")


def by_workers(kind: str, waiting: Iterator[tuple[int, str]], jobs: int) -> float:
    """Let processes that loop make the reports; return the seconds."""
    started = time.perf_counter()
    workers = [_Worker(kind) for _ in range(jobs)]
    if kind == "limit":
        for worker in workers:
            worker.ready()
        started = time.perf_counter()
    _share(waiting, [worker.make for worker in workers])
    seconds = time.perf_counter() - started
    for worker in workers:
        worker.end()
    return seconds


def _share(waiting: Iterator[tuple[int, str]], makers: list[Callable[[int, str], None]]) -> None:
    """Let each maker take the next report when it is done with one."""
    lock = Lock()

    def work(make: Callable[[int, str], None]) -> None:
        while True:
            with lock:
                target = next(waiting, None)
            if target is None:
                return
            make(*target)

    with ThreadPoolExecutor(len(makers)) as pool:
        for done in [pool.submit(work, make) for make in makers]:
            done.result()


class _Worker:
    """A process that makes one report after another."""

    def __init__(self, kind: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.worker", kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        self._told = False

    def ready(self) -> None:
        """Wait until everything is imported."""
        if not self._told:
            self._hear()
            self._told = True

    def make(self, year: int, agency: str) -> None:
        self.ready()
        assert self._process.stdin
        self._process.stdin.write(f"{year} {agency}\n")
        self._hear()

    def _hear(self) -> None:
        assert self._process.stdout
        if self._process.stdout.readline() != "done\n":
            raise RuntimeError(f"a worker ended early: {self._process.wait()}")

    def end(self) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


if __name__ == "__main__":
    raise SystemExit(main())
