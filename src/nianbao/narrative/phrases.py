"""Finds the words that say what a number means; which words those are stands in YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from nianbao.packaged import packaged


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a known family: its kind (``row``, ``topic`` …), its name, and where it stands."""

    kind: str
    name: str
    start: int
    end: int

    def text(self, source: str) -> str:
        """Return the word itself."""
        return source[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Phrases:
    """All families, compiled into one expression."""

    pattern: re.Pattern[str]
    families: tuple[tuple[str, str], ...]

    def find(self, text: str) -> Iterator[Token]:
        """Yield the words of a text in order; none overlaps another."""
        for found in self.pattern.finditer(text):
            kind, name = self.families[int((found.lastgroup or "f0")[1:])]
            if kind != "skip":
                yield Token(kind, name, found.start(), found.end())


@cache
def phrases() -> Phrases:
    """Load ``phrases.yaml``."""
    entries = [
        (str(kind), str(name), tuple(words))
        for kind, name, words in packaged(__package__, "phrases.yaml")
    ]
    groups = [f"(?P<f{at}>{'|'.join(words)})" for at, (_, _, words) in enumerate(entries)]
    # Every pattern begins with a Chinese character of its own or one of these: the rest of a
    # text is passed over at once.
    first = {
        char for *_, words in entries for word in words for char in word if "一" <= char <= "龥"
    }
    start = f"(?=[{''.join(sorted(first))}12E《“])"
    return Phrases(
        re.compile(f"{start}(?:{'|'.join(groups)})"),
        tuple((kind, name) for kind, name, _ in entries),
    )
