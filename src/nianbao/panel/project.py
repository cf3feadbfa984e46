"""Checks all reports of a project without notebooks: reads, judges, and writes the panel.

Reports are taken in waves, so that memory does not grow with their number. Of a wave all are
read in children; then the matrix judges the balance rules of all reports of a form at once; then
children ask every other rule, and are told how the balance rules came out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

from nianbao.catalogue import local_rules
from nianbao.documents import load_readers
from nianbao.forms import RuleSpec
from nianbao.intake import read_ahead
from nianbao.ledger import Ledger
from nianbao.once import kept
from nianbao.panel.children import ask_beyond, read_cells
from nianbao.panel.codebook import Coverage
from nianbao.panel.files import panel
from nianbao.panel.reports import Checked
from nianbao.panel.wave import Wave
from nianbao.panel.work import Key, each_report
from nianbao.pool import Runner, run_jobs
from nianbao.progress import Progress
from nianbao.register import agencies
from nianbao.workspace import Workspace

WAVE: Final = 1024
"""Reports that are judged at once; also a group of rows of the cells table."""


def check_project(
    ledger: Ledger,
    targets: Mapping[Key, Path],
    progress: Progress,
    *,
    run: Runner = run_jobs,
    folder: Path | None = None,
) -> Checked:
    """Check reports of a project and write the panel.

    Parameters
    ----------
    ledger : Ledger
        The project.
    targets : mapping
        The reports as received: ``{(year, agency): file or folder}``.
    progress : Progress
        Told how far it is.
    run : Runner
        Does the jobs; by default as many at once as there are processors.
    folder : Path, optional
        Where the files go; by default the project's output.

    Raises
    ------
    BuildError
        Where the files cannot be written.
    UsageError
        For what is wrong in ``params/`` and concerns all reports.
    """
    load_readers()
    workspace, found, keys = ledger.workspace, Checked(), sorted(targets)
    with kept(), panel(folder or workspace.output, Coverage(_commons(workspace))) as files:
        for start in range(0, len(keys), WAVE):
            chosen = keys[start : start + WAVE]
            read_ahead(ledger, chosen, progress, run)
            with progress.stage("汇集单元格", len(chosen), counted=False) as stage:
                read = each_report(chosen, partial(read_cells, workspace), run, stage)
            wave = Wave(read)
            with progress.stage("核验", len(wave.reads), counted=False) as stage:
                work = partial(ask_beyond, workspace, wave.judged)
                beyond = each_report(list(wave.reads), work, run, stage)
            found.add(wave.write(files, beyond), [*read.values(), *beyond.values()])
    return found


def _commons(workspace: Workspace) -> tuple[RuleSpec, ...]:
    """Read once for all children what every report needs; return the analyst's own rules."""
    workspace.reports()
    agencies(workspace)
    return local_rules(workspace)
