"""The balance rules (勾稽关系) of a form as a signed matrix over its cells: A·x = 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from nianbao.forms import Form, load_form
from nianbao.rules import Rule, expand


@dataclass(frozen=True)
class Matrix:
    """The rules of a form, sparse: which cells each one adds up on its left and on its right.

    Attributes
    ----------
    form : Form
        Whose rules they are.
    rules : tuple of Rule
        In the order of the form; a row of the matrix each.
    cells : tuple of str
        The cells that any rule binds, in form order; a column each.
    """

    form: Form
    rules: tuple[Rule, ...]
    cells: tuple[str, ...]

    @cached_property
    def left(self) -> tuple[NDArray[np.intp], ...]:
        """Of each rule, where the cells of its left side stand among `cells`."""
        return self._places([rule.left for rule in self.rules])

    @cached_property
    def right(self) -> tuple[NDArray[np.intp], ...]:
        """Of each rule, where the cells of its right side stand among `cells`."""
        return self._places([rule.right for rule in self.rules])

    def _places(self, sides: Sequence[Sequence[str]]) -> tuple[NDArray[np.intp], ...]:
        place = {code: index for index, code in enumerate(self.cells)}
        return tuple(np.array([place[code] for code in side], np.intp) for side in sides)

    @property
    def longest(self) -> int:
        """How many terms the longest rule has: so many figures are added at most."""
        return max((len(rule.left) + len(rule.right) for rule in self.rules), default=0)

    @cached_property
    def signed(self) -> NDArray[np.int8]:
        """The matrix A itself, rules × cells: +1 left, −1 right, else 0."""
        found = np.zeros((len(self.rules), len(self.cells)), np.int8)
        for row, (left, right) in enumerate(zip(self.left, self.right, strict=True)):
            np.add.at(found[row], left, 1)
            np.subtract.at(found[row], right, 1)
        return found

    @cached_property
    def amounts(self) -> tuple[str, ...]:
        """The cells among `cells` that are money (万元): these are reckoned as `Decimal`."""
        return tuple(code for code in self.cells if self.form.cells[code].decimal)


@cache
def matrix_of(form_key: str) -> Matrix:
    """Return the matrix of a form or mixture (`Form.key`), made from the rules of its YAML."""
    form, rules = load_form(form_key), expand(form_key)
    bound = {code for rule in rules for code in (*rule.left, *rule.right)}
    return Matrix(form, rules, tuple(code for code in form.cells if code in bound))
