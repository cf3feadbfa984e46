"""The solver against an oracle that tries every placement and every completion."""

import random

import pytest

from builders import (
    COLUMNS,
    DETAIL,
    T3_CODES,
    T4_CODES,
    broken,
    brute_force,
    figures,
    row_codes,
)
from nianbao.rules import expand
from nianbao.solve import ShortRow, fill

RULES = expand("2021")


def instance(seed):
    """Draw a small balanced report, then lose, blank and mark some of its numbers."""
    rng = random.Random(seed)
    values = figures(seed, density=rng.choice([0.03, 0.1, 0.25]), high=rng.choice([1, 2, 3]))
    values = {code: int(values[code]) for code in T3_CODES + T4_CODES}
    short = []
    for row in rng.sample(DETAIL, rng.choice([1, 2, 2, 3])):
        gone = rng.sample(COLUMNS, rng.choice([1, 1, 1, 2]) if len(short) < 2 else 1)
        kept = [f"t3.{row}.{column}" for column in COLUMNS if column not in gone]
        tokens = [(str(values[code]), values[code]) for code in kept]
        if rng.random() < 0.2:
            tokens[rng.randrange(len(tokens))] = ("/", None)
        short.append((row_codes(row), tokens))
    taken = {code for cells, _ in short for code in cells}
    open_cells = [c for row in DETAIL for c in row_codes(row) if c not in taken]
    free = set(rng.sample(open_cells, rng.choice([0, 0, 1, 2])))
    known = {c: v for c, v in values.items() if c not in taken | free}
    return rng, values, known, free, short


def solved(known, free, short):
    rows = [ShortRow(tuple(cells), tuple(tokens)) for cells, tokens in short]
    return fill(RULES, known, sorted(free), rows)


@pytest.mark.parametrize("seed", range(60))
def test_the_backbone_is_that_of_all_placements_tried_one_by_one(seed):
    _, values, known, free, short = instance(seed)
    feasible, certain, _ = brute_force(known, free, short, cap=max(values.values()))
    filling = solved(known, free, short)
    assert (filling.feasible, filling.proved) == (feasible, True)
    assert feasible
    assert filling.values == certain
    assert all(values[code] == value for code, value in filling.values.items())


@pytest.mark.parametrize("seed", range(60))
def test_a_token_is_written_only_where_every_surviving_placement_puts_it(seed):
    _, values, known, free, short = instance(seed)
    _, certain, tokens = brute_force(known, free, short, cap=max(values.values()))
    written = solved(known, free, short).written
    assert written.items() <= tokens.items()
    assert {c for c in written if c in certain} == {c for c in tokens if c in certain}


@pytest.mark.parametrize("seed", range(100, 130))
def test_short_rows_beside_a_wrong_number_agree_with_the_oracle(seed):
    rng, values, known, free, short = instance(seed)
    code = rng.choice(sorted(known))
    known[code] += rng.choice([1, 2])
    feasible, certain, _ = brute_force(known, free, short, cap=max(values.values()) + 2)
    filling = solved(known, free, short)
    assert filling.feasible == feasible
    assert filling.values == certain


def test_the_oracle_itself_finds_the_two_fillings_of_a_swapped_pair():
    """Two rows with 1 and 0 lost crosswise: either could hold the 1."""
    values = dict.fromkeys(T3_CODES + T4_CODES, 0)
    for row in ("new", "total", "granted"):
        values |= {f"t3.{row}.business": 1, f"t3.{row}.total": 1}
    values |= {"t3.new.research": 1, "t3.total.research": 1, "t3.partial.research": 1}
    values |= {"t3.new.total": 2, "t3.total.total": 2, "t3.partial.total": 1}
    assert not broken(values)
    short = [
        (row_codes(row), [(t, int(t)) for t in ("0", "1", "0", "0", "0", "1")])
        for row in ("granted", "partial")
    ]
    known = {c: v for c, v in values.items() if c.split(".")[1] not in ("granted", "partial")}
    feasible, certain, _ = brute_force(known, set(), short, cap=3)
    assert feasible
    unsure = {code for cells, _ in short for code in cells} - set(certain)
    assert unsure == {f"t3.{r}.{c}" for r in ("granted", "partial") for c in COLUMNS[1:3]}
    assert solved(known, set(), short).values == certain


def test_a_blank_that_two_rules_want_different_has_no_filling():
    values = {code: 0 for code in T3_CODES + T4_CODES}
    values |= {"t3.granted.total": 3, "t3.total.total": 3, "t3.new.total": 3}
    del values["t3.granted.natural"]
    assert not solved(values, {"t3.granted.natural"}, []).feasible


def test_a_blank_bound_by_no_number_is_not_forced():
    values = {code: 0 for code in T4_CODES + T3_CODES}
    for code in ("t4.review.total", "t4.review.upheld"):
        del values[code]
    filling = solved(values, {"t4.review.total", "t4.review.upheld"}, [])
    assert filling.feasible
    assert filling.values == {}


def test_a_forced_blank_in_table_four_has_one_value():
    values = {code: 0 for code in T4_CODES + T3_CODES} | {"t4.after.total": 7}
    del values["t4.after.other"]
    assert solved(values, {"t4.after.other"}, []).values == {"t4.after.other": 7}


def test_placements_keep_the_order_of_the_tokens():
    row = ShortRow(("a", "b", "c"), (("1", 1), ("2", 2)))
    assert [{c: t for c, (t, _) in p.items()} for p in row.placements()] == [
        {"a": "1", "b": "2"},
        {"a": "1", "c": "2"},
        {"b": "1", "c": "2"},
    ]


@pytest.mark.parametrize("high", [1, 10**6, 10**11 // 25])
def test_the_lost_number_of_one_short_row_is_exact_at_any_size(high):
    values = figures(11, density=0.9, high=high)
    values = {code: int(values[code]) for code in T3_CODES + T4_CODES}
    lost = "t3.refuse_2.legal"
    cells = row_codes("refuse_2")
    tokens = [(str(values[c]), values[c]) for c in cells if c != lost]
    known = {c: v for c, v in values.items() if c not in cells}
    filling = solved(known, set(), [(cells, tokens)])
    assert filling.feasible
    assert all(values[code] == value for code, value in filling.values.items())
    if high > 1:
        assert filling.values[lost] == values[lost]


def test_the_same_question_gets_the_same_answer():
    _, _, known, free, short = instance(5)
    assert solved(known, free, short) == solved(known, free, short)


def test_a_question_that_ends_at_its_limit_makes_nothing_certain(monkeypatch):
    monkeypatch.setattr("nianbao.solve._EFFORT", 1e-6)
    values = figures(8, density=0.9, high=40)
    lost = {f"t3.{row}.{random.Random(row).choice(COLUMNS)}" for row in DETAIL}
    short = []
    for row in DETAIL:
        kept = [code for code in row_codes(row) if code not in lost]
        short.append((row_codes(row), [(str(values[c]), int(values[c])) for c in kept]))
    taken = {code for cells, _ in short for code in cells}
    known = {c: int(values[c]) for c in T3_CODES + T4_CODES if c not in taken}
    filling = solved(known, set(), short)
    assert (filling.proved, filling.values, filling.written) == (False, {}, {})
