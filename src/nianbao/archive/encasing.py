"""The zip itself: held against the one that its files make, which is the only right one.

So no byte of it may differ, not even one that readers of zips pass over.
"""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from nianbao.archive.container import packed
from nianbao.archive.fault import Fault
from nianbao.archive.names import shown
from nianbao.archive.opening import Bag

CONTAINER: Final = "容器"
_LOCAL: Final = 30
_DIRECTORY: Final = 46
"""Bytes of an entry's header and of its record in the directory, without the name."""
_STEP: Final = 1 << 16
_SIDECAR: Final = 10_000
"""Bytes of a file with one checksum, more than a name can need."""


def container_faults(bag: Bag) -> Iterator[Fault]:
    """Compare a bag's zip with the canonical one; an unpacked folder has none."""
    if bag.container is None:
        return
    right = packed({f"{bag.name}/{name}": content for name, content in bag.files.items()})
    if bag.container == right:
        return
    offset = _first_difference(bag.container, right)
    sizes = ""
    if len(bag.container) != len(right):
        sizes = f"；大小{len(bag.container):,}字节，应为{len(right):,}字节"
    yield Fault(
        f"{CONTAINER}第{offset:,}字节",
        f"zip 与按内容重新打包的不同（{_part(right, offset)}{sizes}）。"
        "归档包打成 zip 只有一种写法，这一个被改动过或重新压缩过。",
    )


def _first_difference(found: bytes, right: bytes) -> int:
    """Return where two byte strings first differ, counted from 0."""
    one, other = memoryview(found), memoryview(right)
    end = min(len(one), len(other))
    for start in range(0, end, _STEP):
        if one[start : start + _STEP] != other[start : start + _STEP]:
            stop = min(start + _STEP, end)
            pairs = zip(one[start:stop], other[start:stop], strict=True)
            return next((start + i for i, (a, b) in enumerate(pairs) if a != b), stop)
    return end


def _part(content: bytes, offset: int) -> str:
    """Say what stands at a place of a canonical zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entries, directory = package.infolist(), package.start_dir
    if offset >= directory:
        return _of_directory(entries, offset - directory)
    entry = [entry for entry in entries if entry.header_offset <= offset][-1]
    start = entry.header_offset + _LOCAL + len(entry.filename.encode())
    return f"“{shown(entry.filename)}”的{'头部' if offset < start else '内容'}"


def _of_directory(entries: Sequence[zipfile.ZipInfo], offset: int) -> str:
    for entry in entries:
        offset -= _DIRECTORY + len(entry.filename.encode()) + len(entry.extra)
        if offset < 0:
            return f"目录中“{shown(entry.filename)}”的一项"
    return "目录的结尾"


def sidecar_faults(path: Path, bag: Bag) -> Iterator[Fault]:
    """Check the ``.sha256`` beside a zip, where there is one.

    Parameters
    ----------
    path : Path
        The zip.
    bag : Bag
        What was opened there.
    """
    beside = path.with_name(f"{path.name}.sha256")
    if bag.container is None or not beside.is_file():
        return
    with beside.open("rb") as file:
        found = file.read(_SIDECAR)
    digest = hashlib.sha256(bag.container).hexdigest()
    if not found.lower().startswith(digest.encode()):
        yield Fault(shown(beside.name), f"所记与 {shown(path.name)} 的 SHA-256（{digest}）不符。")
    elif found != b"%s  %s\n" % (digest.encode(), os.fsencode(path.name)):
        yield Fault(
            shown(beside.name),
            f"写法与规定不同，应为 SHA-256、两个空格、“{shown(path.name)}”一行。",
        )
