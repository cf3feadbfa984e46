"""From a file to a report: agency, year, notes, and tiny whole reports of one property each."""

import subprocess
import sys
from pathlib import Path

import pytest

from builders import CODES, codes_of_notes, figures, findings, render, texts
from nianbao.errors import UnreadableError, UsageError
from nianbao.reading import read_report
from nianbao.report import CELL_FIELDS
from nianbao.shelf import load
from nianbao.workspace import Workspace

FIXTURES = Path(__file__).parent / "fixtures"
VALUES = figures(31)
TEXT = render(texts(VALUES))
REGISTER = (
    "id,name,level,parent,region,since,until\n"
    "bureau,测试局,department,,410300,,\n"
    "other,另一局,department,,410300,,\n"
)


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "data" / "raw" / "2022").mkdir(parents=True)
    (tmp_path / "data" / "raw" / "2021").mkdir()
    (tmp_path / "params" / "2022").mkdir(parents=True)
    (tmp_path / "params" / "agencies.csv").write_text(REGISTER, "utf-8")
    (tmp_path / "data" / "raw" / "2022" / "bureau.txt").write_text(TEXT, "utf-8")
    return Workspace(tmp_path)


def statuses(report):
    found = [finding.status for finding in findings(report).values()]
    return {status: found.count(status) for status in set(found)}


def test_a_report_of_the_project_is_loaded(workspace):
    report = load("bureau", 2022, workspace)
    assert (report.agency, report.name, report.year) == ("bureau", "测试局", 2022)
    assert report.source == "bureau.txt"
    assert len(report.sha256) == 64
    assert report.state_count("number") == 200
    assert report.notes == ()


def test_the_year_may_come_as_text(workspace):
    assert load("bureau", "2022", workspace).year == 2022


@pytest.mark.parametrize(
    ("agency", "year", "named"),
    [
        ("bureu", 2022, "bureau"),
        ("bureau", 2012, "2022"),
        ("bureau", None, "年份"),
        (None, 2022, "机关"),
        ("bureau", "二〇二二", "2022"),
        ("../2022/bureau", 2022, "bureau"),
        ("/etc/passwd", 2022, "bureau"),
        (7, 2022, "机关"),
        ("bureau", True, "年份"),
        ("bureau", 2022.0, "年份"),
    ],
)
def test_a_wrong_parameter_is_refused_with_what_is_valid(workspace, agency, year, named):
    with pytest.raises(UsageError, match=named) as caught:
        load(agency, year, workspace)
    assert caught.value.exit_code == 2


def test_a_loose_file_takes_agency_and_year_from_its_title(workspace, tmp_path):
    path = tmp_path / "loose.txt"
    path.write_text(TEXT, "utf-8")
    report = read_report(path, workspace=workspace)
    assert (report.agency, report.year) == ("bureau", 2022)
    assert (read_report(path).agency, read_report(path).year) == ("loose", 2022)
    report = read_report(path, "other", 2021, workspace)
    assert (report.agency, report.year, report.name) == ("other", 2021, "另一局")
    assert "year_conflict" in codes_of_notes(report)


def test_a_file_in_the_project_keeps_the_agency_of_its_name(workspace):
    path = workspace.root / "data" / "raw" / "2021" / "other.txt"
    path.write_text(TEXT, "utf-8")
    report = read_report(path, workspace=workspace)
    assert (report.agency, report.year) == ("other", 2021)
    assert "year_conflict" in codes_of_notes(report)


def test_a_year_that_cannot_be_told_is_asked_for(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT.replace("测试局2022年", "测试局"), "utf-8")
    with pytest.raises(UsageError, match="year"):
        read_report(path)
    assert read_report(path, year=2022).year == 2022


def test_an_unregistered_agency_is_read_with_a_warning(workspace):
    path = workspace.root / "data" / "raw" / "2022" / "newcomer.txt"
    path.write_text(TEXT.replace("测试局", "新来局"), "utf-8")
    report = load("newcomer", 2022, workspace)
    assert codes_of_notes(report) == {"agency_unregistered"}
    assert report.name == "新来局"


def test_parameters_of_the_report_come_with_it(workspace):
    (workspace.root / "params" / "2022" / "bureau.yaml").write_text("source: 官网\n", "utf-8")
    assert load("bureau", 2022, workspace).parameters == {"source": "官网"}


def test_an_agency_given_by_hand_cannot_reach_parameters_elsewhere(workspace, tmp_path):
    (workspace.root / "secret.yaml").write_text("source: stolen\n", "utf-8")
    path = workspace.root / "data" / "raw" / "2022" / "bureau.txt"
    try:
        report = read_report(path, "../../secret", 2022, workspace)
    except UsageError:
        return
    assert report.parameters == {}


def test_a_file_that_is_not_there_is_unreadable(tmp_path):
    with pytest.raises(UnreadableError, match=r"none\.txt") as caught:
        read_report(tmp_path / "none.txt")
    assert caught.value.exit_code == 3


def test_cells_come_as_records_in_form_order(workspace):
    rows = load("bureau", 2022, workspace).rows()
    assert [row["cell"] for row in rows] == CODES
    assert all(tuple(row) == CELL_FIELDS for row in rows)
    assert all(str(row["value"]) == str(VALUES[row["cell"]]) for row in rows)


def test_the_table_for_analysis_keeps_integers_and_blanks_apart(workspace):
    path = workspace.root / "data" / "raw" / "2022" / "bureau.txt"
    path.write_text(render(texts(VALUES) | {"t3.new.natural": ""}), "utf-8")
    frame = load("bureau", 2022, workspace).frame()
    assert frame.index.tolist() == CODES
    assert frame.loc["t3.new.natural", "value"] is None
    assert type(frame.loc["t3.new.total", "value"]) is int


def test_reading_twice_gives_the_same_report(real_path):
    assert read_report(real_path) == read_report(real_path)


# Fixtures: the file's name is its one property.


def fixture(name):
    return read_report(FIXTURES / name)


def test_fixture_balanced():
    report = fixture("balanced.txt")
    assert report.state_count("number") == 200
    assert statuses(report) == {"passed": 42}
    assert report.notes == ()


def test_fixture_one_cell_wrong():
    report = fixture("one-cell-wrong.txt")
    failed = {name for name, f in findings(report).items() if f.status == "failed"}
    assert failed == {"T3-2:natural", "T3-3:granted"}


def test_fixture_blank_that_is_forced():
    report = fixture("blank-that-is-forced.txt")
    assert report.state_count("blank") == 1
    assert dict(report.implied) == {"t3.granted.natural": 1}
    assert statuses(report) == {"passed": 42}


def test_fixture_blanks_that_nothing_forces():
    report = fixture("blanks-that-nothing-forces.txt")
    assert report.state_count("blank") == 2
    assert report.implied == {}
    assert statuses(report) == {"passed": 41, "undecided": 1}


def test_fixture_short_rows_with_one_filling():
    report = fixture("short-rows-with-one-filling.txt")
    assert report.state_count("inferred") == 147
    assert statuses(report) == {"passed": 42}


def test_fixture_short_rows_with_two_fillings():
    report = fixture("short-rows-with-two-fillings.txt")
    assert report.state_count("unknown") == 4
    assert statuses(report) == {"passed": 38, "undecided": 4}
    assert "short_rows_open" in codes_of_notes(report)


def test_fixture_short_rows_and_a_wrong_number():
    report = fixture("short-rows-and-a-wrong-number.txt")
    assert report.state_count("inferred") == 0
    assert "short_rows_unbalanced" in codes_of_notes(report)


@pytest.mark.parametrize("name", ["balanced-gb18030.txt", "balanced-utf-16.txt"])
def test_fixture_other_encodings(name):
    plain, other = fixture("balanced.txt"), fixture(name)
    assert other.cells == plain.cells
    assert other.sections == plain.sections
    assert other.sha256 != plain.sha256


def test_fixture_cut_in_table_four():
    with pytest.raises(UnreadableError, match=r"cut-in-table-four\.txt"):
        fixture("cut-in-table-four.txt")


def test_fixture_not_a_report():
    with pytest.raises(UnreadableError, match=r"not-a-report\.txt"):
        fixture("not-a-report.txt")


def test_a_title_of_another_agency_is_told(tmp_path, real_bytes):
    """Regression: a report under the wrong id was published without a word."""
    (tmp_path / "params").mkdir()
    (tmp_path / "data" / "raw" / "2022").mkdir(parents=True)
    columns = "id,name,level,parent,region,since,until"
    rows = "luoyang-gaj,洛阳市公安局,department,,,,\nother,测试市教育局,department,,,,\n"
    (tmp_path / "params" / "agencies.csv").write_text(f"{columns}\n{rows}", "utf-8")
    for name in ("luoyang-gaj", "other"):
        (tmp_path / "data" / "raw" / "2022" / f"{name}.txt").write_bytes(real_bytes)
    told = {
        name: [
            n for n in load(name, 2022, Workspace(tmp_path)).notes if n.code.startswith("agency")
        ]
        for name in ("luoyang-gaj", "other")
    }
    assert told["luoyang-gaj"] == []
    (note,) = told["other"]
    assert note.code == "agency_conflict"
    assert "“市公安局”" in note.message
    assert "“测试市教育局”" in note.message


def test_a_process_that_is_prepared_reads_without_loading_anything_more(real_path):
    """Each child that reads would load it again: regression, most of the time went there."""
    script = f"""
import sys
from nianbao.reading import prepare, read_report
prepare()
from nianbao import recognize, rules
from nianbao.forms import load_form
caches = [load_form, rules.expand, recognize._table_words, recognize._section_words]
before = [each.cache_info().misses for each in caches]
modules = set(sys.modules)
read_report(__import__("pathlib").Path({str(real_path)!r}))
print(sorted(set(sys.modules) - modules))
print([each.cache_info().misses for each in caches] == before)
print("ortools.sat.python.cp_model" in modules)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout.split("\n")[:3] == ["[]", "True", "True"], done.stdout + done.stderr
