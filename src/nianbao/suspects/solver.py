"""Error localization by CP-SAT: which fewest cells have to change, and every way to do so."""

from __future__ import annotations

from collections.abc import Iterable

from ortools.sat.python import cp_model

from nianbao.suspects.choices import Change
from nianbao.suspects.elimination import determined
from nianbao.suspects.likely import likely_values
from nianbao.suspects.localization import CAP, Localization
from nianbao.suspects.part import Part, Signs

_EFFORT = 1.8
"""Deterministic seconds to find and prove the smallest size, for each of two ways to search."""
_MORE = 0.6
"""Deterministic seconds for each further set, and for each question about a figure."""
_LIST = 1.0
"""Deterministic seconds to list sets, all together."""


def solve(part: Part, bound: int) -> Localization:
    """List the smallest sets of a part; no set has fewer cells than the bound."""
    model = _Model(part)
    first = model.smallest(bound)
    if first is None:
        return Localization(proved=False)
    if not first:
        return Localization()
    sets, complete = model.list_sets(first)
    if not complete:
        likely = model.list_sets(first, likely=True)[0]
        sets = likely + [each for each in sets if each not in likely]
    order = {code: i for i, code in enumerate(part.cells)}
    sets = sorted(sets[:CAP], key=lambda each: [order[code] for code in each])
    implied = tuple(_implied(part, each) for each in sets)
    return Localization(tuple(sets), implied, capped=not complete)


def _solver() -> cp_model.CpSolver:
    """Return a solver whose answers are the same on every machine."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    # The full linear relaxation proves the size ten times faster: the rules are nearly a network.
    solver.parameters.linearization_level = 2
    solver.parameters.max_num_cuts = 20_000
    solver.parameters.new_constraints_batch_size = 200
    # Else the solver takes Ctrl-C for itself and leaves the process without its handler.
    solver.parameters.catch_sigint_signal = False
    return solver


class _Model:
    """The rules over figures that may change, with a literal "changed" for each published one."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._solver = _solver()
        self._model = cp_model.CpModel()
        self._figures = figures(self._model, part, part.cells)
        self._changed = {code: self._model.new_bool_var(f"{code}!") for code in part.known}
        for code, literal in self._changed.items():
            same = self._figures[code] == part.known[code]
            self._model.add(same).only_enforce_if(~literal)
        for signs in part.signs:
            balance(self._model, signs, self._figures)
        for signs in _with_sums(part.signs):
            self._cut(signs)
        self._model.minimize(sum(self._changed.values()))

    def _cut(self, signs: Signs) -> None:
        """Tell what follows for the literals, which the figures alone show late.

        A rule that fails has a changed cell. In one that holds no cell changes alone; a set
        with a cell that could stay as it is would not be a smallest one.
        """
        if not all(code in self._part.known for code in signs):
            return
        literals = [self._changed[code] for code in signs]
        if sum(sign * self._part.known[code] for code, sign in signs.items()):
            self._model.add_bool_or(literals)
            return
        for literal in literals:
            self._model.add_bool_or([~literal, *(o for o in literals if o.index != literal.index)])

    def smallest(self, bound: int) -> tuple[str, ...] | None:
        """Return one smallest set, or None where none was proved smallest within the limit."""
        self._model.add(sum(self._changed.values()) >= bound)
        # What improving solutions does not prove soon, raising the bound step by step mostly does.
        for from_below in (False, True):
            self._solver.parameters.optimize_with_lb_tree_search = from_below
            self._solver.parameters.max_deterministic_time = _EFFORT
            if self._solver.solve(self._model) == cp_model.OPTIMAL:
                return self._chosen(self._changed)
        return None

    def _chosen(self, changed: dict[str, cp_model.IntVar]) -> tuple[str, ...]:
        return tuple(code for code, literal in changed.items() if self._solver.value(literal))

    def list_sets(
        self, first: tuple[str, ...], *, likely: bool = False
    ) -> tuple[list[tuple[str, ...]], bool]:
        """List sets as small as a first one, up to the cap, and say whether these are all.

        ``likely`` asks for those first in which most changes have a likely cause.
        """
        self._solver.parameters.optimize_with_lb_tree_search = False
        model = self._model.clone()
        model.clear_objective()  # type: ignore[no-untyped-call]
        changed = {
            code: model.get_bool_var_from_proto_index(literal.index)
            for code, literal in self._changed.items()
        }
        model.add(sum(changed.values()) == len(first))
        if likely:
            model.maximize(sum(self._likely(model, code, changed[code]) for code in changed))
        found: list[tuple[str, ...]] = []
        if not likely:
            found.append(first)
            model.add_bool_or([~changed[code] for code in first])
        left = _LIST
        while left > 0:
            self._solver.parameters.max_deterministic_time = min(left, _MORE)
            status = self._solver.solve(model)
            left -= self._solver.response_proto.deterministic_time
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return found, status == cp_model.INFEASIBLE
            if len(found) == CAP:
                return found, False
            chosen = self._chosen(changed)
            found.append(chosen)
            model.add_bool_or([~changed[code] for code in chosen])
        return found, False

    def _likely(
        self, model: cp_model.CpModel, code: str, changed: cp_model.IntVar
    ) -> cp_model.IntVar:
        """Return a literal that a cell changed from a figure that a slip makes of the true one."""
        literal = model.new_bool_var(f"{code}~")
        figure = model.get_int_var_from_proto_index(self._figures[code].index)
        domain = cp_model.Domain.from_values(likely_values(self._part.known[code]))
        model.add_linear_expression_in_domain(figure, domain).only_enforce_if(literal)
        model.add_implication(literal, changed)
        return literal


def figures(
    model: cp_model.CpModel, part: Part, codes: Iterable[str]
) -> dict[str, cp_model.IntVar]:
    """Return variables for the figures of cells."""
    return {code: model.new_int_var(0, part.ceiling, code) for code in codes}


def balance(
    model: cp_model.CpModel,
    signs: Signs,
    unknown: dict[str, cp_model.IntVar],
    known: dict[str, int] | None = None,
) -> None:
    """Demand that a rule holds."""
    terms = [s * (unknown[c] if c in unknown else (known or {})[c]) for c, s in signs.items()]
    if any(not isinstance(term, int) for term in terms):
        model.add(sum(terms) == 0)


def _with_sums(rules: tuple[Signs, ...]) -> list[Signs]:
    """Return the rules, and each two rules added up in which a cell cancels out."""
    found = list(rules)
    for i, one in enumerate(rules):
        for two in rules[:i]:
            shared = one.keys() & two.keys()
            if len(shared) == 1 and all(one[code] == -two[code] for code in shared):
                found.append({c: s for c, s in {**one, **two}.items() if c not in shared})
    return found


def _implied(part: Part, cells: tuple[str, ...]) -> Change:
    """Return the figures that the cells of a set must be, where only one is possible."""
    found = determined(part, [*cells, *part.free])
    found = {code: found[code] for code in cells if code in found}
    if len(found) == len(cells):
        return found
    model = cp_model.CpModel()
    free = {*cells, *part.free}
    unknown = figures(model, part, [code for code in part.cells if code in free])
    for signs in part.signs:
        balance(model, signs, unknown, part.known)
    solver = _solver()
    solver.parameters.max_deterministic_time = _MORE
    for code in [code for code in cells if code not in found]:
        low, high = (_extreme(solver, model, unknown[code], sense) for sense in (1, -1))
        if low is not None and low == high:
            found[code] = low
    return found


def _extreme(
    solver: cp_model.CpSolver, model: cp_model.CpModel, figure: cp_model.IntVar, sense: int
) -> int | None:
    """Return the smallest (1) or largest (−1) possible figure, or None where it is not proved."""
    model.minimize(sense * figure)
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    return int(solver.value(figure))
