"""What can befall a report, by name: each changes a specimen and says what must come out."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from corpus.specimen import Specimen

GRIDDED = ("html", "docx", "xlsx", "pdf", "md", "csv", "folder")
FORMATS = ("html", "docx", "xlsx", "pdf", "txt", "md", "csv", "folder")
BALANCED = ("balanced", "balanced", "large", "zeros")
ANY = ("balanced", "balanced", "large", "blanks", "imbalanced", "zeros")
FULL = ("balanced", "large", "imbalanced")
VARIANTS = ("2021", "2021", "2021", "2019", "2019", "hybrid", "mixed")
Change = Callable[[Specimen, random.Random], None]


@dataclass(frozen=True)
class Trouble:
    """One trouble.

    Attributes
    ----------
    change : callable
        What it does to a specimen; it sets the truth of the cells that it touches.
    formats, variants, kinds : tuple of str
        Where it can occur: in which formats, forms, and on what figures.
    style : mapping
        How the writer must write, so that the trouble is there at all.
    """

    name: str
    change: Change
    formats: tuple[str, ...] = FORMATS
    variants: tuple[str, ...] = VARIANTS
    kinds: tuple[str, ...] = ANY
    style: tuple[tuple[str, object], ...] = ()


TROUBLES: dict[str, Trouble] = {}


def trouble(name: str, **where: object) -> Callable[[Change], Change]:
    """Register a change as a trouble of that name."""

    def register(change: Change) -> Change:
        if name in TROUBLES:
            raise ValueError(f"two troubles are called {name}")
        TROUBLES[name] = Trouble(name, change, **where)
        return change

    return register


def styled(name: str, form: str, kinds: tuple[str, ...] = ANY, **style: object) -> None:
    """Register a way of writing one format as a trouble."""
    TROUBLES[name] = Trouble(
        name, lambda specimen, rng: None, (form,), kinds=kinds, style=tuple(style.items())
    )
