"""Error localization where rows lost numbers: what changes least so that all can be placed."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from ortools.sat.python import cp_model

from nianbao.suspects.localization import CAP, Localization
from nianbao.suspects.part import Part
from nianbao.suspects.solver import balance, figures

_EFFORT = 3.0
"""Deterministic seconds to find and prove the smallest size."""
_LIST = 2.0
"""Deterministic seconds to list sets, all together."""


def figure_of(model: cp_model.CpModel, figure: cp_model.IntVar) -> cp_model.IntVar:
    """Return a variable's counterpart in a clone of its model."""
    return model.get_int_var_from_proto_index(figure.index)


def literal_of(model: cp_model.CpModel, literal: cp_model.IntVar) -> cp_model.IntVar:
    """Return a literal's counterpart in a clone of its model."""
    return model.get_bool_var_from_proto_index(literal.index)


class Placement:
    """The rules of a part over figures that may change and numbers that stand in some column.

    Unlike the model for rows that are whole, it is solved from its conflicts and without a
    linear relaxation, which says little about where a number stands.

    Attributes
    ----------
    model : cp_model.CpModel
        The rules.
    figures : dict of str to cp_model.IntVar
        What each cell would be.
    stands : dict of str to (dict of str to cp_model.IntVar)
        For each number of a short row, a literal for each cell in which it may stand.
    """

    def __init__(self, part: Part) -> None:
        self.part = part
        self.model = cp_model.CpModel()
        self.figures = figures(self.model, part, part.cells)
        self._changed = {name: self.model.new_bool_var(f"{name}!") for name in part.published}
        for code, figure in part.known.items():
            same = self.figures[code] == figure
            self.model.add(same).only_enforce_if(~self._changed[code])
        self.stands = self._lay()
        for signs in part.signs:
            balance(self.model, signs, self.figures)
        self._solver = cp_model.CpSolver()
        self._solver.parameters.num_workers = 1
        self._solver.parameters.random_seed = 1
        self._solver.parameters.linearization_level = 0
        self._solver.parameters.optimize_with_core = True
        # Else the solver takes Ctrl-C for itself and leaves the process without its handler.
        self._solver.parameters.catch_sigint_signal = False

    def _lay(self) -> dict[str, dict[str, cp_model.IntVar]]:
        """Let every number of a short row stand in one column, their order kept."""
        tokens = self.part.tokens
        stands = {
            name: {code: self.model.new_bool_var(f"{name}@{code}") for code in token.cells}
            for name, token in tokens.items()
        }
        for name, literals in stands.items():
            self.model.add_exactly_one(literals.values())
            for code, literal in literals.items():
                same = self.figures[code] == tokens[name].value
                self.model.add(same).only_enforce_if([literal, ~self._changed[name]])
        for (before, left), (after, right) in pairwise(stands.items()):
            if tokens[before].row == tokens[after].row:
                # Stated column by column, which propagates better than comparing two columns.
                for count in range(1, len(left)):
                    here, there = [*left.values()][:count], [*right.values()][:count]
                    self.model.add(sum(here) >= sum(there))
        return stands

    def smallest_sets(self) -> Localization:
        """List the smallest sets of published figures without which all numbers can be placed.

        Returns
        -------
        Localization
            Sets of codes of cells and of names of numbers in short rows (`Part.tokens`), without
            figures; none where every number can be placed as it stands.
        """
        self.model.minimize(sum(self._changed.values()))
        status, _ = self.ask(self.model, _EFFORT)
        self.model.clear_objective()  # type: ignore[no-untyped-call]
        if status != cp_model.OPTIMAL:
            return Localization(proved=False)
        first = self._chosen()
        if not first:
            return Localization()
        sets, complete = self._listed(first)
        order = {name: place for place, name in enumerate(self._changed)}
        sets.sort(key=lambda each: [order[name] for name in each])
        return Localization(tuple(sets), capped=not complete)

    def _listed(self, first: tuple[str, ...]) -> tuple[list[tuple[str, ...]], bool]:
        """List sets as small as a first one, up to the cap, and say whether these are all."""
        model = self.model.clone()
        changed = {name: literal_of(model, each) for name, each in self._changed.items()}
        model.add(sum(changed.values()) == len(first))
        found, left = [first], _LIST
        while left > 0:
            model.add_bool_or([~changed[name] for name in found[-1]])
            status, spent = self.ask(model, left)
            left -= spent
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return found, status == cp_model.INFEASIBLE
            if len(found) == CAP:
                return found, False
            found.append(self._chosen())
        return found, False

    def _chosen(self) -> tuple[str, ...]:
        return tuple(name for name, each in self._changed.items() if self._solver.value(each))

    def given_up(self, names: Iterable[str]) -> cp_model.CpModel:
        """Return the model with the figures of a set open and all others as published."""
        model, opened = self.model.clone(), set(names)
        for name, literal in self._changed.items():
            model.add(literal_of(model, literal) == (name in opened))
        return model

    def ask(self, model: cp_model.CpModel, effort: float) -> tuple[cp_model.CpSolverStatus, float]:
        """Solve a model within deterministic seconds; return the status and those it took."""
        self._solver.parameters.max_deterministic_time = effort
        status = self._solver.solve(model)
        return status, self._solver.response_proto.deterministic_time

    def value(self, variable: cp_model.IntVar) -> int:
        """Return a variable's value in the last solution."""
        return int(self._solver.value(variable))
