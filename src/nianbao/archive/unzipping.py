"""Takes the files out of a zip of anyone's, in memory, after its directory was looked over.

Neither a file's checksum in the zip nor the header before it is trusted or needed: the caller
compares the whole zip with the one that its files make.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable
from typing import Final

from nianbao.archive.names import clash, objection, shown
from nianbao.errors import UnreadableError

MAX_RATIO: Final = 200
"""How often smaller than its content a compressed entry may be; text reaches 10 to 50."""
_HEADER: Final = struct.Struct("<4s5H3I2H")
_UTF_8: Final = 0x800
_ENCRYPTED: Final = 0x41
"""Flag bits of an entry: encrypted, strongly encrypted."""
_LINE: Final = 1_024
"""Bytes of the directory for an entry, with the longest name that is usual."""
_END: Final = struct.Struct("<4s4H2IH")
"""The record at the end of a zip, before its comment; the sixth field is its directory's size."""
_MARK: Final = b"PK\x05\x06"
_COMMENT: Final = 1 << 16
"""Bytes after this record that `zipfile` looks for it in."""
_LARGER: Final = b"PK\x06\x07"
_LOCATOR: Final = 20
"""What stands right before that record where another one is to be read in its place (zip64)."""
_BROKEN: Final = (
    zipfile.BadZipFile,
    ValueError,
    NotImplementedError,
    EOFError,
    OverflowError,
    struct.error,
    zlib.error,
)


def unzipped(
    content: bytes, called: str, most: int, largest: int, together: int
) -> dict[str, bytes]:
    """Return the files of a zip by their path.

    Parameters
    ----------
    content : bytes
        The zip.
    called : str
        Its name, for messages.
    most : int
        How many entries it may have.
    largest, together : int
        How many bytes one file, and all of them, may have.

    Raises
    ------
    UnreadableError
        Where it is no sound zip, holds too much, or a name in it leads out of it.
    """
    _demand_directory(content, called, most)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
    except _BROKEN:
        raise _refused(called, "容器（zip）的目录已损坏，或者不是 zip 文件") from None
    if len(entries) > most:
        raise _refused(called, f"容器中有{len(entries):,}项，超过上限{most:,}项")
    _demand_sizes(entries, len(content), called, largest, together)
    _demand_names(entries, called)
    return {
        entry.filename: _content(content, entry, called) for entry in entries if not entry.is_dir()
    }


def _refused(called: str, found: str) -> UnreadableError:
    return UnreadableError(f"{called}：{found}，不予打开。请向提供者重新索取归档包。")


def _demand_directory(content: bytes, called: str, most: int) -> None:
    """Refuse a directory too long to be looked through; none of ours needs the larger format."""
    end = _end(content)
    if end < 0 or len(content) - end < _END.size:
        return  # `zipfile` finds none either
    if content[max(0, end - _LOCATOR) : end].startswith(_LARGER):
        raise _refused(called, "容器是 zip64 格式，归档包用不着它")
    if _END.unpack_from(content, end)[5] > most * _LINE:
        raise _refused(called, f"容器（zip）的目录过长，远超上限{most:,}项")


def _end(content: bytes) -> int:
    """Find the record at the end as `zipfile` does, since that is what reads the directory."""
    plain = len(content) - _END.size
    if plain >= 0 and content.startswith(_MARK, plain) and content.endswith(b"\0\0"):
        return plain
    return content.rfind(_MARK, max(0, plain - _COMMENT))


def _demand_sizes(
    entries: list[zipfile.ZipInfo], size: int, called: str, largest: int, together: int
) -> None:
    """Compare what the directory declares with the limits."""
    for entry in entries:
        name = shown(entry.filename)
        if entry.file_size > largest:
            raise _refused(
                called, f"容器中的“{name}”有{entry.file_size:,}字节，超过上限{largest:,}字节"
            )
        if entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise _refused(called, f"容器中的“{name}”压缩了{MAX_RATIO}倍以上，像是压缩炸弹")
        stored = entry.compress_type == zipfile.ZIP_STORED
        if stored and entry.file_size != entry.compress_size:
            raise _refused(called, f"容器中“{name}”的大小自相矛盾")
    total = sum(entry.file_size for entry in entries)
    if total > together:
        raise _refused(called, f"容器中的文件共{total:,}字节，超过上限{together:,}字节")
    if sum(entry.compress_size for entry in entries) > size:
        raise _refused(called, "容器中的文件相互重叠，像是压缩炸弹")


def _demand_names(entries: Iterable[zipfile.ZipInfo], called: str) -> None:
    """Refuse what leads out of the zip, stands there twice, or is no plain file."""
    names = []
    for entry in entries:
        name = shown(entry.filename)
        folder = entry.is_dir()
        # A NUL in a name cuts it for some readers and not for others; and newer ones take another
        # name in its place where an extra field gives one.
        for written in (entry.orig_filename, entry.filename):
            why = objection(written.removesuffix("/") if folder else written)
            if why:
                raise _refused(called, f"容器中“{shown(written)}”的名称{why}")
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFDIR if folder else stat.S_IFREG):
            what = "符号链接" if kind == stat.S_IFLNK else "特殊文件"
            raise _refused(called, f"容器中的“{name}”是{what}")
        if entry.flag_bits & _ENCRYPTED:
            raise _refused(called, f"容器中的“{name}”已加密")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _refused(called, f"容器中的“{name}”用了少见的压缩方法")
        if folder and entry.file_size:
            raise _refused(called, f"容器中的文件夹“{name}”带有内容")
        if not folder:
            names.append(entry.filename)
    found = clash(names)
    if found:
        raise _refused(called, f"容器中的“{shown(found[0])}”和“{shown(found[1])}”会被当作同名")


def _content(content: bytes, entry: zipfile.ZipInfo, called: str) -> bytes:
    """Take one file out: no more than the directory declares, which the limits allow."""
    found: list[bytes] = []
    for start in _starts(content, entry):
        packed = content[start : start + entry.compress_size]
        if len(packed) == entry.compress_size:
            file = _inflated(packed, entry)
            if file is not None and zlib.crc32(file) == entry.CRC:
                return file
            found += [] if file is None else [file]
    if not found:
        raise _refused(called, f"容器中的“{shown(entry.filename)}”不完整或压缩结构已损坏")
    return found[0]


def _inflated(packed: bytes, entry: zipfile.ZipInfo) -> bytes | None:
    if entry.compress_type == zipfile.ZIP_STORED:
        return packed
    try:
        found = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.file_size + 1)
    except zlib.error:
        return None
    return found if len(found) <= entry.file_size else None


def _starts(content: bytes, entry: zipfile.ZipInfo) -> list[int]:
    """Return where a file's content may begin, the likeliest first.

    Before it stands a header with the name. Where that does not go with the directory, it is
    taken to be as this project's zips have it: the header is then at fault and not the file.
    """
    if entry.header_offset < 0:
        return []
    at = entry.header_offset + _HEADER.size
    name = entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF_8 else "cp437")
    try:
        fields = _HEADER.unpack_from(content, entry.header_offset)
    except struct.error:
        return []
    said, plain = at + fields[9] + fields[10], at + len(name)
    return [said, plain] if content[at:plain] == name else [plain, said]
