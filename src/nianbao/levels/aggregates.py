"""Says which figures of a government's report are the sum of its subordinate bodies' (汇总)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache

from nianbao.forms import Form, bridge, joined
from nianbao.forms.wording import cell_words
from nianbao.packaged import packaged


@dataclass(frozen=True, slots=True)
class Kind:
    """Figures that add up by the same rule of the catalogue (``levels/aggregates.yaml``).

    Attributes
    ----------
    rule, name : str
        Id in the catalogue; what they count, in Chinese.
    cells : tuple of str
        Patterns of cell codes.
    scope : tuple of int
        Which parts of a cell's code tell the places of the rule apart.
    more, less : str
        What to think of where the government shows more, or less, than the sum.
    also : mapping of str to str
        What else to think of, by patterns of the cells that it is told of.
    less_severity : str
        How grave it is to show less, where that is lighter than the catalogue says.
    rounded : bool
        Whether each report rounds its figure, so that the sum is off by a little.
    """

    rule: str
    name: str
    cells: tuple[str, ...]
    scope: tuple[int, ...]
    more: str
    less: str
    also: Mapping[str, str] = field(default_factory=dict)
    less_severity: str = ""
    rounded: bool = False

    def holds(self, code: str) -> bool:
        """Whether a cell is one of them."""
        return any(fnmatchcase(code, pattern) for pattern in self.cells)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One figure of a government's report that is the sum of others.

    Attributes
    ----------
    cells : tuple of str
        Its cells in the government's own report; several where another form has one for them.
    place, unit : str
        Where it stands, in the official words; 件 or 万元.
    by_form : mapping of str to tuple of str
        The cells of the same meaning on each form (`Form.key`); none where it has no such figure.
    """

    kind: Kind
    scope: str
    cells: tuple[str, ...]
    place: str
    unit: str
    by_form: Mapping[str, tuple[str, ...]]


@cache
def kinds() -> tuple[Kind, ...]:
    """Return what adds up, in the order of the catalogue."""
    listed = packaged(__package__, "aggregates.yaml")["aggregates"]
    return tuple(
        Kind(**item | {"cells": tuple(item["cells"]), "scope": tuple(item["scope"])})
        for item in listed
    )


def aggregates(form: Form, others: Sequence[Form]) -> list[Aggregate]:
    """List what adds up in a report on ``form`` whose parts are on ``others``, in form order."""
    forms = {each.key: each for each in (form, *others)}
    return [found for kind in kinds() for found in _of_kind(kind, form, forms)]


def _of_kind(kind: Kind, form: Form, forms: Mapping[str, Form]) -> Iterator[Aggregate]:
    told: set[str] = set()
    for code in form.cells:
        if code in told or not kind.holds(code):
            continue
        by_form = _same_meaning(code, form, forms)
        cells = by_form[form.key]
        told.update(cells)
        # Where one form has a single row for several of another, the single row names them.
        name, named = next(
            ((codes[0], forms[key]) for key, codes in by_form.items() if len(codes) == 1),
            (code, form),
        )
        parts = name.split(".")
        rows = "（本报告为所属各行之和）" if len(cells) > 1 else ""
        yield Aggregate(
            kind=kind,
            scope=".".join(parts[index] for index in kind.scope),
            cells=cells,
            place=cell_words(named, name) + rows,
            unit=form.cells[code].unit,
            by_form=by_form,
        )


def _same_meaning(code: str, form: Form, forms: Mapping[str, Form]) -> dict[str, tuple[str, ...]]:
    """Find the cells of each form that count what a cell counts, by the bridge between forms."""
    same: dict[str, tuple[str, ...]] = {
        key: (code,) if joined(form, each, code) else () for key, each in forms.items()
    }
    patterns = next((series for series in _joined() if _match(code, series)), ())
    if all(same.values()) or not patterns:
        return same
    column = code.rpartition(".")[2]
    return {
        key: tuple(
            cell
            for cell in each.cells
            if _match(cell, patterns) and cell.rpartition(".")[2] == column
        )
        for key, each in forms.items()
    }


@cache
def _joined() -> tuple[tuple[str, ...], ...]:
    """Return the patterns of each series that both forms share, whichever form they are of."""
    return tuple(
        tuple(pattern for patterns in series.cells.values() for pattern in patterns)
        for series in bridge()
        if series.joined
    )


def _match(code: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(code, pattern) for pattern in patterns)
