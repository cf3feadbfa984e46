"""What a hostile file is, and the raw zip that packages of them are made with."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Case:
    """One hostile file: how it is called, how it is made, how reading it may end."""

    name: str
    make: Callable[[], bytes]
    codes: frozenset[int] = frozenset({3})
    quick: bool = False


EITHER = frozenset({0, 3})


@dataclass(frozen=True)
class Part:
    """A part of a package as it stands there, honest or not."""

    name: str
    packed: bytes
    size: int
    total: int
    method: int = 8


def part(name: str, content: bytes, declared: int | None = None) -> Part:
    """Make a part; with a declared size, its sum is that of so much of the content."""
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = stream.compress(content) + stream.flush()
    seen = content if declared is None else content[:declared]
    return Part(name, packed, len(seen), zlib.crc32(seen))


def repeated(unit: bytes, times: int, before: bytes = b"", after: bytes = b"") -> tuple[bytes, int]:
    """Deflate a unit many times over without unrolling it; return the stream and its sum."""
    block = _flushed(unit)
    total = zlib.crc32(before)
    for _ in range(times):
        total = zlib.crc32(unit, total)
    end = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = _flushed(before) + block * times + end.compress(after) + end.flush()
    return packed, zlib.crc32(after, total)


def _flushed(content: bytes) -> bytes:
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    return stream.compress(content) + stream.flush(zlib.Z_FULL_FLUSH)


def swollen(
    name: str, size: int, before: bytes = b"", after: bytes = b"", unit: bytes = b" "
) -> Part:
    """Make a part that unzips to about a size."""
    unit *= MEGABYTE // len(unit)
    times = size // len(unit)
    packed, total = repeated(unit, times, before, after)
    return Part(name, packed, len(before) + times * len(unit) + len(after), total)


def package(*parts: Part) -> bytes:
    """Write parts as a zip, whatever they say of themselves."""
    body, directory = b"", b""
    for item in parts:
        name = item.name.encode()
        fields = (item.method, 0, 33, item.total, len(item.packed), item.size, len(name))
        directory += struct.pack(
            "<4s2H2H2H3IH2HHHII", b"PK\x01\x02", 20, 20, 0, *fields, 0, 0, 0, 0, 0, len(body)
        )
        directory += name
        body += struct.pack("<4s2H3H3I2H", b"PK\x03\x04", 20, 0, *fields, 0) + name + item.packed
    count = len(parts)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + end
