"""Which sentences differ, under which heading, and within a sentence which words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from nianbao.compare.matching import keyed, pairs
from nianbao.compare.shown import Part, Shown

_MOST: Final = 250_000
"""So many pairs are compared at most; longer texts are told as replaced."""
_ALIKE: Final = 0.4
"""Sentences that share less are told whole: words marked one by one would be no help."""
_WORD: Final = re.compile(r"[0-9]+(?:[,.][0-9]+)*%?|[A-Za-z]+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """Sentences that came in place of others; a side is empty where some were added or left out.

    Attributes
    ----------
    headings : tuple of (str, str)
        What they stand under in each run; empty where a run has no such heading.
    before, after : tuple of str
        The sentences of each run.
    """

    headings: tuple[str, str]
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def heading(self) -> str:
        """What they stand under, in the later run if it has that."""
        return self.headings[1] or self.headings[0]


def sentence_changes(before: Shown, after: Shown) -> tuple[SentenceChange, ...]:
    """Compare the words of two pages, heading by heading."""
    sides = [keyed((part.id, part) for part in shown.parts) for shown in (before, after)]
    return tuple(
        SentenceChange((one.title if one else "", other.title if other else ""), *change)
        for _, one, other in pairs(*sides)
        for change in _replaced(_of(one), _of(other))
    )


def _of(part: Part | None) -> tuple[str, ...]:
    return part.sentences if part else ()


Replaced = tuple[tuple[str, ...], tuple[str, ...]]


def _replaced(before: tuple[str, ...], after: tuple[str, ...]) -> list[Replaced]:
    """Return what stands in place of what; the same whichever side comes first."""
    if before > after:
        return [(one, other) for other, one in _replaced(after, before)]
    found: list[Replaced] = []
    for (start, end), (low, high) in _blocks(before, after):
        one, other = before[start:end], after[low:high]
        if len(one) == len(other):
            found += [((a,), (b,)) for a, b in zip(one, other, strict=True)]
        else:
            found.append((one, other))
    return found


Stretch = tuple[int, int]


def _blocks(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Stretch, Stretch]]:
    """Yield stretches that differ, as places in both sequences."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    one, other = before[start : len(before) - end], after[start : len(after) - end]
    if len(one) * len(other) > _MOST:
        yield (start, start + len(one)), (start, start + len(other))
        return
    for kind, low, high, left, right in SequenceMatcher(
        None, one, other, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            yield (start + low, start + high), (start + left, start + right)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Count how many are the same from the start on."""
    pairs_ = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs_) if a != b), min(len(one), len(other)))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; ``marked`` where the other text has something else."""

    text: str
    marked: bool


def marked(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces, with what differs marked: numbers and words as wholes."""
    one, other = _WORD.findall(before), _WORD.findall(after)
    left, right, same = [], [], 0
    last, place = 0, 0
    for (start, end), (low, high) in _blocks(one, other):
        same += start - last
        left += [Piece("".join(one[last:start]), False), Piece("".join(one[start:end]), True)]
        right += [Piece("".join(other[place:low]), False), Piece("".join(other[low:high]), True)]
        last, place = end, high
    same += len(one) - last
    left.append(Piece("".join(one[last:]), False))
    right.append(Piece("".join(other[place:]), False))
    if same < _ALIKE * max(len(one), len(other)):
        return (Piece(before, False),), (Piece(after, False),)
    return tuple(p for p in left if p.text), tuple(p for p in right if p.text)
