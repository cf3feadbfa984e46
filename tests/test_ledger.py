"""How each agency filed each year, and what the checks came to; kept beside the pages."""

import pytest

from builders import figures
from nianbao import history, yearbook
from nianbao.errors import UsageError
from nianbao.ledger import STANDING, Ledger
from nianbao.standing import read_standing
from nianbao.workspace import Workspace
from nianbao.yearbook import hierarchy
from offices import file_report, project

REGISTER = """\
city,测试市人民政府,city,,,,
office,测试局,department,city,,,
other,另一局,department,city,,2023,
late,迟报局,department,city,,,
"""
FIGURES = figures(7)
WRONG = FIGURES | {"t3.new.total": FIGURES["t3.new.total"] + 9}


@pytest.fixture
def place(tmp_path):
    root = project(tmp_path, REGISTER)
    file_report(root, "office", 2022, FIGURES)
    file_report(root, "late", 2022, WRONG)
    (root / "data" / "raw" / "2022" / "stranger.txt").write_bytes(b"\0\1\2")
    params = root / "params" / "2022"
    params.mkdir()
    (params / "late.yaml").write_text("published: 2023-02-03\n", "utf-8")
    return Workspace(root)


def test_a_year_lists_the_register_in_its_order_and_strangers_last(place):
    book = yearbook.load(2022, place)
    assert list(book.by_id) == ["city", "office", "other", "late", "stranger"]
    assert {name: entry.filing.states for name, entry in book.by_id.items()} == {
        "city": ("missing",),
        "office": ("undated",),
        "other": ("exempt",),
        "late": ("late",),
        "stranger": ("misfiled",),
    }


def test_what_cannot_be_read_says_why(place):
    entry = yearbook.load(2022, place).by_id["stranger"]
    assert entry.standing is None and "stranger.txt" in entry.error
    assert entry.filing.reason == entry.error


def test_a_standing_counts_what_failed(place):
    entries = yearbook.load(2022, place).by_id
    assert (entries["office"].standing.errors, entries["office"].standing.status) == (0, "passed")
    wrong = entries["late"].standing
    assert wrong.errors == 2 and wrong.status == "failed" and wrong.sign == "✗"
    assert {failure.rule for failure in wrong.failures} >= {"T3-1", "T3-3"}
    assert wrong.problems[0][0] == "t3.new.total"
    assert wrong.figures["t3.new.total"] == WRONG["t3.new.total"]
    assert "t3.new.natural" not in wrong.figures


def test_a_standing_survives_being_written(place):
    kept = yearbook.load(2022, place).by_id["late"].standing
    assert read_standing(kept.json()) == kept
    assert read_standing(b"{}") is None and read_standing(b"\xff") is None


def put(place, year, agency, content):
    folder = place.output / str(year) / agency
    folder.mkdir(parents=True)
    (folder / STANDING).write_bytes(content)


def test_what_stands_beside_a_page_is_taken_while_it_is_true(place, monkeypatch):
    kept = yearbook.load(2022, place).by_id["office"].standing
    put(place, 2022, "office", kept.json())

    def refuse(*_):
        raise AssertionError("it was checked again")

    monkeypatch.setattr("nianbao.ledger.check_report", refuse)
    assert Ledger(place).entry("office", 2022).standing == kept


@pytest.mark.parametrize("changed", ["report", "parameters", "register", "rules", "last year"])
def test_what_stands_beside_a_page_is_not_taken_when_something_changed(place, changed):
    kept = yearbook.load(2022, place).by_id["office"].standing
    put(place, 2022, "office", kept.json())
    if changed == "report":
        file_report(place.root, "office", 2022, WRONG)
    elif changed == "parameters":
        (place.root / "params" / "2022" / "office.yaml").write_text("source: x\n", "utf-8")
    elif changed == "register":
        path = place.root / "params" / "agencies.csv"
        path.write_text(path.read_text("utf-8").replace("测试局", "实验局"), "utf-8")
    elif changed == "rules":
        place.local_rules.write_text("rules: []\n", "utf-8")
    else:
        file_report(place.root, "office", 2021, FIGURES)
    assert Ledger(place).entry("office", 2022).standing.stamp != kept.stamp


def test_the_quick_way_reads_no_report(place, monkeypatch):
    put(place, 2022, "late", yearbook.load(2022, place).by_id["late"].standing.json())
    monkeypatch.setattr("nianbao.ledger.read_kept", None)
    book = yearbook.yearbook(Ledger(place, published=True), 2022)
    assert book.by_id["late"].standing.errors == 2
    assert book.by_id["office"].waiting and not book.by_id["office"].built


def test_a_wrong_parameter_file_concerns_its_own_report_alone(place):
    (place.root / "params" / "2022" / "office.yaml").write_text("published: soon\n", "utf-8")
    entries = yearbook.load(2022, place).by_id
    assert "“published”应是日期" in entries["office"].error
    assert entries["office"].filing.states == ("undated",)
    assert entries["late"].standing.errors == 2


def test_a_tree_puts_children_below_their_parent_and_circles_at_the_root(tmp_path):
    register = (
        "b,乙,department,a,,,\na,甲,city,,,,\nc,丙,city,d,,,\nd,丁,city,c,,,\ne,戊,city,x,,,\n"
    )
    book = yearbook.load(2022, Workspace(project(tmp_path, register)))
    assert [(depth, entry.agency.id) for depth, entry in hierarchy(book)] == [
        (0, "a"), (1, "b"), (0, "c"), (0, "d"), (0, "e"),
    ]  # fmt: skip


def test_a_history_has_every_year_from_the_first_report_to_the_last(place):
    file_report(place.root, "office", 2020, FIGURES)
    found = history.load("office", place)
    assert found.years == (2020, 2021, 2022) and list(found.reports) == [2020, 2022]
    assert found.entries[2021].filing.state == "missing"
    assert found.name == "测试局"


def test_a_history_of_nothing_readable_has_no_reports(place):
    found = history.load("stranger", place)
    assert found.reports == {} and found.name == "stranger"


def test_an_unknown_agency_is_told_the_nearest(place):
    with pytest.raises(UsageError, match="最接近的是“office”"):
        history.load("ofice", place)


def test_a_year_that_is_none_is_refused(place):
    with pytest.raises(UsageError):
        yearbook.load("20x2", place)
