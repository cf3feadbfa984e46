"""How a command on many reports ends: with the gravest of what happened to each."""

from __future__ import annotations

from collections.abc import Iterable

_GRAVITY = (2, 4, 3, 1, 0)
"""Exit codes of a batch: the first of these that applies (contract)."""


def gravest(codes: Iterable[int]) -> int:
    """Return the exit code that tells most."""
    found = set(codes)
    return next(code for code in _GRAVITY if code in found)
