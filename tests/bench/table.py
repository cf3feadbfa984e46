"""Rows of measures with their goals, and the tables that show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bench.measure import Usage, middle

MISSED = 1
"""The exit code where a goal was missed."""


@dataclass(frozen=True)
class Row:
    """One measure.

    Attributes
    ----------
    measure : str
        What is measured, in words.
    value : float
        What came out.
    form : str
        How the value is written, as of `str.format`.
    least, most : float or None
        The goal, one of both; neither where a number is only told.
    aim : float or None
        What is aimed at beyond the goal.
    key : str
        What the last line of the output is taken from: ``ratio`` or nothing.
    """

    measure: str
    value: float
    form: str = "{:.2f}"
    least: float | None = None
    most: float | None = None
    aim: float | None = None
    key: str = ""

    @property
    def reached(self) -> bool:
        """Whether the goal is reached; a number without goal misses none."""
        low = self.least is None or self.value >= self.least
        return low and (self.most is None or self.value <= self.most)

    @property
    def goal(self) -> str:
        """The goal in signs."""
        aim = "" if self.aim is None else f" (aim {self.form.format(self.aim)})"
        if self.least is not None:
            return f"≥ {self.form.format(self.least)}{aim}"
        return "" if self.most is None else f"≤ {self.form.format(self.most)}{aim}"

    @property
    def sign(self) -> str:
        """Whether it is reached, as a sign."""
        return "" if not self.goal else "✓" if self.reached else "✗"


@dataclass(frozen=True)
class Sides:
    """What was measured side by side: runs by name, of so many reports each."""

    title: str
    reports: int
    runs: dict[str, list[Usage]] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What one group of measures came to, with what its reader must know."""

    rows: Sequence[Row] = ()
    sides: Sequence[Sides] = ()
    notes: Sequence[str] = ()


def goals(rows: Iterable[Row]) -> list[str]:
    """Return the table of measures."""
    told = ["| measure | measured | goal | |", "|---|---:|---:|---|"]
    for row in rows:
        told.append(f"| {row.measure} | {row.form.format(row.value)} | {row.goal} | {row.sign} |")
    return told


def runs(sides: Iterable[Sides]) -> list[str]:
    """Return the table of all sides: medians, and the fastest and the slowest round."""
    told = [
        "| | reports | rounds | s | fastest–slowest | reports/min | CPU s/report | peak MB |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for side in sides:
        told.append(f"| **{side.title}** | | | | | | | |")
        told += [_run(name, side.reports, usages) for name, usages in side.runs.items()]
    return told


def _run(name: str, reports: int, usages: Sequence[Usage]) -> str:
    usage = middle(usages)
    seconds = [each.seconds for each in usages]
    cells = [name, str(reports or ""), str(len(usages)), f"{usage.seconds:.2f}"]
    cells.append(f"{min(seconds):.2f}–{max(seconds):.2f}")
    cells.append(f"{60 * reports / usage.seconds:.1f}" if reports else "")
    cells.append(f"{usage.cpu / reports:.2f}" if reports and usage.cpu else "")
    cells.append(f"{usage.peak / 1e6:.0f}" if usage.peak else "")
    return f"| {' | '.join(cells)} |"


def last_line(rows: Iterable[Row]) -> str:
    """Return the last line of the output: reports per minute of `build` over the commands."""
    return next((f"ratio: {row.value:.2f}" for row in rows if row.key == "ratio"), "")


def exit_code(rows: Iterable[Row]) -> int:
    """Return 0 where all goals are reached."""
    return 0 if all(row.reached for row in rows) else MISSED
