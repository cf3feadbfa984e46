"""The far side of a confinement: a forked child that gives up what it has, works and answers."""

from __future__ import annotations

import gc
import json
import math
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from nianbao.documents.limits.carrying import packed
from nianbao.documents.structure import Document
from nianbao.errors import NianbaoError

DOCUMENT, KNOWN, UNKNOWN = b"D", b"K", b"U"
"""First byte of an answer: a document, an error of ours with its text, or another's name."""

_MAX_FILES = 64
_RESET = ("SIGINT", "SIGTERM", "SIGALRM", "SIGHUP", "SIGQUIT")


def serve(work: Callable[[], Document], writer: int, seconds: float, memory: int) -> NoReturn:
    """Be the child: shut everything else, do the work, answer and vanish."""
    try:
        writer = _withdraw(writer, seconds, memory)
        answer = _answer(work)
        view = memoryview(answer)
        while view:
            view = view[os.write(writer, view) :]
    finally:
        os._exit(0)


def _answer(work: Callable[[], Document]) -> bytes:
    try:
        return DOCUMENT + packed(work())
    except NianbaoError as error:
        return KNOWN + json.dumps([type(error).__name__, str(error)]).encode()
    except BaseException as error:
        word = type(error).__name__
    # Outside the handler what the failed work held is free again.
    return UNKNOWN + json.dumps([word, ""]).encode()


def _withdraw(writer: int, seconds: float, memory: int) -> int:
    """Give up the parent's signals, files and output; take on the limits.

    Returns
    -------
    int
        The descriptor to answer on, which is none of the standard ones.
    """
    import fcntl  # only where there is fork

    gc.freeze()  # collecting would touch, and so copy, all that the parent has
    os.setsid()
    signal.set_wakeup_fd(-1)
    for name in _RESET:
        signal.signal(signal.Signals[name], signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    # Ends the child even where the parent is killed and cannot.
    signal.setitimer(signal.ITIMER_REAL, seconds + 1)
    writer = fcntl.fcntl(writer, fcntl.F_DUPFD, 3)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    os.closerange(3, writer)
    os.closerange(writer + 1, os.sysconf("SC_OPEN_MAX"))
    sys.dont_write_bytecode = True
    sys.stdin = sys.stdout = sys.stderr = open(os.devnull, "r+")  # noqa: PTH123, SIM115
    _limit(seconds, memory)
    return writer


def _limit(seconds: float, memory: int) -> None:
    import resource  # only where there is fork

    wanted = {
        resource.RLIMIT_CPU: math.ceil(seconds) + 1,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: _MAX_FILES,
    }
    size = _address_space()
    if size:
        wanted[resource.RLIMIT_AS] = size + memory
    for limit, value in wanted.items():
        hard = resource.getrlimit(limit)[1]
        lowest = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (lowest, lowest))


def _address_space() -> int:
    """Return how many bytes this process has mapped, 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[0]) * os.sysconf("SC_PAGESIZE")
    except (OSError, ValueError):
        return 0
