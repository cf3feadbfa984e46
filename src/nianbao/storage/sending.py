"""Jobs that fetch what they need and publish what they make on an object store."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from nianbao.errors import BuildError
from nianbao.pool import Done, Job, Runner
from nianbao.publish import write_text
from nianbao.storage.bundle import bundle, bundle_name, unpack
from nianbao.storage.mirror import Mirror
from nianbao.storage.place import Place, apart
from nianbao.storage.raw import pull_raw
from nianbao.storage.store import Store

T = TypeVar("T")

_STAGE = ".stage"
_PROJECT = ".project"


@dataclass(frozen=True)
class Publishing:
    """A runner of jobs that see this machine's folder and publish what they make.

    Attributes
    ----------
    mirror : Mirror
        The output.
    run : Runner
        Does the jobs.
    """

    mirror: Mirror
    run: Runner

    def __call__(self, jobs: Sequence[Job[T]], done: Done[T]) -> None:
        """Do all jobs, and tell of each as it ends; one that fails does not stop the others."""
        wrapped = [
            replace(job, work=partial(_published, self.mirror, job.makes, job.work)) for job in jobs
        ]
        self.run(wrapped, done)


@dataclass(frozen=True)
class Sending:
    """A runner of jobs on machines that share no folder, but data and output on a store.

    Attributes
    ----------
    place : Place
        The project; its data and its output have addresses.
    run : Runner
        Does the jobs, on machines where paths lead into folders of their own
        (`nianbao.cluster.moving`).
    say : callable
        Tells a person one line.
    """

    place: Place
    run: Runner
    say: Callable[[str], object]

    def __call__(self, jobs: Sequence[Job[T]], done: Done[T]) -> None:
        """Do all jobs, and tell of each as it ends; one that fails does not stop the others."""
        content = bundle(self.place.project.root)
        stage = Stage(
            self.place.workspace.root,
            self.place.data,
            self.place.output,
            bundle_name(content),
            uuid.uuid4().hex,
        )
        apart(partial(_store, self.place.output, stage.project, content))
        wrapped = [
            replace(job, work=partial(_fetched, stage, job.makes, job.log, job.work))
            for job in jobs
        ]
        self.run(wrapped, done)
        self.place.pull(self.say)


@dataclass(frozen=True)
class Stage:
    """What a machine needs before the first job of a stage: all that was there when it began.

    Attributes
    ----------
    root : Path
        The project's folder on the machine.
    data, output : str
        The addresses.
    project : str
        The object of the output that holds the project's small files.
    name : str
        Tells the stage from all others.
    """

    root: Path
    data: str
    output: str
    project: str
    name: str

    def prepare(self) -> Mirror:
        """Let the folder hold it, once for all jobs of the stage on this machine."""
        from nianbao.workspace import Workspace

        mirror = Mirror(Workspace(self.root), Store(self.output))
        with _alone(self.root):
            if _text(self.root / _STAGE) != self.name:
                self._unpack(mirror.store)
                pull_raw(Store(self.data), self.root / "data" / "raw", print)
                mirror.pull()
                write_text(self.root / _STAGE, self.name)
        return mirror

    def _unpack(self, store: Store) -> None:
        if _text(self.root / _PROJECT) == self.project:
            return
        for _, content in store.read([self.project]):
            if bundle_name(content) != self.project:
                raise BuildError(f"{store.address}/{self.project} 被改动。请重新运行。")
            (self.root / _PROJECT).unlink(missing_ok=True)
            unpack(content, self.root)
            write_text(self.root / _PROJECT, self.project)
            return
        raise BuildError(f"{store.address}/{self.project} 不见了。请重新运行。")


def _published(mirror: Mirror, makes: str, work: Callable[[], T]) -> T:
    """Do work, then publish what it made and share what it read."""
    before = mirror.readings()
    found = work()
    mirror.share(mirror.readings() - before)
    if makes:
        mirror.publish(makes)
    return found


def _fetched(stage: Stage, makes: str, log: Path | None, work: Callable[[], T]) -> T:
    """Fetch what work needs, do it, then publish what it made, and what it printed."""
    mirror = stage.prepare()
    try:
        return _published(mirror, makes, work)
    finally:
        if log and log.is_file():
            with suppress(BuildError):  # what became of the work counts
                mirror.share([log.relative_to(mirror.workspace.output).as_posix()])


def _store(address: str, name: str, content: bytes) -> None:
    Store(address).write({name: content})


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        return ""


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold a folder for this process, among all of this machine."""
    import fcntl

    root.mkdir(parents=True, exist_ok=True)
    file = os.open(root / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)
