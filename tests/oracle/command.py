"""Runs a command in a project as `python -m nianbao` does."""

from __future__ import annotations

import sys

import pytest

from nianbao import cli
from oracle.project import Project


def run(
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    capture: pytest.CaptureFixture[bytes],
    *arguments: object,
) -> tuple[int, str, str]:
    """Return the exit code, and what was printed to standard output and error."""
    monkeypatch.setenv("NIANBAO_HOME", str(project.root))
    monkeypatch.setattr(sys, "argv", ["nianbao", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    printed = capture.readouterr()
    return ended.value.code, printed.out.decode(), printed.err.decode()
