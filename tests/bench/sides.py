"""The ways to make reports that are measured side by side, each a command line of its own.

Every one makes ``report.html`` and ``review.html`` of the same reports with the same number of
workers. What they make lies in a project's ``output/``, which is emptied before.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench import rival
from bench.measure import FailedError, Usage, run
from nianbao.tasks import step_environment

WORKERS = 2
TESTS = Path(__file__).resolve().parents[1]
ENDED = (0, 1)
"""Exit codes of a build: 1 says that a rule failed, which in some reports one does."""


def environment(root: Path, *more: str) -> dict[str, str]:
    """Return what every side runs with: the project at ``root``, this checkout's own package.

    ploomber-engine is told to send no statistics. Python may keep what it compiles, as it does on
    its own: where it may not, each process compiles all that it imports, which is measured then.

    Parameters
    ----------
    *more : str
        Folders where packages are looked for besides.
    """
    own = {
        "NIANBAO_HOME": str(root),
        "PLOOMBER_STATS_ENABLED": "false",
        "PYTHONPATH": os.pathsep.join([str(TESTS.parent / "src"), str(TESTS), *more]),
    }
    inherited = step_environment(TESTS.parent)
    inherited.pop("PYTHONDONTWRITEBYTECODE", None)
    return inherited | own


def emptied(root: Path) -> Path:
    """Empty a project's output, with the cache of what was read."""
    shutil.rmtree(root / "output", ignore_errors=True)
    return root


def again(root: Path) -> Usage:
    """``build``, as a person runs it, on what is there."""
    command = [sys.executable, "-m", "nianbao", "build", "--jobs", str(WORKERS)]
    return run(command, root, environment(root), allowed=ENDED)


def whole_build(root: Path) -> Usage:
    """``build`` from nothing, with the pages on years and agencies that it also makes."""
    return again(emptied(root))


def build(root: Path, *, look: bool = False) -> Usage:
    """``build`` without the pages on years and agencies, which no other side makes."""
    command = [sys.executable, "-m", "bench.reports", "--jobs", str(WORKERS)]
    return run(command, TESTS, environment(emptied(root)), allowed=ENDED, look=look)


def fed(kind: str, root: Path, *, look: bool = False) -> Usage:
    """Make reports in a way that `bench.feeding` knows; its own clock counts."""
    command = [sys.executable, "-m", "bench.feeding", kind, "--jobs", str(WORKERS)]
    told: list[str] = []
    more = [os.environ[rival.VARIABLE]] if kind == "ploomber" else []
    usage = run(command, TESTS, environment(emptied(root), *more), look=look, told=told)
    return replace(usage, seconds=float(told[0].split()[-1]))


def limit(root: Path, *, look: bool = False) -> Usage:
    """Run the same cells and render the same pages in processes that have imported everything."""
    return fed("limit", root, look=look)


SIDES: dict[str, Callable[[Path], Usage]] = {
    "build": build,
    "build and its pages on years and agencies": whole_build,
    "papermill and nbconvert commands": partial(fed, "commands"),
    "papermill.execute_notebook": partial(fed, "stock"),
    "ploomber-engine": partial(fed, "ploomber"),
    "limit": limit,
}
"""All sides by the names that tables show."""


def python(*arguments: str) -> Callable[[], Usage]:
    """Return a call of the interpreter of this environment."""
    return lambda: run([sys.executable, *arguments], TESTS.parent, environment(TESTS.parent))


def panel(reports: int, rounds: int) -> list[Usage]:
    """Check generated cells by `panel.speed`, which says itself what each round took."""
    command = [sys.executable, "-m", "panel.speed", "--json"]
    told: list[str] = []
    options = ["--reports", str(reports), "--rounds", str(rounds)]
    run([*command, *options], TESTS, environment(TESTS.parent), told=told)
    return [
        Usage(each["seconds"], each["cpu_seconds"], each["peak_bytes"])
        for each in json.loads(told[0])
    ]


def checked(side: Callable[[Path], Usage], root: Path, reports: int) -> Usage:
    """Run a side and see that it made all reports.

    Raises
    ------
    FailedError
        Where some are missing: a side that does less is no measure.
    """
    usage = side(root)
    there = len(made(root))
    if there != reports:
        raise FailedError(f"{side}: {there} of {reports} reports were made")
    return usage


def made(root: Path) -> Sequence[Path]:
    """Return the folders of the reports that a side made, in order; both pages are there."""
    pages = (root / "output").glob("[0-9]*/*/report.html")
    return sorted(page.parent for page in pages if (page.parent / "review.html").is_file())
