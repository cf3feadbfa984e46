"""What stands around a report: last year, the register, other offices; whole or damaged."""

import json

import pytest

from builders import COLUMNS
from nianbao.errors import UsageError
from nianbao.records import cells_csv
from nianbao.shelf import load
from nianbao.surroundings import around
from oracle.command import run
from oracle.project import FIGURES, Project, following
from oracle.worlds import world

NEXT = following(FIGURES)
WRONG = NEXT | {"t3.carried_in.natural": NEXT["t3.carried_in.natural"] + 9}
YEARLY_RULES = {"Y-1", "Y-2", "Y-3", "Y-4", "Y-7", "T2-3"}
YEARLY = [*(f"Y-1:{column}" for column in COLUMNS), "Y-2", "Y-3"]


@pytest.fixture
def project(tmp_path):
    made = Project(tmp_path / "project")
    made.report(2022)
    return made


def statuses(found, *names):
    return {found[name].status for name in names or YEARLY}


def test_a_report_that_carries_on_where_last_years_ended_is_in_peace(project):
    project.report(2023, figures=NEXT)
    found = project.check(year=2023)
    assert statuses(found) == {"passed"}
    assert not [name for name, f in found.items() if f.objection]


def test_what_does_not_carry_on_is_an_error_with_both_years(project):
    project.report(2023, figures=WRONG)
    found = project.check(year=2023)["Y-1:natural"]
    assert (found.status, found.severity, found.objection) == ("failed", "error", True)
    assert str(WRONG["t3.carried_in.natural"]) in found.message
    assert str(FIGURES["t3.carried_out.natural"]) in found.message
    assert "2022年报告" in found.message and "相差9" in found.message


def test_a_loose_file_is_held_against_the_projects_last_year(
    project, monkeypatch, capfdbinary, tmp_path
):
    path = project.report(2023, figures=WRONG)
    loose = tmp_path / "draft.txt"
    loose.write_bytes(path.read_bytes())
    path.unlink()
    given = ("check", loose, "--agency", "bureau", "--year", 2023, "--format", "json")
    code, printed, _ = run(project, monkeypatch, capfdbinary, *given)
    found = {f["rule"]: f for f in json.loads(printed)["findings"]}
    assert code == 1 and found["Y-1:natural"]["status"] == "failed"
    assert found["Y-1:natural"]["left"] == str(WRONG["t3.carried_in.natural"])


def test_without_last_year_nothing_is_failed_and_its_figures_are_told(project):
    (project.root / "data/raw/2022/bureau.txt").unlink()
    project.report(2023, figures=NEXT)
    found = project.check(year=2023)
    assert statuses(found) == {"undecided"}
    assert "没有2022年报告" in found["Y-3"].message
    assert f"应为 {FIGURES['t2.normative_docs.in_force']}" in found["Y-3"].message


@pytest.mark.parametrize("content", [b"hello", b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xff\xfe\x00"])
def test_a_last_year_that_cannot_be_read_stops_nothing(project, content):
    project.write("data/raw/2022/bureau.txt", content)
    project.report(2023, figures=WRONG)
    found = project.check(year=2023)
    assert statuses(found) == {"undecided"}
    report = load("bureau", 2023, project.workspace)
    surroundings = around(report, project.workspace)
    assert surroundings.previous is None
    assert list(surroundings.unreadable) == ["2022 bureau"]
    assert surroundings.unreadable["2022 bureau"]


def test_a_last_year_that_cannot_be_read_is_not_called_missing(project):
    project.write("data/raw/2022/bureau.txt", b"hello")
    project.report(2023, figures=NEXT)
    assert "没有2022年报告" not in project.check(year=2023)["Y-1:natural"].message


def test_wrong_parameters_of_last_year_are_not_hushed_up(project):
    project.write("params/2022/bureau.yaml", "sauce: 1\n")
    project.report(2023, figures=NEXT)
    try:
        found = project.check(year=2023)
    except UsageError:
        return
    assert "没有2022年报告" not in found["Y-1:natural"].message


@pytest.mark.parametrize(("agency", "year"), [("bureau", 2022), ("office", 2020)])
def test_two_files_of_one_office_and_year_are_an_error(
    project, monkeypatch, capfdbinary, agency, year
):
    project.report(2023, figures=NEXT)
    for suffix in ("txt", "html"):
        project.write(f"data/raw/{year}/{agency}.{suffix}", b"x")
    given = ("check", "--agency", "bureau", "--year", 2023)
    code, printed, said = run(project, monkeypatch, capfdbinary, *given)
    assert (code, printed) == (2, "")
    for word in (f"data/raw/{year}", agency, f"{agency}.txt", f"{agency}.html"):
        assert word in said


def test_an_office_without_a_register_row_is_checked_all_the_same(project):
    project.register("other,别的局,department,,,,")
    project.report(2023, figures=WRONG)
    found = project.check(year=2023)["Y-1:natural"]
    assert (found.status, found.severity) == ("failed", "error")


@pytest.mark.parametrize(
    ("since", "severity"),
    [
        ("2023", "warning"),
        ("2023-07-01", "warning"),
        ("2021", "error"),
        ("2015", "error"),
        ("", "error"),
        ("不详", "error"),
    ],
)
def test_carrying_over_is_only_a_warning_in_the_first_year_of_an_office(project, since, severity):
    project.register(f"bureau,测试局,department,,,{since},")
    project.report(2023, figures=WRONG)
    found = project.check(year=2023)
    assert (found["Y-1:natural"].status, found["Y-1:natural"].severity) == ("failed", severity)
    assert {f.severity for n, f in found.items() if n.startswith("T3-3")} == {"error"}


def test_last_year_on_another_form_is_compared_only_where_both_count_the_same(tmp_path):
    project = Project(tmp_path / "other")
    seeds = (seed for seed in range(400) if world(seed).before)
    made = next(
        w
        for w in map(world, seeds)
        if (w.sheet.variant, w.before.variant, w.sheet.year) == ("2021", "2019", 2021)
    )
    for sheet in (made.sheet, made.before):
        project.write(f"data/raw/{sheet.year}/bureau.csv", cells_csv(sheet.report()))
    found = project.check(year=2021)
    assert not [n for n in found if n.startswith(("Y-2", "Y-3", "Y-7", "T2-3"))]
    assert len([n for n in found if n.startswith(("Y-1:", "Y-4:"))]) == 10


@pytest.mark.parametrize("content", [None, b"hello"])
def test_the_first_year_of_the_forms_has_no_year_before(project, content):
    if content:
        project.write("data/raw/2018/bureau.txt", content)
    project.report(2019)
    found = project.check(year=2019)
    assert not [n for n, f in found.items() if f.rule.spec.id in YEARLY_RULES]


def test_siblings_are_the_same_years_reports_below_the_same_parent_in_register_order(project):
    names = [f"o{i}" for i in range(6)]
    rows = [f"{name},测试{name}局,department,county,,," for name in reversed(names)]
    project.register("county,测试县,county,,,,", "alone,独立局,department,,,,", *rows)
    for name in names[:-1]:
        project.report(2022, name, name=f"测试{name}局")
    project.report(2021, "o5", name="测试o5局")
    report = load("o1", 2022, project.workspace)
    surroundings = around(report, project.workspace)
    assert [each.agency for each in surroundings.siblings] == ["o4", "o3", "o2", "o0"]
    assert surroundings.parent and surroundings.parent.id == "county"
    project.report(2022, "alone", name="独立局")
    other = around(load("alone", 2022, project.workspace), project.workspace)
    assert other.siblings == () and other.parent is None


def test_a_sibling_that_cannot_be_read_is_left_out(project):
    rows = [f"o{i},测试{i}局,department,county,,," for i in range(3)]
    project.register("county,测试县,county,,,,", *rows)
    project.report(2022, "o0")
    project.report(2022, "o1")
    project.write("data/raw/2022/o2.txt", b"hello")
    surroundings = around(load("o0", 2022, project.workspace), project.workspace)
    assert [each.agency for each in surroundings.siblings] == ["o1"]
    assert list(surroundings.unreadable) == ["2022 o2"]


@pytest.mark.parametrize(
    "row", ["bureau,测试局,department,bureau,,,", "bureau,测试局,office,nil,,,"]
)
def test_a_register_that_leads_nowhere_stops_nothing(project, row):
    project.register(row)
    assert project.check()["T3-1:natural"].status == "passed"


def test_surroundings_read_nothing_before_they_are_asked(project):
    report = load("bureau", 2022, project.workspace)
    surroundings = around(report, project.workspace)
    project.write("params/rules.yaml", "rules: [")
    assert surroundings.previous is None
    with pytest.raises(UsageError):
        _ = surroundings.rules
