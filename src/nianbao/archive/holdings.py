"""All archives of a place, held against its register: each there, equal to its line and whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from nianbao.archive import index
from nianbao.archive.encasing import sidecar_faults
from nianbao.archive.fixity import faults
from nianbao.archive.index import Entry
from nianbao.archive.names import objection, shown
from nianbao.archive.opening import MAX_FILE, open_bag
from nianbao.archive.signature import signature_faults, signatures
from nianbao.archive.storing import HASH, SIGNATURES
from nianbao.errors import NianbaoError, UsageError
from nianbao.provenance import file_hash

_BESIDE: Final = (HASH, *SIGNATURES)
_ARCHIVE: Final = re.compile(r"[0-9]{4}/[^/]+\.zip")
_UNLISTED: Final = (
    "是归档包，登记中却没有它：登记的末尾缺了行，或者归档时中断。"
    "请从备份恢复 index.csv，或重新归档。"
)
_ASIDE: Final = 12
"""Digits of the hash in the name of an archive that a later one took the place of."""


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk through a folder of archives came to.

    Attributes
    ----------
    archives : int
        How many the register lists.
    faults : tuple of str
        What is wrong, in Chinese.
    strays : tuple of str
        Files that no line names, by their path in the folder.
    head : str
        The hash of the last line; empty where the register cannot be read.
    """

    archives: int
    faults: tuple[str, ...]
    strays: tuple[str, ...]
    head: str = ""


def walk(folder: Path, root: Path | None, say: Callable[[str], None]) -> Walked:
    """Check every archive that a register lists.

    Parameters
    ----------
    folder : Path
        With ``index.csv``.
    root : Path or None
        The project, whose ``params`` say whose signatures are trusted.
    say : callable
        Told which archive is being checked.

    Raises
    ------
    UsageError
        Where the folder has no register.
    """
    if not (folder / index.NAME).is_file():
        raise UsageError(
            f"{folder} 中没有归档登记 {index.NAME}。请先归档，或用 ARCHIVE= 指定位置。"
        )
    found = list(index.broken(folder))
    entries = index.sound(folder)  # a line that is damaged hides no other
    last = {entry.bag: entry for entry in entries}
    known = {index.NAME}
    for entry in entries:
        place = f"{index.NAME} 序号{entry.number}"
        try:
            path = _lying(folder, entry, latest=last[entry.bag] == entry)
        except OSError as error:
            found.append(f"{place}：{shown(entry.bag)} {_unread(error)}")
            continue
        if path is None:
            found.append(f"{place}：缺少 {shown(entry.bag)}（SHA-256 {entry.sha256[:_ASIDE]}…）。")
            continue
        name = path.relative_to(folder).as_posix()
        faulty = list(_readable(_unlike(path, entry)))
        if name not in known:
            say(f"正在核验 {shown(name)}……")
            known |= {name, *(name + ending for ending in _BESIDE)}
            faulty += _readable(_of(path, root))
        found += [f"{shown(name)}：{fault}" for fault in faulty]
    strays = list(_strays(folder, known))
    listed = {entry.sha256 for entry in entries}
    found += [f"{shown(name)}：{_UNLISTED}" for name in strays if _unlisted(folder, name, listed)]
    head = index.head(folder) if entries else ""
    return Walked(len(entries), tuple(found), tuple(map(shown, strays)), head)


def _readable(faults: Iterable[str]) -> Iterator[str]:
    """Yield faults; one more where the system does not let the file be read."""
    try:
        yield from faults
    except OSError as error:
        yield _unread(error)


def _unread(error: OSError) -> str:
    return f"无法读取（{error.strerror or type(error).__name__}），没有核验。请检查权限和磁盘。"


def _unlisted(folder: Path, name: str, listed: set[str]) -> bool:
    """Whether a file that no line names lies where archives do, and is one that none speaks of."""
    if not _ARCHIVE.fullmatch(name):
        return False
    try:
        open_bag(folder / name)
        return _sum(folder / name) not in listed
    except (NianbaoError, OSError):
        return False


def _lying(folder: Path, entry: Entry, *, latest: bool) -> Path | None:
    """Return where an archive lies: under its name, or put aside when a later one took that."""
    path = PurePosixPath(entry.bag)
    if objection(entry.bag):
        return None
    aside = path.with_name(f"{path.stem}.{entry.sha256[:_ASIDE]}{path.suffix}")
    here, there = folder / path, folder / aside
    if latest and here.is_file():
        # While its line was not yet written, a newer one has the name already.
        moved = there.is_file() and _sum(here) != entry.sha256 == _sum(there)
        return there if moved else here
    if there.is_file():
        return there
    return here if here.is_file() and _sum(here) == entry.sha256 else None


def _unlike(path: Path, entry: Entry) -> Iterator[str]:
    digest = _sum(path)
    if digest != entry.sha256:
        yield (
            f"SHA-256 是 {digest[:_ASIDE]}…，登记（序号{entry.number}）的是"
            f" {entry.sha256[:_ASIDE]}…。"
        )


def _of(path: Path, root: Path | None) -> Iterator[str]:
    """Yield what is wrong with an archive, whatever its line says."""
    try:
        bag = open_bag(path)
    except NianbaoError as error:
        yield str(error)
        return
    signed = signature_faults(signatures(path, bag, root), required=False)
    yield from map(str, [*faults(bag), *sidecar_faults(path, bag), *signed])


def _sum(path: Path) -> str:
    if path.stat().st_size > MAX_FILE:
        return ""
    return file_hash(path)


def _strays(folder: Path, known: set[str]) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_dir() and name not in known:
            yield name
