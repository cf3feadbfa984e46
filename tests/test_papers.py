"""Notices and workbooks on disk: which, where, and what becomes of what cannot be read."""

import pytest

from builders import figures
from nianbao.errors import BuildError
from nianbao.papers import write_notices, write_workbooks
from nianbao.workspace import Workspace
from offices import file_report, project

VALUES = figures(13, density=0.5)

REGISTER = "clean,清洁局,department,,,,\nfaulty,出错局,department,,,,\nlost,失落局,department,,,,\n"


@pytest.fixture
def place(tmp_path):
    root = project(tmp_path, REGISTER)
    file_report(root, "clean", 2022, VALUES)
    wrong = {"t3.granted.natural": VALUES["t3.granted.natural"] + 3}
    file_report(root, "faulty", 2022, VALUES | wrong)
    return Workspace(root)


def written(place, done):
    return sorted(path.relative_to(place.output).as_posix() for path in done.files)


def test_a_years_notices_come_with_one_list(place):
    done = write_notices(place, place.select(2022), lambda _: None, listed=True)
    assert written(place, done) == sorted(
        f"2022/notices/{name}.{kind}"
        for name in ("clean", "faulty", "index")
        for kind in ("html", "docx")
    )
    index = (place.output / "2022" / "notices" / "index.html").read_text("utf-8")
    assert "出错局" in index and "清洁局" in index
    clean = (place.output / "2022" / "notices" / "clean.html").read_text("utf-8")
    faulty = (place.output / "2022" / "notices" / "faulty.html").read_text("utf-8")
    assert "予以公开" in faulty and "予以公开" not in clean


def test_one_notice_comes_alone(place):
    done = write_notices(place, place.select(2022, "faulty"), lambda _: None, listed=False)
    assert written(place, done) == ["2022/notices/faulty.docx", "2022/notices/faulty.html"]


def test_a_report_that_cannot_be_read_stands_in_the_list_with_the_reason(place):
    (place.root / "data" / "raw" / "2022" / "lost.docx").write_bytes(b"no package")
    done = write_notices(place, place.select(2022), lambda _: None, listed=True)
    (error,) = done.failed
    assert error.exit_code == 3
    index = (place.output / "2022" / "notices" / "index.html").read_text("utf-8")
    assert "失落局" in index and "lost.docx" in index


def test_workbooks_lie_in_a_folder_of_the_year(place):
    done = write_workbooks(place, place.select(2022), lambda _: None)
    assert written(place, done) == ["2022/tables/clean.xlsx", "2022/tables/faulty.xlsx"]
    assert all(path.read_bytes().startswith(b"PK") for path in done.files)


def test_two_runs_give_the_same_bytes(place):
    def run():
        done = write_notices(place, place.select(2022), lambda _: None, listed=True)
        books = write_workbooks(place, place.select(2022), lambda _: None)
        return {path: path.read_bytes() for path in (*done.files, *books.files)}

    assert run() == run()


def test_a_full_disk_is_told_as_such(place, monkeypatch):
    def full(path, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("nianbao.publish.write_bytes", full)
    with pytest.raises(BuildError, match="写入"):
        write_workbooks(place, place.select(2022), lambda _: None)
