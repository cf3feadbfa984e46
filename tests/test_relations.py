"""Arithmetic rules, asked of a report and the one before it; those of analysts like our own."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from corpus.figures import balanced
from nianbao.findings import check_report, record
from nianbao.forms.sheets import rule_spec
from nianbao.records import findings_csv
from nianbao.report import Report
from oracle.command import run
from oracle.project import FIGURES, Project, following
from oracle.worlds import Sheet, beside

NEXT = following(FIGURES)


def sheet(variant="2021", year=2022, marks=None, **changed):
    figures = balanced(random.Random(f"{variant}{year}"), variant, 40, 0.6)
    figures |= {code.replace("__", "."): Decimal(value) for code, value in changed.items()}
    return Sheet(variant, year, figures, marks or {}).report()


def spec(**given):
    base = {"id": "LOCAL-1", "label": "行政许可不为0", "severity": "error", "basis": "乙"}
    return rule_spec(base | {"relation": "=", "right": [0]} | given, origin="params/rules.yaml")


def told(rule, report, previous=None):
    """Return the findings of one local rule, by scope."""
    found = check_report(report, beside(report, previous, rules=(rule,)))
    mine = [each for each in found if each.rule.spec.id == rule.id]
    return {each.rule.id.partition(":")[2]: each for each in mine}


def only(rule, report, previous=None):
    (found,) = told(rule, report, previous).values()
    return found


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "project")


LICENCES = spec(left=["t2.licences.decisions"], relation="!=")


@pytest.mark.parametrize("variant", ["2021", "2019", "hybrid", "mixed"])
@pytest.mark.parametrize(("value", "status"), [(0, "failed"), (7, "passed")])
def test_an_analysts_rule_holds_for_every_form(variant, value, status):
    year = 2020 if variant == "2019" else 2022
    report = sheet(variant, year, **{"t2__licences__decisions": value})
    found = only(LICENCES, report)
    assert (found.status, found.severity) == (status, "error")
    row = record(found)
    assert (row["rule"], row["cells"]) == ("LOCAL-1", ["t2.licences.decisions"])
    assert (row["left"], row["right"], row["imbalance"]) == (str(value), "0", str(value))
    assert "行政许可" in row["message"] and f" {value} " in row["message"]
    assert found.objection == (status == "failed")


def test_an_analysts_rule_is_asked_of_every_agency_and_kept_in_the_csv(project):
    project.register("bureau,测试局,department,,,,", "office,测试办公室,office,,,,")
    project.rules(
        "rules:\n  - {id: LOCAL-1, label: 甲, severity: error, basis: 乙, "
        "left: [t2.licences.decisions], relation: '!=', right: [0]}\n"
    )
    for agency, value, status in (("bureau", 0, "failed"), ("office", 3, "passed")):
        project.report(2022, agency, FIGURES | {"t2.licences.decisions": value})
        found = project.check(agency)
        assert found["LOCAL-1"].status == status
        rows = findings_csv(tuple(found.values())).splitlines()
        assert any(f",LOCAL-1,error,{status},{value},0,{value}," in row for row in rows)


def test_an_analysts_hard_rule_decides_the_exit_code_until_it_is_waived(
    project, monkeypatch, capfdbinary
):
    project.report(2022, figures=FIGURES | {"t2.licences.decisions": 0})
    arguments = (project, monkeypatch, capfdbinary, "check", "--agency", "bureau", "--year", 2022)
    assert run(*arguments)[0] == 0
    project.rules(
        "rules:\n  - {id: LOCAL-1, label: 甲, severity: error, basis: 乙, "
        "left: [t2.licences.decisions], relation: '!=', right: [0]}\n"
    )
    code, printed, _ = run(*arguments)
    assert code == 1 and "行政许可" in printed
    project.waive(project.check()["LOCAL-1"].id)
    assert run(*arguments)[0] == 0
    assert project.check()["LOCAL-1"].waived


@pytest.mark.parametrize(
    ("relation", "holding"),
    [("=", "0"), ("!=", "-+"), ("<", "-"), ("<=", "-0"), (">", "+"), (">=", "0+")],
)
@pytest.mark.parametrize(("right", "where"), [(6, "-"), (5, "0"), (4, "+")])
def test_each_relation_means_what_it_says(relation, holding, right, where):
    rule = spec(left=["t2.coercion.decisions"], relation=relation, right=[right])
    found = only(rule, sheet(t2__coercion__decisions=5))
    assert found.status == ("passed" if where in holding else "failed")


def test_a_rule_of_each_column_is_asked_of_every_column():
    rule = spec(table="t3", each="column", left=["new.<column>"], relation=">=", right=[0])
    found = told(rule, sheet())
    assert list(found) == [
        "natural",
        "business",
        "research",
        "nonprofit",
        "legal",
        "other",
        "total",
    ]
    assert {each.status for each in found.values()} == {"passed"}


@pytest.mark.parametrize(("limit", "status"), [(9, "not_applicable"), (2, "failed")])
def test_a_rule_is_only_asked_when_its_condition_holds(limit, status):
    when = [{"left": ["t2.coercion.decisions"], "relation": ">", "right": [limit]}]
    rule = spec(left=["t2.licences.decisions"], relation="!=", when=when)
    report = sheet(t2__coercion__decisions=5, t2__licences__decisions=0)
    assert only(rule, report).status == status
    assert not only(rule, report).objection or status == "failed"


def test_a_condition_that_cannot_be_told_leaves_the_rule_open():
    when = [{"left": ["t2.coercion.decisions"], "relation": ">", "right": [0]}]
    rule = spec(left=["t2.licences.decisions"], relation="!=", when=when)
    report = sheet(marks={"t2.coercion.decisions": "blank"}, t2__licences__decisions=0)
    assert only(rule, report).status == "undecided"


@pytest.mark.parametrize(
    ("since", "until", "asked"),
    [(2022, 2022, True), (2008, 9999, True), (2023, 9999, False), (2008, 2021, False)],
)
def test_a_rule_is_for_its_years(since, until, asked):
    rule = spec(left=["t2.licences.decisions"], since=since, until=until)
    assert bool(told(rule, sheet())) == asked


@pytest.mark.parametrize(
    ("limits", "asked"),
    [
        ("levels: [department]", True),
        ("levels: [city, county]", False),
        ("agencies: [bureau]", True),
        ("agencies: [office]", False),
        ("levels: [department], agencies: [office, bureau]", True),
    ],
)
def test_a_rule_is_for_its_levels_and_agencies(project, limits, asked):
    project.report()
    project.register("bureau,测试局,department,,,,", "office,测试办公室,office,,,,")
    project.rules(
        f"rules:\n  - {{id: LOCAL-1, label: 甲, severity: hint, basis: 乙, {limits}, "
        "left: [t2.licences.decisions], relation: '!=', right: [0]}\n"
    )
    assert ("LOCAL-1" in project.check()) == asked


def test_a_rule_for_a_level_passes_over_an_agency_without_a_register_row(project):
    project.report()
    project.register("office,测试办公室,office,,,,")
    project.rules(
        "rules:\n  - {id: LOCAL-1, label: 甲, severity: hint, basis: 乙, levels: [department], "
        "left: [t2.licences.decisions], relation: '!=', right: [0]}\n"
    )
    assert "LOCAL-1" not in project.check()


@pytest.mark.parametrize(("last", "status"), [(4, "passed"), (3, "failed")])
def test_last_years_figure_counts_with_its_factor(last, status):
    rule = spec(
        left=["t2.coercion.decisions"], relation="<=", right=["5*last:t2.coercion.decisions"]
    )
    report, before = (
        sheet(t2__coercion__decisions=20),
        sheet(year=2021, t2__coercion__decisions=last),
    )
    found = only(rule, report, before)
    assert (found.status, found.outcome.left, found.outcome.right) == (status, 20, 5 * last)
    assert "2021年报告" in found.message


def test_terms_are_added_and_subtracted_with_their_factors():
    rule = spec(left=["-2*t2.licences.decisions", 30], right=["t2.coercion.decisions", -4])
    report = sheet(t2__licences__decisions=8, t2__coercion__decisions=18)
    found = only(rule, report)
    assert (found.status, found.outcome.left, found.outcome.right) == ("passed", 14, 14)


def test_a_pattern_adds_up_its_cells():
    rule = spec(left=["t3.deny_*.total"], right=["t3.total.total"], relation="<=")
    report = sheet()
    left = sum(report.value(f"t3.deny_{i}.total") for i in range(1, 9))
    found = only(rule, report)
    assert found.outcome.left == left and found.status == "passed"
    assert found.rule.cells == (*(f"t3.deny_{i}.total" for i in range(1, 9)), "t3.total.total")


@pytest.mark.parametrize(
    ("code", "variant", "before", "asked"),
    [
        ("t2.licences.decisions", "2021", "2019", True),
        ("t2.fees.amount_10k", "2021", "2019", False),
        ("t2.fees.amount_10k", "2021", "2021", True),
        ("t2.normative_docs.in_force", "2021", "2019", False),
        ("t2.normative_docs.in_force", "2021", "mixed", False),
        ("t2.normative_docs.public_total", "mixed", "2019", True),
        ("t3.carried_out.natural", "2021", "2019", True),
        ("t3.deny_3.total", "2021", "2019", True),
        ("t3.other_1.total", "2021", "2019", False),
        pytest.param(
            *("t3.other.total", "hybrid", "2019", True),
        ),
        ("t4.after.pending", "2021", "2019", True),
    ],
)
def test_years_are_compared_over_the_change_of_forms_only_where_they_count_the_same(
    code, variant, before, asked
):
    rule = spec(left=[code], right=[f"last:{code}"], relation=">=")
    found = told(rule, sheet(variant, 2021), sheet(before, 2020))
    assert bool(found) == asked


@pytest.mark.parametrize("code", ["t2.fees.amount_10k", "t2.normative_docs.in_force"])
def test_a_missing_report_of_2020_is_presumed_to_be_on_the_form_of_2019(code):
    rule = spec(left=[code], right=[f"last:{code}"])
    assert not told(rule, sheet(year=2021))
    assert only(rule, sheet(year=2022)).status == "undecided"


def test_nothing_is_asked_of_a_year_before_the_forms():
    rule = spec(left=["t3.new.total"], right=["last:t3.new.total"])
    assert not told(rule, sheet("2019", 2019))


def test_money_is_exact():
    fees = "t2.fees.amount_10k"
    rule = spec(left=[f"10000*{fees}"], right=["last:t2.fees.amount_10k", 1])
    report = sheet(t2__fees__amount_10k="72701.2578")
    found = only(rule, report, sheet(year=2021, t2__fees__amount_10k="727012577"))
    assert found.status == "passed"
    assert found.outcome.left == Decimal("727012578") == found.outcome.right
    low = only(rule, report, sheet(year=2021, t2__fees__amount_10k="727012577.0001"))
    assert low.status == "failed" and low.outcome.imbalance == Decimal("-0.0001")
    assert "0.0001" in low.message


def test_a_tenth_three_times_is_three_tenths():
    fees = "t2.fees.amount_10k"
    rule = spec(left=[fees, fees, fees], right=["last:t2.fees.amount_10k"])
    report, before = sheet(t2__fees__amount_10k="0.1"), sheet(year=2021, t2__fees__amount_10k="0.3")
    assert only(rule, report, before).status == "passed"


def test_a_blank_amount_is_not_nought():
    rule = spec(left=["t2.fees.amount_10k"])
    blank = sheet(marks={"t2.fees.amount_10k": "blank"})
    found = only(rule, blank)
    assert found.status == "undecided" and not record(found)["left"]


def test_large_figures_stay_whole():
    rule = spec(left=["999999*t2.licences.decisions"], right=["last:t2.licences.decisions"])
    report = sheet(t2__licences__decisions=10**12)
    found = only(rule, report, sheet(year=2021, t2__licences__decisions=999999 * 10**12 - 1))
    assert found.status == "failed" and found.outcome.imbalance == 1


def test_findings_stand_in_the_order_of_the_catalogue_and_local_ones_last():
    report = sheet()
    found = check_report(report, beside(report, sheet(year=2021), rules=(LICENCES,)))
    names = [each.rule.spec.id for each in found if not each.balances]
    order = ["T2-3", "T2-4", "T3-8", "Y-1", "Y-2", "Y-3", "Y-4", "LOCAL-1"]
    assert [name for name in dict.fromkeys(names) if name in order] == order


def with_prior(**changed) -> tuple[Report, Report]:
    return sheet(**changed), sheet(year=2021)


def test_what_a_failed_rule_says_stands_in_it():
    report, before = with_prior()
    found = {f.rule.id: f for f in check_report(report, beside(report, before))}
    for name, each in found.items():
        if name.startswith("Y-1") and each.status == "failed":
            gap = abs(each.outcome.left - each.outcome.right)
            for part in (
                "上年结转",
                "2021年报告",
                "结转下年度",
                str(each.outcome.left),
                f"相差{gap}",
            ):
                assert part in each.message
    assert any(f.status == "failed" for n, f in found.items() if n.startswith("Y-1"))


def test_a_rule_that_is_not_asked_says_nothing_untrue():
    """P-8 of a report without either kind of request reads `重复申请 · 总计 0 > 0`."""
    report = sheet("2021", 2022)
    cells = {
        code: replace(cell, value=0) if code.startswith(("t3.refuse_4", "t3.refuse_2")) else cell
        for code, cell in report.cells.items()
    }
    found = {f.rule.id: f for f in check_report(replace(report, cells=cells))}
    assert found["P-8"].status == "not_applicable"
    assert "0 > 0" not in found["P-8"].message


def test_a_failed_local_rule_says_what_was_to_hold():
    message = only(LICENCES, sheet(t2__licences__decisions=0)).message
    assert "行政许可不为0" in message or "不成立" in message


def test_what_no_report_of_last_year_could_satisfy_is_asked_and_not_held_against_it():
    report = sheet(
        t2__regulations__in_force=0, t2__regulations__issued=12, t2__regulations__repealed=0
    )
    found = {f.rule.id: f for f in check_report(report, beside(report, None))}["Y-2"]
    assert found.status == "undecided"
    assert "没有2021年报告" in found.message and "负数（-12）" in found.message


def test_a_blank_of_this_year_is_told_from_last_years_figure():
    marks = {f"t3.{row}.{column}": "blank" for row in ("carried_in", "new") for column in COLUMNS}
    report, before = sheet(marks=marks), sheet(year=2021)
    found = {f.rule.id: f for f in check_report(report, beside(report, before))}["Y-1:natural"]
    assert found.status == "undecided"
    value = before.value("t3.carried_out.natural")
    assert f"应为 {value}" in found.message
    assert "按本年的数字" not in found.message


COLUMNS = ("natural", "business", "research", "nonprofit", "legal", "other", "total")


def test_a_side_of_one_term_with_a_factor_shows_its_number():
    rule = spec(left=["7*t2.coercion.decisions"], relation=">", right=[1000])
    assert "91" in only(rule, sheet(t2__coercion__decisions=13)).message


def test_amounts_of_twenty_four_digits_are_exact_with_large_factors():
    fees = "t2.fees.amount_10k"
    rule = spec(left=[f"999999*{fees}", f"-999998*{fees}"], right=[fees])
    report = sheet(t2__fees__amount_10k="123456789012.123456789012")
    assert only(rule, report).status == "passed"


def test_a_rule_over_many_cells_is_told_by_its_sum_and_what_is_not_nought():
    rule = spec(left=["t3.*.legal", "t3.*.research"], relation=">=", right=[0])
    figures = dict.fromkeys(balanced(random.Random(1), "2021"), Decimal(0))
    report = Sheet("2021", 2022, figures, {}).report()
    assert len(only(rule, report).message) < 500
