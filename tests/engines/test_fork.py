"""The fork engine: under papermill's name, apart from its caller, and honest about its limits."""

import builtins
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from papermill.exceptions import PapermillExecutionError

from engines.notebooks import notebook, written
from nianbao.engines.child import ChildError
from nianbao.engines.execution import execute
from nianbao.engines.fork import ForkEngine, unable
from nianbao.errors import BuildError
from nianbao.workspace import Workspace


def run(folder, *sources, **options):
    path = written(folder, *sources)
    out = folder / "out.ipynb"
    papermill.execute_notebook(path, out, engine_name="nianbao-fork", progress_bar=False, **options)
    return nbformat.read(out, as_version=4)


def texts(made):
    return [
        output.get("text") or output.data["text/plain"]
        for cell in made.cells
        for output in cell.get("outputs", [])
    ]


def test_papermills_own_command_knows_it(tmp_path):
    path = written(tmp_path, "6 * 7")
    command = [sys.executable, "-m", "papermill", "--engine", "nianbao-fork", path, "out.ipynb"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert texts(nbformat.read(tmp_path / "out.ipynb", as_version=4)) == ["42"]


def test_nothing_that_a_notebook_does_reaches_its_caller(tmp_path):
    before = dict(os.environ), sys.modules["__main__"], sys.displayhook, Path.cwd()
    run(
        tmp_path,
        "import os, builtins\nos.environ['X_FORK'] = '1'\nbuiltins.extra = 1\nos.chdir('/')",
    )
    assert (dict(os.environ), sys.modules["__main__"], sys.displayhook, Path.cwd()) == before
    assert not hasattr(builtins, "extra")


def test_two_runs_do_not_know_of_each_other(tmp_path):
    run(tmp_path, "secret = 1")
    assert texts(run(tmp_path, "'secret' in globals()")) == ["False"]


def test_an_error_stops_at_its_cell_and_is_kept(tmp_path):
    with pytest.raises(PapermillExecutionError, match="ZeroDivisionError"):
        run(tmp_path, "1", "1 / 0", "print('never')")
    made = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    kinds = [o.output_type for c in made.cells for o in c.get("outputs", [])]
    assert "error" in kinds and "never" not in nbformat.writes(made).replace("print('never')", "")


def test_the_build_names_the_cell_that_failed(tmp_path):
    path = written(tmp_path, "1", "1 / 0")
    with pytest.raises(BuildError, match=r"第2个单元格出错（ZeroDivisionError：division by zero）"):
        execute(Workspace(tmp_path), path, {}, tmp_path / "out.ipynb", "fork")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "SIGKILL"),
        ("import os\nos._exit(7)", "退出码 7"),
    ],
)
def test_a_child_that_dies_is_told(tmp_path, source, words):
    with pytest.raises(ChildError, match=words):
        run(tmp_path, source)


def test_a_child_that_hangs_is_killed(tmp_path):
    with pytest.raises(ChildError, match="超过"):
        run(tmp_path, "while True:\n    pass", execution_timeout=1)


def test_memory_without_end_is_told(tmp_path):
    with pytest.raises((ChildError, PapermillExecutionError), match=r"MemoryError|内存不足|SIG"):
        run(tmp_path, "b''.join(bytes(1 << 30) for _ in range(64))")


def test_what_it_cannot_do_the_kernel_does_and_it_says_so(tmp_path, caplog, monkeypatch):
    monkeypatch.setattr("nianbao.engines.fork.forkable", lambda: False)
    with caplog.at_level("WARNING", logger="papermill"):
        assert texts(run(tmp_path, "2 + 2", kernel_name="python3")) == ["4"]
    assert "kernel engine" in caplog.text


def test_another_language_is_not_for_it():
    assert unable(notebook("1", language="R")) and not unable(notebook("1"))


def test_changing_what_was_shown_is_refused_in_words(tmp_path):
    with pytest.raises(PapermillExecutionError, match="kernel engine"):
        run(tmp_path, "from IPython.display import clear_output\nclear_output()")


def test_within_a_child_no_other_is_forked(tmp_path, monkeypatch):
    monkeypatch.setattr(ForkEngine, "apart", True)
    monkeypatch.setattr("nianbao.engines.fork.fork", None)
    assert texts(run(tmp_path, "3")) == ["3"]
