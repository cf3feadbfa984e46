"""Writes the locks and `environment.yml` from `pyproject.toml`, and tells whether they still agree.

`pyproject.toml` alone is edited by hand. A lock is a requirements file with hashes and markers, one
for all systems and Python versions, which uv and pip both install; it names no package index.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from nianbao.conda import environment_yml
from nianbao.environment import LOCKS, installer_environment
from nianbao.errors import NianbaoError

HEAD = """\
# Written from pyproject.toml by `make lock`, which keeps versions where it can; not to be edited.
# The newest versions instead: .venv/bin/python -m nianbao lock --upgrade
# dependencies-sha256: {digest}
"""
ENTRY = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\\n]+?))? \\\n"
    r"(?P<hashes>(?: +--hash=\S+(?: \\)?\n)+)",
    re.MULTILINE,
)
# Settings that would let a lock know of more than the one package index that everybody has.
LOCAL_SOURCES = ("UV_EXTRA_INDEX_URL", "UV_FIND_LINKS", "UV_INDEX")
# Each lock keeps to the versions of the one that it is installed beside.
BENEATH = {"test": "run", "lab": "run", "browser": "test", "cluster": "test", "bench": "test"}
NO_NETWORK = ("Failed to fetch", "Request failed", "network was disabled")


class LockError(NianbaoError):
    """A lock could not be written; the old one still stands."""


class Pin(NamedTuple):
    """One entry of a lock: a package at one version, for the systems that the marker names."""

    name: str
    version: str
    marker: str
    hashes: frozenset[str]


def pins(lock: str) -> Iterator[Pin]:
    """Yield the entries of a lock's text."""
    for entry in ENTRY.finditer(lock):
        hashes = frozenset(re.findall(r"--hash=(\S+)", entry["hashes"]))
        yield Pin(entry["name"], entry["version"], entry["marker"] or "", hashes)


def versions(lock: str) -> dict[str, str]:
    """Return the version of each package in a lock's text."""
    return {pin.name: pin.version for pin in pins(lock)}


def load_project(root: Path) -> dict[str, Any]:
    """Return `pyproject.toml` as a dictionary."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def group_wishes(project: dict[str, Any], group: str) -> list[str]:
    """Return the dependencies of a group, those of the groups that it includes in their place."""
    found: list[str] = []
    for wish in project.get("dependency-groups", {}).get(group, []):
        if isinstance(wish, dict):
            found += group_wishes(project, wish["include-group"])
        else:
            found.append(wish)
    return found


def dependency_digest(project: dict[str, Any], group: str) -> str:
    """Return the SHA-256 of the parts of `pyproject.toml` that decide what a group's lock holds."""
    parts = [
        project["project"]["requires-python"],
        project["project"]["dependencies"],
        group_wishes(project, group),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def compile_lock(folder: Path, group: str, *, upgrade: bool) -> str:
    """Return the lock that uv makes for a group, onto the locks that `folder` has.

    Parameters
    ----------
    folder : Path
        A copy of `pyproject.toml` and the locks; the group's lock in it is written anew.
    group : str
        `run`, `test`, `lab` or `browser`; the latter keep to the versions of the lock beneath.
    upgrade : bool
        Whether newer versions are taken although the present ones would do.

    Raises
    ------
    LockError
        If uv finds no answer, or reaches no package index.
    """
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet"]
    command += ["--no-config", "--no-header", "--no-emit-index-url", "--universal"]
    command += ["--generate-hashes", "--python-version", "3.11", "-o", LOCKS[group]]
    if group in BENEATH:
        command += ["--group", f"pyproject.toml:{group}", "-c", LOCKS[BENEATH[group]]]
    if upgrade:
        command += ["--upgrade"]
    settings = installer_environment(sys.executable)
    environment = {k: v for k, v in settings.items() if k not in LOCAL_SOURCES}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode:
        raise LockError(f"{LOCKS[group]} could not be compiled:\n{done.stderr.strip()}")
    return (folder / LOCKS[group]).read_text(encoding="utf-8")


def compile_locks(root: Path, *, upgrade: bool = False) -> dict[str, str]:
    """Return the text of each group's lock as it should be, its head included."""
    project = load_project(root)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in ("pyproject.toml", *LOCKS.values()):
            if (root / path).exists():
                shutil.copy(root / path, folder / path)
        return {
            group: HEAD.format(digest=dependency_digest(project, group))
            + compile_lock(folder, group, upgrade=upgrade)
            for group in LOCKS
        }


def write_locks(root: Path, *, upgrade: bool = False) -> int:
    """Write all locks and `environment.yml` into `root`; return exit code 0.

    Raises
    ------
    LockError
        If a lock cannot be made; no file has changed then.
    """
    locks = compile_locks(root, upgrade=upgrade)
    texts = {LOCKS[group]: text for group, text in locks.items()}
    texts["environment.yml"] = environment_yml(load_project(root), versions(locks["run"]))
    for name, text in texts.items():
        (root / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"wrote {name}")
    return 0


def changes(old: str, new: str) -> list[str]:
    """Return what differs between two locks; files added to a release since are no difference."""
    before, after = ({pin[:3]: pin.hashes for pin in pins(text)} for text in (old, new))
    found = [f"{' '.join(key).strip()} is no more" for key in before.keys() - after.keys()]
    found += [f"{' '.join(key).strip()} is new" for key in after.keys() - before.keys()]
    for key in before.keys() & after.keys():
        if not before[key] <= after[key]:
            found.append(f"{' '.join(key).strip()} has a hash that the package index has not")
    return sorted(found)


def stale_files(root: Path) -> list[str]:
    """Return which files were not written from the present `pyproject.toml`; asks no network."""
    project = load_project(root)
    texts = {name: (root / name).read_text(encoding="utf-8") for name in LOCKS.values()}
    found = [
        f"{name} is not that of pyproject.toml"
        for group, name in LOCKS.items()
        if not texts[name].startswith(HEAD.format(digest=dependency_digest(project, group)))
    ]
    written = (root / "environment.yml").read_bytes()
    if written != environment_yml(project, versions(texts[LOCKS["run"]])).encode():
        found.append("environment.yml is not that of pyproject.toml and requirements.lock")
    return found


def check_locks(root: Path) -> int:
    """Say whether the locks are what `make lock` would write; without network, by their hash alone.

    Returns
    -------
    int
        0 if they are, 1 if not.
    """
    problems = stale_files(root)
    if not problems:
        try:
            for group, text in compile_locks(root).items():
                present = (root / LOCKS[group]).read_text(encoding="utf-8")
                problems += [f"{LOCKS[group]}: {change}" for change in changes(present, text)]
        except LockError as problem:
            if not any(words in str(problem) for words in NO_NETWORK):
                raise
            print("locks: no package index was reached, so only their hashes were compared")
    for line in problems:
        print(f"locks: {line}")
    if problems:
        print("locks: `make lock` writes them anew")
    return 1 if problems else 0
