"""Brings what two runs say of the same things side by side, whichever of them comes first."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

V = TypeVar("V")
Key = tuple[str, int]
"""A name, and which of those of the same name it is: 0 for the first."""

MOST_BYTES: Final = 32_000_000
"""A larger file is compared as bytes alone; a report's are a hundredth of it."""


class UnparsedError(ValueError):
    """A file is not what its name says; it can be compared as bytes alone."""


def keyed(items: Iterable[tuple[str, V]]) -> dict[Key, V]:
    """Give each item a name of its own, also where names come again."""
    seen: Counter[str] = Counter()
    found: dict[Key, V] = {}
    for name, item in items:
        found[name, seen[name]] = item
        seen[name] += 1
    return found


def pairs(before: Mapping[Key, V], after: Mapping[Key, V]) -> list[tuple[Key, V | None, V | None]]:
    """Return both sides of each key, None where a side lacks it.

    The order is that of the side which has a thing earlier, so that comparing the other way
    round gives the same things in the same order.
    """
    places: dict[Key, int] = {}
    for side in (before, after):
        for place, key in enumerate(side):
            places[key] = min(place, places.get(key, place))
    ordered = sorted(places, key=lambda key: (places[key], key))
    return [(key, before.get(key), after.get(key)) for key in ordered]


def rows(content: bytes, key: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file.

    Parameters
    ----------
    key : str
        A column that it must have.

    Raises
    ------
    UnparsedError
        For what is no such file.
    """
    try:
        reader = csv.DictReader(io.StringIO(decoded(content), newline=""))
        if key not in (reader.fieldnames or ()):
            raise UnparsedError(f"没有 {key} 一列")
        return [
            {name: value or "" for name, value in row.items() if isinstance(name, str)}
            for row in reader
        ]
    except csv.Error as error:
        raise UnparsedError("不是有效的 CSV") from error


def decoded(content: bytes) -> str:
    """Return a file's text, which is UTF-8.

    Raises
    ------
    UnparsedError
        For what is no such text, or too large.
    """
    if len(content) > MOST_BYTES:
        raise UnparsedError(f"超过 {MOST_BYTES:,} 字节")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnparsedError("不是 UTF-8 文本") from error


def parsed(content: bytes) -> Any:
    """Return what a JSON file holds; a character that is none becomes a question mark.

    Raises
    ------
    UnparsedError
        Where it is no such file.
    """
    try:
        found = json.loads(decoded(content))
        whole = json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")
        return json.loads(whole)
    except UnparsedError:
        raise
    except (ValueError, RecursionError) as error:
        raise UnparsedError("不是有效的 JSON") from error
