"""Archives reports: makes them again from a copy of what they are made from, and bags the lot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from nianbao.archive import index
from nianbao.archive.bagging import bag_of
from nianbao.archive.checking import Checked, Known, check, hindrance
from nianbao.archive.inputs import Key
from nianbao.archive.results import job
from nianbao.archive.staging import Staged, stage, workshop
from nianbao.archive.storing import sign, store
from nianbao.archive.wanted import Archived, Place, Wanted
from nianbao.archive.wheel import wheel
from nianbao.errors import NianbaoError
from nianbao.intake import read_ahead
from nianbao.ledger import Ledger
from nianbao.pool import Ended, Job, Runner
from nianbao.preload import preload
from nianbao.progress import Progress
from nianbao.workspace import Workspace


def archive(
    workspace: Workspace, requests: Sequence[Wanted], place: Place, progress: Progress
) -> list[Archived]:
    """Make archives; one that fails stops no other.

    Parameters
    ----------
    workspace : Workspace
        The project.
    requests : sequence of Wanted
        What is to be archived.
    place : Place
        Where to, and how.
    progress : Progress
        Told of each report as it is checked, and as it is made again.

    Raises
    ------
    BuildError
        Where the package does not run from a checkout, so that it cannot be taken along.
    """
    built = wheel()
    preload()
    ledger = Ledger(workspace)
    known = _checked(ledger, requests, place.run, progress)
    failed = {each.name: _hindrance(each, known, place.draft) for each in requests}
    with workshop() as shop:
        staged = _staged(ledger, requests, shop, failed)
        _make(staged, shop, place, progress, failed)
        found = []
        for each in requests:
            path, new, error = place.folder / each.bag, False, failed[each.name]
            if error is None:
                try:
                    made = bag_of(each, staged[each.name], shop, known, built, draft=place.draft)
                    new = _lay_down(each, made, path, place)
                except NianbaoError as problem:
                    error = problem
            found.append(Archived(path, new, error))
        return found


Failed = dict[str, NianbaoError | None]


def _checked(ledger: Ledger, requests: Sequence[Wanted], run: Runner, progress: Progress) -> Known:
    """Check each report in its project."""
    targets = {key: path for each in requests for key, path in each.targets.items()}
    read_ahead(ledger, targets, progress, run)
    keys = list(targets)
    found: dict[Key, Checked | NianbaoError] = {}
    with progress.stage("核验", len(keys), counted=False) as stage:

        def done(ended: Ended[Checked]) -> None:
            found[keys[ended.place]] = ended.found
            stage(ended)

        place = ledger.workspace
        run([Job("{} {}".format(*k), partial(check, place, targets[k], *k)) for k in keys], done)
    return found


def _hindrance(each: Wanted, known: Known, draft: bool) -> NianbaoError | None:
    """Say why an archive cannot or must not be made."""
    found = [known[key] for key in each.targets]
    unread = next((report for report in found if isinstance(report, NianbaoError)), None)
    if unread or draft:
        return unread
    return hindrance([report for report in found if isinstance(report, Checked)])


def _staged(
    ledger: Ledger, requests: Sequence[Wanted], shop: Path, failed: Failed
) -> dict[str, Staged]:
    """Lay out what each archive is made from, the largest first."""
    found = {}
    for each in sorted(requests, key=lambda each: -len(each.targets)):
        if failed[each.name] is None:
            try:
                root = shop / each.name / "project"
                found[each.name] = stage(ledger, each.targets, root, shop)
            except NianbaoError as error:
                failed[each.name] = error
    return found


def _make(
    staged: Mapping[str, Staged], shop: Path, place: Place, progress: Progress, failed: Failed
) -> None:
    """Make all results, those of all archives together."""
    named: list[str] = []
    jobs: list[Job[None]] = []
    for name, each in staged.items():
        read_ahead(Ledger(each.workspace), each.targets, progress, place.run)
        for key, path in each.targets.items():
            named.append(name)
            jobs.append(job(each.workspace, path, *key, shop / name / "result", place.draft))
    with progress.stage("生成归档内容", len(jobs)) as stage:

        def done(ended: Ended[None]) -> None:
            failed[named[ended.place]] = failed[named[ended.place]] or ended.error
            stage(ended)

        place.run(jobs, done)


def _lay_down(each: Wanted, content: bytes, path: Path, place: Place) -> bool:
    """Write an archive and its line in the register, and have it signed; whether it is new."""
    with index.alone(place.folder):  # of another project with the same name neither half may come
        digest = store(path, content)
        added = index.add(
            place.folder,
            year=each.year,
            agency=each.agency,
            bag=each.bag,
            sha256=digest,
            draft=place.draft,
        )
    if place.sign:
        sign(path, place.sign)
    return added is not None
