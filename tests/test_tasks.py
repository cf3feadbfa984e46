"""The tasks behind `make test`, `make lab` and `make clean`."""

import json

import pytest

from nianbao import tasks
from nianbao.errors import BuildError, UsageError
from nianbao.locks import LockError


def notebook():
    """Return a notebook as it is to be stored."""
    return {
        "cells": [
            {"cell_type": "markdown", "id": "title", "metadata": {}, "source": ["# 年报"]},
            {
                "cell_type": "code",
                "id": "tables",
                "metadata": {},
                "source": ["1 + 1"],
                "outputs": [],
                "execution_count": None,
            },
        ],
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def store(folder, content):
    (folder / "notebooks").mkdir(exist_ok=True)
    path = folder / "notebooks" / "report.ipynb"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_clean_notebook_has_no_problems(tmp_path, capsys):
    assert tasks.stored_problems(store(tmp_path, notebook())) == []
    assert tasks.check_notebooks(tmp_path) == 0
    assert "1 notebooks, 0 problems" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda n: n["cells"][1].update(outputs=[{}]), "cell 2 (tables) has outputs"),
        (lambda n: n["cells"][1].update(execution_count=3), "has an execution count"),
        (lambda n: n["cells"][0].pop("id"), "cell 1 has no id"),
        (lambda n: n["cells"][1].update(id="title"), "the id of an earlier one"),
        (lambda n: n["metadata"]["kernelspec"].update(name="my-env"), "a kernel of one machine"),
        (lambda n: n["metadata"]["kernelspec"].update(display_name="x"), "a kernel of one machine"),
        (lambda n: n["metadata"].pop("kernelspec"), "a kernel of one machine"),
        (lambda n: n["metadata"]["language_info"].update(version="3.11"), "one machine's Python"),
        (lambda n: n.update(nbformat_minor=4), "older than format 4.5"),
        (lambda n: n.pop("cells"), "not a notebook"),
        (lambda n: n.update(metadata=None), "not a notebook"),
    ],
)
def test_a_defect_of_a_stored_notebook_is_named(tmp_path, capsys, change, problem):
    content = notebook()
    change(content)
    (found,) = tasks.stored_problems(store(tmp_path, content))
    assert problem in found
    assert tasks.check_notebooks(tmp_path) == 1
    assert "report.ipynb" in capsys.readouterr().out


def test_a_file_that_is_no_json_is_named(tmp_path):
    path = store(tmp_path, {})
    path.write_text("<html>", encoding="utf-8")
    assert "not a notebook" in tasks.stored_problems(path)[0]


README = """
```sh quick
# a remark
make  # builds
python -m nianbao check \\
  --year 2022
git clone ADDRESS
cd nianbao && ls
cdrecord
```
```sh
rm -rf everything
```
```sh quick
make test
```
"""


def test_quick_commands_are_those_of_marked_blocks():
    commands = tasks.quick_commands(README)
    assert commands[:2] == ["make  # builds", "python -m nianbao check    --year 2022"]
    assert commands[-1] == "make test"
    assert not any("everything" in command for command in commands)


def test_quick_commands_are_run_but_those_that_start_all_over(tmp_path, monkeypatch, capsys):
    ran = []
    monkeypatch.setattr(tasks, "run_shell", lambda root, command: ran.append(command) or 0)
    (tmp_path / "README.md").write_text(README, encoding="utf-8")
    assert tasks.run_readme(tmp_path) == 0
    assert [command.split()[0] for command in ran] == ["make", "python", "cdrecord"]
    assert "not run here: make test" in capsys.readouterr().out


def test_a_quick_command_that_fails_fails_the_step(tmp_path, capfd):
    text = "```sh quick\nexit 3\necho still $((1 + 1))\n```\n"
    (tmp_path / "README.md").write_text(text, encoding="utf-8")
    assert tasks.run_readme(tmp_path) == 1
    out = capfd.readouterr().out
    assert "this command failed: exit 3" in out
    assert "still 2" in out


def test_no_readme_is_no_failure(tmp_path):
    assert tasks.run_readme(tmp_path) == 0


def test_a_step_does_not_inherit_what_make_was_told(tmp_path, monkeypatch):
    monkeypatch.setenv("MAKEFLAGS", " -- YEAR=2022")
    monkeypatch.setenv("MAKELEVEL", "1")
    found = tasks.step_environment(tmp_path)
    assert not {"MAKEFLAGS", "MAKELEVEL"} & found.keys()
    assert found["COVERAGE_FILE"] == str(tmp_path / ".coverage")


FAILING = [(None, 0), ("ruff", 1), ("coverage", 1), ("pytest", 1)]


@pytest.mark.parametrize(("failing", "code"), FAILING)
def test_all_steps_run_and_a_table_tells_how(tmp_path, monkeypatch, capsys, failing, code):
    ran = []

    def run(root, module, *arguments):
        ran.append((module, *arguments))
        return int(module == failing)

    monkeypatch.setattr(tasks, "run", run)
    monkeypatch.setattr(tasks, "check_locks", lambda root: 0)
    assert tasks.run_checks(tmp_path) == code
    counted, plain = [step for step in ran if "pytest" in step]
    assert counted[:4] == ("coverage", "run", "-m", "pytest")
    assert (counted[-1], plain[0], plain[-1]) == ("not many", "pytest", "many")
    assert ("mypy",) in ran
    table = capsys.readouterr().out.partition("step ")[2]
    assert ("failed" in table) == bool(failing)
    assert len(table.splitlines()) == 9


def test_a_foreseen_failure_of_a_step_is_a_line_not_a_traceback(tmp_path, capsys):
    def step(root):
        raise LockError("could not be compiled")

    code, _ = tasks.timed("locks", step, tmp_path)
    assert code == LockError.exit_code
    assert "could not be compiled" in capsys.readouterr().out


def test_a_step_runs_a_module_in_the_project(tmp_path, capfd):
    assert tasks.run(tmp_path, "this") == 0
    assert "Zen of Python" in capfd.readouterr().out


def test_clean_keeps_the_archive(tmp_path):
    for name in ("2022/luoyang-gaj/report.html", "archive/2022/bag.zip", "index.html"):
        path = tmp_path / "output" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    (tmp_path / "output" / "link").symlink_to(tmp_path / "output" / "archive")
    assert tasks.clean(tmp_path) == 0
    left = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert left == {"output/archive/2022/bag.zip"}
    assert not (tmp_path / "output" / "link").exists()


def test_clean_where_nothing_was_built(tmp_path):
    assert tasks.clean(tmp_path) == 0


def test_lab_opens_in_the_notebooks_folder(tmp_path, monkeypatch):
    calls = {}

    def call(command, cwd):
        calls.update(command=command, cwd=cwd)
        raise KeyboardInterrupt  # how people stop it

    monkeypatch.setattr(tasks.importlib.util, "find_spec", lambda name: object())
    monkeypatch.setattr(tasks.subprocess, "call", call)
    assert tasks.open_lab(tmp_path) == 0
    assert calls["command"][1:3] == ["-m", "jupyterlab"]
    assert calls["cwd"] == tmp_path / "notebooks"


def test_lab_without_jupyterlab_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setattr(tasks.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match="make lab"):
        tasks.open_lab(tmp_path)


def test_an_output_that_cannot_be_emptied_is_told_without_a_traceback(tmp_path, monkeypatch):
    """Regression: `make clean` on a read-only folder ended with a traceback."""
    (tmp_path / "output" / "2022").mkdir(parents=True)

    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tasks.shutil, "rmtree", refuse)
    with pytest.raises(BuildError, match="output 无法清空"):
        tasks.clean(tmp_path)
