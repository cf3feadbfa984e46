"""Says what the time of a report goes to, by the clocks of `bench.clocks`."""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from bench.measure import run
from bench.sides import ENDED, TESTS, emptied, environment

SMALL = 0.01
"""Parts with a smaller share are told together."""


@dataclass(frozen=True)
class Breakdown:
    """Processor seconds.

    Attributes
    ----------
    start : float
        Once a run: importing, and whatever else children are forked with.
    ahead : float
        Of a report, for reading it ahead of building.
    report : float
        Of a report, in its own child.
    parts : list of (str, float)
        What the last goes to, of a report; most first, small parts together at the end.
    """

    start: float
    ahead: float
    report: float
    parts: list[tuple[str, float]]


def measure(root: Path) -> Breakdown:
    """Build the project once more, with clocks."""
    with tempfile.TemporaryDirectory() as told:
        command = [sys.executable, "-m", "bench.clocks", told]
        run(command, TESTS, environment(emptied(root)), allowed=ENDED)
        return summed(json.loads(path.read_text("utf-8")) for path in Path(told).iterdir())


def summed(told: Iterable[dict[str, object]]) -> Breakdown:
    """Add up what the children of a run left."""
    kinds: dict[str, list[Counter[str]]] = {"start": [], "ahead": [], "report": []}
    for left in told:
        kinds[str(left["kind"])].append(Counter(left["spent"]))  # type: ignore[call-overload]
    reports = kinds["report"]
    total = sum(reports, Counter())
    each = mean(sum(spent.values()) for spent in reports)
    shares = [(part, seconds / len(reports)) for part, seconds in total.most_common()]
    large = [(part, seconds) for part, seconds in shares if seconds >= SMALL * each]
    small = each - sum(seconds for _, seconds in large)
    return Breakdown(
        start=sum(sum(spent.values()) for spent in kinds["start"]),
        ahead=sum(sum(spent.values()) for spent in kinds["ahead"]) / len(reports),
        report=each,
        parts=[*large, (f"parts below {SMALL:.0%} each", small)],
    )


def lines(found: Breakdown) -> list[str]:
    """Return the breakdown as a section of the page."""
    told = [
        f"A report takes {found.report:.3f} s of processor time in its child, and "
        f"{found.ahead:.3f} s before, for reading it ahead; starting takes {found.start:.1f} s, "
        "once a run.",
        "",
        "| part | ms of a report | share |",
        "|---|---:|---:|",
    ]
    for part, seconds in found.parts:
        told.append(f"| {part} | {1000 * seconds:.1f} | {seconds / found.report:.1%} |")
    return told
