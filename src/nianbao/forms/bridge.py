"""Says which figures of the two forms may stand in one series, and why others may not."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING

from nianbao.packaged import packaged

if TYPE_CHECKING:
    from nianbao.forms.structure import Form


@dataclass(frozen=True, slots=True)
class Series:
    """A series over the change of forms.

    Attributes
    ----------
    name : str
        What it counts, in Chinese.
    cells : dict of str to tuple of str
        Patterns of cell codes by form id; the figure of a form is the sum of the cells that
        match in the same column.
    joined : bool
        Whether the figures of both forms may stand in one series; if not, there is a break
        between 2020 and 2021.
    reason : str
        Why, in Chinese.
    """

    name: str
    cells: dict[str, tuple[str, ...]]
    joined: bool
    reason: str


@cache
def bridge() -> tuple[Series, ...]:
    """Return the bridge table between the forms of 2019 and 2021 (``forms/bridge.yaml``)."""
    data = packaged(__package__, "bridge.yaml")
    return tuple(
        Series(
            name=item["name"],
            cells={form: tuple(codes) for form, codes in item.items() if form.isdigit()},
            joined=item["joined"],
            reason=item["reason"],
        )
        for item in data["series"]
    )


@cache
def _joined_patterns(form: str, other: str) -> tuple[str, ...]:
    return tuple(
        pattern
        for series in bridge()
        if series.joined and {form, other} <= series.cells.keys()
        for pattern in (*series.cells[form], *series.cells[other])
    )


def joined(form: Form, other: Form, code: str) -> bool:
    """Whether a cell counts the same on two forms, so that its figures may be compared."""
    if code not in form.cells or code not in other.cells:
        return False
    table = code.partition(".")[0]
    one, two = form.table(table).form, other.table(table).form
    return one == two or any(fnmatchcase(code, p) for p in _joined_patterns(one, two))
