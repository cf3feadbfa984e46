"""Reports as received, from a store into a folder here: what is new or changed is fetched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec

from nianbao.documents import MAX_BYTES
from nianbao.documents.limits.kinds import printable
from nianbao.publish import write_bytes
from nianbao.storage.store import Item, Store

_INDEX: Final = ".fetched.json"
_LONGEST: Final = 200
"""Bytes of a name that a file system takes, with room for what writing aside adds."""
_YEAR: Final = re.compile(r"[0-9]{4}")

Index = dict[str, tuple[int, str]]


def pull_raw(store: Store, folder: Path, say: Callable[[str], object]) -> None:
    """Make a folder hold the reports that lie in a store, each as it is there now.

    A file is fetched if its size or its mark is another than when it was fetched last. One that is
    larger than any report may be is not: a file as large as is refused stands for it.

    Parameters
    ----------
    store : Store
        Holds ``<year>/<agency>.docx`` and the like.
    folder : Path
        ``data/raw`` of a project; nothing else may write into it.
    say : callable
        Told of each object whose name no file can have.

    Raises
    ------
    BuildError
        Where the store does not answer, or refuses.
    """
    listed = store.list()
    good = set(_usable(listed, say))
    folder.mkdir(parents=True, exist_ok=True)
    _keep_only(folder, good)
    known = {name: mark for name, mark in _index(folder).items() if (folder / name).is_file()}
    wanted = [name for name in sorted(good) if known.get(name) != _mark(listed[name])]
    try:
        for name, content in _contents(store, wanted, listed):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(path, content)
            known[name] = _mark(listed[name])
    finally:
        write_bytes(folder / _INDEX, msgspec.json.encode(known))


def _contents(
    store: Store, names: Iterable[str], listed: dict[str, Item]
) -> Iterator[tuple[str, bytes]]:
    fetched = [name for name in names if listed[name].size <= MAX_BYTES]
    yield from ((name, bytes(MAX_BYTES + 1)) for name in names if listed[name].size > MAX_BYTES)
    yield from store.read(fetched)


def _usable(listed: dict[str, Item], say: Callable[[str], object]) -> Iterator[str]:
    """Yield the names of reports; tell of those that no file here can have."""
    folders = {str(above) for name in listed for above in PurePosixPath(name).parents}
    for name in sorted(listed):
        parts = name.split("/")
        if len(parts) < 2 or not _YEAR.fullmatch(parts[0]) or not parts[-1]:
            continue  # no report, as files beside the years' folders are not
        if any(part.startswith((".", "~")) and part not in (".", "..") for part in parts):
            continue  # hidden
        if name in folders and not listed[name].size:
            continue  # consoles put such an object for an empty folder
        if name in folders or not all(map(_is_plain, parts)):
            say(f"对象“{printable(name)}”的名称不能用作文件名，没有读取。")
            continue
        yield name


def _is_plain(part: str) -> bool:
    good = part not in ("", ".", "..") and "\\" not in part
    good = good and all(sign.isprintable() or sign == "\u3000" for sign in part)
    return good and len(part.encode(errors="surrogatepass")) <= _LONGEST


def _mark(item: Item) -> tuple[int, str]:
    return item.size, item.tag


def _keep_only(folder: Path, names: set[str]) -> None:
    """Take away what is not in the store any more, and the folders that are empty then."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.name != _INDEX and path.relative_to(folder).as_posix() not in names:
            path.unlink()


def _index(folder: Path) -> Index:
    try:
        return msgspec.json.decode((folder / _INDEX).read_bytes(), type=Index)
    except (OSError, msgspec.MsgspecError):
        return {}
