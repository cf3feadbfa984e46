"""Writes the pages on many reports: each year's, each agency's, and the front page."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from nianbao.engines.execution import execute
from nianbao.errors import NianbaoError
from nianbao.exporters import exporter
from nianbao.front import front_page
from nianbao.intake import read_ahead
from nianbao.ledger import Ledger
from nianbao.links import FRONT, overview_page, trend_page
from nianbao.plan import (
    front_depends,
    overview_depends,
    page_reasons,
    remember,
    trend_depends,
)
from nianbao.pool import Ended, Job, Runner, run_jobs
from nianbao.preload import preload
from nianbao.progress import Progress, Stage
from nianbao.publish import put
from nianbao.workspace import Workspace


def write_site(
    workspace: Workspace,
    targets: Iterable[tuple[int, str]],
    progress: Progress,
    *,
    run: Runner = run_jobs,
    engine: str | None = None,
    force: bool = False,
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
    progress : Progress
        Told of each page as it ends.
    run : Runner
        Does the jobs; by default as many at once as there are processors.
    engine : str, optional
        What runs the notebooks; by default the engine of this system.
    force : bool
        Whether to make also what is true.

    Returns
    -------
    list of NianbaoError
        Why pages are missing.
    """
    failed: list[NianbaoError] = []

    for title, pages in stages(workspace, targets, progress, run, engine):
        due = [page for page in pages if force or page.reasons(workspace)]
        if not due:
            continue
        preload()
        with progress.stage(title, len(due)) as stage:

            def done(ended: Ended[None], stage: Stage = stage) -> None:
                failed.extend([ended.error] if ended.error else [])
                stage(ended)

            run([_job(workspace, page) for page in due], done)
    return failed


@dataclass(frozen=True)
class Page:
    """A page on many reports: its name, where it lies, what it depends on, how it is made."""

    name: str
    place: str
    ask: Callable[[], dict[str, str]]
    make: Callable[[], str]

    @cached_property
    def depends(self) -> dict[str, str]:
        """A hash of each thing that it depends on."""
        return self.ask()

    def reasons(self, workspace: Workspace) -> list[str]:
        """Say why it is out of date; nothing where it is true."""
        return page_reasons(workspace, self.place, self.depends)


def stages(
    workspace: Workspace,
    targets: Iterable[tuple[int, str]],
    progress: Progress,
    run: Runner = run_jobs,
    engine: str | None = None,
) -> Iterator[tuple[str, list[Page]]]:
    """Yield the pages that speak of these reports by their kind, those linked to first."""
    wanted = list(targets)
    ledger = Ledger(workspace)
    agencies = dict.fromkeys(agency for _, agency in wanted)
    # A trend speaks of all years, built or not.
    read_ahead(ledger, [key for key in ledger.paths if key[1] in agencies], progress, run)
    make = partial(_rendered, workspace, engine)
    trends = [
        Page(
            f"{agency} 历年",
            trend_page(agency),
            partial(trend_depends, ledger, agency),
            partial(make, "trend", agency=agency),
        )
        for agency in agencies
    ]
    yield "历年页", trends
    years = [
        Page(
            f"{year} 总览",
            overview_page(year),
            partial(overview_depends, ledger, year),
            partial(make, "overview", year=year),
        )
        for year in sorted({year for year, _ in wanted})
    ]
    yield "总览页", years
    front = Page("全部年报", FRONT, partial(front_depends, ledger), partial(_front, workspace))
    yield "首页", [front]


def _front(workspace: Workspace) -> str:
    return front_page(Ledger(workspace, published=True))


def _job(workspace: Workspace, page: Page) -> Job[None]:
    path = workspace.output / page.place
    part = path.with_name(f"{path.name}.part")
    return Job(
        page.name,
        partial(_publish, workspace, page.place, page.depends, page.make),
        partial(part.unlink, missing_ok=True),
        workspace.log("pages", page.place.removesuffix(".html").replace("/", "-")),
        page.place,
    )


def _publish(
    workspace: Workspace, place: str, depends: dict[str, str], make: Callable[[], str]
) -> None:
    """Make a page, and keep what it was made from."""
    put(workspace.output / place, make().encode())
    remember(workspace, place, depends)


def _rendered(workspace: Workspace, engine: str | None, name: str, **parameters: object) -> str:
    """Run a notebook of the project and render it."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / f"{name}.ipynb"
        notebook = execute(workspace, workspace.notebook(name), parameters, draft, engine)
    return exporter(name).from_notebook_node(notebook)[0]
