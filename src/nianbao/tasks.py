"""What `make test`, `make lab` and `make clean` do: run the checks, open the notebooks, tidy up."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from nianbao.errors import BuildError, NianbaoError, UsageError
from nianbao.locks import check_locks

KERNEL_TITLES = (None, "Python 3", "Python 3 (ipykernel)")
# Commands that a reader needs, but that would start this very run again or never end.
NOT_RUN_HERE = ("make test", "make lab", "git clone", "cd")
QUICK_BLOCK = re.compile(r"^```sh quick\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run_checks(root: Path) -> int:
    """Run every check and test of the project, even after one fails, and end with a table of them.

    Returns
    -------
    int
        0 if all went well, else 1.
    """
    steps: dict[str, Callable[[Path], int]] = {
        "ruff check": lambda root: run(root, "ruff", "check", "."),
        "ruff format": lambda root: run(root, "ruff", "format", "--check", "."),
        "mypy": lambda root: run(root, "mypy"),
        "notebooks": check_notebooks,
        "locks": check_locks,
        "pytest": run_tests,
        "coverage": report_coverage,
        "README": run_readme,
    }
    results = [(name, *timed(name, step, root)) for name, step in steps.items()]
    print("\n{:<12} {:<7} {:>7}".format("step", "result", "seconds"))
    for name, code, seconds in results:
        print(f"{name:<12} {'failed' if code else 'ok':<7} {seconds:>7.1f}")
    sys.stdout.flush()
    return 1 if any(code for _, code, _ in results) else 0


def timed(name: str, step: Callable[[Path], int], root: Path) -> tuple[int, float]:
    """Run one step under its headline; return its exit code and the seconds that it took."""
    print(f"\n--- {name}", flush=True)
    start = time.monotonic()
    try:
        code = step(root)
    except NianbaoError as problem:
        print(problem)
        code = problem.exit_code
    return code, time.monotonic() - start


def run(root: Path, module: str, *arguments: str) -> int:
    """Run a module of this environment in `root`, its output going where ours goes."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(
        command, cwd=root, env=step_environment(root), stdin=subprocess.DEVNULL
    ).returncode


def run_tests(root: Path) -> int:
    """Run all tests, on as many cores as there are; a file's tests stay together.

    They run under coverage, but for those marked ``many``: counting costs two thirds of the time.

    Returns
    -------
    int
        0 if all passed, else an exit code of pytest.
    """
    pytest = ("pytest", "-n", "auto", "--dist", "loadfile", "-m")
    counted = run(root, "coverage", "run", "-m", *pytest, "not many")
    return run(root, *pytest, "many") or counted


def step_environment(root: Path) -> dict[str, str]:
    """Return the environment of a step: what make told us is not for a make that the step calls."""
    told_by_make = ("MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS")
    inherited = {k: v for k, v in os.environ.items() if k not in told_by_make}
    # Kernels and other children run elsewhere, but are to count into the same place.
    return {**inherited, "COVERAGE_FILE": str(root / ".coverage")}


def report_coverage(root: Path) -> int:
    """Add up what all processes of the tests counted, and show it."""
    return run(root, "coverage", "combine", "--quiet") or run(root, "coverage", "report")


def check_notebooks(root: Path) -> int:
    """Say which notebooks hold more than their text and code; return 1 if any does."""
    paths = sorted((root / "notebooks").glob("*.ipynb"))
    problems = [f"{path.name}: {problem}" for path in paths for problem in stored_problems(path)]
    for line in problems:
        print(f"notebooks/{line}")
    print(f"{len(paths)} notebooks, {len(problems)} problems")
    return 1 if problems else 0


def stored_problems(path: Path) -> list[str]:
    """Return what a stored notebook should not hold: results, counts, traces of one machine."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        return [*cell_problems(notebook["cells"]), *metadata_problems(notebook)]
    except (ValueError, KeyError, AttributeError, TypeError) as problem:
        return [f"is not a notebook of format 4 ({problem!r})"]


def cell_problems(cells: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what is wrong with the cells, each by its place and id."""
    seen: set[str] = set()
    for number, cell in enumerate(cells, start=1):
        name = cell.get("id")
        if not name:
            yield f"cell {number} has no id"
        elif name in seen:
            yield f"cell {number} has the id of an earlier one ({name})"
        seen.add(name or "")
        if cell.get("outputs"):
            yield f"cell {number} ({name}) has outputs"
        if cell.get("execution_count") is not None:
            yield f"cell {number} ({name}) has an execution count"


def metadata_problems(notebook: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a notebook's metadata."""
    metadata = notebook["metadata"]
    kernel = metadata.get("kernelspec", {})
    if kernel.get("name") != "python3" or kernel.get("display_name") not in KERNEL_TITLES:
        yield f"has a kernel of one machine, not python3 ({kernel})"
    if "version" in metadata.get("language_info", {}):
        yield "has the version of one machine's Python"
    if (notebook["nbformat"], notebook["nbformat_minor"]) < (4, 5):
        yield "is older than format 4.5, which has cell ids"


def quick_commands(readme: str) -> list[str]:
    """Return the commands of the blocks marked `sh quick`, continued lines joined."""
    blocks = (block.replace("\\\n", " ") for block in QUICK_BLOCK.findall(readme))
    lines = (line.strip() for block in blocks for line in block.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def run_readme(root: Path) -> int:
    """Run the README's quick commands as a reader would; return 1 if one fails."""
    readme = root / "README.md"
    if not readme.exists():
        print("there is no README.md yet")
        return 0
    failed = 0
    for command in quick_commands(readme.read_text(encoding="utf-8")):
        skipped = any(command == start or command.startswith(f"{start} ") for start in NOT_RUN_HERE)
        print(f"{'not run here: ' if skipped else '$ '}{command}", flush=True)
        if not skipped and run_shell(root, command):
            print(f"README.md: this command failed: {command}")
            failed = 1
    return failed


def run_shell(root: Path, command: str) -> int:
    """Run one command line of the README as a shell does; return its exit code."""
    return subprocess.run(
        ["sh", "-c", command], cwd=root, env=step_environment(root), stdin=subprocess.DEVNULL
    ).returncode


def open_lab(root: Path) -> int:
    """Open the project's notebooks in JupyterLab, until it is stopped; return its exit code."""
    if importlib.util.find_spec("jupyterlab") is None:
        raise UsageError("JupyterLab is not installed yet: `make lab` installs and opens it")
    command = [sys.executable, "-m", "jupyterlab"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # as in a container, where there is no other
        command.append("--allow-root")
    try:
        return subprocess.call(command, cwd=root / "notebooks")
    except KeyboardInterrupt:  # the usual way to stop it
        return 0


def clean(root: Path) -> int:
    """Empty `output/`, but for `output/archive/`; return exit code 0.

    Raises
    ------
    BuildError
        Where something in it cannot be removed.
    """
    output = root / "output"
    try:
        for entry in output.iterdir() if output.is_dir() else ():
            if entry.name == "archive":
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
    except OSError as error:
        raise BuildError(f"output 无法清空（{error.strerror}）。请检查文件夹权限。") from error
    return 0
