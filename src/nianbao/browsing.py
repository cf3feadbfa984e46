"""What `make test-browser` does: find or install what a browser test needs, then run the tests."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from nianbao.environment import starts
from nianbao.tasks import run, step_environment

TESTS: Final = Path("tests", "browser")
CHROMIUMS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SYSTEM_FOLDERS: Final = "/usr/bin:/usr/local/bin:/snap/bin"
"""Looked at after PATH, which may be short where make is started by another program."""

_STAMP: Final = ".nianbao-lock-sha256"
_NOT_RUN: Final = """\
nianbao: the browser tests DID NOT RUN, nothing was tested. Missing: {names}.
  浏览器测试没有运行，什么也没有检验。缺少：{names}。
{advice}"""


class Need(NamedTuple):
    """A thing that the browser tests need.

    Attributes
    ----------
    name : str
        What people call it.
    found : callable
        Whether this machine has it, given the project's folder.
    package : str
        The Debian package that brings it; empty where it comes another way.
    advice : str
        How a person gets it, in Chinese and English.
    """

    name: str
    found: Callable[[Path], bool]
    package: str
    advice: str


def _working(names: Sequence[str], question: str) -> str | None:
    """Return the first of some programs that is there and starts."""
    for path in (os.environ.get("PATH", os.defpath), _SYSTEM_FOLDERS):
        for program in filter(None, (shutil.which(name, path=path) for name in names)):
            if starts([program, question]):
                return program
    return None


def chromium() -> str | None:
    """Return the path of a Chromium or Chrome that starts; None where there is none."""
    return _working(CHROMIUMS, "--version")


def java() -> str | None:
    """Return the path of a Java that starts; None where there is none."""
    return _working(("java",), "-version")


def _npm() -> str | None:
    return _working(("npm",), "--version")


def _lock_digest(root: Path) -> str:
    return hashlib.sha256((root / TESTS / "package-lock.json").read_bytes()).hexdigest()


def packages_current(root: Path) -> bool:
    """Return whether the npm packages are those of `package-lock.json`."""
    stamp = root / TESTS / "node_modules" / _STAMP
    return stamp.is_file() and stamp.read_text("utf-8") == _lock_digest(root)


NEEDS: Final = (
    Need(
        "Playwright",
        lambda root: importlib.util.find_spec("playwright") is not None,
        "",
        "make test-browser 会安装它 (which installs it)",
    ),
    Need(
        "Chromium",
        lambda root: chromium() is not None,
        "chromium",
        "Debian/Ubuntu: apt-get install chromium；其他系统请安装 Chromium 或 Chrome "
        "(elsewhere: install Chromium or Chrome)",
    ),
    Need(
        "Java",
        lambda root: java() is not None,
        "default-jre-headless",
        "Debian/Ubuntu: apt-get install default-jre-headless (Java 17+, for the HTML checker)",
    ),
    Need(
        "npm",
        lambda root: packages_current(root) or _npm() is not None,
        "npm",
        "Debian/Ubuntu: apt-get install npm；其他系统请安装 Node.js (elsewhere: install Node.js)",
    ),
)
PACKAGES: Final = Need(
    "axe-core, vnu-jar",
    packages_current,
    "",
    f"npm ci --ignore-scripts --prefix {TESTS.as_posix()}：软件源是否可达？"
    "(is the package registry reachable?)",
)


def run_browser_tests(root: Path) -> int:
    """Make sure of all that the browser tests need, and run them.

    Returns
    -------
    int
        The exit code of pytest. Where something is missing and cannot be installed: 1 if the
        environment variable `CI` is set, else 0, and it is said that nothing was tested.
    """
    missing = prepare(root)
    if missing:
        advice = "\n".join(f"  {need.name}: {need.advice}" for need in missing)
        names = "、".join(need.name for need in missing)
        print(_NOT_RUN.format(names=names, advice=advice), file=sys.stderr, flush=True)
        return 1 if required() else 0
    return run(root, "pytest", TESTS.as_posix())


def required() -> bool:
    """Return whether a browser must be there, as it must in continuous integration."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false", "no")


def prepare(root: Path) -> list[Need]:
    """Install what is missing, where that can be done; return what is missing still."""
    missing = [need for need in NEEDS if not need.found(root)]
    if any(need.package for need in missing) and may_install():
        install(root, [need.package for need in missing if need.package])
        missing = [need for need in missing if not need.found(root)]
    if missing:
        return missing
    if not packages_current(root):
        install_packages(root)
    return [] if packages_current(root) else [PACKAGES]


def may_install() -> bool:
    """Return whether this process may install Debian packages: as root, where apt-get is."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return as_root and shutil.which("apt-get") is not None


def install(root: Path, packages: Iterable[str]) -> None:
    """Install Debian packages; whether that went well is seen by what is there afterwards."""
    wanted = list(packages)
    _tell("apt-get: " + " ".join(wanted))
    environment = {**step_environment(root), "DEBIAN_FRONTEND": "noninteractive"}
    _call(["apt-get", "update", "-qq"], root, environment)
    command = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *wanted]
    _call(command, root, environment)


def install_packages(root: Path) -> None:
    """Install the npm packages of `package-lock.json`, whose hashes npm checks; run none of them.

    A stamp tells afterwards that all of them are there.
    """
    _tell("npm: axe-core, vnu-jar")
    command = [_npm() or "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    if _call(command, root / TESTS, step_environment(root)) == 0:
        stamp = root / TESTS / "node_modules" / _STAMP
        stamp.write_text(_lock_digest(root), "utf-8")


def _tell(what: str) -> None:
    words = f"nianbao: installing what the browser tests need 正在安装浏览器测试所需：{what}"
    print(words, file=sys.stderr, flush=True)


def _call(command: list[str], folder: Path, environment: dict[str, str]) -> int:
    """Run an installer, its output on standard error; return its exit code."""
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr
        )
    except OSError as problem:
        print(f"nianbao: {command[0]}: {problem}", file=sys.stderr)
        return 127
    return done.returncode
