"""Reads neighbouring reports once: in this process, a second look costs nothing."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from nianbao.reading import read_report
from nianbao.report import Report
from nianbao.workspace import Workspace


@lru_cache(maxsize=512)
def read_kept(path: Path, agency: str, year: int, workspace: Workspace) -> Report:
    """Read a report of the project, or return what was read before in this process."""
    return read_report(path, agency, year, workspace)
