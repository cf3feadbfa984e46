"""Builds reports: read, check, run the notebook, render, and publish what is whole."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import nbformat

from nianbao.due import PROMISED, why_due
from nianbao.engines.execution import execute
from nianbao.errors import BuildError, NianbaoError
from nianbao.exporters import exporter
from nianbao.findings import Finding, check_report, objections
from nianbao.intake import read_ahead
from nianbao.ledger import STANDING, Ledger
from nianbao.links import report_page
from nianbao.once import kept
from nianbao.plan import PUBLISHED, publication, report_depends
from nianbao.pool import Ended, Job, Runner, run_jobs
from nianbao.preload import preload
from nianbao.progress import Progress
from nianbao.provenance import facts
from nianbao.publish import draft_folder, recover, writable, write_bytes, write_text
from nianbao.records import cells_csv, findings_csv
from nianbao.report import Note, Report
from nianbao.shelf import read_kept
from nianbao.standing import Standing, read_standing, standing
from nianbao.surroundings import around
from nianbao.telling import untold_by
from nianbao.verdict import Verdict, judge
from nianbao.workspace import Workspace


@dataclass(frozen=True)
class Built:
    """What became of one report: its verdict and page, or the error that stopped it.

    Attributes
    ----------
    kept : Standing or None
        What it came to when it was built before; then there was nothing to build now.
    """

    agency: str
    year: int
    name: str = ""
    verdict: Verdict | None = None
    objections: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    page: Path | None = None
    error: NianbaoError | None = None
    kept: Standing | None = None


def build_all(
    workspace: Workspace,
    targets: Mapping[tuple[int, str], Path],
    progress: Progress,
    *,
    run: Runner = run_jobs,
    engine: str | None = None,
    force: bool = False,
) -> list[Built]:
    """Build the reports that are out of date, some at once; one that fails stops no other.

    Parameters
    ----------
    targets : mapping
        The reports as received: ``{(year, agency): file or folder}``.
    progress : Progress
        Told of each report as it ends.
    run : Runner
        Does the jobs; by default as many at once as there are processors.
    engine : str, optional
        What runs the notebooks (`nianbao.engines.ENGINES`); by default that of this system.
    force : bool
        Whether to build also what is true and whole.
    """
    ledger = Ledger(workspace)
    due = dict.fromkeys(targets, "") if force else why_due(ledger, targets)
    if due:
        preload()
        read_ahead(ledger, due, progress, run)
    built = {key: unchanged(ledger, *key) for key in targets if key not in due}
    with progress.stage("生成年报", len(due)) as stage:

        def done(ended: Ended[Built]) -> None:
            year, agency = keys[ended.place]
            found = ended.found
            built[year, agency] = (
                found if isinstance(found, Built) else Built(agency, year, error=found)
            )
            stage(ended)

        keys = list(due)
        with kept():
            workspace.reports()  # which there are counts for all: not each child looks again
            run([_job(workspace, targets[key], *key, engine) for key in keys], done)
    return [built[key] for key in targets]


def _job(
    workspace: Workspace, source: Path, year: int, agency: str, engine: str | None
) -> Job[Built]:
    return Job(
        f"{year} {agency}",
        partial(build, workspace, source, agency, year, engine),
        partial(recover, workspace.output / str(year) / agency),
        workspace.log(str(year), agency),
        f"{year}/{agency}",
    )


def unchanged(ledger: Ledger, year: int, agency: str) -> Built:
    """Return what became of a report that need not be built again."""
    page = ledger.workspace.output / report_page(year, agency)
    kept = read_standing((page.parent / STANDING).read_bytes())
    if kept is None:
        raise BuildError(f"{year} {agency}：{STANDING} 无法读取。请用 --force 重新生成。")
    return Built(agency, year, kept.name, page=page, kept=kept)


@kept()
def build(
    workspace: Workspace, source: Path, agency: str, year: int, engine: str | None = None
) -> Built:
    """Build one report and publish it.

    Parameters
    ----------
    workspace : Workspace
        The project.
    source : Path
        The report as received.
    agency : str
        Its id.
    year : int
        The year reported on.
    engine : str, optional
        What runs the notebook; by default the engine of this system.

    Raises
    ------
    NianbaoError
        The last good output is then untouched.
    """
    started = time.time()
    # Before anything is read: what changes from now on is seen by the next plan.
    ledger = Ledger(workspace)
    depends = report_depends(ledger, agency, year)
    report = read_kept(source, agency, year, workspace)
    findings = check_report(report, around(report, workspace))
    target = workspace.output / str(year) / agency
    with writable("输出"), draft_folder(target) as draft:
        contents = _contents(ledger, report, findings, draft, engine)
        for name, text in contents.items():
            write_text(draft / name, text)
        write_bytes(draft / PUBLISHED, publication(depends, contents).json())
        write_text(draft / "run.json", _run_facts(workspace, started))
        _demand_promised(draft)
    verdict = judge(report, findings)
    told = tuple(objections(findings))
    notes = untold_by(report, findings)
    return Built(agency, year, report.name, verdict, told, notes, target / "report.html")


def _contents(
    ledger: Ledger,
    report: Report,
    findings: Sequence[Finding],
    draft: Path,
    engine: str | None,
) -> dict[str, str]:
    """Make everything that a build leaves, but for the facts of the run."""
    workspace = ledger.workspace
    parameters = {"agency": report.agency, "year": report.year}
    notebook = execute(
        workspace, workspace.notebook("report"), parameters, draft / "report.ipynb", engine
    )
    current = ledger.stamp(report.agency, report.year)
    known = json.dumps(facts(report, workspace), ensure_ascii=False, indent=1, sort_keys=True)
    return {
        "report.ipynb": nbformat.writes(notebook) + "\n",
        "report.html": exporter("report").from_notebook_node(notebook)[0],
        "review.html": exporter("review").from_notebook_node(notebook)[0],
        "cells.csv": cells_csv(report),
        "findings.csv": findings_csv(findings),
        "provenance.json": known + "\n",
        STANDING: standing(report, findings, stamp=current).json().decode(),
    }


def _run_facts(workspace: Workspace, started: float) -> str:
    """Return what belongs to this run alone: neither compared nor archived."""
    data = {
        "started": time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(started)),
        "seconds": round(time.time() - started, 3),
        "host": platform.node(),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "root": str(workspace.root),
        "pid": os.getpid(),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _demand_promised(draft: Path) -> None:
    missing = [name for name in PROMISED if not (draft / name).is_file()]
    if missing:
        raise BuildError(f"运行结束，但缺少：{'、'.join(missing)}。")
