"""Finds the smallest sets of cells that, left free, make every rule of a part hold."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.suspects.choices import Change
from nianbao.suspects.crossing import Crossing
from nianbao.suspects.part import Part

CAP = 20
"""So many sets are shown at most."""


@dataclass(frozen=True)
class Localization:
    """The smallest sets of a part.

    Attributes
    ----------
    sets : tuple of tuple of str
        Each as cell codes in form order.
    implied : tuple of dict
        For each set, the figures that its cells would have to be, where only one is possible.
    capped : bool
        Whether there are, or may be, more sets than listed.
    proved : bool
        False where the solver reached its limit before the smallest size was certain.
    """

    sets: tuple[tuple[str, ...], ...] = ()
    implied: tuple[Change, ...] = ()
    capped: bool = False
    proved: bool = True

    @property
    def size(self) -> int:
        """How many cells the smallest sets have."""
        return len(self.sets[0]) if self.sets else 0


def localize(part: Part, crossing: Crossing) -> Localization:
    """List the smallest sets of a part, all of them up to a cap.

    Notes
    -----
    Error localization after Fellegi and Holt. Where one cell in each failing row (or column)
    suffices, crossing has listed all sets exactly; else CP-SAT does, with the crossing's bound.
    """
    if crossing.sets:
        return crossed(part, crossing)
    # The solver takes a second to load; most faults never need it.
    from nianbao.suspects.solver import solve

    return solve(part, crossing.bound)


def crossed(part: Part, crossing: Crossing) -> Localization:
    """Put the sets that crossing found into the form's order."""
    order = {code: i for i, code in enumerate(part.cells)}
    changes = [dict(sorted(c.items(), key=lambda item: order[item[0]])) for c in crossing.sets]
    changes.sort(key=lambda change: [order[code] for code in change])
    return Localization(tuple(tuple(change) for change in changes), tuple(changes))
