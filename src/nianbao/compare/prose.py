"""Which sentences differ, under which heading, and within a sentence which words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from nianbao.compare.matching import keyed, pairs
from nianbao.compare.shown import Part, Shown

_MOST: Final = 250_000
"""So many pairs are compared at most; longer texts are told as replaced."""
_ALIKE: Final = 0.4
"""Sentences that share less are told whole: words marked one by one would be no help."""
_CLAUSE: Final = re.compile(r"[，。；、：+=≠〔〕]|[^，。；、：+=≠〔〕]+")
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
    start = common(before, after)
    end = common(before[start:][::-1], after[start:][::-1])
    one, other = before[start : len(before) - end], after[start : len(after) - end]
    if len(one) * len(other) > _MOST:
        yield (start, start + len(one)), (start, start + len(other))
        return
    for kind, low, high, left, right in SequenceMatcher(
        None, one, other, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            yield (start + low, start + high), (start + left, start + right)


def common(one: Sequence[str], other: Sequence[str]) -> int:
    """Count how many are the same from the start on."""
    both = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(both) if a != b), min(len(one), len(other)))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; ``marked`` where the other text has something else."""

    text: str
    marked: bool


Pieces = tuple[Piece, ...]


def marked(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Return both texts in pieces, with what differs marked.

    Clauses are held against each other first, then the words within them, so that a long sum is
    not marked sign by sign. Texts with little in common are left unmarked.
    """
    left, right = _marked(_CLAUSE.findall(before), _CLAUSE.findall(after), _within)
    if not _alike(left, right):
        return (Piece(before, False),), (Piece(after, False),)
    return left, right


def _within(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Mark words and numbers of a clause; all of it where little of it is the same."""
    left, right = _marked(_WORD.findall(before), _WORD.findall(after), _whole)
    return (left, right) if _alike(left, right) else _whole(before, after)


def _whole(before: str, after: str) -> tuple[Pieces, Pieces]:
    return _struck(before), _struck(after)


def _struck(text: str) -> Pieces:
    """Mark a text but for the spaces around it."""
    start = len(text) - len(text.lstrip())
    end = max(start, len(text.rstrip()))
    return _pieces((text[:start], False), (text[start:end], True), (text[end:], False))


def _marked(
    before: Sequence[str],
    after: Sequence[str],
    within: Callable[[str, str], tuple[Pieces, Pieces]],
) -> tuple[Pieces, Pieces]:
    left: list[Piece] = []
    right: list[Piece] = []
    last, place = 0, 0
    for (start, end), (low, high) in _blocks(before, after):
        one, other = within("".join(before[start:end]), "".join(after[low:high]))
        left += [*_pieces(("".join(before[last:start]), False)), *one]
        right += [*_pieces(("".join(after[place:low]), False)), *other]
        last, place = end, high
    left += _pieces(("".join(before[last:]), False))
    right += _pieces(("".join(after[place:]), False))
    return tuple(left), tuple(right)


def _pieces(*given: tuple[str, bool]) -> Pieces:
    return tuple(Piece(text, marked) for text, marked in given if text)


def _alike(left: Pieces, right: Pieces) -> bool:
    """Whether enough of two texts is the same for marks to be a help."""
    same = sum(len(piece.text) for piece in left if not piece.marked)
    return same >= _ALIKE * max(sum(len(piece.text) for piece in side) for side in (left, right))
