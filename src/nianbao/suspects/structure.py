"""Weighs faults of layout against the smallest sets, and tells the simplest one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nianbao.forms import Form
from nianbao.suspects.faults.counted_twice import counted_twice
from nianbao.suspects.faults.fault import Fault
from nianbao.suspects.faults.whole_rows import whole_rows
from nianbao.suspects.faults.within_rows import within_rows
from nianbao.suspects.grid import Grid, grid_of
from nianbao.suspects.localization import Localization
from nianbao.suspects.part import Part
from nianbao.suspects.result import Structural
from nianbao.suspects.wording import column_words, row_words

_SHOWN = 5
"""So many faults that the rules do not tell apart are listed."""
_NAMED = 6
"""So many rows are named."""


@dataclass(frozen=True)
class Layout:
    """The simplest faults of layout that mend all rules of a part; none if there are none."""

    form: Form
    part: Part
    grid: Grid | None
    faults: tuple[Fault, ...]

    @property
    def assumptions(self) -> float:
        """How much the simplest fault assumes."""
        return self.faults[0].assumptions if self.faults else float("inf")

    def beats(self, size: int) -> bool:
        """Whether a fault assumes less than any set with so many cells or more.

        So one wrong cell is never explained by a fault of layout.
        """
        return self.assumptions < size

    def matches(self, smallest: Localization) -> bool:
        """Whether there is but one fault, as simple as smallest sets that are many."""
        several = len(smallest.sets) > 1 and smallest.size > 1
        return several and len(self.faults) == 1 and self.assumptions == smallest.size

    def told(self) -> Structural | None:
        """Tell the fault, and which others the rules do not tell apart from it."""
        if self.grid is None or not self.faults:
            return None
        told = [_told(self.form, self.part, self.grid, f) for f in self.faults[:_SHOWN]]
        first = told[0]
        if len(self.faults) == 1:
            return first
        more = "；".join(each.explanation for each in told[1:])
        rest = f"等共{len(self.faults) - 1}种" if len(self.faults) > _SHOWN else ""
        text = f"{first.explanation}；同样能解释、无法区分的还有：{more}{rest}"
        return replace(first, explanation=text, alternatives=tuple(told[1:]))


def layout_faults(form: Form, part: Part) -> Layout:
    """Try all faults of layout on a part."""
    grid = grid_of(form, part)
    faults = _simplest(grid, column_words(form, part)) if grid else []
    return Layout(form, part, grid, tuple(faults))


def _simplest(grid: Grid, labels: tuple[str, ...]) -> list[Fault]:
    """Return the faults with fewest assumptions, those that change fewest figures first."""
    found = [*within_rows(grid, labels), *whole_rows(grid), *counted_twice(grid)]
    least = min((fault.assumptions for fault in found), default=0)
    seen: dict[tuple[object, ...], Fault] = {}
    for fault in found:
        if fault.assumptions == least:
            seen.setdefault(tuple(sorted(fault.rows.items())), fault)
    return sorted(seen.values(), key=lambda fault: _extent(grid, fault))


def _extent(grid: Grid, fault: Fault) -> int:
    """Count the figures that a fault changes."""
    return sum(
        new != old
        for index, row in fault.rows.items()
        for new, old in zip(row, grid.rows[index], strict=True)
    )


def _told(form: Form, part: Part, grid: Grid, fault: Fault) -> Structural:
    table = part.rules[0].spec.table
    codes = {
        f"{table}.{grid.names[index]}.{column}": (new, written)
        for index, row in fault.rows.items()
        for column, new, written in zip(grid.columns, row, grid.written[index], strict=True)
    }
    implied = {c: codes[c][0] for c in part.cells if c in codes and codes[c][0] != codes[c][1]}
    named = [f"“{row_words(form, f'{table}.{grid.names[i]}')}”" for i in fault.named]
    rows = "、".join(named[:_NAMED])
    rows += f"等{len(named)}" if len(named) > _NAMED else ""
    story = part.name + fault.story.format(rows)
    return Structural(part.name, fault.kind, tuple(implied), implied, story, fault.assumptions)
