"""All reports at once come out as one by one, whatever is missing and however large."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards import VARIANTS
from nianbao.panel.judging import STATUSES, judge
from nianbao.panel.matrix import Matrix, matrix_of
from nianbao.rules import check

LARGEST = 2**63 - 1


def compare(matrix, known, missing):
    """Hold every rule and report against the check of a single rule."""
    judged = judge(matrix, known, missing)
    for report in range(known.shape[1]):
        column = zip(matrix.cells, known[:, report], missing[:, report], strict=True)
        values = {code: None if no else number for code, number, no in column}
        values = {c: int(v) if isinstance(v, np.integer) else v for c, v in values.items()}
        assert judged.outcomes(report) == [check(rule, values) for rule in matrix.rules]
    return judged


def drawn(matrix, seed, high, holes, count=5):
    rng = np.random.default_rng(seed)
    shape = (len(matrix.cells), count)
    known = rng.integers(0, high, shape, endpoint=True)
    missing = rng.random(shape) < holes
    known[missing] = 0
    return known, missing


@given(
    st.sampled_from(list(VARIANTS)),
    st.integers(0, 10**6),
    st.sampled_from([0, 1, 3, 10**6, 10**15, 2**57, 2**59, 2**62, LARGEST]),
    st.sampled_from([0, 0.005, 0.05, 0.4, 1]),
)
def test_every_outcome_is_that_of_the_single_rule(variant, seed, high, holes):
    matrix = matrix_of(variant)
    compare(matrix, *drawn(matrix, seed, high, holes))


def test_all_statuses_occur_the_hopeless_ones_among_them():
    matrix = matrix_of("2021")
    judged = compare(matrix, *drawn(matrix, 1, 3, 0.05, count=50))
    assert set(np.unique(judged.status)) == {0, 1, 2}
    hopeless = (judged.status == 1) & (judged.left_open | judged.right_open)
    assert hopeless.any()


def test_sums_that_int64_cannot_hold_are_exact():
    matrix = matrix_of("2021")
    known = np.full((len(matrix.cells), 2), LARGEST)
    judged = compare(matrix, known, np.zeros(known.shape, bool))
    assert judged.left.dtype == object
    outcome = judged.outcomes(1)[0]
    assert outcome.left == 2 * LARGEST and outcome.status == "passed"


def test_negative_figures_do_not_hide_how_large_they_are():
    matrix = matrix_of("2021")
    known = np.full((len(matrix.cells), 1), -LARGEST - 1)
    assert compare(matrix, known, np.zeros(known.shape, bool)).left.dtype == object


@pytest.mark.parametrize("wrong", [Decimal(0), Decimal("0.0001")])
def test_money_is_added_exactly(wrong):
    matrix = matrix_of("2021")
    amounts = np.full((len(matrix.cells), 1), Decimal("0.1"), object)
    rule = next(r for r in matrix.rules if r.id == "T4-1")
    only = Matrix(matrix.form, (rule,), matrix.cells)
    amounts[matrix.cells.index("t4.review.total")] = Decimal("0.4") + wrong
    judged = compare(only, amounts, np.zeros(amounts.shape, bool))
    assert STATUSES[judged.status[0, 0]] == ("failed" if wrong else "passed")
    assert judged.outcomes(0)[0].imbalance == wrong


def test_counts_are_those_of_the_statuses():
    matrix = matrix_of("2019")
    judged = compare(matrix, *drawn(matrix, 2, 2, 0.02, count=20))
    chosen = np.arange(20) % 3 > 0
    for row, counts in enumerate(judged.counts(chosen)):
        assert counts.tolist() == [(judged.status[row][chosen] == s).sum() for s in range(3)]


def test_no_report_at_all_is_no_fault():
    matrix = matrix_of("2021")
    empty = np.zeros((len(matrix.cells), 0), np.int64)
    assert judge(matrix, empty, empty.astype(bool)).status.shape == (42, 0)
