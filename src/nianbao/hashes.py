"""Hashes of files, each taken once a process for as long as the file seems the same."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from nianbao.documents import read_source
from nianbao.errors import UnreadableError
from nianbao.provenance import file_hash


def content_hash(path: Path | None) -> str:
    """Return the SHA-256 of a file, or nothing where there is none."""
    return _of_file(path, signature(path)) if path and path.is_file() else ""


def source_hash(path: Path) -> str:
    """Return the SHA-256 of a report as received, file or folder.

    Of what cannot be opened the reason is returned: it stands for the same in every run.
    """
    if path.is_file():
        return content_hash(path)
    try:
        return read_source(path).sha256
    except UnreadableError as error:
        return str(error)


def signature(path: Path) -> tuple[int, int, int]:
    """Return what tells whether a file is still the one that it was: time, size, place."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_mtime_ns, found.st_size, found.st_ino)


@lru_cache(maxsize=100_000)
def _of_file(path: Path, _seems: tuple[int, int, int]) -> str:
    return file_hash(path)
