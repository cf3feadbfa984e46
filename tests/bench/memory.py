"""Says how much memory a process takes with all below it."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")
_LEAST = 0.2
_SHARE = 20
"""Between two looks so many times the time that a look takes: they cost 5 % of a processor."""


class Memory:
    """Looks at the memory of a process and all below it, in a thread, until told to stop."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak, self._over = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        pause = 0.0
        while not self._over.wait(pause):
            started = time.perf_counter()
            self._peak = max(self._peak, sum(map(share_of, [self._pid, *family(self._pid)])))
            pause = max(_LEAST, _SHARE * (time.perf_counter() - started))

    def end(self) -> int:
        """Return the most that was seen, in bytes."""
        self._over.set()
        self._thread.join()
        return self._peak


def family(root: int) -> list[int]:
    """Return the processes below one, as they are now."""
    below: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError, ValueError):
                # the name in brackets may hold anything, so the fields are counted after it
                fields = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
                below.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        children = below.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def share_of(pid: int) -> int:
    """Return a process's proportional set size in bytes, 0 where it has ended."""
    with suppress(OSError):
        for line in (_PROC / str(pid) / "smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
