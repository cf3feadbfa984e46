"""Opens a bag of anyone's, a zip or an unpacked folder, into memory: nothing is written or run.

What it may hold is limited before anything is unpacked, and no name may lead out of it. A zip's
directory says what it holds; whether its bytes are those of this project's zips is for `fixity`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nianbao.archive.bag import DECLARATION, MANIFEST, TAG_MANIFEST
from nianbao.archive.names import clash, objection, shown
from nianbao.archive.unzipping import unzipped
from nianbao.errors import UnreadableError

MAX_FILE: Final = 2 << 30
"""Bytes of a zip; the bag of one report has some 5 million, that of a year 2 million for each."""
MAX_FILES: Final = 20_000
"""Files of a bag; one report has about 60."""
MAX_ENTRY: Final = 1 << 28
"""Bytes of one file."""
_AGAIN: Final = "请向提供者重新索取归档包"


@dataclass(frozen=True, slots=True)
class Bag:
    """A bag as it was found; nothing of it is believed yet.

    Attributes
    ----------
    name : str
        Its top folder's.
    files : mapping of str to bytes
        By their path below that folder, sorted.
    container : bytes or None
        The zip; None for an unpacked folder.
    """

    name: str
    files: Mapping[str, bytes]
    container: bytes | None


def open_bag(path: Path) -> Bag:
    """Open a bag.

    Parameters
    ----------
    path : Path
        A zip, or the folder that one was unpacked to.

    Raises
    ------
    UnreadableError
        What is wrong with it and what to do, for what is no bag, is too large or leads out of it.
    """
    called = shown(path.name or str(path))
    try:
        if path.is_dir():
            return _demand_bag(_folder(path, called), called)
        return _demand_bag(_zip(path, called), called)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableError(
            f"{called}：无法读取归档包（{reason}）。请检查路径和权限。"
        ) from error


def _demand_bag(bag: Bag, called: str) -> Bag:
    if not {DECLARATION, MANIFEST, TAG_MANIFEST} & set(bag.files):
        where = "文件夹" if bag.container is None else "容器（zip）"
        raise UnreadableError(
            f"{called}：不是归档包，{where}中没有 {DECLARATION} 和清单。"
            "请给出 make archive 生成的 .zip，或由它解压的文件夹。"
        )
    return bag


def _zip(path: Path, called: str) -> Bag:
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableError(f"{called}：不是普通文件。请给出归档包的 .zip 或解压后的文件夹。")
    with path.open("rb") as file:
        content = file.read(MAX_FILE + 1)
    if len(content) > MAX_FILE:
        raise _refused(called, f"容器超过上限{MAX_FILE:,}字节")
    files = unzipped(content, called, MAX_FILES, MAX_ENTRY, MAX_FILE)
    tops = {name.partition("/")[0] for name in files}
    if len(tops) != 1 or any("/" not in name for name in files):
        raise UnreadableError(
            f"{called}：不是归档包，或者没有下载完整：容器中的文件不在同一个文件夹下。"
            "请给出 make archive 生成的 .zip，或由它解压的文件夹。"
        )
    (top,) = tops
    below = {name.partition("/")[2]: files[name] for name in sorted(files)}
    return Bag(top, below, content)


def _folder(path: Path, called: str) -> Bag:
    top = _top(path)
    names: list[str] = []
    _list(top, "", names, called)
    names.sort()
    found = clash(names)
    if found:
        raise _refused(called, f"“{shown(found[0])}”和“{shown(found[1])}”会被当作同名")
    files: dict[str, bytes] = {}
    left = MAX_FILE
    for name in names:
        files[name] = _read(top / name, name, left, called)
        left -= len(files[name])
    return Bag(top.resolve().name, files, None)


def _top(path: Path) -> Path:
    """Return the bag's own folder; a program that unpacks may have put it into another."""
    if (path / DECLARATION).exists() or (path / MANIFEST).exists():
        return path
    with os.scandir(path) as entries:
        inside = [entry for entry in entries if not entry.name.startswith((".", "__MACOSX"))]
    alone = len(inside) == 1 and inside[0].is_dir(follow_symlinks=False)
    return path / inside[0].name if alone else path


def _list(folder: Path, above: str, names: list[str], called: str) -> None:
    """Add the paths of all files below a folder; follow nothing that leads elsewhere."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = above + entry.name
            why = objection(name)
            if why:
                raise _refused(called, f"文件夹中“{shown(name)}”的名称{why}")
            if entry.is_dir(follow_symlinks=False):
                _list(Path(entry.path), f"{name}/", names, called)
                continue
            if not entry.is_file(follow_symlinks=False):
                what = "符号链接" if entry.is_symlink() else "特殊文件"
                raise _refused(called, f"文件夹中的“{shown(name)}”是{what}")
            names.append(name)
            if len(names) > MAX_FILES:
                raise _refused(called, f"文件夹中的文件超过上限{MAX_FILES:,}个")


def _read(path: Path, name: str, left: int, called: str) -> bytes:
    """Read a file of a folder, unless it became a link since it was listed."""
    limit = min(left, MAX_ENTRY)
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise _refused(called, f"文件夹中的文件到“{shown(name)}”时超过上限{limit:,}字节")
    return content


def _refused(called: str, found: str) -> UnreadableError:
    return UnreadableError(f"{called}：{found}，不予打开。{_AGAIN}。")
