"""Expands a form's balance rules (勾稽关系) into equations over cells and checks them exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache

from nianbao.forms import Form, RuleSpec, load_form
from nianbao.forms.structure import paths, words

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Rule:
    """One equation: the cells on its left add up to the same as the cells on its right.

    Attributes
    ----------
    id : str
        The rule's id with its scope, for example ``T3-1:natural``.
    scope : str
        The official words of the column or row that it speaks of; empty for a whole block.
    left, right : tuple of str
        Cell codes, left as printed on the form (新收 + 结转; 总计).
    cells : tuple of str
        All its cells in form order.
    """

    id: str
    spec: RuleSpec
    scope: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    cells: tuple[str, ...]

    def signs(self) -> dict[str, int]:
        """Return the equation's coefficients: +1 on the left, −1 on the right (A·x = 0)."""
        return {code: 1 for code in self.left} | {code: -1 for code in self.right}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What checking one rule gave; sums are None where a term has no value."""

    rule: Rule
    status: str
    left: Number | None
    right: Number | None

    @property
    def imbalance(self) -> Number | None:
        """Left minus right, in the form's unit."""
        return None if self.left is None or self.right is None else self.left - self.right


@cache
def expand(form_key: str) -> tuple[Rule, ...]:
    """Expand all rules of a form or mixture (`Form.key`), in the order of the form."""
    form = load_form(form_key)
    return tuple(
        _instance(form, spec, name, words)
        for spec in form.rules
        for name, words in _scopes(form, spec)
    )


def _scopes(form: Form, spec: RuleSpec) -> list[tuple[str, str]]:
    """Name the rows or columns that a rule is repeated over, with their official words."""
    block = form.table(spec.table).blocks[0]
    if spec.each == "column":
        return [(path[-1].id, path[-1].label) for path in paths(block.columns)]
    if spec.each == "row":
        return [(path[-1].id, words(path)) for path in paths(block.rows)]
    heads = form.cells[f"{spec.table}.{spec.left[0]}"].column[:-1]
    return [("", " · ".join(node.label for node in heads))]


def _instance(form: Form, spec: RuleSpec, name: str, words: str) -> Rule:
    left = _codes(form, spec, spec.left, name)
    right = _codes(form, spec, spec.right, name)
    bound = {*left, *right}
    return Rule(
        id=f"{spec.id}:{name}" if name else spec.id,
        spec=spec,
        scope=words,
        left=left,
        right=right,
        cells=tuple(code for code in form.cells if code in bound),
    )


def _codes(form: Form, spec: RuleSpec, patterns: Iterable[str | int], name: str) -> tuple[str, ...]:
    """Turn patterns such as ``deny_*.<column>`` into cell codes; an empty match is a slip."""
    found: list[str] = []
    for pattern in patterns:
        wanted = f"{spec.table}." + str(pattern).replace("<column>", name).replace("<row>", name)
        matches = [code for code in form.cells if fnmatchcase(code, wanted)]
        if not matches:
            raise ValueError(f"rule {spec.id}: no cell matches {wanted}")
        found += matches
    return tuple(found)


def check(rule: Rule, values: Mapping[str, Number | None]) -> Outcome:
    """Confront one rule with figures, exactly.

    Parameters
    ----------
    rule : Rule
        The equation.
    values : mapping of str to int, Decimal or None
        Figures by cell code; None where there is none.

    Returns
    -------
    Outcome
        ``passed``, ``failed``, or ``undecided`` where a term is missing – unless no
        non-negative number in its place could balance the rule: then it failed.
    """
    left, left_open = _side(rule.left, values)
    right, right_open = _side(rule.right, values)
    if not left_open and not right_open:
        return Outcome(rule, "passed" if left == right else "failed", left, right)
    hopeless = (not left_open and right > left) or (not right_open and left > right)
    status = "failed" if hopeless else "undecided"
    return Outcome(rule, status, None if left_open else left, None if right_open else right)


def _side(codes: Iterable[str], values: Mapping[str, Number | None]) -> tuple[Number, bool]:
    """Add what is known on one side, and say whether a term is missing."""
    terms = [values.get(code) for code in codes]
    return sum((term for term in terms if term is not None), start=0), None in terms
