"""Writes the pages on many reports: each year's, each agency's, and the front page."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import TemplateError

from nianbao.engines import execute
from nianbao.errors import BuildError, NianbaoError
from nianbao.exporters import OverviewExporter, ReportExporter, TrendExporter
from nianbao.front import front_page
from nianbao.ledger import Ledger
from nianbao.links import FRONT, overview_page, trend_page
from nianbao.publish import write_text
from nianbao.workspace import Workspace

Progress = Callable[[str], None]


def write_site(
    workspace: Workspace, targets: Iterable[tuple[int, str]], progress: Progress
) -> list[NianbaoError]:
    """Write the pages that speak of these reports, after the reports' own pages.

    Trends come before the years that link to them, the front page last; a page that cannot be
    made does not stop the others, and its last good state stays.

    Parameters
    ----------
    workspace : Workspace
        The project.
    targets : iterable of (int, str)
        Year and agency of the reports.
    progress : callable
        Told in a few words what is being done.

    Returns
    -------
    list of NianbaoError
        Why pages are missing.
    """
    wanted = list(targets)
    years, agencies = sorted({year for year, _ in wanted}), dict.fromkeys(a for _, a in wanted)
    jobs: list[tuple[str, str, Callable[[], str]]] = [
        *((f"{agency} 历年", trend_page(agency), _trend(workspace, agency)) for agency in agencies),
        *((f"{year} 总览", overview_page(year), _overview(workspace, year)) for year in years),
        ("全部年报", FRONT, lambda: front_page(Ledger(workspace, published=True))),
    ]
    failed = []
    for name, place, make in jobs:
        progress(f"{name}……")
        try:
            _put(workspace.output / place, make)
        except NianbaoError as error:
            progress(f"{name} 未完成：{error}")
            failed.append(error)
    return failed


def _overview(workspace: Workspace, year: int) -> Callable[[], str]:
    return lambda: _rendered(workspace, "overview", {"year": year}, OverviewExporter())


def _trend(workspace: Workspace, agency: str) -> Callable[[], str]:
    return lambda: _rendered(workspace, "trend", {"agency": agency}, TrendExporter())


def _rendered(
    workspace: Workspace, name: str, parameters: Mapping[str, Any], exporter: ReportExporter
) -> str:
    """Run a notebook of the project and render it."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / f"{name}.ipynb"
        notebook = execute(workspace, workspace.notebook(name), parameters, draft)
    return exporter.from_notebook_node(notebook)[0]


def _put(path: Path, make: Callable[[], str]) -> None:
    try:
        content = make()
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, content)
    except TemplateError:  # a kind of OSError, but our own fault
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise BuildError(f"{path.name} 无法写入（{reason}）。请检查磁盘空间和权限。") from error
