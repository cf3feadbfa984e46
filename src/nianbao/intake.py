"""Reads ahead, several at once, the reports that builds will ask for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final

from nianbao.engines.child import ChildError, fork, forkable
from nianbao.errors import NianbaoError
from nianbao.ledger import Ledger
from nianbao.plan import PUBLISHED
from nianbao.pool import Ended, Job, Runner, run_jobs
from nianbao.progress import Progress
from nianbao.reading import prepare
from nianbao.shelf import is_kept, kept_sample
from nianbao.workspace import Workspace

_BATCH: Final = 4
"""Reports a child reads: enough that starting it does not count, and few that it stays small."""

Key = tuple[int, str]


def read_ahead(
    ledger: Ledger, targets: Iterable[Key], progress: Progress, run: Runner = run_jobs
) -> None:
    """Read what builds of these reports will ask for and keep it; errors come up again there.

    Parameters
    ----------
    ledger : Ledger
        The project.
    targets : iterable of (int, str)
        Year and agency of the reports.
    progress : Progress
        Told how far it is.
    run : Runner
        Does the jobs; by default as many at once as there are processors.
    """
    wanted = [key for key in _related(ledger, targets) if not _kept(ledger, key)]
    if not wanted:
        return
    prepare()
    batches = _batches(wanted, _BATCH)
    jobs = [
        Job(
            _title(batch),
            partial(_read, ledger.workspace, {key: ledger.paths[key] for key in batch}),
        )
        for batch in batches
    ]
    with progress.stage("读取源文件", len(wanted), counted=False) as stage:

        def done(ended: Ended[None]) -> None:
            stage(ended, len(batches[ended.place]))

        run(jobs, done)


def never_built(workspace: Workspace, targets: Iterable[Key]) -> list[Key]:
    """Return the reports that no build has published yet."""
    folders = {key: workspace.output / str(key[0]) / key[1] for key in targets}
    return [key for key, folder in folders.items() if not (folder / PUBLISHED).is_file()]


@contextmanager
def read_meanwhile(
    ledger: Ledger, targets: Iterable[Key], progress: Progress, run: Runner = run_jobs
) -> Iterator[None]:
    """Read ahead in a process beside this one, which is waited for at the end.

    What it reads is kept for whoever asks; why it fails is told to whoever asks, too.
    """
    wanted = list(targets)
    if not wanted or not forkable():
        yield
        return
    reader = fork(partial(read_ahead, ledger, wanted, progress, run), seconds=math.inf)
    try:
        yield
        with suppress(ChildError, NianbaoError):
            reader.end()
    finally:
        reader.kill()


def _related(ledger: Ledger, targets: Iterable[Key]) -> list[Key]:
    """List the reports themselves, last year's, and those above, below and beside, once each."""
    below: dict[str, list[str]] = {}
    for row in ledger.register.values():
        below.setdefault(row.parent, []).append(row.id)
    found: dict[Key, None] = {}
    families: dict[tuple[int, str], None] = {}
    for year, agency in targets:
        parent = ledger.agency(agency).parent
        found |= dict.fromkeys([(year, agency), (year - 1, agency), (year, parent)])
        families |= dict.fromkeys([(year, agency), *([(year, parent)] if parent else [])])
    for year, parent in families:
        found |= dict.fromkeys((year, name) for name in below.get(parent, []))
    return [key for key in found if key in ledger.paths]


def _kept(ledger: Ledger, key: Key) -> bool:
    year, agency = key
    return is_kept(ledger.paths[key], agency, year, ledger.workspace)


def _read(workspace: Workspace, batch: Mapping[Key, Path]) -> None:
    for (year, agency), path in batch.items():
        try:
            kept_sample(path, agency, year, workspace)
        except NianbaoError:
            continue


def _title(batch: Sequence[Key]) -> str:
    """Name what a child reads by its first report."""
    return "{} {}".format(*batch[0])


def _batches(keys: Sequence[Key], size: int) -> list[Sequence[Key]]:
    return [keys[start : start + size] for start in range(0, len(keys), size)]
