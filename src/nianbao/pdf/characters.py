"""Which characters a printed page can show: those of its fonts, others as 〓."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any, Final

from nianbao.charts.font import writable

_SIGNS: Final = frozenset("✗")
"""What the font of Chinese text lacks, and the typesetter's own font of signs has."""
_NOT_SHOWN: Final = frozenset(("kind", "style", "id", "to", "break", "svg"))
"""Names of values that are no text."""


def shown(value: Any) -> Any:
    """Return what the typesetter is given with every text in it as it can be shown."""
    if isinstance(value, dict):
        return {name: each if name in _NOT_SHOWN else shown(each) for name, each in value.items()}
    if isinstance(value, list):
        return [shown(each) for each in value]
    return "".join(map(_shown, value)) if isinstance(value, str) else value


@lru_cache(maxsize=8192)
def _shown(character: str) -> str:
    """Return a character as it can be shown: itself, a blank, 〓, or nothing to be seen."""
    if character in _SIGNS:
        return character
    return "" if _invisible(character) else writable(character)


def _invisible(character: str) -> bool:
    """Whether a character only steers how others are shown: joiners, directions, variants."""
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"
