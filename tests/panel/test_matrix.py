"""The matrix of a form is its rules, and nothing else."""

import numpy as np
import pytest

from boards import VARIANTS, codes
from builders import equations
from nianbao.panel.matrix import matrix_of
from nianbao.rules import expand
from panel.specimens import figures


def test_its_rows_are_the_rules_as_they_are_stated_by_hand():
    matrix = matrix_of("2021")
    assert [rule.id for rule in matrix.rules] == list(equations())
    for row, (left, right) in zip(matrix.signed, equations().values(), strict=True):
        signs = {code: int(sign) for code, sign in zip(matrix.cells, row, strict=True) if sign}
        assert signs == dict.fromkeys(left, 1) | dict.fromkeys(right, -1)


@pytest.mark.parametrize("variant", VARIANTS)
def test_its_columns_are_the_bound_cells_in_the_forms_order(variant):
    matrix = matrix_of(variant)
    bound = {code for rule in expand(variant) for code in rule.cells}
    assert list(matrix.cells) == [code for code in codes(variant) if code in bound]
    assert matrix.amounts == ()
    assert matrix.longest == max(len(rule.cells) for rule in expand(variant))


@pytest.mark.parametrize("variant", VARIANTS)
def test_balanced_reports_are_its_kernel_and_a_wrong_figure_is_not(variant):
    matrix, names = matrix_of(variant), codes(variant)
    known = figures(variant, 200, np.random.default_rng(3))
    bound = known[[names.index(code) for code in matrix.cells]]
    assert not (matrix.signed.astype(np.int64) @ bound).any()
    bound[7] += 1
    assert (matrix.signed.astype(np.int64) @ bound).any(axis=0).all()
