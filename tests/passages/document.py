"""Writes what was measured as a section of docs/accuracy.md."""

from __future__ import annotations

from passages.labels import passages
from passages.measures import measure, table

INTRODUCTION = """## Prose

Passages invented for this purpose in the phrase families of published reports, each labelled
with what a careful reader finds in it before any check was run on it
(`tests/passages/*.txt`; the tables of the eight invented offices are in `offices.yaml`).
Half of them served for developing; the other half only for measuring. A false alarm is a
whole and its parts, a statement, a share or a year that is called wrong and is not."""


def section() -> list[str]:
    """Return the section's lines; the same passages and code give the same bytes."""
    lines = [*INTRODUCTION.splitlines()]
    for half, title in (("measurement", "Kept apart"), ("development", "Developed on")):
        found = passages(half)
        lines += ["", f"### {title}: {len(found)} passages", "", *table(measure(found), len(found))]
    return lines
