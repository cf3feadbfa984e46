"""The locks and environment.yml against pyproject.toml; each check is also shown to fail."""

import re
import shutil
from pathlib import Path

import pytest
import yaml
from rattler import MatchSpec, Version, VersionSpec

import nianbao
from nianbao import locks
from nianbao.conda import CONDA_NAMES
from nianbao.environment import LOCKS

ROOT = Path(__file__).resolve().parents[1]
WRITTEN = [*LOCKS.values(), "environment.yml"]
PYPI_NAMES = {conda: pypi for pypi, conda in CONDA_NAMES.items()}
NO_PACKAGES_OF_OURS = {"python", "make", "pip"}


@pytest.fixture
def project(tmp_path):
    """A copy of pyproject.toml and all that is written from it."""
    for name in ("pyproject.toml", *WRITTEN):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def locked_versions(group):
    found = {}
    for pin in locks.pins((ROOT / LOCKS[group]).read_text(encoding="utf-8")):
        found.setdefault(pin.name, set()).add(pin.version)
    return found


def conda_entries(text):
    """Return the conda specs and the pip lines of an environment file."""
    entries = yaml.safe_load(text)["dependencies"]
    pip = [line for entry in entries if isinstance(entry, dict) for line in entry["pip"]]
    return [entry for entry in entries if isinstance(entry, str)], pip


def conda_problems(text):
    """Return the conda specs that exclude what is locked, or name what is not."""
    versions = locked_versions("lab")
    problems = []
    for entry in conda_entries(text)[0]:
        spec = MatchSpec(entry, strict=True)
        name = spec.name.normalized
        wanted = versions.get(PYPI_NAMES.get(name, name), set())
        if name not in NO_PACKAGES_OF_OURS and not wanted:
            problems.append(f"{name} is not locked")
        range_ = VersionSpec(str(spec.version)) if spec.version else None
        problems += [f"{entry} excludes {v}" for v in wanted if not range_.matches(Version(v))]
    return problems


def test_all_is_written_from_the_present_pyproject():
    assert locks.stale_files(ROOT) == []


def test_settings_of_tools_do_not_make_a_lock_stale(project):
    edit(project / "pyproject.toml", "line-length = 100", "line-length = 99")
    assert locks.stale_files(project) == []


LOCKS_WITH_CLUSTER = [LOCKS[name] for name in ("cluster", "test", "browser", "bench")]


@pytest.mark.parametrize(
    ("old", "new", "stale"),
    [
        ('"papermill>=2.7.0,<3"', '"papermill>=2.6,<3"', {*WRITTEN}),
        ('"pytest>=', '"pytest >=', {LOCKS["test"], LOCKS["browser"], LOCKS["bench"]}),
        ('"distributed>=', '"distributed >=', {*LOCKS_WITH_CLUSTER}),
        ('"playwright>=', '"playwright >=', {LOCKS["browser"]}),
        ('"jupyterlab>=4.6.6,<5"', '"jupyterlab>=4.6,<5"', {LOCKS["lab"], "environment.yml"}),
        ('requires-python = ">=3.11"', 'requires-python = ">=3.12"', {*WRITTEN}),
    ],
)
def test_a_changed_dependency_makes_its_files_stale(project, old, new, stale):
    edit(project / "pyproject.toml", old, new)
    assert {line.split()[0] for line in locks.stale_files(project)} == stale


def test_an_environment_edited_by_hand_is_stale(project):
    edit(project / "environment.yml", "  - make\n", "")
    assert [line.split()[0] for line in locks.stale_files(project)] == ["environment.yml"]


@pytest.mark.parametrize("name", [*WRITTEN, "pyproject.toml"])
def test_no_file_names_a_package_index(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"\w+://|^ *(-i|-f|--index|--find-links|--extra)", text, re.MULTILINE)


@pytest.mark.parametrize("name", LOCKS.values())
def test_every_entry_has_hashes(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert len(list(locks.pins(text))) == len(re.findall(r"^[\w.-]+==", text, re.MULTILINE)) > 80
    assert all(pin.hashes for pin in locks.pins(text))


def test_wheels_of_many_systems_are_locked():
    text = (ROOT / LOCKS["run"]).read_text(encoding="utf-8")
    hashes = {pin.name: len(pin.hashes) for pin in locks.pins(text)}
    assert hashes["pandas"] > 20  # 3 Pythons and more, on Linux, macOS and Windows
    assert hashes["ortools"] > 10


BENEATH = [("test", "run"), ("lab", "run"), ("browser", "run"), ("browser", "test")]
BENEATH += [("cluster", "run"), ("test", "cluster"), ("bench", "test")]


@pytest.mark.parametrize(("group", "beneath"), BENEATH)
def test_groups_hold_the_lock_beneath_them(group, beneath):
    smaller, larger = locked_versions(beneath), locked_versions(group)
    assert {name: larger.get(name) for name in smaller} == smaller


def test_conda_has_all_that_a_build_needs_and_the_locked_versions():
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    conda, pip = conda_entries(text)
    names = {entry.split()[0] for entry in conda}
    needed = {"jupyter", "papermill", "pandas", "matplotlib", "nbconvert", "ortools-python"}
    assert needed | NO_PACKAGES_OF_OURS <= names
    assert yaml.safe_load(text)["channels"] == ["conda-forge"]
    assert conda_problems(text) == []
    (font,) = locked_versions("run")["pylopdf-fonts-zh-cn"]
    assert pip == [f"pylopdf-fonts-zh-cn=={font}", "-e ."]


def test_every_run_dependency_is_named_once_for_conda_or_pip():
    conda, pip = conda_entries((ROOT / "environment.yml").read_text(encoding="utf-8"))
    names = [PYPI_NAMES.get(e.split()[0], e.split()[0]) for e in conda]
    names += [line.partition("==")[0] for line in pip]
    for wish in locks.load_project(ROOT)["project"]["dependencies"]:
        assert names.count(re.match(r"[\w.-]+", wish).group()) == 1


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("pandas >=3.1.1,<4", "pandas >=3.1.1,<3.1.1", "excludes"),
        ("ortools-python >=9.15,<10", "ortools-python >=9.99,<10", "excludes"),
        ("nh3 ", "nh4 ", "not locked"),
    ],
)
def test_the_conda_check_can_fail(old, new, problem):
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert old in text
    (found,) = conda_problems(text.replace(old, new))
    assert problem in found


def test_a_conda_spec_that_conda_would_refuse_is_caught():
    with pytest.raises(Exception, match="not valid"):
        conda_problems("dependencies: ['pandas >=3 py* foo']")


LOCK = """a==1 ; sys_platform == 'win32' \\
    --hash=sha256:01 \\
    --hash=sha256:02
    # via b
b==2 \\
    --hash=sha256:03
"""


def test_the_same_lock_has_no_changes():
    assert locks.changes(LOCK, LOCK) == []
    assert [pin.marker for pin in locks.pins(LOCK)] == ["sys_platform == 'win32'", ""]


def test_a_file_added_to_a_release_is_no_change():
    grown = LOCK.replace("sha256:03", "sha256:03 \\\n    --hash=sha256:04")
    assert locks.changes(LOCK, grown) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("b==2", "b==3", ["b 2 is no more", "b 3 is new"]),
        ("win32", "linux", ["a 1 sys_platform == 'linux' is new"]),
        ("sha256:02", "sha256:ff", ["a 1 sys_platform == 'win32' has a hash"]),
    ],
)
def test_a_change_of_a_lock_is_named(old, new, words):
    found = "\n".join(locks.changes(LOCK, LOCK.replace(old, new)))
    assert all(word in found for word in words)


def test_a_check_compares_with_what_would_be_written(project, monkeypatch, capsys):
    texts = {g: (project / name).read_text(encoding="utf-8") for g, name in LOCKS.items()}
    monkeypatch.setattr(locks, "compile_locks", lambda root: texts)
    assert locks.check_locks(project) == 0
    texts["run"] = texts["run"].replace("\nclick==", "\nclick==99.")
    assert locks.check_locks(project) == 1
    assert "click 99." in capsys.readouterr().out


def test_a_check_without_network_compares_the_hash(project, monkeypatch, capsys):
    def unreachable(root):
        raise locks.LockError("error: Failed to fetch")

    monkeypatch.setattr(locks, "compile_locks", unreachable)
    assert locks.check_locks(project) == 0
    assert "only their hashes" in capsys.readouterr().out
    edit(project / "pyproject.toml", '"papermill>=2.7.0,<3"', '"papermill>=2.6,<3"')
    assert locks.check_locks(project) == 1


def test_a_check_does_not_pass_for_another_reason(project, monkeypatch):
    def unsolvable(root):
        raise locks.LockError("No solution found")

    monkeypatch.setattr(locks, "compile_locks", unsolvable)
    with pytest.raises(locks.LockError):
        locks.check_locks(project)


def test_local_folders_are_kept_from_the_locks(project, monkeypatch):
    seen = {}

    def run(command, *, env, **options):
        seen.update(env, command=command)
        return locks.subprocess.CompletedProcess(command, 0, "", "")

    settings = {"UV_FIND_LINKS": "FOLDER", "PATH": ""}
    monkeypatch.setattr(locks, "installer_environment", lambda python: settings)
    monkeypatch.setattr(locks.subprocess, "run", run)
    locks.compile_lock(project, "lab", upgrade=True)
    assert "UV_FIND_LINKS" not in seen
    assert {"--upgrade", "-c", "--generate-hashes", "--universal"} <= {*seen["command"]}


def test_writing_leaves_the_same_files(project, monkeypatch):
    def present(folder, group, *, upgrade):
        text = (folder / LOCKS[group]).read_text(encoding="utf-8")
        return text.split("\n", locks.HEAD.count("\n"))[-1]

    monkeypatch.setattr(locks, "compile_lock", present)
    assert locks.write_locks(project) == 0
    for name in WRITTEN:
        assert (project / name).read_bytes() == (ROOT / name).read_bytes()


def test_a_failed_compilation_says_what_uv_said(project, monkeypatch):
    failed = locks.subprocess.CompletedProcess([], 1, "", "error: No solution found\n")
    monkeypatch.setattr(locks, "installer_environment", lambda python: {})
    monkeypatch.setattr(locks.subprocess, "run", lambda *a, **k: failed)
    with pytest.raises(locks.LockError, match="No solution found"):
        locks.compile_lock(project, "run", upgrade=False)


def test_the_version_is_the_same_in_both_places():
    assert locks.load_project(ROOT)["project"]["version"] == nianbao.__version__
