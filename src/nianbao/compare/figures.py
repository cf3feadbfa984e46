"""Which charts differ, by the cell that draws them and the text that stands for them."""

from __future__ import annotations

from dataclasses import dataclass, fields

from nianbao.compare.markup import Figure
from nianbao.compare.matching import keyed, pairs
from nianbao.compare.shown import Drawn, Shown


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A chart that differs; a side that does not draw it is None.

    Attributes
    ----------
    cell : str
        The id of the notebook's cell that draws it.
    headings : tuple of (str, str)
        What it stands under in each run; empty where a run has no such chart.
    """

    cell: str
    headings: tuple[str, str]
    before: Figure | None
    after: Figure | None

    @property
    def heading(self) -> str:
        """What it stands under, in the later run if it has that."""
        return self.headings[1] or self.headings[0]

    @property
    def fields(self) -> tuple[str, ...]:
        """What of it differs: ``title subtitle alt source data picture``; all if it is new."""
        names = tuple(each.name for each in fields(Figure))
        return tuple(
            name
            for name in names
            if getattr(self.before, name, None) != getattr(self.after, name, None)
        )

    @property
    def redrawn(self) -> bool:
        """Whether nothing but the picture differs: the same is drawn in another way."""
        return self.fields == ("picture",)


def figure_changes(before: Shown, after: Shown) -> tuple[FigureChange, ...]:
    """Compare the charts of two pages, cell by cell."""
    sides = [keyed((each.cell, each) for each in shown.drawn) for shown in (before, after)]
    return tuple(
        FigureChange(cell, (_part(one), _part(other)), _figure(one), _figure(other))
        for (cell, _), one, other in pairs(*sides)
        if _figure(one) != _figure(other)
    )


def _part(drawn: Drawn | None) -> str:
    return drawn.part if drawn else ""


def _figure(drawn: Drawn | None) -> Figure | None:
    return drawn.figure if drawn else None
