"""Opens a report as received, a file or a folder, as a Document: prose and grids in order."""

from __future__ import annotations

import errno
import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from nianbao.documents.limits.confinement import SECONDS, confined
from nianbao.documents.limits.kinds import FORMATS, kind_of, printable
from nianbao.documents.limits.packages import check_package
from nianbao.documents.structure import Block, Boundary, Document, Line, Remark
from nianbao.errors import UnreadableError

__all__ = ["Document", "Source", "formats", "open_document", "read_source"]

MAX_BYTES = 20_000_000
"""A report is a few pages; a larger file is something else (limit before any parsing)."""
MAX_BLOCKS = 10_000
"""Paragraphs and rows of all files of a folder together; a long report has 500."""
MAX_FILES = 20
"""Prose and tables of one report in a folder are two or three files."""

_READERS = {
    ".csv": ("plain.separated", "read_csv"),
    ".docx": ("docx", "read_docx"),
    ".html": ("html", "read_html"),
    ".md": ("plain.text", "read_text"),
    ".pdf": ("pdf", "read_pdf"),
    ".txt": ("plain.text", "read_text"),
    ".xlsx": ("xlsx", "read_xlsx"),
}
_PACKAGES = (".docx", ".xlsx")
_LEAST = 0.5
"""Seconds that a file of a folder has, however long the others took."""
_GRIDS = 10_000
"""More tables than one file can have: tables of different files keep different numbers."""
_REASONS = {
    errno.ENOENT: "没有这个文件",
    errno.EACCES: "没有读取权限",
    errno.ELOOP: "链接循环",
    errno.ENAMETOOLONG: "文件名太长",
}
_CLUTTER = ("thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Source:
    """A report as received: its name, its bytes and their SHA-256.

    Attributes
    ----------
    parts : tuple of Source
        The files of a folder, by name; a folder has no bytes of its own, and its hash is that
        of the list of its files with their hashes.
    refusal : str
        Why a file of a folder could not be read at all.
    """

    name: str
    content: bytes
    sha256: str
    parts: tuple[Source, ...] = ()
    refusal: str = ""


def formats() -> list[str]:
    """List the file name endings that can be read."""
    return sorted(FORMATS)


def read_source(path: Path) -> Source:
    """Read a file's bytes, or those of all files of a folder, within the size limits.

    Raises
    ------
    UnreadableError
        Where there is no such file, or it is empty or too large.
    """
    name = printable(path.name or path.resolve().name)
    try:
        if path.is_dir():
            return _folder(path, name)
        size = path.stat().st_size
        if not path.is_file():
            raise UnreadableError(f"{name}：不是普通文件，无法读取。请给出报告文件本身。")
        if size > MAX_BYTES:
            raise UnreadableError(
                f"{name}：文件有 {size:,} 字节，超过上限 {MAX_BYTES:,} 字节，"
                "不像一份年度报告。请检查是否选错文件。"
            )
        content = path.read_bytes()
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, "") or error.strerror or str(error)
        raise UnreadableError(f"{name}：文件打不开（{reason}）。请检查路径和权限。") from error
    if not content.strip():
        raise UnreadableError(f"{name}：文件是空的，没有可读内容。请重新获取报告原文。")
    return Source(name, content, hashlib.sha256(content).hexdigest())


def _folder(path: Path, name: str) -> Source:
    """Read the files of a folder; those that Windows and Office leave behind do not count."""
    files = sorted(
        (file for file in path.iterdir() if not is_clutter(file)), key=lambda file: file.name
    )
    if not files:
        raise UnreadableError(f"{name}：文件夹是空的。请放入报告正文和表格。")
    if len(files) > MAX_FILES:
        raise UnreadableError(
            f"{name}：文件夹里有 {len(files)} 个文件，超过上限 {MAX_FILES} 个，"
            "不像一份年度报告。请只放这份报告的正文和表格。"
        )
    if nested := next((file for file in files if file.is_dir()), None):
        raise UnreadableError(
            f"{name}：文件夹里还有文件夹“{printable(nested.name)}”。请把文件放在同一层。"
        )
    if sum(file.stat().st_size for file in files if file.exists()) > MAX_BYTES:
        raise UnreadableError(
            f"{name}：文件夹里的文件合计超过上限 {MAX_BYTES:,} 字节，不像一份年度报告。"
        )
    parts = tuple(_part(file) for file in files)
    listed = "".join(f"{part.sha256}  {part.name}\n" for part in parts)
    return Source(name, b"", hashlib.sha256(listed.encode()).hexdigest(), parts)


def _part(file: Path) -> Source:
    """Read a file of a folder; one that is empty or no file is told later, beside the others."""
    try:
        return read_source(file)
    except UnreadableError as error:
        return Source(printable(file.name), b"", hashlib.sha256(b"").hexdigest(), (), str(error))


def is_clutter(file: Path) -> bool:
    """Whether a file of a report's folder is one that Windows or Office left behind."""
    return file.name.startswith((".", "~")) or file.name.lower() in _CLUTTER


def open_document(source: Source) -> Document:
    """Read a source with the reader of its format, within limits of time and memory.

    Raises
    ------
    UnreadableError
        Where the format is not supported or the content is not what its name says.
    """
    return _joined(source) if source.parts else _opened(source)


def _opened(source: Source, seconds: float = SECONDS) -> Document:
    kind = kind_of(source.name, source.content)
    read = _reader(kind)

    def work() -> Document:
        if kind in _PACKAGES:
            check_package(source.content, source.name)
        return read(source.content, source.name)

    return confined(work, name=source.name, seconds=seconds)


def load_readers() -> None:
    """Import the readers of all formats, for a process that forks others."""
    for kind in _READERS:
        _reader(kind)


def _reader(kind: str) -> Callable[[bytes, str], Document]:
    """Import a reader here and not in the confined child, so that it is imported once."""
    module, function = _READERS[kind]
    reader: Callable[[bytes, str], Document] = getattr(
        import_module(f"{__name__}.{module}"), function
    )
    return reader


def _joined(source: Source) -> Document:
    """Put the readable files of a folder one after another; say which could not be read."""
    blocks: list[Block] = []
    remarks: list[Remark] = []
    refusals: list[UnreadableError] = []
    read = 0
    deadline = time.monotonic() + SECONDS
    for part in source.parts:
        try:
            if part.refusal:
                raise UnreadableError(part.refusal)
            document = _opened(part, max(deadline - time.monotonic(), _LEAST))
        except UnreadableError as error:
            refusals.append(error)
            remarks.append(Remark("file_unread", f"文件夹里有一个文件没有读取。{error}"))
            continue
        if document.listing:
            raise UnreadableError(
                f"{part.name}：cells.csv 列出了全部单元格，不能与其他文件合为一份报告。请单独读取。"
            )
        blocks += [Boundary(part.name), *_named(document.blocks, part.name, read * _GRIDS)]
        read += 1
        remarks += document.remarks
    if not read:
        raise refusals[0]
    if len(blocks) > MAX_BLOCKS:
        raise UnreadableError(
            f"{source.name}：文件夹里的内容有 {len(blocks):,} 段，不像一份年度报告。"
            "请只放这份报告的正文和表格。"
        )
    return Document(source.name, tuple(blocks), tuple(remarks))


def _named(blocks: Sequence[Block], name: str, grids: int) -> Iterator[Block]:
    """Let places name the file that they are in, and keep the tables of files apart."""
    for block in blocks:
        if isinstance(block, Boundary):
            yield Boundary(f"{name} {block.name}")
        elif isinstance(block, Line):
            yield replace(block, origin=f"{name} {block.origin}")
        else:
            places = tuple(f"{name} {place}" for place in block.places)
            grid = None if block.grid is None else grids + block.grid
            yield replace(block, origin=f"{name} {block.origin}", places=places, grid=grid)
