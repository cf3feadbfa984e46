"""Builds reports: read, check, run the notebook, render, and publish what is whole."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import nbformat
from jinja2 import TemplateError

from nianbao.engines import execute
from nianbao.errors import BuildError, NianbaoError
from nianbao.exporters import exporter
from nianbao.findings import Finding, check_report, objections
from nianbao.ledger import STANDING
from nianbao.pool import Job, run_jobs
from nianbao.preload import preload
from nianbao.provenance import facts
from nianbao.publish import draft_folder, recover, write_text
from nianbao.records import cells_csv, findings_csv
from nianbao.report import Note, Report
from nianbao.shelf import read_kept
from nianbao.stamp import stamp
from nianbao.standing import standing
from nianbao.surroundings import around
from nianbao.telling import untold_by
from nianbao.verdict import Verdict, judge
from nianbao.workspace import Workspace

PROMISED = (
    "report.html",
    "review.html",
    "report.ipynb",
    "cells.csv",
    "findings.csv",
    "provenance.json",
    "standing.json",
    "run.json",
)
"""What every build leaves in ``output/<year>/<agency>/`` (contract)."""

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Built:
    """What became of one report: its verdict and page, or the error that stopped it."""

    agency: str
    year: int
    name: str = ""
    verdict: Verdict | None = None
    objections: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    page: Path | None = None
    error: NianbaoError | None = None


def build_all(
    workspace: Workspace,
    targets: Mapping[tuple[int, str], Path],
    progress: Progress,
    *,
    workers: int | None = None,
    engine: str | None = None,
) -> list[Built]:
    """Build several reports, some at once; one that fails does not stop the others.

    Parameters
    ----------
    targets : mapping
        The reports as received: ``{(year, agency): file or folder}``.
    workers : int, optional
        How many at once; by default as many as there are processors.
    engine : str, optional
        What runs the notebooks (`nianbao.engines.ENGINES`); by default that of this system.
    """
    preload()
    built: dict[int, Built] = {}
    keys = list(targets)
    jobs = [
        Job(
            f"{year} {agency}",
            partial(build, workspace, source, agency, year, engine),
            partial(recover, workspace.output / str(year) / agency),
        )
        for (year, agency), source in targets.items()
    ]

    def done(place: int, job: Job[Built], found: Built | NianbaoError) -> None:
        year, agency = keys[place]
        built[place] = found if isinstance(found, Built) else Built(agency, year, error=found)
        told = f"未完成：{found}" if isinstance(found, NianbaoError) else "完成。"
        progress(f"[{len(built)}/{len(jobs)}] {job.name} {told}")

    run_jobs(jobs, done, workers=workers)
    return [built[place] for place in sorted(built)]


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
    report = read_kept(source, agency, year, workspace)
    findings = check_report(report, around(report, workspace))
    target = workspace.output / str(year) / agency
    try:
        with draft_folder(target) as draft:
            for name, text in _contents(workspace, report, findings, draft, engine).items():
                write_text(draft / name, text)
            write_text(draft / "run.json", _run_facts(workspace, started))
            _demand_promised(draft)
    except TemplateError:  # a kind of OSError, but our own fault
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise BuildError(
            f"{year} {agency}：输出无法写入（{reason}）。请检查磁盘空间和权限。"
        ) from error
    verdict = judge(report, findings)
    told = tuple(objections(findings))
    notes = untold_by(report, findings)
    return Built(agency, year, report.name, verdict, told, notes, target / "report.html")


def _contents(
    workspace: Workspace,
    report: Report,
    findings: Sequence[Finding],
    draft: Path,
    engine: str | None,
) -> dict[str, str]:
    """Make everything that a build leaves, but for the facts of the run."""
    parameters = {"agency": report.agency, "year": report.year}
    notebook = execute(
        workspace, workspace.notebook("report"), parameters, draft / "report.ipynb", engine
    )
    current = stamp(workspace, report.agency, report.year, workspace.reports())
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
