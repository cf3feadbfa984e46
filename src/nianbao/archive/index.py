"""The register of archives: a line for each, and in each line the hash of the line before."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Final

from nianbao.archive.entries import HEADER, Entry, line_digest, line_of, parsed
from nianbao.archive.storing import put_whole
from nianbao.errors import UnreadableError
from nianbao.publish import writable

__all__ = [
    "NAME",
    "Entry",
    "add",
    "alone",
    "append",
    "broken",
    "head",
    "knows",
    "read",
    "sound",
]

NAME: Final = "index.csv"
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")


def read(folder: Path) -> list[Entry]:
    """Return the archives that the register of a folder lists, in order.

    Raises
    ------
    UnreadableError
        Where a line is none of a register; whether the chain holds, `broken` tells.
    """
    found = []
    for place, line in enumerate(_lines(folder)[1:], start=2):
        entry, faults = parsed(line)
        if entry is None:
            raise UnreadableError(f"{NAME} 第{place}行：{'；'.join(faults)}。请从备份恢复。")
        found.append(entry)
    return found


def sound(folder: Path) -> list[Entry]:
    """Return what those lines say that can be read, in a register that may be damaged."""
    try:
        lines = _lines(folder)
    except UnreadableError:
        return []
    return [entry for entry, _ in map(parsed, lines) if entry]


def head(folder: Path) -> str:
    """Return the hash of the last line: kept elsewhere, it tells whether lines are missing."""
    lines = _lines(folder)
    return line_digest(lines[-1]) if lines else ""


def broken(folder: Path) -> list[str]:
    """Return every fault of a register, each in a sentence; nothing where the chain holds.

    That lines are missing at its end no chain can tell.
    """
    try:
        lines = _lines(folder)
    except UnreadableError as error:
        return [str(error)]
    found = []
    if (folder / NAME).exists() and lines[:1] != [HEADER]:
        found.append(f"{NAME} 第1行：表头应是“{HEADER.rstrip()}”。")
    for place, (before, line) in enumerate(pairwise(lines), start=2):
        entry, faults = parsed(line)
        if entry and entry.number != place - 1:
            faults.append(f"序号应是{place - 1}，写的是{entry.number}")
        if entry and entry.previous != line_digest(before):
            faults.append("previous 不是上一行的 SHA-256，上一行或本行被改动")
        found += [f"{NAME} 第{place}行：{fault}。" for fault in faults]
    return found


def knows(folder: Path, sha256: str) -> bool:
    """Whether the register of a folder lists an archive with this hash."""
    try:
        return any(entry.sha256 == sha256 for entry in read(folder))
    except UnreadableError:
        return False


def append(
    folder: Path, *, year: int, agency: str, bag: str, sha256: str, draft: bool
) -> Entry | None:
    """Add an archive to the register of a folder, as `add` does, with nobody else at it."""
    with alone(folder):
        return add(folder, year=year, agency=agency, bag=bag, sha256=sha256, draft=draft)


def _demand_sound(folder: Path) -> None:
    if faults := broken(folder):
        raise UnreadableError(
            f"归档登记有{len(faults)}处问题，没有登记新的归档：{faults[0]}"
            "请用备份恢复 index.csv 后重新归档。"
        )


def add(
    folder: Path, *, year: int, agency: str, bag: str, sha256: str, draft: bool
) -> Entry | None:
    """Add an archive to the register of a folder that is held by `alone`.

    Returns
    -------
    Entry or None
        The new line; None where the last one of that name says the same already.

    Raises
    ------
    BuildError
        Where it cannot be written.
    """
    known = read(folder)
    last = next((entry for entry in reversed(known) if entry.bag == bag), None)
    if last and (last.sha256, last.draft) == (sha256, draft):
        return None
    lines = _lines(folder) or [HEADER]
    today = datetime.now(UTC).date()
    entry = Entry(len(known) + 1, today, year, agency, bag, sha256, draft, line_digest(lines[-1]))
    # Written anew as a whole: a power cut in the midst of a line would break the chain.
    with writable(f"归档登记 {NAME} "):
        put_whole(folder / NAME, "".join([*lines, line_of(entry)]).encode())
    return entry


def _lines(folder: Path) -> list[str]:
    """Return the register's lines with their ends; none where there is no register."""
    try:
        text = (folder / NAME).read_bytes().decode()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "不是 UTF-8"
        raise UnreadableError(
            f"{NAME}：读不出来（{reason}）。请检查权限，或从备份恢复。"
        ) from error
    return _LINE.findall(text)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other processes from a folder of archives meanwhile; two projects may share one.

    Raises
    ------
    UnreadableError
        Where its register is damaged: then nothing is put there, and none put aside.
    BuildError
        Where there is no such folder and none can be made.
    """
    with writable(f"归档的文件夹 {folder} "):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:  # Windows
        _demand_sound(folder)
        yield
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        _demand_sound(folder)
        yield
    finally:
        os.close(opened)
