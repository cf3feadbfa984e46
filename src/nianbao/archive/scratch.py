"""Temporary folders that do not pile up: what a killed process left goes when the next one starts.

Each holds a file that its process keeps locked. The system lets go of a lock when the process ends,
however it ends: a folder whose lock can be taken is nobody's any more.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Final

PREFIX: Final = "nianbao-"
_ALIVE: Final = ".nianbao-alive"


@contextmanager
def scratch(purpose: str = "") -> Iterator[Path]:
    """Give a temporary folder; nothing of it is left afterwards.

    Parameters
    ----------
    purpose : str
        A part of its name.
    """
    _sweep()
    given = TemporaryDirectory(prefix=f"{PREFIX}{purpose}", ignore_cleanup_errors=True)
    lock = None
    try:
        with given as folder:
            lock = _claimed(Path(folder))
            yield Path(folder).resolve()
    finally:
        if lock is not None:
            os.close(lock)


def _claimed(folder: Path) -> int | None:
    """Lock a folder; it gets the file's name only when locked, so nobody finds it unlocked."""
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    part = folder / f"{_ALIVE}.part"
    with suppress(OSError):  # a disk that knows no locks; such a folder is never swept
        lock = os.open(part, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.rename(folder / _ALIVE)
        except OSError:
            os.close(lock)
            raise
        return lock
    return None


def _sweep() -> None:
    """Remove this user's folders whose process is gone."""
    with suppress(OSError), os.scandir(gettempdir()) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX) and entry.is_dir(follow_symlinks=False):
                _remove_abandoned(Path(entry.path))


def _remove_abandoned(folder: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        return
    with suppress(OSError):
        if folder.stat().st_uid != os.getuid():
            return
        lock = os.open(folder / _ALIVE, os.O_RDWR | os.O_NOFOLLOW)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(lock)
