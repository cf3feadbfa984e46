"""Writes what was measured as a page: docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.table import Found, goals, runs

HEAD = """# What building costs

Written by `make bench`, which measures everything side by side in one run on one machine:
medians of {rounds} rounds, the sides in turn, each round beginning with the next side. Compare
ratios, not times.

The reports are generated (`tests/bench/city.py`): cities of 20 agencies, two years each, filed as
web pages, Word, PDF, Excel and text in the proportions of real ones; a quarter of them with
something unusual in them, some with a wrong figure.
"""
NOTES = (
    "Each side makes `report.html` and `review.html` of the same reports, with 2 workers; output "
    "and cache are emptied before each round, and a side that makes fewer is an error. The pages "
    "are the same, byte for byte, but for the id that papermill draws for the cell of parameters "
    "(a test).",
    "**build** is `python -m nianbao build`, a whole process with all that it imports, without "
    "the pages on years and agencies, which no other side makes; **build and its pages on years "
    "and agencies** is the whole command. Both also write the tables of cells and findings, "
    "hashes and provenance.",
    "**papermill and nbconvert commands**: for each report `papermill notebooks/report.ipynb …`, "
    "then `jupyter nbconvert --to nianbao-report` and `--to nianbao-review`, a process each, 2 "
    "reports at once.",
    "**papermill.execute_notebook** and **ploomber-engine** (papermill's engine `embedded`, "
    "installed apart, so that no other side imports it): 2 "
    "processes that loop, the exporters made anew for each page as their documents show; their "
    "start counts.",
    "**limit**: the same cells run by plain `exec` and the same pages rendered, in 2 processes "
    "that loop and have imported everything; their start does not count, that of `build` does. "
    "No record, no hash, no child of its own for a report. So the share is the larger the more "
    "reports there are; the goal is that of the many.",
    "Memory is that of all processes together, what they share counted once, looked at a few "
    "times a second.",
)


def page(
    found: Sequence[Found], machine: Mapping[str, str], rounds: int, breakdown: Sequence[str]
) -> str:
    """Return the page.

    Parameters
    ----------
    found : sequence of Found
        What the groups came to.
    machine : mapping of str to str
        Where it was measured (`bench.machine.facts`).
    rounds : int
        How often each side ran.
    breakdown : sequence of str
        The lines on what the time goes to; none where that was not measured.
    """
    rows = [row for each in found for row in each.rows]
    parts = [side for each in found for side in each.sides]
    notes = [*NOTES, *(note for each in found for note in each.notes)]
    told = [HEAD.format(rounds=rounds), "## Goals", "", *goals(rows), "", "## Runs", ""]
    told += [*runs(parts), "", "## What stands behind the numbers", ""]
    told += [*(f"- {note}" for note in notes), ""]
    if breakdown:
        told += ["## What the time goes to", "", *breakdown, ""]
    told += ["## Where", "", *(f"- {name}: {value}" for name, value in machine.items())]
    return "\n".join(told) + "\n"
