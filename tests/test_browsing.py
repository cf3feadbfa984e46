"""What `make test-browser` does where things are missing; nothing is installed or run here."""

import json
import os
import re
from pathlib import Path

import pytest

from nianbao import browsing

ROOT = Path(__file__).parents[1]


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with Playwright and nothing else but what a test puts there; no superuser's."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(browsing, "_SYSTEM_FOLDERS", str(folder))
    monkeypatch.setattr(browsing.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(browsing.importlib.util, "find_spec", lambda name: object())
    monkeypatch.delenv("CI", raising=False)
    return folder


@pytest.fixture
def project(tmp_path):
    """A project whose npm packages are not installed yet."""
    root = tmp_path / "项目 folder"
    (root / browsing.TESTS).mkdir(parents=True)
    (root / browsing.TESTS / "package-lock.json").write_text("{}", "utf-8")
    return root


@pytest.fixture
def tests_run(monkeypatch):
    """The arguments of each run of pytest."""
    runs = []
    monkeypatch.setattr(browsing, "run", lambda root, *arguments: runs.append(arguments) or 0)
    return runs


def program(folder, name, script="exit 0"):
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


def whole(machine):
    """Put everything on the machine; npm leaves its packages where it is called."""
    for name in ("chromium", "java"):
        program(machine, name)
    program(machine, "npm", "test $1 = --version || /bin/mkdir node_modules")


def test_all_that_is_missing_is_named_with_the_way_to_get_it(machine, project, tests_run, capsys):
    assert browsing.run_browser_tests(project) == 0
    told = capsys.readouterr().err
    assert "DID NOT RUN" in told and "没有运行" in told
    assert all(f"apt-get install {name}" in told for name in ("chromium", "default-jre-headless"))
    assert tests_run == []


@pytest.mark.parametrize(
    ("value", "code"), [("true", 1), ("1", 1), ("", 0), ("false", 0), ("0", 0)]
)
def test_in_continuous_integration_it_is_a_failure(
    machine, project, tests_run, monkeypatch, value, code
):
    monkeypatch.setenv("CI", value)
    assert browsing.run_browser_tests(project) == code
    assert tests_run == []


def test_with_everything_there_the_tests_run_and_their_exit_code_counts(
    machine, project, monkeypatch
):
    whole(machine)
    monkeypatch.setattr(browsing, "run", lambda root, *arguments: 5)
    assert browsing.run_browser_tests(project) == 5


def test_npm_packages_are_installed_once_for_each_lock(machine, project, tests_run, monkeypatch):
    whole(machine)
    assert browsing.run_browser_tests(project) == 0
    (machine / "npm").unlink()  # it is not needed any more
    assert browsing.run_browser_tests(project) == 0
    assert tests_run == [("pytest", "tests/browser")] * 2
    (project / browsing.TESTS / "package-lock.json").write_text('{"changed": 1}', "utf-8")
    assert browsing.run_browser_tests(project) == 0
    assert len(tests_run) == 2


def test_packages_that_could_not_be_had_are_named(machine, project, tests_run, capfd):
    whole(machine)
    program(machine, "npm", "test $1 = --version && exit 0; echo no registry; exit 1")
    assert browsing.run_browser_tests(project) == 0
    told = capfd.readouterr().err
    assert "no registry" in told
    assert "axe-core, vnu-jar" in told.partition("DID NOT RUN")[2]
    assert tests_run == []


def test_npm_runs_no_script_of_a_package(machine, project, tests_run):
    whole(machine)
    program(machine, "npm", 'test $1 = --version || { /bin/mkdir node_modules; echo "$@" >said; }')
    browsing.run_browser_tests(project)
    said = (project / browsing.TESTS / "said").read_text("utf-8").split()
    assert said[:2] == ["ci", "--ignore-scripts"]


@pytest.mark.parametrize("name", browsing.CHROMIUMS)
def test_chromium_goes_by_several_names(machine, name):
    assert browsing.chromium() is None
    path = program(machine, name)
    assert browsing.chromium() == path


def test_a_chromium_beside_path_is_found(machine, tmp_path, monkeypatch):
    elsewhere = tmp_path / "usr"
    elsewhere.mkdir()
    monkeypatch.setattr(browsing, "_SYSTEM_FOLDERS", str(elsewhere))
    path = program(elsewhere, "chromium")
    assert browsing.chromium() == path


def test_a_chromium_that_does_not_start_is_none(machine):
    program(machine, "chromium", "exit 127")
    assert browsing.chromium() is None
    path = program(machine, "google-chrome")
    assert browsing.chromium() == path


APT = 'echo "$1" "$DEBIAN_FRONTEND" >>{log}; test $1 = update || { {then}; }'


def apt(machine, log, then):
    program(machine, "apt-get", APT.replace("{log}", str(log)).replace("{then}", then))


def test_the_superuser_gets_what_is_missing_and_nothing_else(
    machine, project, tests_run, monkeypatch, tmp_path
):
    whole(machine)
    (machine / "chromium").rename(machine / "stored")
    log = tmp_path / "log"
    apt(machine, log, f'echo "$@" >>{log}; /bin/mv {machine}/stored {machine}/chromium')
    monkeypatch.setattr(browsing.os, "geteuid", lambda: 0, raising=False)
    assert browsing.run_browser_tests(project) == 0
    update, install, arguments = log.read_text("utf-8").splitlines()
    assert (update, install) == ("update noninteractive", "install noninteractive")
    assert arguments.split()[-1] == "chromium"
    assert {"-y", "--no-install-recommends"} <= set(arguments.split())
    assert "java" not in arguments and "npm" not in arguments
    assert len(tests_run) == 1


def test_nobody_else_is_made_to_install(machine, project, tests_run, tmp_path):
    apt(machine, tmp_path / "log", "exit 0")
    browsing.run_browser_tests(project)
    assert not (tmp_path / "log").exists()


def test_an_installation_that_failed_is_a_thing_missing(
    machine, project, tests_run, monkeypatch, tmp_path, capsys
):
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(browsing.os, "geteuid", lambda: 0, raising=False)
    apt(machine, tmp_path / "log", "exit 100")
    assert browsing.run_browser_tests(project) == 1
    assert "Missing: Chromium、Java、npm." in capsys.readouterr().err
    assert tests_run == []


def test_without_playwright_nothing_runs(machine, project, tests_run, monkeypatch, capsys):
    whole(machine)
    monkeypatch.setattr(browsing.importlib.util, "find_spec", lambda name: None)
    assert browsing.run_browser_tests(project) == 0
    assert "Playwright: make test-browser" in capsys.readouterr().err
    assert tests_run == []


def test_an_installer_that_is_not_there_is_a_line_not_a_traceback(tmp_path, capsys):
    assert browsing._call(["no-such-installer"], tmp_path, dict(os.environ)) == 127
    assert "no-such-installer" in capsys.readouterr().err


def test_npm_packages_are_pinned_and_name_no_registry():
    folder = ROOT / browsing.TESTS
    locked = (folder / "package-lock.json").read_text("utf-8")
    assert not re.search(r"://|resolved", locked)
    assert "omit-lockfile-registry-resolved=true" in (folder / ".npmrc").read_text("utf-8")
    wanted = json.loads((folder / "package.json").read_text("utf-8"))["devDependencies"]
    packages = json.loads(locked)["packages"]
    assert packages[""]["devDependencies"] == wanted
    assert {f"node_modules/{name}" for name in wanted} == packages.keys() - {""}
    for name, version in wanted.items():
        assert packages[f"node_modules/{name}"]["version"] == version
        assert packages[f"node_modules/{name}"]["integrity"].startswith("sha512-")


def test_make_test_leaves_the_browser_alone(pytestconfig):
    assert "tests/browser" in pytestconfig.getini("norecursedirs")
