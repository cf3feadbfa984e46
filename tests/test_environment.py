"""Setting up `.venv`: what is decided, and what is said; nothing is installed here."""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nianbao import environment
from nianbao.environment import NotReadyError

ROOT = Path(__file__).resolve().parents[1]
SOURCE = Path(environment.__file__)


@pytest.fixture
def project(tmp_path):
    """A project folder whose locks are a line each."""
    root = tmp_path / "年报 folder"
    root.mkdir()
    for name in (*environment.LOCKS.values(), "pyproject.toml"):
        (root / name).write_text(f"# {name}\n", encoding="utf-8")
    return root


@pytest.fixture
def installed(monkeypatch):
    """The groups of each installation asked for; none really happens."""
    calls = []

    def create(root):
        python = environment.venv_python(root)
        python.parent.mkdir(parents=True, exist_ok=True)
        if not python.exists():
            python.symlink_to(sys.executable)
        (root / ".venv" / "nianbao.json").unlink(missing_ok=True)
        calls.append("create")

    monkeypatch.setattr(environment, "create", create)
    monkeypatch.setattr(environment, "install", lambda root, groups: calls.append(groups))
    return calls


def fake_program(folder, name, code):
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


def test_an_old_python_can_read_the_module():
    text = SOURCE.read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 6))
    assert "from __future__" not in text  # `annotations` is unknown before 3.7


@pytest.mark.parametrize("name", ["python3.6", "python3.8", "python3.10"])
def test_an_old_python_says_what_is_needed(name, tmp_path):
    pyenv = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser() / "versions"
    places = [*map(str, pyenv.glob(f"*/bin/{name}")), shutil.which(name) or ""]
    python = next((p for p in places if environment.starts([p, "-c", ""])), None)
    if python is None:
        pytest.skip(f"no working {name} on this machine")
    done = subprocess.run(
        [python, "-I", SOURCE, "run"],
        env={"PATH": str(tmp_path), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == environment.NOT_READY
    assert "too old" in done.stderr
    assert "版本过低" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_too_old_python_looks_past_shims_that_do_not_start(tmp_path, monkeypatch):
    fake_program(tmp_path / "shims", "python3.13", 127)
    works = fake_program(tmp_path / "bin", "python3.13", 0)
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path / "shims"), str(tmp_path / "bin")]))
    assert environment.newer_python() == works


def test_a_too_old_python_says_so_where_there_is_no_other(monkeypatch, capsys):
    monkeypatch.setattr(environment, "MINIMUM", (9, 9))
    assert environment.main(["run"]) == environment.NOT_READY
    assert "too old" in capsys.readouterr().err


def test_a_first_setup_makes_and_fills_the_environment(project, installed):
    environment.set_up(project, "run")
    assert installed == ["create", ["run"]]


def test_nothing_is_done_where_all_is_current(project, installed):
    environment.set_up(project, "test")
    installed.clear()
    environment.set_up(project, "test")
    environment.set_up(project, "run")
    assert installed == []


def test_a_group_is_added_without_the_others_lost(project, installed):
    environment.set_up(project, "test")
    installed.clear()
    environment.set_up(project, "lab")
    assert installed == [["lab", "run", "test"]]


def test_the_browser_tests_have_a_lock_of_their_own_that_holds_the_others(project, monkeypatch):
    commands = []
    monkeypatch.setattr(environment, "working_uv", lambda root: "uv")
    monkeypatch.setattr(environment, "link_relatively", lambda root: None)
    monkeypatch.setattr(environment, "logged", lambda root, command: not commands.append(command))
    environment.install(project, ["browser", "run"])
    assert commands[0][commands[0].index("-r") :][:2] == ["-r", "requirements-browser.lock"]
    assert "requirements.lock" not in commands[0]


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_changed_file_brings_all_groups_up_to_date(project, installed, name):
    environment.set_up(project, "test")
    installed.clear()
    (project / name).write_text("# changed\n", encoding="utf-8")
    environment.set_up(project, "run")
    assert installed == [["run", "test"]]


def test_an_interrupted_installation_is_made_anew(project, installed, monkeypatch):
    environment.set_up(project, "run")
    installed.clear()
    (project / "requirements.lock").write_text("# changed\n", encoding="utf-8")

    def interrupted(root, groups):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            environment.set_up(project, "run")
    environment.set_up(project, "run")
    assert installed == ["create", ["run"]]


def test_a_vanished_interpreter_means_a_new_environment(project, installed):
    environment.set_up(project, "run")
    environment.venv_python(project).unlink()
    assert environment.stamped_groups(project) is None


def test_another_python_version_means_a_new_environment(project, installed):
    environment.set_up(project, "run")
    stamp = project / ".venv" / "nianbao.json"
    content = json.loads(stamp.read_text(encoding="utf-8"))
    content["python"]["version"] = "3.99"
    stamp.write_text(json.dumps(content), encoding="utf-8")
    assert environment.stamped_groups(project) is None


def test_a_damaged_stamp_means_a_new_environment(project, installed):
    environment.set_up(project, "run")
    (project / ".venv" / "nianbao.json").write_text("{", encoding="utf-8")
    assert environment.stamped_groups(project) is None


def test_a_missing_lock_is_named(project):
    (project / "requirements.lock").unlink()
    with pytest.raises(NotReadyError, match=r"requirements\.lock is missing"):
        environment.set_up(project, "run")


def test_a_python_without_ensurepip_is_named(project, monkeypatch):
    monkeypatch.setattr(environment, "working_uv", lambda root: None)
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(NotReadyError, match="python3-venv"):
        environment.create(project)


def test_a_failed_installation_ends_in_one_message_with_the_last_words(project, monkeypatch):
    (project / ".venv").mkdir()
    monkeypatch.setattr(environment, "working_uv", lambda root: "uv")

    def refused(root, command):
        log = root / ".venv" / "setup.log"
        log.write_text("$ pip\nERROR: no index\n  but this\n\n", encoding="utf-8")
        return False

    monkeypatch.setattr(environment, "logged", refused)
    with pytest.raises(
        NotReadyError, match=r"(?s)requirements\.lock.*last error: ERROR: no index$"
    ):
        environment.install(project, ["run"])


def test_uv_compiles_what_it_installs_as_pip_does(project, monkeypatch):
    """Regression: where Python may not keep what it compiles, every command took twice as long."""
    commands = []
    monkeypatch.setattr(environment, "working_uv", lambda root: "uv")
    monkeypatch.setattr(environment, "logged", lambda root, command: commands.append(command) or 1)
    monkeypatch.setattr(environment, "link_relatively", lambda root: None)
    environment.install(project, ["run"])
    assert ["--compile-bytecode" in command for command in commands] == [True, True]


def test_pip_takes_over_where_uv_fails(project, monkeypatch):
    commands = []

    def only_pip(root, command):
        commands.append(command)
        return "uv" not in command

    monkeypatch.setattr(environment, "working_uv", lambda root: "uv")
    monkeypatch.setattr(environment, "logged", only_pip)
    environment.install(project, ["run", "test"])
    assert [command[0] == "uv" for command in commands] == [True, False, False]
    assert "requirements-test.lock" in commands[1]
    assert "--require-hashes" in commands[1]


def test_the_uv_to_fetch_is_found_in_the_lock(project, monkeypatch):
    shutil.copy(ROOT / "requirements-test.lock", project)
    (project / ".venv").mkdir()
    monkeypatch.setattr(environment, "logged", lambda root, command: False)
    assert environment.fetched_uv(project) is None
    lines = (project / ".venv" / "uv.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("uv==")
    assert len(lines) > 10
    assert all(line.startswith("    --hash=sha256:") for line in lines[1:])


def test_pip_settings_are_told_to_uv_and_its_own_win(tmp_path, monkeypatch):
    lines = "global.index-url='ADDRESS'\n:env:.find-links='FOLDER'\nglobal.timeout='9'\n"
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\ncat <<'E'\n{lines}E\n", encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
    monkeypatch.setenv("UV_FIND_LINKS", "MINE")
    told = environment.installer_environment(str(python))
    assert (told["UV_DEFAULT_INDEX"], told["UV_FIND_LINKS"]) == ("ADDRESS", "MINE")


def test_the_source_is_linked_relatively(project):
    packages = project / ".venv" / "lib" / "python3.11" / "site-packages"
    packages.mkdir(parents=True)
    link = packages / "nianbao.pth"
    link.write_text("/somewhere/else", encoding="utf-8")
    environment.link_relatively(project)
    written = link.read_text(encoding="utf-8")
    assert written.isascii()
    assert (packages / written.strip()).resolve() == (project / "src").resolve()


def test_installers_are_run_in_the_project_and_logged(project, monkeypatch):
    (project / ".venv").mkdir()
    monkeypatch.setattr(environment, "installer_environment", lambda python: dict(os.environ))
    command = [sys.executable, "-c", "import os; print(os.getcwd()); raise SystemExit(3)"]
    assert not environment.logged(project, command)
    assert str(project) in (project / ".venv" / "setup.log").read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [[], ["everything"], ["run", "test"]])
def test_wrong_arguments_are_refused(arguments, capsys):
    assert environment.main(arguments) == environment.USAGE
    assert "run|test|lab" in capsys.readouterr().err


def test_trouble_with_the_disk_is_a_message(monkeypatch, capsys):
    def full(root, group):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(environment, "set_up", full)
    assert environment.main(["run"]) == environment.NOT_READY
    assert "No space left" in capsys.readouterr().err


def build_command(*variables, **extra):
    """Return what `make` would run to build, without running it."""
    return build_lines(*variables, **extra)[-1]


def build_lines(*variables, **extra):
    """Return all that `make` would run before a build and for it."""
    if shutil.which("make") is None:
        pytest.skip("no make on this machine")
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    done = subprocess.run(
        ["make", "-n", "build", *variables],
        cwd=ROOT,
        env={**clean, **extra},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ([], "--make-variables='' build"),
        (["YEAR=2022"], "--make-variables='YEAR' build --year='2022'"),
        (["YEAR="], "--make-variables='YEAR' build --year=''"),
        (
            ["AGENCY=洛阳 'a' $(x)"],
            r"--make-variables='AGENCY' build  --agency='洛阳 '\''a'\'' $(x)'",
        ),
        (["AGNECY=luo yang"], "--make-variables='AGNECY' build"),
    ],
)
def test_make_hands_over_its_variables_whole(variables, expected):
    assert build_command(*variables).rstrip().endswith(expected)


def test_make_hands_over_where_things_are():
    told = build_command("CLUSTER=tcp://a:1", "DATA=s3://b/r w", "OUTPUT=/x")
    assert told.split("build")[1].split() == [
        *("--cluster='tcp://a:1'", "--data='s3://b/r", "w'", "--output='/x'")
    ]


def test_make_takes_variables_of_the_environment(monkeypatch):
    assert build_command(YEAR="2021").rstrip().endswith("--make-variables='' build --year='2021'")


@pytest.mark.parametrize(
    ("variables", "group"),
    [
        ([], "run"),
        (["DATA=/mnt/raw", "OUTPUT=out"], "run"),
        (["CLUSTER=tcp://a:1"], "cluster"),
        (["DATA=s3://b/raw"], "cluster"),
        (["OUTPUT=s3://b/out", "DATA=/mnt/raw"], "cluster"),
    ],
)
def test_make_sets_up_what_many_machines_need_only_where_they_are_named(variables, group):
    lines = build_lines(*variables)
    assert lines[0].endswith(f"environment.py {group}")


def test_data_and_output_of_the_environment_may_stand_for_anything():
    assert "--" not in build_command(DATA="s3://b/raw", OUTPUT="/x", CLUSTER="c").split("build")[1]


def test_make_help_lists_every_target():
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, encoding="utf-8")
    targets = {line.split()[1] for line in listed.stdout.splitlines() if line.startswith("make ")}
    assert {"build", "test", "lab", "setup", "lock", "clean", "help"} <= targets
