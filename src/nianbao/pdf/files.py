"""Writes the PDF files of many reports, several at once, each in a child of its own."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from nianbao.errors import NianbaoError
from nianbao.findings import check_report
from nianbao.once import kept
from nianbao.papers import Progress, Targets, Written
from nianbao.pdf import render
from nianbao.pool import Ended, Job, run_jobs
from nianbao.publish import put
from nianbao.shelf import read_kept
from nianbao.surroundings import around
from nianbao.workspace import Workspace


def write_pdfs(
    workspace: Workspace, targets: Targets, progress: Progress, *, jobs: int | None = None
) -> Written:
    """Write the PDF of each report into ``output/<year>/pdf``.

    Parameters
    ----------
    jobs : int, optional
        How many at once; by default as many as there are processors.
    """
    found: dict[int, Path | NianbaoError] = {}

    def done(ended: Ended[Path]) -> None:
        found[ended.place] = ended.found
        outcome = f"未完成：{ended.error}" if ended.error else "完成。"
        progress(f"[{len(found)}/{len(targets)}] {ended.job.name} {outcome}")

    listed = [
        Job(f"{year} {agency}", partial(_write, workspace, path, agency, year))
        for (year, agency), path in targets.items()
    ]
    run_jobs(listed, done, workers=jobs)
    ended = [found[place] for place in sorted(found)]
    return Written(
        tuple(each for each in ended if isinstance(each, Path)),
        tuple(each for each in ended if isinstance(each, NianbaoError)),
    )


def _write(workspace: Workspace, path: Path, agency: str, year: int) -> Path:
    """Read, check and set one report; return its file."""
    with kept():
        report = read_kept(path, agency, year, workspace)
        findings = check_report(report, around(report, workspace))
        file = workspace.output / str(year) / "pdf" / f"{agency}.pdf"
        put(file, render(report, findings, workspace))
    return file
