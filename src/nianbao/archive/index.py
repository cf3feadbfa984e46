"""The register of archives: a line for each, and in each line the hash of the line before."""

from __future__ import annotations

import csv
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Final

from nianbao.archive.storing import put_whole
from nianbao.errors import UnreadableError

NAME: Final = "index.csv"
FIELDS: Final = ("number", "archived", "year", "agency", "bag", "sha256", "draft", "previous")
_HEADER: Final = ",".join(FIELDS) + "\n"
_DIGEST: Final = re.compile("[0-9a-f]{64}")
_NUMBER: Final = re.compile("[1-9][0-9]*")
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_YEAR: Final = re.compile("[0-9]{4}")
_WORDS: Final = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Entry:
    """One archive that was made.

    Attributes
    ----------
    number : int
        Its place in the register, from 1.
    archived : datetime.date
        On which day it was made (UTC).
    agency : str
        Whose report it holds; empty for a whole year.
    bag : str
        Where it was written, from the folder of archives; it may have been put aside since.
    sha256 : str
        Of the zip, as hexadecimal digits.
    draft : bool
        Whether it says that it is a draft.
    previous : str
        SHA-256 of the whole line before this one.
    """

    number: int
    archived: date
    year: int
    agency: str
    bag: str
    sha256: str
    draft: bool
    previous: str


def read(folder: Path) -> list[Entry]:
    """Return the archives that the register of a folder lists, in order.

    Raises
    ------
    UnreadableError
        Where a line is none of a register; whether the chain holds, `broken` tells.
    """
    found = []
    for place, line in enumerate(_lines(folder)[1:], start=2):
        entry, faults = _parsed(line)
        if entry is None:
            raise UnreadableError(f"{NAME} 第{place}行：{'；'.join(faults)}。")
        found.append(entry)
    return found


def broken(folder: Path) -> list[str]:
    """Return every fault of a register, each in a sentence; nothing where the chain holds.

    That lines are missing at its end no chain can tell.
    """
    try:
        lines = _lines(folder)
    except UnreadableError as error:
        return [str(error)]
    found = []
    if (folder / NAME).exists() and lines[:1] != [_HEADER]:
        found.append(f"{NAME} 第1行：表头应是“{_HEADER.rstrip()}”。")
    for place, (before, line) in enumerate(pairwise(lines), start=2):
        entry, faults = _parsed(line)
        if entry and entry.number != place - 1:
            faults.append(f"序号应是{place - 1}，写的是{entry.number}")
        if entry and entry.previous != _digest(before):
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
    """Add an archive to the register of a folder.

    Returns
    -------
    Entry or None
        The new line; None where the last one of that name says the same already.

    Raises
    ------
    UnreadableError
        Where the register is damaged: then nothing is added to it.
    """
    with _alone(folder):
        if faults := broken(folder):
            raise UnreadableError(
                f"归档登记有{len(faults)}处问题，没有登记新的归档：{faults[0]}"
                "请用备份恢复 index.csv 后重新归档。"
            )
        known = read(folder)
        last = next((entry for entry in reversed(known) if entry.bag == bag), None)
        if last and (last.sha256, last.draft) == (sha256, draft):
            return None
        lines = _lines(folder) or [_HEADER]
        today = datetime.now(UTC).date()
        entry = Entry(len(known) + 1, today, year, agency, bag, sha256, draft, _digest(lines[-1]))
        # Written anew as a whole: a power cut in the midst of a line would break the chain.
        put_whole(folder / NAME, "".join([*lines, _line(entry)]).encode())
        return entry


def _lines(folder: Path) -> list[str]:
    """Return the register's lines with their ends; none where there is no register."""
    try:
        text = (folder / NAME).read_bytes().decode()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{NAME}：读不出来（{error}）。") from error
    return _LINE.findall(text)


def _parsed(line: str) -> tuple[Entry | None, list[str]]:
    """Return what a line says, or what is wrong with it."""
    if not line.endswith("\n"):
        return None, ["没有写完（缺少换行）"]
    fields = next(csv.reader([line.rstrip("\n")]), [])
    if len(fields) != len(FIELDS):
        return None, [f"应有{len(FIELDS)}项，写了{len(fields)}项"]
    said = dict(zip(FIELDS, fields, strict=True))
    faults = [f"{name} 写作“{said[name]}”" for name in FIELDS if not _well_formed(name, said[name])]
    if faults:
        return None, faults
    entry = Entry(
        int(said["number"]),
        date.fromisoformat(said["archived"]),
        int(said["year"]),
        said["agency"],
        said["bag"],
        said["sha256"],
        _WORDS[said["draft"]],
        said["previous"],
    )
    return (entry, []) if _line(entry) == line else (None, ["写法与登记的格式不符"])


def _well_formed(name: str, written: str) -> bool:
    if name == "archived":
        try:
            return date.fromisoformat(written).isoformat() == written
        except ValueError:
            return False
    forms = {"number": _NUMBER, "year": _YEAR, "sha256": _DIGEST, "previous": _DIGEST}
    if name in forms:
        return bool(forms[name].fullmatch(written))
    return written in _WORDS if name == "draft" else name == "agency" or bool(written)


def _line(entry: Entry) -> str:
    fields = [
        str(entry.number),
        entry.archived.isoformat(),
        str(entry.year),
        entry.agency,
        entry.bag,
        entry.sha256,
        str(entry.draft).lower(),
        entry.previous,
    ]
    return ",".join(map(_quoted, fields)) + "\n"


def _quoted(field: str) -> str:
    doubled = field.replace('"', '""')
    return f'"{doubled}"' if re.search('[",]', field) else field


def _digest(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes from adding a line meanwhile; two projects may share a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)
