"""A line of the register of archives: what it says, and how it is written."""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from nianbao.archive.names import shown

FIELDS: Final = ("number", "archived", "year", "agency", "bag", "sha256", "draft", "previous")
HEADER: Final = ",".join(FIELDS) + "\n"
_DIGEST: Final = re.compile("[0-9a-f]{64}")
_NUMBER: Final = re.compile("[1-9][0-9]{0,8}")
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


def parsed(line: str) -> tuple[Entry | None, list[str]]:
    """Return what a line says, or what is wrong with it."""
    if not line.endswith("\n"):
        return None, ["没有写完（缺少换行）"]
    try:
        fields = next(csv.reader([line.rstrip("\n")]), [])
    except csv.Error as error:
        return None, [f"不是 CSV（{error}）"]
    if len(fields) != len(FIELDS):
        return None, [f"应有{len(FIELDS)}项，写了{len(fields)}项"]
    said = dict(zip(FIELDS, fields, strict=True))
    wrong = [name for name in FIELDS if not _well_formed(name, said[name])]
    faults = [f"{name} 写作“{shown(said[name])}”" for name in wrong]
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
    return (entry, []) if line_of(entry) == line else (None, ["写法与登记的格式不符"])


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


def line_of(entry: Entry) -> str:
    """Write an archive as its line, with the line end."""
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


def line_digest(line: str) -> str:
    """Return what the next line says of this one."""
    return hashlib.sha256(line.encode()).hexdigest()
