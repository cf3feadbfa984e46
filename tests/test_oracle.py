"""A thousand reports, each with its year before: the package says what a plain restatement says."""

import json
import random
from collections import Counter
from decimal import Decimal, localcontext
from itertools import product

import pytest

from builders import read, render
from corpus.statute import codes
from nianbao.findings import Finding, check_report, objections, record
from nianbao.records import findings_csv
from nianbao.verdict import judge
from oracle import odd
from oracle.reasoning import forced, verdict
from oracle.statement import Statement, balance, others
from oracle.worlds import Sheet, World, beside, digest, world

pytestmark = pytest.mark.many

BLOCK = 50
BLOCKS = range(20)
RESTATED = {f"T{each}" for each in ("2-3", "2-4", "3-1", "3-2", "3-3", "3-8", "4-1", "4-2", "4-3")}
RESTATED |= {f"Y-{number}" for number in (1, 2, 3, 4, 7)}
STATUSES = ("passed", "failed", "undecided")


def before_of(made: World) -> str | None:
    """Return the form of last year's report, or that which it would have been filed on."""
    if made.before:
        return made.before.variant
    return None if made.sheet.year == 2019 else "2021" if made.sheet.year > 2021 else "2019"


def expected(made: World) -> dict[str, tuple[str, object, object, str, str]]:
    """Return status, sides, severity and id by rule."""
    variant, own = made.sheet.variant, made.sheet.counted()
    last = made.before.counted() if made.before else None
    return {
        each.rule: (
            *verdict(each, own, last),
            each.severity,
            digest(each.rule, made.sheet, each.own),
        )
        for each in [*balance(variant), *others(variant, before_of(made))]
    }


def told(found: dict[str, Finding]) -> dict[str, tuple[str, object, object, str, str]]:
    sides = {
        rule: (None, None) if f.status == "undecided" else (f.outcome.left, f.outcome.right)
        for rule, f in found.items()
    }
    return {rule: (f.status, *sides[rule], f.severity, f.id) for rule, f in found.items()}


def about_cells(made: World) -> dict[str, Finding]:
    """Return the findings of the rules that are restated here."""
    report = made.sheet.report()
    around = beside(report, made.before.report() if made.before else None)
    found = check_report(report, around)
    return {f.rule.id: f for f in found if f.rule.spec.id in RESTATED}


@pytest.mark.parametrize("block", BLOCKS)
def test_the_package_agrees_with_the_oracle(block):
    for seed in range(block * BLOCK, (block + 1) * BLOCK):
        made = world(seed)
        assert told(about_cells(made)) == expected(made), f"world {seed}"


@pytest.mark.parametrize("seed", range(25))
def test_what_a_blank_is_forced_to_be_is_what_the_oracle_forces(seed):
    made = world(seed).sheet
    marks = {code: made.counted()[code] for code in made.marks if code in made.counted()}
    assert made.report().implied == marks


def test_the_worlds_hold_every_case():
    """Every rule passes, fails and is undecided somewhere; every form meets every other."""
    cases, meetings = Counter(), set()
    for seed in range(200):
        made = world(seed)
        for rule, (status, *_) in expected(made).items():
            cases[rule.split(":")[0].split("-")[0], status] += 1
        meetings.add((made.sheet.variant, made.before.variant if made.before else None))
    assert set(cases) == {(t, s) for t in ("T2", "T3", "T4", "Y") for s in STATUSES}
    assert len(meetings) >= 14
    assert min(cases.values()) >= 10


@pytest.mark.parametrize("seed", range(40))
def test_without_last_years_report_its_figure_is_told(seed):
    """Y-9: what last year's report must have said, where one figure of it alone is unknown."""
    made = World(world(seed).sheet, None)
    own, found = made.sheet.counted(), about_cells(made)
    for each in others(made.sheet.variant, before_of(made)):
        if not each.crosses:
            continue
        finding = found[each.rule]
        value = single(each, own)
        if value is not None and value >= 0:
            assert f"应为 {value}" in finding.message, finding.message
            assert f"没有{made.sheet.year - 1}年报告" in finding.message
        else:
            assert "应为 " not in finding.message
            assert value is None or f"负数（{value}）" in finding.message


def single(each: Statement, own: dict[str, int]) -> int | None:
    """Solve an equation for last year's only term; None where there is no single solution."""
    missing = [t for t in each.terms if t[2]]
    known = all(code in own for _, code, last in each.terms if not last)
    if each.relation != "=" or len(missing) != 1 or not known:
        return None
    left = sum(f * own[c] for f, c, last in each.left if not last)
    return left - sum(f * own[c] for f, c, last in each.right if not last)


@pytest.mark.parametrize("seed", range(150))
def test_the_oracle_forces_what_trying_everything_forces(seed):
    """The oracle is itself held against enumeration, on a table of three rows and columns."""
    rng = random.Random(seed)
    lines, columns = ("a", "b", "sum"), ("x", "y", "total")
    by_row = [(f"{row}.total", (f"{row}.x", f"{row}.y")) for row in lines]
    by_column = [(f"sum.{c}", (f"a.{c}", f"b.{c}")) for c in columns]
    statements = [
        Statement(t, ((1, t, False),), "=", tuple((1, p, False) for p in parts), "error")
        for t, parts in by_row + by_column
    ]
    values = {f"{row}.{c}": rng.choice((0, 1, 1)) for row in ("a", "b") for c in ("x", "y")}
    for total, parts in by_row[:2] + by_column:
        values[total] = sum(values[part] for part in parts)
    values["sum.total"] += rng.random() < 0.15
    missing = set(rng.sample(sorted(values), rng.randint(1, 5)))
    known = {code: value for code, value in values.items() if code not in missing}
    fits = [
        chosen
        for figures in product(range(6), repeat=len(missing))
        if balances(
            known | (chosen := dict(zip(sorted(missing), figures, strict=True))), statements
        )
    ]
    only = {c: {chosen[c] for chosen in fits} for c in missing} if fits else {}
    certain = {code: next(iter(found)) for code, found in only.items() if len(found) == 1}
    assert forced(statements, known, missing) == certain


def balances(values: dict[str, int], statements: list[Statement]) -> bool:
    return all(verdict(each, values, {})[0] == "passed" for each in statements)


@pytest.mark.parametrize("block", range(6))
def test_no_report_breaks_the_check(block):
    """All states, absurd figures, broken prose, odd neighbours: findings, and never an accident."""
    for seed in range(block * 8, block * 8 + 8):
        report = odd.report(seed)
        around = odd.surroundings(seed, report)
        found = check_report(report, around)
        if seed % 4 == 0:
            assert found == check_report(report, around), seed
        assert len({f.id for f in found}) == len(found), seed
        for each in found:
            sound(each)
        assert findings_csv(found).count("\n") >= len(found)
        assert isinstance(objections(found), list)
        assert judge(report, found).objection == any(f.objection for f in found)


def sound(each: Finding) -> None:
    row = record(each)
    json.dumps(row, ensure_ascii=False).encode()
    assert each.status in (*STATUSES, "not_applicable")
    assert each.severity in ("error", "warning", "hint")
    assert row["message"] and row["basis"]
    if row["imbalance"]:
        with localcontext(prec=60):
            assert Decimal(row["imbalance"]) == Decimal(row["left"]) - Decimal(row["right"])
    if each.status == "undecided":
        assert (row["left"], row["right"], row["imbalance"]) == ("", "", "")


def test_a_report_of_which_nothing_is_known_fails_nowhere():
    made = world(0).sheet
    everything = dict.fromkeys(made.figures, "unknown")
    report = Sheet(made.variant, made.year, made.figures, everything).report()
    found = check_report(report, beside(report, None))
    assert {f.status for f in found if f.balances} == {"undecided"}
    assert not [f for f in found if f.status == "failed"]


BLANKS = {"t3.refuse_2.natural": "blank", "t3.other_3.business": "blank"}


def beside_blanks(by: int) -> Sheet:
    """Return a sheet with two blanks, and a figure between them that is wrong by so much."""
    figures = dict.fromkeys(codes("2021"), Decimal(0))
    rng = random.Random(5)
    for row in ("refuse_2", "other_3", "granted"):
        for column in ("natural", "business", "legal"):
            figures[f"t3.{row}.{column}"] = Decimal(rng.randint(20, 60))
    for column in ("natural", "business", "legal"):
        total = sum(figures[f"t3.{row}.{column}"] for row in ("refuse_2", "other_3", "granted"))
        figures |= {f"t3.total.{column}": total, f"t3.new.{column}": total}
    for row in ("refuse_2", "other_3", "granted", "total", "new"):
        figures[f"t3.{row}.total"] = sum(
            figures[f"t3.{row}.{column}"] for column in ("natural", "business", "legal")
        )
    figures["t3.refuse_2.business"] += by
    return Sheet("2021", 2022, figures, BLANKS)


def test_two_blanks_that_the_equations_force_are_told_as_such():
    found = [f for f in check_report(beside_blanks(0).report()) if f.balances]
    assert {f.status for f in found} == {"passed"}
    assert sum(bool(f.implied) for f in found) == 4


@pytest.mark.parametrize("by", [-3, 2])
def test_a_table_that_nothing_can_fill_is_an_error(by):
    """One wrong figure among blanks: the rules cannot all hold, and none fails.

    Of 200 reports with their noughts left blank and one figure wrong, 36 to 48 end so.
    """
    sheet = beside_blanks(by)
    assert not set(sheet.counted()) & set(BLANKS), "nothing is forced: nothing fills the table"
    printed = {code: f"{value.normalize():f}" for code, value in sheet.figures.items()}
    report = read(render(printed | dict.fromkeys(BLANKS, "")))
    (found,) = [f for f in check_report(report) if f.objection]
    assert found.rule.id == "B-1:t3" and set(found.rule.cells) == set(BLANKS)
    assert not any(f.status == "failed" for f in check_report(report) if f.balances)
