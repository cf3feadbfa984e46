"""The command compare: exit codes, what it prints, and the page that it writes."""

import subprocess

import pytest

from compare.made import ROOT, cells, finding, findings, prose

GOLDEN = ROOT / "tests" / "golden" / "2022" / "luoyang-gaj"


@pytest.fixture(autouse=True)
def home(monkeypatch):
    monkeypatch.setenv("NIANBAO_HOME", str(ROOT))


@pytest.fixture
def folders(tmp_path):
    found = []
    for name, sentence in (("原", "共32件。"), ("现", "共33件。")):
        folder = tmp_path / name / "2022" / "office"
        folder.mkdir(parents=True)
        (folder / "cells.csv").write_bytes(cells())
        (folder / "findings.csv").write_bytes(findings(finding()))
        (folder / "report.ipynb").write_bytes(prose(sentence))
        found.append(folder)
    return found


def test_the_same_ends_with_zero(command):
    code, out, err = command("compare", GOLDEN, GOLDEN)
    assert (code, err) == (0, "")
    assert out == "原：luoyang-gaj\n现：luoyang-gaj\n✓ 1份报告逐字节相同\n"


def test_differences_end_with_one_and_leave_no_page(command, folders, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    code, out, err = command("compare", *folders)
    assert (code, err) == (1, "")
    assert "原：共32件。" in out and "现：共33件。" in out
    assert sorted(tmp_path.rglob("*")) == before


def test_a_page_is_written_where_it_is_wanted(command, folders, tmp_path):
    page = tmp_path / "new" / "比较.html"
    code, out, err = command("compare", *folders, "--html", page)
    assert code == 1 and "比较.html" in err and "共33件。" in out
    assert "共<ins>33</ins>件" in page.read_text("utf-8")
    assert str(tmp_path) not in page.read_text("utf-8") + out
    assert command("compare", folders[0], folders[0], "--html", page)[0] == 0
    assert "逐字节相同" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        ([], "make compare A=… B=…"),
        (["x"], "make compare A=… B=…"),
        (["{0}/ofice", "{0}/office"], "office"),
        (["HEAED", "HEAD"], "git 修订"),
        (["{0}/office", "{0}/office", "--html", "{0}"], "是文件夹"),
        (["{0}/office", "{0}/office", "{0}"], "unexpected"),
        (["--hmtl", "x"], "--html"),
    ],
)
def test_wrong_usage_ends_with_two_and_names_what_is_right(command, folders, arguments, hint):
    code, out, err = command("compare", *(each.format(folders[0].parent) for each in arguments))
    assert (code, out) == (2, "") and hint in err and "Traceback" not in err


def test_what_holds_no_results_ends_with_three(command, folders, tmp_path):
    (tmp_path / "x.zip").write_bytes(b"PK")
    for path in (tmp_path / "x.zip", tmp_path / "empty"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        code, out, err = command("compare", path, folders[0])
        assert (code, out) == (3, "") and path.name in err and len(err.splitlines()) == 1


def test_a_page_that_cannot_be_written_is_told(command, folders, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    code, _, err = command("compare", *folders, "--html", tmp_path / "file" / "page.html")
    assert code == 4 and "page.html" in err and "Traceback" not in err


def test_make_takes_what_is_named_on_its_command_line_alone():
    def recipe(*arguments, **environment):
        done = subprocess.run(
            ["make", "-n", "compare", *arguments],
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", **environment},
            capture_output=True,
            encoding="utf-8",
        )
        return done.stdout.splitlines()[-1].partition(" compare ")[2].split()

    assert recipe("A=a b", "B=it's") == ["--", "'a", "b'", "'it'\\''s'"]
    assert recipe("A=a", "B=b", "HTML=c") == ["--html='c'", "--", "'a'", "'b'"]
    assert recipe(A="a", B="b", HTML="c") == ["--"]


def test_a_page_is_not_written_over_a_bag(command, folders, tmp_path):
    """Regression: HTML=B.zip, a slip of the hand, put a page in the place of the archive."""
    bag = tmp_path / "B.zip"
    bag.write_bytes(b"archive")
    code, out, err = command("compare", *folders, "--html", bag)
    assert (code, out) == (2, "") and "B.html" in err and bag.read_bytes() == b"archive"
