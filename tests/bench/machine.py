"""Says where something was measured: processor, memory, system, software, state of the source."""

from __future__ import annotations

import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench import rival
from nianbao.pool import cores

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("papermill", "nbconvert", "ipykernel", "matplotlib")


def facts() -> dict[str, str]:
    """Return what belongs beside a measurement, by name."""
    return {
        "processor": f"{_listed('/proc/cpuinfo', 'model name')}, {cores()} cores used",
        "memory": _listed("/proc/meminfo", "MemTotal"),
        "system": f"{platform.freedesktop_os_release().get('PRETTY_NAME', '')}, "
        f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "packages": ", ".join([*map(_package, PACKAGES), f"{rival.NAME} {rival.version()}"]),
        "commit": commit(),
    }


def _package(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"no {name}"


def _listed(place: str, name: str) -> str:
    """Return the first value of a name in one of the system's lists, or that it is unknown."""
    try:
        lines = Path(place).read_text("utf-8", "replace").splitlines()
    except OSError:
        return "unknown"
    values = (line.partition(":")[2].strip() for line in lines if line.startswith(name))
    return next(values, "unknown")


def commit() -> str:
    """Return the commit that was measured, and whether something was changed since."""
    named = _git("rev-parse", "HEAD")
    if not named:
        return "unknown"
    return f"{named} with changes" if _git("status", "--porcelain") else named


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
