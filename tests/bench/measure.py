"""Runs commands and says what they cost: time, processor time, memory of all their processes."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.memory import Memory, family

_PATIENCE = 10
"""Seconds that a stream may stay open after its command ended: something it left holds it."""


@dataclass(frozen=True)
class Usage:
    """What one run took.

    Attributes
    ----------
    seconds : float
        Elapsed time.
    cpu : float
        Processor seconds of the command and of all that it waited for.
    peak : int
        The largest memory seen, in bytes, of all its processes together; 0 if nobody looked.
        Memory that processes share counts once (proportional set size).
    """

    seconds: float
    cpu: float = 0.0
    peak: int = 0


class FailedError(Exception):
    """A command that did not end as it must; holds the last that it said."""


def run(
    command: Sequence[str | Path],
    folder: Path,
    environment: Mapping[str, str],
    *,
    allowed: Sequence[int] = (0,),
    look: bool = False,
    told: list[str] | None = None,
) -> Usage:
    """Run a command to its end, as a group of its own.

    Parameters
    ----------
    command : sequence of str
        The program and its arguments.
    folder : Path
        Where it runs.
    environment : mapping of str to str
        Its environment.
    allowed : sequence of int
        Exit codes that are no failure.
    look : bool
        Whether its memory is looked at while it runs.
    told : list of str, optional
        Takes what it wrote to standard output.

    Raises
    ------
    FailedError
        For any other exit code.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command], cwd=folder, env=dict(environment), text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        encoding="utf-8", errors="replace", start_new_session=True,
    )  # fmt: skip
    memory = Memory(process.pid) if look else None
    said: dict[str, str] = {}
    readers = [_reader(process, name, said) for name in ("stdout", "stderr")]
    try:
        _, status, spent = os.wait4(process.pid, 0)
    except BaseException:
        end(process)
        raise
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = memory.end() if memory else 0
    for reader in readers:
        reader.join(_PATIENCE)
    if process.returncode not in allowed:
        words = "\n".join(said.values()).strip()[-2000:]
        raise FailedError(f"{' '.join(map(str, command))}: {process.returncode}\n{words}")
    if told is not None:
        told.append(said.get("stdout", ""))
    return Usage(seconds, spent.ru_utime + spent.ru_stime, peak)


def _reader(process: subprocess.Popen[str], name: str, said: dict[str, str]) -> threading.Thread:
    stream = getattr(process, name)

    def read() -> None:
        with stream:
            said[name] = stream.read()

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    return reader


def end(process: subprocess.Popen[str]) -> None:
    """Kill a command with all its processes; those in sessions of their own too."""
    for pid in [*family(process.pid), process.pid]:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def alternate(
    sides: Mapping[str, Callable[[], Usage]], rounds: int, said: Callable[[str], object]
) -> dict[str, list[Usage]]:
    """Run all sides in turn, round by round; each round begins with the next side.

    What else the machine does then falls on all of them alike.
    """
    found: dict[str, list[Usage]] = {name: [] for name in sides}
    names = list(sides)
    for number in range(rounds):
        start = number % len(names)
        for name in names[start:] + names[:start]:
            usage = sides[name]()
            found[name].append(usage)
            said(f"round {number + 1}/{rounds}  {name}: {usage.seconds:.2f} s")
    return found


def middle(usages: Sequence[Usage]) -> Usage:
    """Return the medians of several runs, each quantity by itself."""
    return Usage(
        median(usage.seconds for usage in usages),
        median(usage.cpu for usage in usages),
        round(median(usage.peak for usage in usages)),
    )
