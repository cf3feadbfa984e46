"""The ways to make reports that are measured side by side, each a command line of its own.

Every one makes ``report.html`` and ``review.html`` of the same reports with the same number of
workers. What they make lies in a project's ``output/``, which is emptied before.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.measure import Usage, run
from nianbao.tasks import step_environment

WORKERS = 2
TESTS = Path(__file__).resolve().parents[1]
ENDED = (0, 1)
"""Exit codes of a build: 1 says that a rule failed, which in some reports one does."""


def environment(root: Path) -> dict[str, str]:
    """Return what every side runs with: the project at ``root``, this checkout's own package.

    ploomber-engine is told to send no statistics.
    """
    own = {
        "NIANBAO_HOME": str(root),
        "PLOOMBER_STATS_ENABLED": "false",
        "PYTHONPATH": os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)]),
    }
    return {**step_environment(TESTS.parent), **own}


def emptied(root: Path) -> Path:
    """Empty a project's output, with the cache of what was read."""
    shutil.rmtree(root / "output", ignore_errors=True)
    return root


def own(root: Path, *arguments: str, **options: bool) -> Usage:
    """Run a command of this project there, as a person does."""
    command = [sys.executable, "-m", "nianbao", *arguments]
    return run(command, root, environment(root), allowed=ENDED, **options)


def whole_build(root: Path, workers: int = WORKERS) -> Usage:
    """``build``, with the pages on years and agencies that it also makes."""
    return own(emptied(root), "build", "--jobs", str(workers))


def build(root: Path, workers: int = WORKERS, *, look: bool = False) -> Usage:
    """``build`` without the pages on years and agencies, which no other side makes."""
    command = [sys.executable, "-m", "bench.reports", "--jobs", str(workers)]
    return run(command, TESTS, environment(emptied(root)), allowed=ENDED, look=look)


def fed(kind: str) -> Callable[[Path], Usage]:
    """Return a way of making reports that `bench.feeding` knows.

    Its clock is the driver's own where what is imported before does not count.
    """

    def side(root: Path) -> Usage:
        command = [sys.executable, "-m", "bench.feeding", kind, "--jobs", str(WORKERS)]
        told: list[str] = []
        usage = run(command, TESTS, environment(emptied(root)), told=told)
        counted = told[0].split()
        return Usage(float(counted[-1]), usage.cpu) if counted else usage

    return side


SIDES: dict[str, Callable[[Path], Usage]] = {
    "build": build,
    "build and its pages on years and agencies": whole_build,
    "papermill and nbconvert commands": fed("commands"),
    "papermill.execute_notebook": fed("stock"),
    "ploomber-engine": fed("ploomber"),
    "limit": fed("limit"),
}
"""All sides by the names that tables show."""


def python(*arguments: str) -> Callable[[], Usage]:
    """Return a call of the interpreter of this environment."""
    return lambda: run([sys.executable, *arguments], TESTS.parent, environment(TESTS.parent))


def made(root: Path) -> Sequence[Path]:
    """Return the folders of the reports that a side made, in order."""
    return sorted(path.parent for path in (root / "output").glob("[0-9]*/*/report.html"))


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
