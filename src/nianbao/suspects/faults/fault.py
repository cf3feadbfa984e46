"""A fault that was tried, and what the figures would be without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nianbao.suspects.grid import Row

_FURTHER = 0.5
"""One more row that moved in the same way is half an assumption: it needs no new cause."""


@dataclass(frozen=True)
class Fault:
    """A fault of layout that makes every rule of a grid hold.

    Attributes
    ----------
    kind : str
        As in `nianbao.suspects.result.Structural`.
    story : str
        What happened, in Chinese, with ``{}`` where rows are named.
    named : tuple of int
        The rows to name.
    rows : dict of int to tuple of int
        The figures that its rows would have.
    assumptions : float
        How much has to be assumed.
    """

    kind: str
    story: str
    named: tuple[int, ...]
    rows: Mapping[int, Row]
    assumptions: float


def alike(count: int, *, everywhere: bool = False) -> float:
    """Count the assumptions where several rows moved in the same way."""
    return 1.0 if everywhere else 1 + _FURTHER * (count - 1)
