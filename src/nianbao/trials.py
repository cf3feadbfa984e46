"""What `make accuracy`, `make bench` and `make fuzz` do: measure, and try to break."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from nianbao.errors import UsageError
from nianbao.tasks import step_environment

DOCUMENTS = 2000
"""How many generated documents an accuracy page rests on."""
DRAWS = 200
"""How many reports are damaged in each way."""
SECONDS = 120
"""How long the readers are fuzzed."""


def measure_accuracy(root: Path) -> int:
    """Measure the reading, the prose, the suspects and false alarms; write `docs/accuracy.md`.

    Returns
    -------
    int
        0 if all came out as it must, else the exit code of what did not.
    """
    jobs = str(os.cpu_count() or 1)
    page = root / "docs" / "accuracy.md"
    count = str(DOCUMENTS)
    codes = [_run(root, "corpus", "--count", count, "--jobs", jobs, "--write", str(page))]
    for command in (("passages",), ("damage", "--draws", str(DRAWS), "--jobs", jobs)):
        told = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=root / "tests",
            env=step_environment(root),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        print(told.stdout)
        page.write_text(f"{page.read_text('utf-8').rstrip()}\n\n{told.stdout.strip()}\n", "utf-8")
        codes.append(told.returncode)
    return next((code for code in codes if code), 0)


def bench(root: Path, *options: str) -> int:
    """Measure what building costs, beside other ways to make the same files.

    A whole run writes `docs/benchmarks.md`; its last line is ``ratio: N``, reports per minute
    of `build` over papermill's and nbconvert's commands.

    Parameters
    ----------
    root : Path
        The source checkout.
    *options : str
        What ``python -m bench`` takes, for trying: ``--rounds=1``, ``--only=start,single``.

    Returns
    -------
    int
        1 where a goal was missed, else 0, or the exit code of what could not be measured.

    Raises
    ------
    UsageError
        Where this is no source checkout.
    """
    return _run(root, "bench", *options)


def fuzz(root: Path) -> int:
    """Feed the text and HTML readers with what breaks parsers, for two minutes."""
    return _run(root, "fuzz", "--seconds", str(SECONDS))


def _run(root: Path, *command: str) -> int:
    """Run a package of the tests, which only a source checkout has."""
    tests = root / "tests"
    if not (tests / command[0]).is_dir():
        raise UsageError("这一命令需要源码仓库中的 tests 文件夹。请在源码仓库中运行。")
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=tests,
        env=step_environment(root),
        stdin=subprocess.DEVNULL,
    ).returncode
