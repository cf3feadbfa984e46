"""Runs a command on a file and measures it; the files that are not files; damage to good ones."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from hostile.case import Case

SECONDS = 20
MEGABYTES = 1_000
CUTS = 20


@dataclass(frozen=True)
class Run:
    """How one run ended; `busy` are its processor seconds, which other work does not lengthen."""

    code: int
    told: str
    seconds: float
    busy: float
    megabytes: int

    def faults(self, codes: frozenset[int]) -> Iterator[str]:
        """Say what is not as promised."""
        if self.code not in codes:
            yield f"exit code {self.code}"
        if self.seconds > SECONDS:
            yield "too slow"
        if self.megabytes > MEGABYTES:
            yield "too large"
        if "Traceback" in self.told:
            yield "a traceback"
        if self.code == 3 and len(self.told.splitlines()) != 1:
            yield f"{len(self.told.splitlines())} lines for one sentence"
        if any(not sign.isprintable() for sign in self.told.replace("\n", "")):
            yield "control characters"


def run(path: Path) -> Run:
    """Read a file as the command line does."""
    command = [sys.executable, "-m", "nianbao", "read", "--year", "2022", "--", str(path)]
    start = monotonic()
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    watch = threading.Timer(2 * SECONDS, process.kill)
    watch.start()
    told = process.stderr.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(process.pid, 0)  # counts what the process waited for, too
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    watch.cancel()
    busy = usage.ru_utime + usage.ru_stime
    seconds = monotonic() - start
    return Run(process.returncode, told, seconds, busy, usage.ru_maxrss // 1024)


def write(case: Case, folder: Path) -> Path:
    path = folder / case.name
    path.write_bytes(case.make())
    return path


def write_apart(case: Case, folder: Path) -> Path:
    """Write a file from a child: a process begins with the peak of the one that starts it."""
    child = os.fork()
    if child == 0:
        try:
            write(case, folder)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    return folder / case.name


def oddities(folder: Path) -> dict[str, Path]:
    """Make paths that are no plain files, and names that are no plain names."""
    os.mkfifo(folder / "fifo.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "folder.txt").mkdir()
    (folder / "folder.txt" / "again").symlink_to("..")
    (folder / "empty.docx").touch()
    (folder / "a\x1b[31m\n\u202eb.txt").write_bytes(b"x\0")
    (folder / os.fsdecode(b"bad-\xff\xfe.txt")).write_bytes(b"x\0")
    (folder / ("长" * 80 + ".doc")).write_bytes(b"x")
    return {ascii(path.name): path for path in sorted(folder.iterdir())}


def cuts(content: bytes) -> Iterator[bytes]:
    """Cut a file short at places over its whole length."""
    yield from (content[: len(content) * i // CUTS] for i in range(1, CUTS))
    yield content[:-1]
