"""Reports from a store: what is new or changed is fetched, names that lead elsewhere are not."""

import pytest

from nianbao.documents import MAX_BYTES
from nianbao.errors import BuildError
from nianbao.storage.raw import pull_raw
from nianbao.storage.store import Item
from nianbao.workspace import Workspace
from storage.memory import store


class Counting:
    """A store that knows what was asked for."""

    def __init__(self, one):
        self.one, self.asked = one, []

    def list(self):
        return self.one.list()

    def read(self, names):
        listed = list(names)
        self.asked += listed
        return self.one.read(listed)


class Listed:
    """A store of objects with any names, all with the same content."""

    def __init__(self, *names, size=1):
        self.names, self.size = names, size

    def list(self):
        return {name: Item(self.size, "1") for name in self.names}

    def read(self, names):
        return [(name, b"x") for name in names]


def files(folder):
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {name for name in found if not name.startswith(".")}


def test_only_what_is_new_or_changed_is_fetched(tmp_path):
    one = store()
    one.write({"2024/a.txt": b"1", "2024/b/page.html": b"1", "2023/a.txt": b"1", "readme": b"1"})
    counting = Counting(one)
    pull_raw(counting, tmp_path, print)
    assert files(tmp_path) == {"2024/a.txt", "2024/b/page.html", "2023/a.txt"}
    counting.asked.clear()
    pull_raw(counting, tmp_path, print)
    assert counting.asked == []
    one.write({"2024/a.txt": b"2", "2024/c.txt": b"1"})
    pull_raw(counting, tmp_path, print)
    assert counting.asked == ["2024/a.txt", "2024/c.txt"]
    assert (tmp_path / "2024" / "a.txt").read_bytes() == b"2"


def test_what_is_gone_there_goes_here_and_what_was_lost_here_is_fetched(tmp_path):
    one = store()
    one.write({"2024/a.txt": b"1", "2024/b/page.html": b"1"})
    pull_raw(one, tmp_path, print)
    (tmp_path / "2024" / "a.txt").unlink()
    (tmp_path / "2024" / "stray.txt").write_text("not of the store")
    one._system.rm(f"{one._root}/2024/b/page.html")
    pull_raw(one, tmp_path, print)
    assert files(tmp_path) == {"2024/a.txt"}
    assert [path.name for path in (tmp_path / "2024").iterdir()] == ["a.txt"]


def test_a_report_may_become_a_folder_and_back(tmp_path):
    for names in (("2024/a.txt",), ("2024/a.txt/page.html",), ("2024/a.txt",)):
        pull_raw(Listed(*names), tmp_path, print)
        assert files(tmp_path) == set(names)


@pytest.mark.parametrize(
    "name",
    [
        "2024/../../../etc/cron.d/x",
        "2024/..",
        "2024/./a.txt",
        "2024//a.txt",
        "2024/a\0.txt",
        "2024/a\nb.txt",
        "2024/a\u202etxt.docx",
        "2024/a\\..\\b.txt",
        "2024/" + "长" * 100 + ".txt",
        "2024/\udcff.txt",
    ],
)
def test_a_name_that_no_file_here_can_have_is_told_and_left_out(name, tmp_path):
    folder, told = tmp_path / "in" / "raw", []
    pull_raw(Listed(name, "2024/good.txt"), folder, told.append)
    assert files(folder) == {"2024/good.txt"}
    assert len(told) == 1 and "不能用作文件名" in told[0] and told[0].isprintable()
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize("name", ["/etc/passwd", "../2024/a.txt", "a.txt", "2024", "20245/a.txt"])
def test_what_is_beside_the_years_is_no_report(name, tmp_path):
    folder = tmp_path / "in" / "raw"
    pull_raw(Listed(name), folder, print)
    assert files(folder) == set()
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_file_and_a_folder_of_one_name_are_told(tmp_path):
    told = []
    pull_raw(Listed("2024/a", "2024/a/page.html"), tmp_path, told.append)
    assert files(tmp_path) == {"2024/a/page.html"}
    assert len(told) == 1


def test_an_object_that_stands_for_a_folder_is_no_report(tmp_path):
    one = Listed("2024/a/page.html")
    one.list = lambda: {
        "2024": Item(0, "1"),
        "2024/a": Item(0, "1"),
        "2024/a/page.html": Item(1, "1"),
    }
    pull_raw(one, tmp_path, pytest.fail)
    assert files(tmp_path) == {"2024/a/page.html"}


def test_hidden_files_are_left_out_as_in_a_folder(tmp_path):
    pull_raw(Listed("2024/.DS_Store", "2024/~$a.docx", "2024/.x/a.txt"), tmp_path, pytest.fail)
    assert files(tmp_path) == set()


def test_an_object_larger_than_any_report_is_not_fetched_and_refused_as_such(tmp_path):
    one = Listed("2024/a.txt", size=10 * MAX_BYTES)
    one.read = lambda names: [pytest.fail(f"{name} was fetched") for name in names]
    pull_raw(one, tmp_path / "data" / "raw", print)
    path = Workspace(tmp_path).reports()[2024, "a"]
    assert path.stat().st_size == MAX_BYTES + 1


def test_what_came_before_a_failure_is_kept(tmp_path):
    one = Listed("2024/a.txt", "2024/b.txt")

    def read(names):
        yield "2024/a.txt", b"1"
        raise BuildError("gone")

    one.read = read
    with pytest.raises(BuildError):
        pull_raw(one, tmp_path, print)
    one.read = lambda names: [(name, b"2") for name in names]
    pull_raw(one, tmp_path, print)
    assert (tmp_path / "2024" / "a.txt").read_bytes() == b"1"
    assert (tmp_path / "2024" / "b.txt").read_bytes() == b"2"
