"""What a Dask worker does with a job: hands it to a process that can fork, and waits."""

from __future__ import annotations

import asyncio
import os
import pickle
import socket
import subprocess
import sys
import threading
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from nianbao.cluster.sameness import differences
from nianbao.errors import BuildError
from nianbao.threads import ONE_THREAD


class HelperLostError(RuntimeError):
    """The helper was killed before its answer: Dask does such a job again."""


@dataclass(frozen=True)
class Run:
    """What belongs to all jobs of a stage.

    Attributes
    ----------
    name : str
        Tells it from all others.
    expected : dict of str to str
        What this machine must have in common with the one that sends the jobs.
    look : bytes
        The job that tells what this machine has, pickled.
    """

    name: str
    expected: dict[str, str]
    look: bytes


class Helper:
    """A process beside this one, with one thread and everything imported; it dies with this one."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "nianbao.cluster.zygote", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                env={**os.environ, **ONE_THREAD},
            )
        self._connections: dict[str, set[socket.socket]] = defaultdict(set)
        self._same: set[str] = set()

    @property
    def alive(self) -> bool:
        """Whether it can take jobs."""
        return self._process.poll() is None

    def ask(self, payload: bytes, run: str) -> bytes:
        """Let a pickled job be done; return its outcome and seconds, pickled.

        Raises
        ------
        HelperLostError
            Where no answer came.
        """
        ours, theirs = socket.socketpair()
        self._connections[run].add(ours)
        try:
            with theirs:
                socket.send_fds(self._control, [b"."], [theirs.fileno()])
            with ours.makefile("rwb") as file:
                pickle.dump(payload, file)
                file.flush()
                answer: bytes = pickle.load(file)
                return answer
        except (EOFError, OSError) as error:
            raise HelperLostError from error
        finally:
            self._connections[run].discard(ours)
            ours.close()

    def differences(self, run: Run) -> list[str]:
        """Name what this machine has not in common with the one that sends the jobs."""
        if run.name in self._same:
            return []
        found, _ = pickle.loads(self.ask(run.look, run.name))
        if isinstance(found, Exception):
            raise found
        told = differences(run.expected, found)
        if not told:
            self._same.add(run.name)
        return told

    def stop(self, run: str) -> None:
        """Stop all jobs of a run, by hanging up."""
        for connection in list(self._connections.pop(run, ())):
            connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let it end, with all its jobs, or clear up what is left of one that was killed."""
        self._control.close()
        self._process.wait()


_LOCK = threading.Lock()


@cache
def _known() -> dict[str, Helper]:
    return {}


def helper() -> Helper:
    """Return this process's helper, started anew where it has died."""
    with _LOCK:
        known = _known().get("helper")
        if known and not known.alive:
            known.close()
            known = None
        if known is None:
            known = _known()["helper"] = Helper()
        return known


def perform(payload: bytes, run: Run) -> bytes:
    """Do a job; this is the task that Dask knows.

    Raises
    ------
    HelperLostError
        Where the helper was killed.
    """
    try:
        if told := helper().differences(run):
            raise BuildError(f"做这项作业的机器与发出它的不同：{'、'.join(told)}。")
    except BuildError as error:
        return pickle.dumps((error, 0.0))
    return helper().ask(payload, run.name)


async def look(run: Run) -> list[str]:
    """Name what differs between this machine and the one that sends the jobs."""
    # Not in the worker's own loop, which answers the scheduler all the while.
    return await asyncio.to_thread(lambda: helper().differences(run))


def stop(run: str) -> None:
    """Stop all jobs of a run that are at work here."""
    helper().stop(run)
