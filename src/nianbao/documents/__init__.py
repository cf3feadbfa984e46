"""Opens a report file, whatever its format, as a Document: prose and grids in reading order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nianbao.documents.structure import Document
from nianbao.documents.text import read_text
from nianbao.errors import UnreadableError

__all__ = ["Document", "Source", "open_document", "read_source"]

MAX_BYTES = 20_000_000
"""A report is a few pages; a larger file is something else (limit before any parsing)."""

_READERS: dict[str, Callable[[bytes, str], Document]] = {".txt": read_text}


@dataclass(frozen=True, slots=True)
class Source:
    """A file as received: its name, its bytes and their SHA-256."""

    name: str
    suffix: str
    content: bytes
    sha256: str


def formats() -> list[str]:
    """List the file name endings that can be read."""
    return sorted(_READERS)


def read_source(path: Path) -> Source:
    """Read a file's bytes within the size limit.

    Raises
    ------
    UnreadableError
        Where there is no such file, or it is empty or too large.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnreadableError(f"{path.name}：不是普通文件，无法读取。请给出报告文件本身。")
        if size > MAX_BYTES:
            raise UnreadableError(
                f"{path.name}：文件有 {size:,} 字节，超过上限 {MAX_BYTES:,} 字节，"
                "不像一份年度报告。请检查是否选错文件。"
            )
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableError(f"{path.name}：文件打不开（{reason}）。请检查路径和权限。") from error
    if not content.strip():
        raise UnreadableError(f"{path.name}：文件是空的，没有可读内容。请重新获取报告原文。")
    return Source(path.name, path.suffix.lower(), content, hashlib.sha256(content).hexdigest())


def open_document(source: Source) -> Document:
    """Read a source with the reader of its format.

    Raises
    ------
    UnreadableError
        Where the format is not supported or the content is not what its name says.
    """
    reader = _READERS.get(source.suffix)
    if reader is None:
        raise UnreadableError(
            f"{source.name}：暂不支持“{source.suffix or '无扩展名'}”格式；"
            f"可读格式：{'、'.join(formats())}。请另存为其中一种后再试。"
        )
    return reader(source.content, source.name)
