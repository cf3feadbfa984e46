"""Joins labels that were broken into pieces, where the joined words are known ones."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import product

from nianbao.labels import read_label

MOST = 8
"""Into so many pieces a label is broken at most."""
_LONGEST = 120


class Vocabulary:
    """The words of the forms' tables, by their cores."""

    def __init__(self, words: Collection[str]) -> None:
        self._words = frozenset(words) - {""}
        self.knows = lru_cache(maxsize=8192)(self._knows)

    def _knows(self, text: str) -> bool:
        return len(text) <= _LONGEST and read_label(text).core in self._words

    def first(self, texts: Sequence[str]) -> int:
        """Count the pieces at the beginning that make the longest known label; 0 for none."""
        counts = range(min(MOST, len(texts)), 0, -1)
        return next((n for n in counts if self.knows("".join(texts[:n]))), 0)

    def leading(self, texts: Sequence[str]) -> tuple[list[str], list[str]]:
        """Join known labels from the beginning on: the labels, and what is left over."""
        labels: list[str] = []
        place = 0
        while count := self.first(texts[place : place + MOST]):
            labels.append("".join(texts[place : place + count]))
            place += count
        return labels, list(texts[place:])

    def completed(
        self, label: str, before: Sequence[str], after: Sequence[str]
    ) -> tuple[str, int, int]:
        """Complete a label with pieces around it.

        Parameters
        ----------
        label : str
            The part that stands beside the figures.
        before, after : sequence of str
            The lines around it, the nearest first.

        Returns
        -------
        tuple
            The whole label and how many lines before and after belong to it; an empty label
            where no completion is known, or where two different ones are.
        """
        found = []
        for above, below in product(range(len(before) + 1), range(len(after) + 1)):
            whole = "".join((*reversed(before[:above]), label, *after[:below]))
            taken = (*before[:above], *after[:below])
            if taken and not any(map(self.knows, taken)) and self.knows(whole):
                found.append((whole, above, below))
        return found[0] if len(found) == 1 else ("", 0, 0)
