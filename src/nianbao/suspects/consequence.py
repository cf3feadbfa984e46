"""What follows where a set of figures is given up: what they would be, and where numbers stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from nianbao.suspects.placement import Placement, figure_of, literal_of

_EFFORT = 2.0
"""Deterministic seconds for the consequences of all sets together."""
_STATING = 0.02
"""What one question is charged beside the search: the solver does not count its preparations."""
_QUICK, _QUESTION = 0.05, 0.3
"""Deterministic seconds to differ in many figures at once, and in any at all."""


@dataclass(frozen=True)
class Consequence:
    """What the rules leave of short rows once the figures of a set may change.

    Attributes
    ----------
    values : dict of str to int
        The cells that were asked about and have the same figure in every filling (件).
    numbers : dict of str to int
        What each changed number of a short row would have to be, where only one is possible.
    places : dict of str to tuple of str
        The cells in which each changed number of a short row may stand.
    proved : bool
        False where the effort did not suffice; then any place is possible and no figure known.
    """

    values: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    proved: bool = True

    def figures(self, name: str) -> dict[str, int | None]:
        """Return each cell in which a changed figure may stand, and what it would then be."""
        cells = self.places.get(name, (name,))
        return {code: self.numbers.get(name, self.values.get(code)) for code in cells}


def consequences(placement: Placement, sets: Sequence[Sequence[str]]) -> list[Consequence]:
    """Return what follows from each set.

    Where there is only one, all short rows are asked about, else only those that it changes.
    """
    inquiry = _Inquiry(placement)
    return [inquiry.follow(names, whole=len(sets) == 1) for names in sets]


class _Inquiry:
    """Asks what is the same in every filling, as long as its effort lasts."""

    def __init__(self, placement: Placement) -> None:
        self._placement = placement
        self._left = _EFFORT

    def follow(self, names: Sequence[str], *, whole: bool) -> Consequence:
        """Find what follows from one set."""
        part = self._placement.part
        tokens = {name: part.tokens[name] for name in names if name in part.tokens}
        model = self._placement.given_up(names)
        rows = part.short_rows if whole else [token.row for token in tokens.values()]
        cells = [code for row in rows for code in row.codes]
        cells += [name for name in names if name in part.known]
        figures = self._placement.figures
        asked = {code: figure_of(model, figures[code]) for code in cells}
        for name in tokens:
            asked[name] = model.new_int_var(0, part.ceiling, name)
            for code, literal in self._placement.stands[name].items():
                asked[f"{name}@{code}"] = here = literal_of(model, literal)
                model.add(asked[code] == asked[name]).only_enforce_if(here)
        same = self._backbone(model, asked)
        if same is None:
            return Consequence(places={n: t.cells for n, t in tokens.items()}, proved=False)
        return Consequence(
            values={code: same[code] for code in cells if code in same},
            numbers={name: same[name] for name in tokens if name in same},
            places={
                name: tuple(code for code in token.cells if same.get(f"{name}@{code}") != 0)
                for name, token in tokens.items()
            },
        )

    def _backbone(
        self, model: cp_model.CpModel, asked: Mapping[str, cp_model.IntVar]
    ) -> dict[str, int] | None:
        """Return what has the same value in every solution; None where this is not proved."""
        if self._ask(model, _QUESTION) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        same = {name: self._placement.value(variable) for name, variable in asked.items()}
        while same:
            status = self._ask_for_other(model, {n: (asked[n], v) for n, v in same.items()})
            if status == cp_model.INFEASIBLE:
                break
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return None
            same = {n: v for n, v in same.items() if self._placement.value(asked[n]) == v}
        return same

    def _ask_for_other(
        self, model: cp_model.CpModel, values: Mapping[str, tuple[cp_model.IntVar, int]]
    ) -> cp_model.CpSolverStatus:
        """Look for a solution that differs in at least one value, and in many if soon found."""
        probe = model.clone()
        differs = []
        for name, (variable, value) in values.items():
            literal = probe.new_bool_var(f"{name}!!")
            others = cp_model.Domain(value, value).complement()
            figure = figure_of(probe, variable)
            probe.add_linear_expression_in_domain(figure, others).only_enforce_if(literal)
            differs.append(literal)
        probe.add_bool_or(differs)
        probe.maximize(sum(differs))
        status = self._ask(probe, _QUICK)
        if status != cp_model.UNKNOWN:
            return status
        probe.clear_objective()  # type: ignore[no-untyped-call]
        return self._ask(probe, _QUESTION)

    def _ask(self, model: cp_model.CpModel, effort: float) -> cp_model.CpSolverStatus:
        if self._left <= 0:
            return cp_model.UNKNOWN
        status, spent = self._placement.ask(model, min(effort, self._left))
        self._left -= spent + _STATING
        return status
