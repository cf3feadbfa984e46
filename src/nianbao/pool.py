"""Does jobs in forked children, several at once; one that fails does not stop the others."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from nianbao.engines.child import SECONDS, Child, ChildError, fork, forkable, wait
from nianbao.errors import BuildError, NianbaoError
from nianbao.interrupts import held_back

T = TypeVar("T")


def nothing() -> None:
    """Tidy up nothing."""


@dataclass(frozen=True)
class Job(Generic[T]):
    """Work under a name; picklable as a whole where it may run on another machine.

    Attributes
    ----------
    work : callable
        What it returns must be picklable.
    undo : callable
        Tidies up what the work leaves where it was killed.
    log : Path or None
        Where all goes that the work prints, and how it ended; None where it goes as ours does.
    makes : str
        What it publishes, relative to the output: the folder of a report or the file of a page.
    """

    name: str
    work: Callable[[], T]
    undo: Callable[[], object] = nothing
    log: Path | None = None
    makes: str = ""


@dataclass(frozen=True)
class Ended(Generic[T]):
    """A job that ended: its place in the list, what it returned or why not, elapsed seconds."""

    place: int
    job: Job[T]
    found: T | NianbaoError
    seconds: float

    @property
    def error(self) -> NianbaoError | None:
        """Why it did not end well."""
        return self.found if isinstance(self.found, NianbaoError) else None


Done = Callable[[Ended[T]], object]
"""Told of each job as it ends."""


class Runner(Protocol):
    """Whatever does jobs: processes here, or other machines."""

    def __call__(self, jobs: Sequence[Job[T]], done: Done[T]) -> None:
        """Do all jobs, and tell of each as it ends; one that fails does not stop the others."""


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_jobs(
    jobs: Sequence[Job[T]], done: Done[T], *, workers: int | None = None, seconds: float = SECONDS
) -> None:
    """Do all jobs, each in a child of its own where the system can fork, else one by one here.

    Parameters
    ----------
    jobs : sequence of Job
        Where they run in children, this process must have no other thread.
    done : callable
        Called in this process for each job as it ends.
    workers : int, optional
        How many run at once; by default as many as there are processors.
    seconds : float
        After so long a job is killed with all that it started.

    Raises
    ------
    KeyboardInterrupt
        After all jobs were killed and tidied up.
    """
    if forkable():
        _in_children(jobs, done, workers or cores(), seconds)
    else:
        for place, job in enumerate(jobs):
            started = time.monotonic()
            done(_ended(place, job, _outcome(job.work), started))


def _outcome(work: Callable[[], T]) -> T | NianbaoError:
    try:
        return work()
    except NianbaoError as error:
        return error


def _ended(place: int, job: Job[T], found: T | NianbaoError, started: float) -> Ended[T]:
    ended = Ended(place, job, found, time.monotonic() - started)
    if job.log:
        told = f"未完成：{ended.error}" if ended.error else "完成"
        with suppress(OSError):  # a log that cannot be written is no reason to stop
            job.log.parent.mkdir(parents=True, exist_ok=True)
            with job.log.open("a", encoding="utf-8") as file:
                file.write(f"{job.name} {told}（{ended.seconds:.1f}秒）\n")
    return ended


@dataclass(frozen=True)
class Running(Generic[T]):
    """A job at work in a child of its own, for so many seconds at most."""

    job: Job[T]
    child: Child
    started: float
    seconds: float

    def end(self, place: int) -> Ended[T]:
        """Say how it ended, once its child has answered or is late."""
        found: T | NianbaoError = _answer(self.job, self.child, self.seconds)
        return _ended(place, self.job, found, self.started)

    def stop(self) -> None:
        """Kill it with all that it started, and tidy up."""
        self.child.kill()
        self.job.undo()


def start(job: Job[T], seconds: float = SECONDS) -> Running[T]:
    """Start a job in a child; this process must have no other thread."""
    started = time.monotonic()
    return Running(job, fork(job.work, seconds=seconds, log=job.log), started, seconds)


def _in_children(jobs: Sequence[Job[T]], done: Done[T], workers: int, seconds: float) -> None:
    running: dict[int, Running[T]] = {}
    waiting = list(range(len(jobs)))[::-1]
    gc.freeze()  # a child that looked through what it shares for garbage would copy all of it
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                place = waiting.pop()
                with held_back():  # what was started must be known, to be stopped and tidied up
                    running[place] = start(jobs[place], seconds)
            ended = wait([each.child for each in running.values()], 1.0)
            for place in [place for place, each in running.items() if each.child in ended]:
                done(running.pop(place).end(place))
    finally:
        gc.unfreeze()
        for each in running.values():
            each.stop()


def _answer(job: Job[T], child: Child, seconds: float) -> T | NianbaoError:
    try:
        if child.late and not child.answered:
            child.kill()
            raise ChildError(f"超过{seconds:.0f}秒，已终止")
        answer: T = child.end()
        return answer
    except NianbaoError as error:
        return error
    except ChildError as error:
        job.undo()
        return BuildError(f"没有完成（{error}）；上一次的输出未动。")
