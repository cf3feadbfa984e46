"""Temporary folders go when they are done with, and at the latest when the next one is made."""

import signal
import subprocess
import sys
import tempfile

import pytest

from nianbao.archive.scratch import scratch

HOLD = """
from nianbao.archive.scratch import scratch
with scratch("x-") as folder:
    print(folder, flush=True)
    input()
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


@pytest.fixture
def other(place):
    """Another process that holds a folder."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        child.stdout.readline()
        yield child
        child.kill()


def test_nothing_is_left_of_it(place):
    with scratch("a-") as folder:
        assert folder.name.startswith("nianbao-a-")
        (folder / "x").write_text("x")
    assert list(place.iterdir()) == []


def test_what_a_killed_process_left_goes(place, other):
    """Regression: each run that was killed left its projects or a whole environment behind."""
    other.send_signal(signal.SIGKILL)
    other.wait()
    assert len(list(place.iterdir())) == 1
    with scratch() as folder:
        assert list(place.iterdir()) == [folder]


def test_what_a_living_process_holds_stays(place, other):
    with scratch():
        assert len(list(place.iterdir())) == 2
    assert len(list(place.iterdir())) == 1


def test_what_is_not_known_to_be_abandoned_stays(place):
    (place / "nianbao-mine").mkdir()
    (place / "nianbao-file").write_text("x")
    (place / "other").mkdir()
    (place / "other" / ".nianbao-alive").write_text("")
    (place / "nianbao-link").symlink_to(place / "other")
    with scratch():
        pass
    assert sorted(each.name for each in place.iterdir()) == [
        "nianbao-file",
        "nianbao-link",
        "nianbao-mine",
        "other",
    ]
