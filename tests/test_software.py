"""The files that the package consists of."""

import subprocess
from pathlib import Path

import pytest

from nianbao import software

ROOT = Path(__file__).parents[1]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout")
def test_they_are_those_of_the_checkout():
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "src/nianbao"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\0")  # fmt: skip
    known = {name.removeprefix("src/nianbao/") for name in listed if (ROOT / name).is_file()}
    assert set(software.files()) == known


def test_nothing_else_that_lies_there_is_one_of_them(tmp_path):
    for name in (
        "a.py",
        "b/c.yaml",
        "b/.cache/d.json",
        "b/__pycache__/a.py",
        ".e.py",
        "f.py~",
        "#g.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert list(software.files(tmp_path)) == ["a.py", "b/c.yaml"]
