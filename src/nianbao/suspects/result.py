"""What is suspect about a report: smallest sets of cells, structural faults, what is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class SuspectSet:
    """One smallest set of cells that, changed, makes all rules of its part hold.

    Attributes
    ----------
    part : str
        Official words of the part of the tables that it explains.
    cells : tuple of str
        Cell codes in form order. A number of a short row that is to change may stand in several
        cells: all of them are given, and the message says so; only one of them is wrong.
    implied : dict of str to int
        What each cell would have to be, where only one figure is possible; in short rows the
        figure that is the same in every placement.
    explanation : str or None
        The slip that fits, in Chinese: a hint, never a correction.
    rank : int
        From 1 within its part; sets that the evidence does not tell apart share a rank.
    message : str
        The same for people, in Chinese, with the official words.
    places : tuple of tuple of str
        For each figure that is to change the cells in which it may stand; given beside short
        rows only.
    """

    part: str
    cells: tuple[str, ...]
    implied: Mapping[str, int]
    explanation: str | None
    rank: int
    message: str
    places: tuple[tuple[str, ...], ...] = ()

    @property
    def size(self) -> int:
        """How many published figures it changes: fewer than cells where a column is not settled."""
        return len(self.places or self.cells)


@dataclass(frozen=True)
class Structural:
    """A fault of layout that explains all failing rules of a part with fewer assumptions.

    Attributes
    ----------
    kind : str
        ``row_shifted``, ``columns_exchanged``, ``rows_exchanged``, ``rows_shifted`` or
        ``subtotal_counted``.
    cells : tuple of str
        Every cell whose figure would be another, in form order.
    implied : dict of str to int
        The published figures moved to where they belong, and what then follows.
    assumptions : float
        To compare with the size of the smallest sets.
    alternatives : tuple of Structural
        Other such faults that the rules do not tell apart from this one.
    """

    part: str
    kind: str
    cells: tuple[str, ...]
    implied: Mapping[str, int]
    explanation: str
    assumptions: float
    alternatives: tuple[Structural, ...] = ()


@dataclass(frozen=True)
class PartSuspicion:
    """What is suspect in one part of the tables.

    Attributes
    ----------
    failing : tuple of str
        Ids of its failing rules.
    sets : tuple of SuspectSet
        Best first.
    capped : bool
        Whether there are, or may be, more smallest sets than listed.
    localizable : bool
        False where no set could be proved smallest within the limit.
    messages : tuple of str
        For people, in Chinese: first what the list means, then one line a set.
    """

    part: str
    failing: tuple[str, ...]
    sets: tuple[SuspectSet, ...]
    capped: bool
    structural: Structural | None
    localizable: bool
    messages: tuple[str, ...]


@dataclass(frozen=True)
class Suspicion:
    """What is suspect in a whole report; one entry a part in which rules fail."""

    parts: tuple[PartSuspicion, ...] = ()

    @property
    def sets(self) -> tuple[SuspectSet, ...]:
        """The sets of all parts, part by part; each explains its own part only."""
        return tuple(each for part in self.parts for each in part.sets)

    @property
    def structural(self) -> Structural | None:
        """The first structural fault."""
        return next((part.structural for part in self.parts if part.structural), None)

    @property
    def localizable(self) -> bool:
        """Whether every part with failing rules has its smallest sets proved."""
        return all(part.localizable for part in self.parts)

    @property
    def messages(self) -> tuple[str, ...]:
        """All that people are told, in Chinese."""
        return tuple(message for part in self.parts for message in part.messages)

    def record(self) -> dict[str, object]:
        """Return ``suspects``, ``structural`` and ``localizable`` as the JSON of ``check``."""
        fault = self.structural
        return {
            "suspects": [
                {
                    "cells": list(each.cells),
                    "implied": dict(each.implied),
                    "explanation": each.explanation,
                    "rank": each.rank,
                }
                for each in self.sets
            ],
            "structural": fault
            and {
                "kind": fault.kind,
                "cells": list(fault.cells),
                "implied": dict(fault.implied),
                "explanation": fault.explanation,
            },
            "localizable": self.localizable,
        }
