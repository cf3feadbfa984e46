"""Looks a Word or Excel package over before any parser opens it: sizes, names, declarations."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from nianbao.errors import UnreadableError

MAX_ENTRIES = 2_000
"""A report with a photo on every page has some dozens."""
MAX_ENTRY = 50_000_000
MAX_TOTAL = 100_000_000
"""Bytes unzipped; the largest seen are photos."""
MAX_RATIO = 200
"""What XML reaches when zipped is 10 to 50; zeros reach 1,000."""
RATIO_FROM = 1_000_000
"""Smaller parts may be as repetitive as they like."""

_CHUNK = 1 << 20
_OVERLAP = 32
"""Bytes of one chunk looked at again with the next: a mark may lie across the two."""
_HEADER = struct.Struct("<4s5H3I2H")
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x41
"""Flag bits of a zip entry: encrypted, strongly encrypted."""
_XML = (".xml", ".rels", ".vml")
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"'>]*)["']""")
_ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"ascii"}


def check_package(content: bytes, name: str) -> None:
    """Refuse a package that no parser should see.

    Every part is unzipped once, piece by piece, so that a size that lies is found out.

    Parameters
    ----------
    content : bytes
        A ``.docx`` or ``.xlsx`` file.
    name : str
        Its name, for messages.

    Raises
    ------
    UnreadableError
        Where it is no sound zip, or holds too much, or what no office program writes.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, struct.error):
        raise _refused(name, "压缩结构已损坏或不完整") from None
    _check_sizes(entries, name)
    _check_names(entries, name)
    for entry in entries:
        if not entry.is_dir():
            _check_part(content, entry, name)


def _refused(name: str, found: str) -> UnreadableError:
    return UnreadableError(f"{name}：{found}，不予解析。请重新获取报告原文。")


def _check_sizes(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Compare what the directory declares with the limits."""
    if len(entries) > MAX_ENTRIES:
        raise _refused(name, f"文件内含 {len(entries):,} 个部件，超过上限 {MAX_ENTRIES:,} 个")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_TOTAL:
        raise _refused(name, f"解压后有 {total:,} 字节，超过上限 {MAX_TOTAL:,} 字节")
    for entry in entries:
        if entry.file_size > MAX_ENTRY:
            raise _refused(
                name, f"一个部件解压后有 {entry.file_size:,} 字节，超过上限 {MAX_ENTRY:,} 字节"
            )
        dense = entry.file_size > MAX_RATIO * max(1, entry.compress_size)
        if dense and entry.file_size > RATIO_FROM and _is_xml(entry):
            raise _refused(name, f"一个部件压缩了 {MAX_RATIO} 倍以上，像是压缩炸弹")


def _check_names(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse names that lead out of the package, name twice, or cannot be read."""
    seen: set[str] = set()
    for entry in entries:
        key = entry.filename.casefold()
        if key in seen:
            raise _refused(name, "文件内有两个同名部件")
        seen.add(key)
        if key.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", key) or ":" in key:
            raise _refused(name, "文件内有指向外部的部件名")
        if entry.flag_bits & _ENCRYPTED:
            raise UnreadableError(f"{name}：文件已加密。请用密码打开，取消密码后另存再试。")
        if entry.compress_type not in _METHODS:
            raise _refused(name, "文件用了 Office 不用的压缩方法")


def _is_xml(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.casefold().endswith(_XML)


def _check_part(content: bytes, entry: zipfile.ZipInfo, name: str) -> None:
    """Unzip one part without keeping it; compare its size, its sum and its first words."""
    size, total, tail = 0, 0, b""
    try:
        for chunk in _unzipped(content, entry):
            size += len(chunk)
            total = zlib.crc32(chunk, total)
            if _is_xml(entry):
                if not tail and not _is_readable(chunk[:1024]):
                    raise _refused(name, "文件内有编码异常的 XML 部件")
                tail = _without_declaration(tail + chunk, name)
            if size > entry.file_size:
                break
    except (zlib.error, struct.error, ValueError):
        raise _refused(name, "压缩结构已损坏或不完整") from None
    if size != entry.file_size or total != entry.CRC:
        raise _refused(name, "部件的实际大小或校验和与目录不符")


def _unzipped(content: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part in pieces, all that a parser would get, whatever size is declared."""
    fields = _HEADER.unpack_from(content, entry.header_offset)
    if fields[0] != b"PK\x03\x04" or fields[3] != entry.compress_type:
        raise ValueError("the local header differs from the directory")
    start = entry.header_offset + _HEADER.size + fields[9] + fields[10]
    packed = memoryview(content)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[i : i + _CHUNK]) for i in range(0, len(packed), _CHUNK))
        return
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    yield stream.decompress(packed, _CHUNK)
    while not stream.eof:
        chunk = stream.decompress(stream.unconsumed_tail, _CHUNK)
        if not chunk and not stream.eof:
            raise ValueError("the stream ends early")
        yield chunk


def _is_readable(start: bytes) -> bool:
    """Tell whether XML begins in UTF-8 or UTF-16, the only encodings of such packages.

    In another one a declaration could hide from the search for it.
    """
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        start = start.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    declared = _ENCODING.match(start)
    known = not declared or declared[1].lower() in _ENCODINGS
    return known and (not start or start.startswith(b"<")) and b"\0" not in start


def _without_declaration(data: bytes, name: str) -> bytes:
    """Refuse a document type or entity; return the end, which the next piece may continue."""
    if _DECLARED.search(data) or _DECLARED.search(data.replace(b"\0", b"")):
        raise _refused(name, "文件内的 XML 含有文档类型或实体声明（Office 不写这些）")
    return data[-_OVERLAP:]
