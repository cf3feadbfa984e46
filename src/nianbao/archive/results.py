"""Makes what a bag holds as results: the same act when it is archived and when it is verified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import nbformat

from nianbao import pdf
from nianbao.archive.edition import editions, why_draft, without_navigation
from nianbao.build import build
from nianbao.exporters import exporter
from nianbao.finding import Finding
from nianbao.findings import check_report
from nianbao.intake import read_ahead
from nianbao.ledger import STANDING, Ledger
from nianbao.notice import notice, page
from nianbao.once import kept
from nianbao.pool import Ended, Job, run_jobs
from nianbao.preload import preload
from nianbao.progress import Progress
from nianbao.publish import put
from nianbao.report import Report
from nianbao.shelf import read_kept
from nianbao.surroundings import around
from nianbao.workspace import Workspace

TAKEN: Final = ("cells.csv", "findings.csv", "provenance.json", STANDING)
"""What of a build is archived as it is."""
PAGES: Final = ("report", "review")


def make_results(
    project: Workspace,
    targets: Mapping[tuple[int, str], Path],
    into: Path,
    *,
    draft: bool = False,
    jobs: int | None = None,
) -> None:
    """Build reports and write all that a bag holds of them into ``into/<year>/<agency>/``.

    Parameters
    ----------
    project : Workspace
        Where they are built, in its ``output``.
    targets : mapping
        The reports as received: ``{(year, agency): file or folder}``.
    into : Path
        The folder of results.
    draft : bool
        Whether every page says that it is a draft.
    jobs : int, optional
        How many at once; by default as many as there are processors.

    Raises
    ------
    NianbaoError
        Why the first report that has no results has none.
    """
    run = partial(run_jobs, workers=jobs)
    preload()
    read_ahead(Ledger(project), targets, Progress(lambda _: None), run)
    made: list[Ended[None]] = []
    run([job(project, targets[key], *key, into, draft) for key in targets], made.append)
    for ended in sorted(made, key=lambda ended: ended.place):
        if ended.error:
            raise ended.error


def job(
    project: Workspace, source: Path, year: int, agency: str, into: Path, draft: bool
) -> Job[None]:
    """Return the work of making the results of one report."""
    work = partial(_make, project, source, year, agency, into / str(year) / agency, draft)
    return Job(f"{year} {agency}", work)


@kept()
def _make(
    project: Workspace, source: Path, year: int, agency: str, into: Path, draft: bool
) -> None:
    build(project, source, agency, year)
    report = read_kept(source, agency, year, project)
    findings = check_report(report, around(report, project))
    built = project.output / str(year) / agency
    found = {name: (built / name).read_bytes() for name in TAKEN}
    pages = _pages(report, findings, built, draft)
    found |= {name: text.encode() for name, text in pages.items()}
    found["report.pdf"] = pdf.render(report, findings, project, draft=draft)
    for name, content in found.items():
        put(into / name, content)


def _pages(report: Report, findings: Sequence[Finding], built: Path, draft: bool) -> dict[str, str]:
    """Return the executed notebook and the pages of a report, in the archive edition."""
    ran = without_navigation(nbformat.read(built / "report.ipynb", as_version=4))
    pages = {f"{name}.html": exporter(name).from_notebook_node(ran)[0] for name in PAGES}
    sent = notice(report, findings)
    if not sent.silent:
        pages["notice.html"] = page([sent])
    made = editions(pages, why_draft(findings) if draft else "")
    return {**made, "report.ipynb": nbformat.writes(ran) + "\n"}
