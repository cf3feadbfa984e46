"""How much is measured, on which projects, and what is done before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import sides
from bench.city import make
from bench.measure import alternate
from bench.table import Sides


@dataclass(frozen=True)
class Trial:
    """How much is measured.

    Attributes
    ----------
    folder : Path
        Where projects are made.
    rounds : int
        How often each side runs.
    scale : float
        What numbers of reports are multiplied by; 1 but for trying.
    said : callable
        Told what goes on.
    """

    folder: Path
    rounds: int
    scale: float
    said: Callable[[str], object]

    def count(self, reports: int) -> int:
        """Return how many reports stand for so many."""
        return reports if self.scale == 1 else max(1, round(reports * self.scale))

    def project(self, reports: int) -> Path:
        """Return a project of so many generated reports, made when it is first asked for."""
        root = self.folder / f"reports-{reports}"
        if not root.exists():
            self.said(f"making {reports} reports")
            make(root, reports)
        return root

    def compare(self, reports: int, names: tuple[str, ...], title: str) -> Sides:
        """Run sides on a project in alternation."""
        root = self.project(reports)
        turns = {n: partial(sides.checked, sides.SIDES[n], root, reports) for n in names}
        self.said(f"{title}: {reports} reports, {self.rounds} rounds")
        return Sides(title, reports, alternate(turns, self.rounds, self.said))


def warm_up(trial: Trial) -> None:
    """Run every side once, so that all find their files read and their code compiled."""
    root = trial.project(1)
    for name, side in sides.SIDES.items():
        trial.said(f"warming up: {name}")
        sides.checked(side, root, 1)
