"""The balance rules as a constraint model: unknown cells, placements of short rows, equations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from ortools.sat.python import cp_model

Token = tuple[str, int | None]

_QUICK = 0.2
"""Deterministic seconds to look for a filling that differs in many cells at once."""


class Equations:
    """Integer equations with unknown cells, solved by CP-SAT.

    One worker, a fixed seed and a limit in deterministic time make every answer the same on
    every machine.

    Parameters
    ----------
    ceiling : int
        No cell is larger (件).
    effort : float
        Deterministic seconds for one question.
    """

    def __init__(self, ceiling: int, effort: float) -> None:
        self._model = cp_model.CpModel()
        self._ceiling = ceiling
        self._unknown: dict[str, cp_model.IntVar] = {}
        self._placed: dict[str, list[tuple[Token, cp_model.IntVar]]] = {}
        self._solver = cp_model.CpSolver()
        self._solver.parameters.num_workers = 1
        self._solver.parameters.random_seed = 1
        # Else the solver takes Ctrl-C for itself and leaves the process without its handler.
        self._solver.parameters.catch_sigint_signal = False
        self._effort = effort
        self.proved = True
        """False once a question ended at the limit instead of with an answer."""

    def add_free(self, code: str) -> None:
        """Add a cell that may hold any non-negative integer."""
        self._unknown[code] = self._model.new_int_var(0, self._ceiling, code)

    def add_short_row(self, cells: Sequence[str], tokens: Sequence[Token]) -> None:
        """Add a row whose tokens lie somewhere in its columns, in their order.

        A column that gets no token may hold any non-negative integer: its number was lost.
        """
        for code in cells:
            self.add_free(code)
            self._placed[code] = []
        slack = len(cells) - len(tokens)
        columns_of = [self._place(cells, j, token, slack) for j, token in enumerate(tokens)]
        for here, after in pairwise(columns_of):
            self._model.add(here + 1 <= after)
        for code in cells:
            self._model.add_at_most_one(literal for _, literal in self._placed[code])

    def _place(
        self, cells: Sequence[str], index: int, token: Token, slack: int
    ) -> cp_model.LinearExpr:
        """Let one token stand in any column that leaves room for the others; return its column."""
        _, value = token
        literals = {}
        for column in range(index, index + slack + 1):
            literal = self._model.new_bool_var(f"{cells[column]}@{index}")
            if value is not None:
                self._model.add(self._unknown[cells[column]] == value).only_enforce_if(literal)
            self._placed[cells[column]].append((token, literal))
            literals[column] = literal
        self._model.add_exactly_one(literals.values())
        return cp_model.LinearExpr.weighted_sum(list(literals.values()), list(literals))

    def add_balance(self, signs: Mapping[str, int], known: Mapping[str, int]) -> None:
        """Demand that a rule holds: the signed sum of its cells is zero."""
        terms = [
            sign * (self._unknown[code] if code in self._unknown else known[code])
            for code, sign in signs.items()
        ]
        if any(not isinstance(term, int) for term in terms):
            self._model.add(sum(terms) == 0)
        elif sum(terms):
            self._model.add_bool_or([])

    def solve(self) -> dict[str, int] | None:
        """Return one filling of all unknown cells, or None where none was found."""
        return self._values(self._model, self._effort)

    def solve_differing(self, values: Mapping[str, int]) -> dict[str, int] | None:
        """Return a filling that differs from the given values in at least one of those cells.

        It differs in as many as can be found quickly, so that few questions settle all cells.
        """
        probe = self._model.clone()
        differs = [self._differs(probe, code, value) for code, value in values.items()]
        probe.add_bool_or(differs)
        probe.maximize(cp_model.LinearExpr.sum(differs))
        quick = self._values(probe, min(self._effort, _QUICK))
        if quick or self.proved:
            return quick
        self.proved = True
        probe.clear_objective()  # type: ignore[no-untyped-call]
        return self._values(probe, self._effort)

    def _differs(self, probe: cp_model.CpModel, code: str, value: int) -> cp_model.IntVar:
        """Return a literal that, when true, makes a cell another value than the given one."""
        literal = probe.new_bool_var(f"{code}!")
        cell = probe.get_int_var_from_proto_index(self._unknown[code].index)
        others = cp_model.Domain(value, value).complement()
        probe.add_linear_expression_in_domain(cell, others).only_enforce_if(literal)
        return literal

    def can_lack(self, code: str, text: str) -> bool:
        """Say whether some filling puts another token than this, or none, in a cell."""
        probe = self._model.clone()
        for (token, _), literal in self._placed[code]:
            if token == text:
                probe.add(probe.get_bool_var_from_proto_index(literal.index) == 0)
        return self._possible(probe)

    def can_be_illegible(self, code: str) -> bool:
        """Say whether some filling puts a token that is no number in a cell."""
        probe = self._model.clone()
        marks = [literal for (_, value), literal in self._placed[code] if value is None]
        probe.add_bool_or([probe.get_bool_var_from_proto_index(mark.index) for mark in marks])
        return self._possible(probe)

    def _possible(self, probe: cp_model.CpModel) -> bool:
        """Whether a model has a solution, or none could be excluded within the limit."""
        proved, found = self.proved, self._values(probe, self._effort)
        possible = found is not None or not self.proved
        self.proved = proved
        return possible

    def _values(self, model: cp_model.CpModel, effort: float) -> dict[str, int] | None:
        """Solve a model and return the unknown cells; note where the limit ended the search."""
        self._solver.parameters.max_deterministic_time = effort
        status = self._solver.solve(model)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return {code: self._solver.value(var) for code, var in self._unknown.items()}
        self.proved = self.proved and status == cp_model.INFEASIBLE
        return None
