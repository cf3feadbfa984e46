"""Where reports lie, and which names and years are accepted."""

import pytest

from nianbao.errors import UsageError
from nianbao.workspace import HOME_VARIABLE, Workspace, find_workspace


@pytest.fixture
def workspace(tmp_path):
    reports = ("2021/alpha.txt", "2022/alpha.txt", "2022/beta.txt")
    for name in (*reports, "2022/.hidden", "2022/README.md"):
        path = tmp_path / "data" / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "data" / "raw" / "notes").mkdir()
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "agencies.csv").write_text("id,name,level,parent,region,since,until\n")
    return Workspace(tmp_path)


def test_reports_are_found_by_year_and_agency(workspace):
    assert list(workspace.reports()) == [(2021, "alpha"), (2022, "alpha"), (2022, "beta")]


def test_two_files_of_one_agency_and_year_are_refused(workspace):
    (workspace.root / "data" / "raw" / "2022" / "beta.html").write_text("x")
    with pytest.raises(UsageError, match=r"beta\.html.*beta\.txt"):
        workspace.reports()


def test_names_that_look_alike_but_differ_in_bytes_are_the_same(workspace):
    (workspace.root / "data" / "raw" / "2022" / "caf\u00e9.txt").write_text("x")
    assert list(workspace.select(2022, "cafe\u0301")) == [(2022, "caf\u00e9")]
    (workspace.root / "data" / "raw" / "2022" / "cafe\u0301.txt").write_text("x")
    with pytest.raises(UsageError):
        workspace.reports()


@pytest.mark.parametrize(
    ("year", "agency", "chosen"),
    [
        (None, None, 3),
        (2022, None, 2),
        ("2022", None, 2),
        (None, "alpha", 2),
        (2022, "beta", 1),
    ],
)
def test_reports_are_chosen(workspace, year, agency, chosen):
    assert len(workspace.select(year, agency)) == chosen


@pytest.mark.parametrize(
    ("year", "agency", "named"),
    [
        (2022, "alpa", "alpha"),
        (2022, "Alpha", "alpha"),
        (2022, "betta", "beta"),
        (2021, "beta", "alpha"),
        (2012, None, "2022|2021"),
        (2023, "alpha", "2022|2021"),
        ("2202", None, "2022"),
    ],
)
def test_a_wrong_name_is_refused_with_the_nearest_valid_one(workspace, year, agency, named):
    with pytest.raises(UsageError, match=named) as caught:
        workspace.select(year, agency)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    "year",
    ["22", "abcd", "２０２２", "2022.0", 2022.0, True, "", " 2022", "2022年", [2022], b"2", -1, 0],
)
def test_a_badly_typed_year_is_refused(workspace, year):
    with pytest.raises(UsageError):
        workspace.select(year)


@pytest.mark.parametrize("agency", ["", 5, ["alpha"], b"alpha", True])
def test_a_badly_typed_agency_is_refused(workspace, agency):
    with pytest.raises(UsageError):
        workspace.select(2022, agency)


@pytest.mark.parametrize(
    "agency",
    ["../2021/alpha", "../../raw/2021/alpha", "/etc/passwd", "alpha.txt", "*", "alpha/", ".", "\0"],
)
def test_no_path_trick_gets_a_file(workspace, agency):
    with pytest.raises(UsageError):
        workspace.select(2022, agency)


def test_an_empty_project_says_where_reports_belong(tmp_path):
    (tmp_path / "data" / "raw").mkdir(parents=True)
    with pytest.raises(UsageError, match="data/raw"):
        Workspace(tmp_path).select()


def test_the_project_is_found_from_a_folder_inside_it(workspace, monkeypatch):
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    monkeypatch.chdir(workspace.root / "data" / "raw" / "2022")
    assert find_workspace().root == workspace.root.resolve()


def test_the_project_named_by_the_environment_counts_first(workspace, monkeypatch, tmp_path):
    monkeypatch.setenv(HOME_VARIABLE, str(workspace.root))
    assert find_workspace().root == workspace.root.resolve()
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "nowhere"))
    with pytest.raises(UsageError, match=HOME_VARIABLE):
        find_workspace()
