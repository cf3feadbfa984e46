"""The command ``check --all``: all reports into tables (Parquet), without notebooks."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nianbao.commands.printing import relative, say
from nianbao.errors import NianbaoError, UsageError
from nianbao.threads import forbid_threads

if TYPE_CHECKING:
    from nianbao.panel.reports import Checked
    from nianbao.workspace import Workspace


def check_all(
    year: str | None, agency: str | None, cells: Path | None, into: Path | None, jobs: int | None
) -> list[int]:
    """Check all reports of the project, or those of a cells table; return the exit codes.

    Raises
    ------
    NianbaoError
        Where options do not go together, or nothing could be checked or written.
    """
    from nianbao.workspace import find_workspace
    from nianbao.writing import sole_writer

    forbid_threads()
    if cells is not None and (year is not None or agency is not None or jobs is not None):
        raise UsageError("--cells 核验整个文件，不能与 --year、--agency、--jobs 同用。")
    workspace = find_workspace()
    folder = into or workspace.output
    with sole_writer(workspace):
        if cells is None:
            found = _project(workspace, year, agency, folder, jobs)
        else:
            found = _cells(cells, folder)
    told = (
        f"核验{found.reports}份报告，其中{found.objections}份有不成立的规则（程度为错误，未说明）"
    )
    click.echo(
        f"{told}，{len(found.failed)}份未能读取或未能全部核验。" if found.failed else f"{told}。"
    )
    click.echo(f"结果：{relative(folder / 'findings.parquet')}，说明见同一文件夹的 codebook.md")
    return [1 if found.objections else 0, *(error.exit_code for error in found.failed)]


def _project(
    workspace: Workspace, year: str | None, agency: str | None, folder: Path, jobs: int | None
) -> Checked:
    from nianbao.ledger import Ledger
    from nianbao.panel.project import check_project
    from nianbao.pool import run_jobs
    from nianbao.progress import Progress

    targets = workspace.select(year, agency)
    progress = Progress(say, sys.stderr if sys.stderr.isatty() else None)
    run = partial(run_jobs, workers=jobs)
    found = check_project(Ledger(workspace), targets, progress, run=run, folder=folder)
    for error in found.failed:
        say(f"未完成：{error}")
    return found


def _cells(path: Path, folder: Path) -> Checked:
    """Check a file of anyone's in a child: whatever it holds, it takes no more than its share."""
    from nianbao.panel.files import clear_drafts
    from nianbao.panel.foreign import check_cells
    from nianbao.pool import Ended, Job, run_jobs

    if not path.is_file():
        raise UsageError(f"没有文件 {path}。请给出 cells.parquet。")
    if path.resolve().parent == folder.resolve():
        raise UsageError(
            f"结果会覆盖 {relative(path)} 旁边的文件。"
            "请用 --into 指定另一个文件夹，例如 --into checked。"
        )
    ended: list[Ended[Checked]] = []
    job = Job(path.name, partial(check_cells, path, folder), partial(clear_drafts, folder))
    run_jobs([job], ended.append, workers=1)
    found = ended[0].found
    if isinstance(found, NianbaoError):
        raise found
    return found
