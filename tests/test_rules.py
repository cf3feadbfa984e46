"""The 42 balance rules, against a plain restatement of them."""

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import CODES, T3_CODES, broken, equations, figures
from nianbao.rules import check, expand

RULES = {rule.id: rule for rule in expand("2021")}
ORACLE = equations()


def verdicts(values):
    return {name: check(rule, values).status for name, rule in RULES.items()}


def rank(rows):
    """Return the exact rank of a matrix by elimination in fractions."""
    rows = [[Fraction(x) for x in row] for row in rows]
    found = 0
    for column in range(len(rows[0])):
        pivot = next((r for r in range(found, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for r in range(found + 1, len(rows)):
            factor = rows[r][column] / rows[found][column]
            if factor:
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[found], strict=True)]
        found += 1
    return found


def test_there_are_42_rules_of_rank_40():
    matrix = [[rule.signs().get(code, 0) for code in CODES] for rule in RULES.values()]
    assert len(matrix) == 42
    assert all({abs(x) for x in row} == {0, 1} for row in matrix)
    assert rank(matrix) == 40


def test_each_rule_says_what_its_restatement_says():
    assert list(RULES) == list(ORACLE)
    for name, (left, right) in ORACLE.items():
        rule = RULES[name]
        assert sorted(rule.left) == sorted(left)
        assert sorted(rule.right) == sorted(right)
        assert list(rule.cells) == sorted({*left, *right}, key=CODES.index)
        assert rule.spec.severity == "error"
        assert rule.spec.basis


def test_table_two_is_bound_by_no_rule():
    assert not any(code.startswith("t2.") for rule in RULES.values() for code in rule.cells)


@pytest.mark.parametrize("seed", range(20))
def test_the_oracle_and_the_engine_agree_on_whole_and_damaged_reports(seed):
    for k in range(16):
        rng = random.Random(1000 * seed + k)
        values = figures(rng.random(), density=rng.choice([0.02, 0.2, 0.9]), high=10 ** (k % 10))
        for code in rng.sample(CODES[10:], k % 5):
            values[code] = max(0, values[code] + rng.choice([-1, 1, 9, 1000]))
        failed = {name for name, status in verdicts(values).items() if status == "failed"}
        assert failed == broken(values)
        assert set(verdicts(values).values()) <= {"passed", "failed"}


def test_every_wrong_cell_of_table_three_breaks_exactly_the_rules_that_contain_it():
    values = figures(7)
    assert not broken(values)
    for code in T3_CODES:
        damaged = values | {code: values[code] + 1}
        expected = {n for n, (left, right) in ORACLE.items() if code in (*left, *right)}
        assert {n for n, s in verdicts(damaged).items() if s == "failed"} == expected
        assert len(expected) in (2, 3), code


def test_imbalance_is_left_minus_right():
    values = figures(3) | {"t4.review.total": 100, "t4.review.upheld": 0}
    outcome = check(RULES["T4-1"], values)
    assert outcome.imbalance == outcome.left - outcome.right
    assert outcome.left == 100


@given(st.integers(0, 10**6), st.sampled_from(T3_CODES), st.integers(0, 10**6))
def test_a_missing_term_is_never_read_as_zero(seed, code, high):
    values = figures(seed, high=high + 1) | {code: None}
    for name, (left, right) in ORACLE.items():
        if code in (*left, *right):
            assert check(RULES[name], values).status == "undecided"


def test_a_missing_term_that_nothing_can_balance_has_failed():
    values = dict.fromkeys(CODES, 0) | {"t3.new.natural": None, "t3.new.business": 3}
    assert check(RULES["T3-3:new"], values).status == "failed"


def test_two_missing_terms_on_both_sides_can_always_balance():
    values = dict.fromkeys(CODES, 0)
    values |= {"t3.new.natural": None, "t3.new.total": None, "t3.new.business": 3}
    assert check(RULES["T3-3:new"], values).status == "undecided"
