"""Results are found in bags, folders of one report or of many, and nowhere else."""

import shutil

import pytest

from compare.made import ROOT, cells, finding, findings, prose
from nianbao.archive.bag import bagged
from nianbao.archive.container import packed
from nianbao.compare import differences, load
from nianbao.errors import UnreadableError, UsageError
from nianbao.workspace import Workspace

FILES = {
    "cells.csv": cells(),
    "findings.csv": findings(finding()),
    "report.ipynb": prose("甲。"),
    "provenance.json": b'{"parameters": {"agency": "office", "year": 2022}}',
    "report.html": b"<p>",
}


def laid(folder, files=FILES):
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def side(*paths, workspace=None):
    one, other = load((str(paths[0]), str(paths[-1])), workspace, print)
    assert len(paths) == 2 or one.results == other.results
    return one


def in_a_bag(name="office-2022", more=None):
    payload = {f"result/2022/office/{n}": content for n, content in FILES.items()}
    bag = bagged({"README.md": b"x", **payload, **(more or {})}, {"Nianbao": "1"})
    return bag, packed({f"{name}/{path}": content for path, content in bag.items()})


@pytest.fixture
def bag(tmp_path):
    """A bag as a zip and unpacked."""
    files, zipped = in_a_bag()
    path = tmp_path / "office-2022.zip"
    path.write_bytes(zipped)
    for name, content in files.items():
        place = tmp_path / "unpacked" / "office-2022" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return path, tmp_path / "unpacked"


def test_a_bag_its_unpacked_folder_and_the_output_are_the_same(tmp_path, bag):
    zipped, unpacked = bag
    folder = laid(tmp_path / "output" / "2022" / "office")
    ways = [zipped, unpacked, unpacked / "office-2022", folder, tmp_path / "output" / "2022"]
    found = [side(way) for way in [*ways, tmp_path / "output"]]
    assert all(not differences(each.results, found[0].results) for each in found)
    assert set(found[0].results) == {f"2022/office/{name}" for name in FILES}
    assert found[0].name == "office-2022.zip"


def test_what_differs_in_every_run_is_left_out_of_an_output(tmp_path):
    more = {"run.json": b"{}", "_published.json": b"{}", ".part": b""}
    folder = laid(tmp_path / "2022" / "office", FILES | more)
    assert set(side(folder).results) == {f"2022/office/{name}" for name in FILES}


def test_a_report_is_known_by_what_its_results_say_wherever_it_lies(tmp_path):
    bare = {name: FILES[name] for name in ("cells.csv", "findings.csv")}
    golden = laid(tmp_path / "somewhere" / "else", bare)
    assert set(side(golden).results) == {f"2022/office/{name}" for name in bare}
    nothing = laid(tmp_path / "2021" / "unit", {"cells.csv": b"no listing"})
    assert set(side(nothing).results) == {"2021/unit/cells.csv"}


def test_a_project_stands_for_its_output(tmp_path):
    laid(tmp_path / "project" / "output" / "2022" / "office")
    (tmp_path / "project" / "data").mkdir()
    assert len(side(tmp_path / "project").results) == len(FILES)


def test_several_reports_are_told_apart(tmp_path):
    for agency in ("a", "b", "c"):
        known = f'{{"parameters": {{"agency": "{agency}", "year": 2022}}}}'.encode()
        laid(tmp_path / "one" / "2022" / agency, FILES | {"provenance.json": known})
    shutil.copytree(tmp_path / "one", tmp_path / "other")
    shutil.rmtree(tmp_path / "other" / "2022" / "c")
    laid(tmp_path / "other" / "2023" / "a", FILES | {"provenance.json": b"{}"})
    (tmp_path / "other" / "2022" / "b" / "report.html").write_bytes(b"<p >")
    one, other = load((str(tmp_path / "one"), str(tmp_path / "other")), None, print)
    found = differences(one.results, other.results)
    assert [each.named.place for each in found.reports] == ["2022/b"]
    assert [each.place for each in found.gone] == ["2022/c"]
    assert [each.place for each in found.new] == ["2022/office"]
    assert found.same == 1


def test_the_same_report_twice_is_refused(tmp_path):
    for name in ("a", "b"):
        laid(tmp_path / "output" / name)
    with pytest.raises(UnreadableError, match="2022/office 的结果有两份"):
        side(tmp_path / "output")


def test_sides_are_named_by_as_much_of_their_paths_as_tells_them_apart(tmp_path):
    for name in ("one", "other"):
        laid(tmp_path / name / "2022" / "office")
    one, other = load(
        tuple(str(tmp_path / name / "2022" / "office") for name in ("one", "other")), None, print
    )
    assert (one.name, other.name) == ("one/2022/office", "other/2022/office")


@pytest.mark.parametrize("content", [b"", b"no zip", in_a_bag()[1][:400]])
def test_a_file_that_is_no_bag_is_unreadable(tmp_path, content):
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match=r"x\.zip"):
        side(path)


def test_a_bag_without_results_is_unreadable(tmp_path):
    path = tmp_path / "x.zip"
    files = bagged({"README.md": b"x"}, {})
    path.write_bytes(packed({f"x/{name}": content for name, content in files.items()}))
    with pytest.raises(UnreadableError, match="没有结果"):
        side(path)


def test_a_folder_without_results_is_unreadable(tmp_path):
    with pytest.raises(UnreadableError, match="没有结果"):
        side(tmp_path)


def test_a_file_that_goes_while_it_is_compared_is_unreadable(tmp_path):
    folder = laid(tmp_path / "office")
    found = side(folder)
    (folder / "report.html").unlink()
    with pytest.raises(UnreadableError, match=r"report\.html"):
        differences(found.results, found.results)


def test_what_is_neither_there_nor_a_revision_is_refused_with_the_nearest(tmp_path, monkeypatch):
    laid(tmp_path / "office")
    monkeypatch.chdir(tmp_path)
    for given in ("ofice", "", "--help"):
        with pytest.raises(UsageError, match="office"):
            load((given, "office"), Workspace(ROOT), print)


def test_a_bag_that_was_changed_since_it_was_made_is_told_as_such(bag):
    """Regression: a bag whose files did not fit its manifest was compared without a word."""
    _, unpacked = bag
    whole = side(unpacked).remarks
    path = unpacked / "office-2022" / "data" / "result" / "2022" / "office" / "cells.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    (remark,) = side(unpacked).remarks
    assert "与归档时不符" in remark and "make verify" in remark and remark not in whole


def test_a_draft_is_told_as_such(tmp_path):
    """Regression: a draft was compared with what was final as if it were that too."""
    path = tmp_path / "draft.zip"
    files = bagged(
        {f"result/2022/office/{name}": content for name, content in FILES.items()},
        {"Nianbao-Draft": "true"},
    )
    path.write_bytes(packed({f"draft/{name}": content for name, content in files.items()}))
    assert "“draft.zip”是草稿，不是定稿。" in side(path).remarks
