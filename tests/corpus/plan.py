"""Which documents are written, and how one is made from its name."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from corpus import (  # noqa: F401  each module registers its troubles
    grid_troubles,
    heading_troubles,
    label_troubles,
    lossy_troubles,
    mark_troubles,
    styles,
    surplus_troubles,
    value_troubles,
)
from corpus.scoring import Outcome, score
from corpus.specimen import Specimen, base
from corpus.trouble import FORMATS, TROUBLES
from corpus.writers import WRITERS

SHARES = {"pdf": 0.4}


@dataclass(frozen=True)
class Name:
    """What a document is made from, all of it: write it as ``format:trouble:seed``."""

    format: str
    trouble: str
    seed: int

    def __str__(self) -> str:
        return f"{self.format}:{self.trouble}:{self.seed}"


def plan(count: int, seed: int, form: str | None = None, trouble: str | None = None) -> list[Name]:
    """Choose documents: every trouble in turn, each time in the format least used so far."""
    rng = random.Random(seed)
    chosen = [t for t in TROUBLES.values() if trouble in (None, t.name)]
    pairs = [(t.name, [f for f in t.formats if form in (None, f)]) for t in chosen]
    pairs = [(name, formats) for name, formats in pairs if formats]
    rng.shuffle(pairs)
    used = dict.fromkeys(FORMATS, 0.0)
    done: dict[tuple[str, str], int] = {}
    names: list[Name] = []
    while len(names) < count and pairs:
        name, formats = pairs[len(names) % len(pairs)]
        least = min(done.get((f, name), 0) * SHARES.get(f, 1) for f in formats)
        free = [f for f in formats if done.get((f, name), 0) <= least]
        best = min(free or formats, key=lambda f: used[f])
        again = done[best, name] = done.get((best, name), 0) + 1
        used[best] += 1 / SHARES.get(best, 1)
        names.append(Name(best, name, seed * 10_000 + again))
    return names


def make(name: Name) -> tuple[Specimen, random.Random]:
    """Make the specimen of a name, with its trouble, ready to be written."""
    rng = random.Random(str(name))
    found = TROUBLES[name.trouble]
    specimen = base(rng, rng.choice(found.variants), found.kinds)
    specimen.style = {**styles.harmless(name.format, rng), **dict(found.style)}
    found.change(specimen, rng)
    if styles.flattened(name.format, specimen.style):
        styles.flatten(specimen)
    return specimen, rng


def run(name: Name, folder: Path) -> Outcome:
    """Write a document, read it back and compare."""
    specimen, rng = make(name)
    return score(WRITERS[name.format](specimen, folder, rng), specimen)
