"""One process at a time writes; the second is told who does; no lock outlives its holder."""

import os
import subprocess
import sys

import pytest

from nianbao.errors import BuildError
from nianbao.workspace import Workspace
from nianbao.writing import sole_writer
from offices import project


@pytest.fixture
def place(tmp_path):
    return Workspace(project(tmp_path))


HOLD = """
import sys
from pathlib import Path
from nianbao.workspace import Workspace
from nianbao.writing import sole_writer
with sole_writer(Workspace(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(place):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, place.root], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_a_second_process_is_told_who_writes(place, holder):
    with pytest.raises(BuildError, match=f"进程 {holder.pid}"), sole_writer(place):
        pass


def test_a_killed_holder_lets_go(place, holder):
    holder.kill()
    holder.wait()
    with sole_writer(place):
        pass


def test_it_can_be_taken_again_and_again(place):
    for _ in range(3):
        with sole_writer(place):
            assert str(os.getpid()) in (place.output / ".lock").read_text("utf-8")


def test_an_output_that_cannot_be_written_is_told(place):
    place.output.write_text("no folder", "utf-8")
    with pytest.raises(BuildError, match="output 无法写入"), sole_writer(place):
        pass
