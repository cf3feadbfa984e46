"""Installs ploomber-engine apart: beside papermill it would be imported by every papermill."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from bench.measure import FailedError
from nianbao.environment import LOCKS, installer_environment
from nianbao.locks import ENTRY, versions

ROOT = Path(__file__).resolve().parents[2]
NAME = "ploomber-engine"
VARIABLE = "NIANBAO_BENCH_RIVAL"
"""Where the sides are told of its folder."""


def _lock(group: str) -> str:
    return (ROOT / LOCKS[group]).read_text("utf-8")


def version() -> str:
    """Return the version that is locked."""
    return versions(_lock("bench"))[NAME]


def entries() -> str:
    """Return the entries, with hashes, of what the bench has beyond the tests."""
    known = versions(_lock("test"))
    return "".join(m[0] for m in ENTRY.finditer(_lock("bench")) if m["name"] not in known)


def install(folder: Path) -> Path:
    """Install it into a folder, nothing else.

    Raises
    ------
    FailedError
        Where the packages cannot be had.
    """
    wanted = folder / "rival.txt"
    wanted.write_text(entries(), "utf-8")
    command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps", "--no-config"]
    command += ["--require-hashes", "--target", str(folder / "rival"), "-r", str(wanted)]
    environment = installer_environment(sys.executable)
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        last = re.sub(r"\s+", " ", done.stderr.strip())[-300:]
        raise FailedError(f"{NAME} could not be installed: {last}")
    return folder / "rival"
