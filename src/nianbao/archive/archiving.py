"""Archives reports: makes them again from a copy of what they are made from, and bags the lot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from nianbao.archive import index
from nianbao.archive.about import About
from nianbao.archive.bag import bagged
from nianbao.archive.checking import Checked, check, forgotten, hindrance
from nianbao.archive.container import packed
from nianbao.archive.inputs import Key
from nianbao.archive.names import clash, objection
from nianbao.archive.payload import payload
from nianbao.archive.results import job
from nianbao.archive.staging import Staged, stage, workshop
from nianbao.archive.storing import sign, store
from nianbao.archive.wheel import Wheel, wheel
from nianbao.documents.limits.kinds import printable
from nianbao.errors import BuildError, NianbaoError
from nianbao.intake import read_ahead
from nianbao.ledger import Ledger
from nianbao.pool import Ended, Job, Runner, run_jobs
from nianbao.preload import preload
from nianbao.progress import Progress
from nianbao.workspace import Workspace


@dataclass(frozen=True)
class Wanted:
    """An archive to be made: of one report, or of all reports of a year.

    Attributes
    ----------
    agency : str
        Whose report it is; empty for a whole year.
    targets : mapping
        Its reports as received: ``{(year, agency): file or folder}``.
    """

    year: int
    agency: str
    targets: Mapping[Key, Path]

    @property
    def name(self) -> str:
        """The name of the bag, and of its file without ``.zip``."""
        return f"{self.agency}-{self.year}" if self.agency else f"{self.year}"

    @property
    def bag(self) -> str:
        """Where its file lies in the folder of archives."""
        return f"{self.year}/{self.name}.zip"


@dataclass(frozen=True)
class Archived:
    """What became of an archive: its file, or why there is none.

    Attributes
    ----------
    path : Path
        The zip.
    new : bool
        Whether the register has a new line for it: its bytes are not those archived last.
    error : NianbaoError or None
        Why it was not made, or not signed.
    """

    path: Path
    new: bool = False
    error: NianbaoError | None = None


@dataclass(frozen=True)
class Place:
    """Where archives go, and how they are made.

    Attributes
    ----------
    folder : Path
        Where archives and their register lie.
    draft : bool
        Whether they are drafts: hard findings are no hindrance then, and every page says so.
    sign : str
        The command that signs them; empty for none.
    run : Runner
        Does the jobs; by default as many at once as there are processors.
    """

    folder: Path
    draft: bool = False
    sign: str = ""
    run: Runner = field(default=run_jobs)


def wanted(targets: Mapping[Key, Path], *, whole: bool) -> list[Wanted]:
    """Return an archive for each report, and one for each year where ``whole`` years are asked."""
    found = [Wanted(*key, {key: path}) for key, path in targets.items()]
    for year in sorted({year for year, _ in targets} if whole else ()):
        found.append(Wanted(year, "", {k: path for k, path in targets.items() if k[0] == year}))
    return found


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
                    made = _bag(each, staged[each.name], shop, known, built, draft=place.draft)
                    new = _lay_down(each, made, path, place)
                except NianbaoError as problem:
                    error = problem
            found.append(Archived(path, new, error))
        return found


Known = Mapping[Key, Checked | NianbaoError]
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


def _bag(
    each: Wanted, staged: Staged, shop: Path, known: Known, built: Wheel, *, draft: bool
) -> bytes:
    """Return the zip of an archive.

    Raises
    ------
    BuildError
        Where its results are not those of the project, or a name is none for every system.
    """
    into = shop / each.name / "result"
    reports = {key: report for key in each.targets if isinstance(report := known[key], Checked)}
    for report in reports.values():
        if error := forgotten(report, into):
            raise error
    why = "；".join(dict.fromkeys(_why(report, len(reports)) for report in reports.values()))
    about = About(
        each.name,
        each.year,
        {key: report.name for key, report in reports.items()},
        max(report.published for report in reports.values()),
        why if draft else "",
    )
    files = bagged(payload(staged, into, about, built), about.described())
    _demand_portable(files)
    return packed({f"{each.name}/{name}": content for name, content in files.items()})


def _demand_portable(names: Iterable[str]) -> None:
    """Refuse names that some system cannot hold: what nobody may open is no archive."""
    listed = list(names)
    for name in listed:
        if told := objection(name):
            raise BuildError(f"名称“{printable(name)}”{told}，收入归档后无法打开。请改名。")
    if pair := clash(listed):
        both = "”和“".join(map(printable, pair))
        raise BuildError(f"名称“{both}”在有的系统上是同一个，收入归档后无法打开。请改名。")


def _why(report: Checked, reports: int) -> str:
    named = f"{report.name}：" if reports > 1 and report.hard else ""
    return f"{named}{report.why_draft}"


def _lay_down(each: Wanted, content: bytes, path: Path, place: Place) -> bool:
    """Write an archive and its line in the register, and have it signed; whether it is new."""
    digest = store(path, content)
    added = index.append(
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
