"""Counts outcomes by format, trouble and form, and writes them as tables."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from corpus.plan import Name, make, run
from corpus.scoring import Outcome

HEADS = {
    "documents": "documents",
    "known": "known cells",
    "right": "right",
    "missed": "not known though known",
    "wrong": "silently wrong",
    "destroyed": "destroyed cells",
    "unknown": "left unknown",
    "recovered": "rightly recovered",
    "refused": "refused",
    "misnamed": "year or form wrong",
}
Row = tuple[Name, str, Outcome]


def measure(name: Name) -> Row:
    """Run one document in a folder of its own; the form is that of its specimen."""
    with tempfile.TemporaryDirectory(prefix="corpus-") as folder:
        return name, make(name)[0].variant, run(name, Path(folder))


def measure_all(names: list[Name], jobs: int) -> list[Row]:
    if jobs < 2:
        return [measure(name) for name in names]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        return list(pool.map(measure, names, chunksize=4))


def summed(rows: Iterable[tuple[str, Outcome]]) -> dict[str, Outcome]:
    """Add outcomes up by key, in the order of the keys."""
    found: dict[str, Outcome] = {}
    for key, outcome in rows:
        found.setdefault(key, Outcome()).add(outcome)
    return dict(sorted(found.items()))


def table(title: str, outcomes: dict[str, Outcome]) -> list[str]:
    lines = [f"| {title} | {' | '.join(HEADS.values())} |", "| --- |" + " ---: |" * len(HEADS)]
    for key, outcome in outcomes.items():
        figures = (f"{getattr(outcome, name):,}" for name in HEADS)
        lines.append(f"| {key} | {' | '.join(figures)} |")
    return lines


def tables(rows: list[Row]) -> list[str]:
    """Return all tables as Markdown."""
    return [
        *table("all", summed(("all", outcome) for _, _, outcome in rows)),
        "",
        *table("format", summed((name.format, outcome) for name, _, outcome in rows)),
        "",
        *table("form", summed((variant, outcome) for _, variant, outcome in rows)),
        "",
        *table("trouble", summed((name.trouble, outcome) for name, _, outcome in rows)),
    ]


def failures(rows: list[Row], limit: int) -> list[str]:
    """Return the worst documents by name, silently wrong ones first."""
    bad = [(name, outcome) for name, _, outcome in rows if not outcome.good]
    bad.sort(key=lambda pair: (-pair[1].wrong, -pair[1].refused, -pair[1].missed))
    return [
        f"{name}: {o.wrong} wrong, {o.missed} missed; {o.differences[0]}" for name, o in bad[:limit]
    ]


INTRODUCTION = """# Accuracy of reading

Measured on {count:,} generated documents (seed {seed}) at commit {commit} in the
folder `tests` by `../.venv/bin/python -m corpus --count {count} --seed {seed} --write FILE`.
Every document has one named trouble; the generator states the forms anew and uses only the
package's public way in. A *known* cell is *right* if its state and value are exactly what was
printed; *silently wrong* is a figure, blank or mark other than what stands there. *Destroyed*
cells are those whose print was lost in the trouble: they may be left unknown or carry the true
value, nothing else.
"""


def document(rows: list[Row], seed: int) -> str:
    """Return ``docs/accuracy.md``."""
    place = Path(__file__).parent
    command = ["git", "describe", "--always", "--dirty", "--abbrev=12"]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    commit = done.stdout.strip() or "unknown"
    text = INTRODUCTION.format(count=len(rows), seed=seed, commit=commit)
    bad = failures(rows, 20)
    shown = ["", "Documents not read in full:", "", *(f"- {line}" for line in bad)] if bad else []
    return "\n".join([text, *tables(rows), *shown]) + "\n"
