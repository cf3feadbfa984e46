"""Says which figures of the two forms may stand in one series, and why others may not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml


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
    data = yaml.safe_load(resources.files(__package__).joinpath("bridge.yaml").read_bytes())
    return tuple(
        Series(
            name=item["name"],
            cells={form: tuple(codes) for form, codes in item.items() if form.isdigit()},
            joined=item["joined"],
            reason=item["reason"],
        )
        for item in data["series"]
    )
