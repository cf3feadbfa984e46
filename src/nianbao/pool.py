"""Does jobs in forked children, several at once; one that fails does not stop the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from nianbao.engines.child import SECONDS, Child, ChildError, fork, forkable, wait
from nianbao.engines.fork import ForkEngine
from nianbao.errors import BuildError, NianbaoError

T = TypeVar("T")


@dataclass(frozen=True)
class Job(Generic[T]):
    """Work under a name; ``undo`` tidies up what it leaves where it was killed."""

    name: str
    work: Callable[[], T]
    undo: Callable[[], None]


Done = Callable[[int, "Job[T]", T | NianbaoError], None]
"""Told of each job that ended: its place in the list, itself, and what it returned or why not."""


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
        What they return must be picklable. Where they run in children, this process must have
        no other thread.
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
            done(place, job, _outcome(job.work))


def _outcome(work: Callable[[], T]) -> T | NianbaoError:
    try:
        return work()
    except NianbaoError as error:
        return error


def _in_children(jobs: Sequence[Job[T]], done: Done[T], workers: int, seconds: float) -> None:
    running: dict[int, Child] = {}
    waiting = list(range(len(jobs)))[::-1]
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                place = waiting.pop()
                running[place] = fork(_apart(jobs[place].work), seconds=seconds)
            ended = wait(list(running.values()), 1.0)
            for place in [place for place, child in running.items() if child in ended]:
                found: T | NianbaoError = _answer(jobs[place], running.pop(place), seconds)
                done(place, jobs[place], found)
    finally:
        for place, child in running.items():
            child.kill()
            jobs[place].undo()


def _apart(work: Callable[[], T]) -> Callable[[], T]:
    """Let a notebook run in the job's own child, not in another one."""

    def alone() -> T:
        ForkEngine.apart = True
        return work()

    return alone


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
        return BuildError(f"{job.name}：没有完成（{error}）；上一次的输出未动。")
