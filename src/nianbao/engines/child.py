"""Does work in a forked child: killed with all that it started when it takes too long."""

from __future__ import annotations

import ctypes
import os
import pickle
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from nianbao.errors import NianbaoError
from nianbao.interrupts import held_back

MEMORY: Final = 4 * 2**30
"""Bytes of address space that a report may take on top of what this process has."""
SECONDS: Final = 600.0
"""A report that takes longer hangs."""
_CHUNK: Final = 1 << 20
_PARENT_DEATH: Final = 1  # PR_SET_PDEATHSIG
_LOST: Final = "子进程没有给出结果"


@dataclass
class Child:
    """A forked child at work.

    Attributes
    ----------
    pid : int
        Its process, which leads a group of its own.
    reader : int
        The end of the pipe that its answer comes through.
    deadline : float
        When it is killed, on the monotonic clock.
    answered : bool
        Whether its answer is complete.
    """

    pid: int
    reader: int
    deadline: float
    answered: bool = False
    _parts: list[bytes] = field(default_factory=list)
    _reaped: bool = False

    def receive(self) -> bool:
        """Take what has come; return whether the child has ended its answer."""
        part = os.read(self.reader, _CHUNK)
        self._parts.append(part)
        self.answered = not part
        return self.answered

    def end(self) -> Any:
        """Wait for its answer and its end; return the answer.

        Raises
        ------
        NianbaoError
            What its work raised of that kind.
        ChildError
            Where it was killed, ended without an answer or failed in any other way.
        """
        while not self.answered:
            self.receive()
        self.stop()
        _, status = os.waitpid(self.pid, 0)
        self._reaped = True
        answer = b"".join(self._parts)
        if answer:
            with suppress(pickle.UnpicklingError, EOFError):
                done, value = pickle.loads(answer)  # our own child's words, never a file's
                if done:
                    return value
                raise value
        if os.WIFSIGNALED(status):
            raise ChildError(f"进程被终止（{signal.Signals(os.WTERMSIG(status)).name}）")
        raise ChildError(f"{_LOST}（退出码 {os.waitstatus_to_exitcode(status)}）")

    def kill(self) -> None:
        """End it and all that it started, at once."""
        if self._reaped:  # its number may be another process's by now
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        # One that was forked just now leads no group yet.
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self.stop()
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        self._reaped = True

    @property
    def late(self) -> bool:
        """Whether its time is over."""
        return time.monotonic() >= self.deadline

    def stop(self) -> None:
        """Close the pipe."""
        with suppress(OSError):
            os.close(self.reader)
        self.reader = -1


class ChildError(Exception):
    """A child that ended without an answer: killed, out of memory, out of time."""


_here = {"forked": False}


def is_child() -> bool:
    """Whether this process is such a child already, so that a notebook needs no other one."""
    return _here["forked"]


def forkable() -> bool:
    """Whether this system forks a process that does not need to import anything again."""
    return sys.platform == "linux"


def fork(
    work: Callable[[], Any],
    *,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    log: Path | None = None,
) -> Child:
    """Start work in a forked child.

    Parameters
    ----------
    work : callable
        What it returns or raises must be picklable.
    seconds : float
        Elapsed time after which the child is late.
    memory : int
        Bytes of address space on top of what this process has.
    log : Path, optional
        Where all goes that it prints, its own children too; what it held before is dropped.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    reader, writer = os.pipe()
    with held_back():
        pid = os.fork()
        if pid == 0:
            os.close(reader)
            _serve(work, writer, memory, log)
        os.close(writer)
        return Child(pid, reader, time.monotonic() + seconds)


def _serve(work: Callable[[], Any], writer: int, memory: int, log: Path | None) -> None:
    """Do the work, write the answer and end; never returns."""
    code = 1
    _here["forked"] = True
    try:
        os.setsid()
        _end_with_parent()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        _limit(memory)
        if log:
            _print_into(log)
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(_answer(work))
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _print_into(log: Path) -> None:
    """Let standard output and error lead into a file; where it cannot be written, nowhere."""
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o644)
    except OSError:
        file = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        os.dup2(file, number)
    os.close(file)
    # By lines, so that one that is killed has told what it did till then.
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", buffering=1, closefd=False)
    sys.stderr = os.fdopen(
        2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False
    )


def _end_with_parent() -> None:
    """Let the system kill this child when its parent is gone, however that ended."""
    ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL)
    if os.getppid() == 1:
        os._exit(1)


def _answer(work: Callable[[], Any]) -> bytes:
    try:
        return pickle.dumps((True, work()))
    except MemoryError:
        return pickle.dumps((False, ChildError("内存不足")))
    except NianbaoError as error:
        return pickle.dumps((False, error))
    except Exception as error:  # a fault of the program: its traceback is for who mends it
        traceback.print_exc()
        return pickle.dumps((False, ChildError(f"程序出错，{type(error).__name__}：{error}")))


def _limit(memory: int) -> None:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    taken = pages * resource.getpagesize() + memory
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = taken if hard == resource.RLIM_INFINITY else min(taken, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


def wait(children: list[Child], seconds: float) -> list[Child]:
    """Return the children that have answered or are late, after this many seconds at most."""
    now = time.monotonic()
    first = min([child.deadline for child in children] + [now + seconds])
    ready, _, _ = select.select([child.reader for child in children], [], [], max(0, first - now))
    done = [child for child in children if child.reader in ready and child.receive()]
    late = [child for child in children if child not in done and child.late]
    return [*done, *late]
