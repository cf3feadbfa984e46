"""Which files differ as bytes, and what of them nothing else tells."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from nianbao.compare.matching import UnparsedError, parsed

PROVENANCE: Final = "provenance.json"
_EMBEDDED: Final = b"data:font/woff2"
_DEEP: Final = 20
"""Deeper values are told as a whole."""
Flat = Mapping[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A value of a JSON file that differs; a side that has none is None.

    Attributes
    ----------
    key : tuple of str
        The way to it: ``("software", "version")``.
    before, after : str or None
        What either run says, texts as they are, all else as JSON.
    """

    key: tuple[str, ...]
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that is not the same bytes; a side that has none is None.

    Attributes
    ----------
    before, after : int or None
        The sizes (bytes).
    offset, line : int
        The first byte that differs and the line it stands in, both from 1; 0 where only one
        side has the file.
    keys : tuple of KeyChange
        What of a JSON file differs.
    told : bool
        Whether cells, findings, sentences or charts differ that the file is made of.
    editions : tuple of (bool, bool)
        Whether it is a page that carries its own font, as pages in an archive do.
    unparsed : str
        Why it could not be compared but as bytes; empty where it could, or need not be.
    """

    name: str
    before: int | None
    after: int | None
    offset: int = 0
    line: int = 0
    keys: tuple[KeyChange, ...] = ()
    told: bool = False
    editions: tuple[bool, bool] = (False, False)
    unparsed: str = ""


def file_change(
    name: str, before: bytes | None, after: bytes | None, *, told: bool, unparsed: str = ""
) -> FileChange:
    """Say how two files differ, or that only one is there.

    Parameters
    ----------
    told : bool
        Whether something that it is made of differs and is told.
    unparsed : str
        Why it could not be compared but as bytes.
    """
    if before is None or after is None:
        sizes = [None if content is None else len(content) for content in (before, after)]
        return FileChange(name, sizes[0], sizes[1])
    place = _first(before, after)
    keys: tuple[KeyChange, ...] = ()
    if name.endswith(".json"):
        try:
            keys = tuple(_keys(_flat(before), _flat(after)))
        except UnparsedError as error:
            unparsed = str(error)
    return FileChange(
        name,
        len(before),
        len(after),
        offset=place + 1,
        line=before.count(b"\n", 0, place) + 1,
        keys=keys,
        told=told and not unparsed,
        editions=(_EMBEDDED in before, _EMBEDDED in after),
        unparsed=unparsed,
    )


def _first(before: bytes, after: bytes) -> int:
    """Return the place of the first byte that differs; halves are compared, as C does it fast."""
    low, high = 0, min(len(before), len(after))
    if before[:high] == after[:high]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if before[low:middle] == after[low:middle]:
            low = middle
        else:
            high = middle
    return low


def _keys(before: Flat, after: Flat) -> Iterator[KeyChange]:
    for key in sorted({*before, *after}):
        one, other = before.get(key), after.get(key)
        if one != other:
            yield KeyChange(key, one, other)


def _flat(content: bytes) -> Flat:
    """Return the values of a JSON file by the way to them."""
    return dict(_values(parsed(content), ()))


def _values(found: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(found, dict) and found and len(path) < _DEEP:
        for name, value in found.items():
            yield from _values(value, (*path, name))
    else:
        yield path, found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
