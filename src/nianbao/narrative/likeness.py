"""Finds the long passages that two texts share (雷同), and how much of the one they are."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from zlib import crc32

_WORD: Final = re.compile(r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*|[^\W_]", re.UNICODE)
_SEED: Final = 12
_PLACES: Final = 4


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words in both texts: as they stand in the first, with both places (half-open)."""

    text: str
    start: int
    end: int
    other_start: int
    other_end: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two texts share.

    Attributes
    ----------
    share : float
        How much of the first text's characters (without marks and blanks) the passages are.
    passages : tuple of Passage
        In the order of the first text; none overlaps another.
    """

    share: float
    passages: tuple[Passage, ...]


def likeness(text: str, other: str, least: int = 30) -> Likeness:
    """Return the passages of at least so many characters that stand in both texts.

    Marks and blanks are passed over, and numbers count as alike: a report copied with new
    figures is a copy. Linear in the length of both texts for a bounded number of repeats.

    Parameters
    ----------
    least : int
        The shortest passage that is told; a name or a title is shorter.
    """
    ours, theirs = _words(text), _words(other)
    words, wanted = [w for w, _, _ in ours], [w for w, _, _ in theirs]
    places = _index("".join(wanted))
    joined, target = "".join(words), "".join(wanted)
    passages: list[Passage] = []
    at = covered = 0
    while at + _SEED <= len(joined):
        length, place = _longest(joined, target, at, places.get(joined[at : at + _SEED], ()))
        if length < least:
            at += 1
            continue
        start, end = ours[at][1], ours[at + length - 1][2]
        far, last = theirs[place][1], theirs[place + length - 1][2]
        passages.append(Passage(text[start:end], start, end, far, last))
        covered += length
        at += length
    return Likeness(round(covered / len(joined), 4) if joined else 0.0, tuple(passages))


@lru_cache(maxsize=1024)
def stretches(text: str) -> frozenset[int]:
    """Return a sample of the short stretches of a text, to tell unlike texts apart quickly.

    One in four is taken, by its own content: the same stretch is in the sample of every text.
    """
    joined = "".join(word for word, _, _ in _words(text))
    found = (
        crc32(joined[at : at + _SEED].encode("utf-8", "surrogatepass"))
        for at in range(len(joined) - _SEED + 1)
    )
    return frozenset(number for number in found if number % 4 == 0)


def _words(text: str) -> list[tuple[str, int, int]]:
    """Return the characters that count, each with its place; a number is one character."""
    return [
        (
            "0" if found.group()[0] in "0123456789０１２３４５６７８９" else found.group(),
            *found.span(),
        )
        for found in _WORD.finditer(text)
    ]


def _index(text: str) -> dict[str, list[int]]:
    """Return where each short stretch begins, the first few places only."""
    places: dict[str, list[int]] = {}
    for at in range(len(text) - _SEED + 1):
        known = places.setdefault(text[at : at + _SEED], [])
        if len(known) < _PLACES:
            known.append(at)
    return places


def _longest(
    ours: str, theirs: str, at: int, places: list[int] | tuple[int, ...]
) -> tuple[int, int]:
    best = (0, 0)
    for place in places:
        length = _common(ours, theirs, at, place)
        if length > best[0]:
            best = (length, place)
    return best


def _common(ours: str, theirs: str, at: int, place: int) -> int:
    """Return how many characters agree, by bisection over slices."""
    limit = min(len(ours) - at, len(theirs) - place)
    step = low = _SEED
    while (
        low + step <= limit
        and ours[at + low : at + low + step] == theirs[place + low : place + low + step]
    ):
        low += step
        step *= 2
    lengths = range(low, min(low + step, limit) + 1)
    return low + max(
        bisect_right(
            lengths,
            0,
            key=lambda n: int(ours[at + low : at + n] != theirs[place + low : place + n]),
        )
        - 1,
        0,
    )
