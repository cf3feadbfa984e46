"""Names, by one hash, all that the findings of a report depend on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from nianbao.documents import read_source
from nianbao.errors import UnreadableError
from nianbao.provenance import code_hash, file_hash
from nianbao.register import Agency, agencies, parameter_file
from nianbao.workspace import Workspace

Paths = Mapping[tuple[int, str], Path]


def stamp(workspace: Workspace, agency: str, year: int, paths: Paths) -> str:
    """Return a hash that changes when anything changes that a report's findings depend on.

    These are the software and its lock, the register, local rules, the report's own file and
    parameters, and the files it is compared with: last year's, and those of the agencies below
    and beside it.

    Parameters
    ----------
    paths : mapping
        All reports of the project, as `nianbao.workspace.Workspace.reports` lists them.
    """
    digest = hashlib.sha256()
    for part in _parts(workspace, agency, year, paths):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()


def _parts(workspace: Workspace, agency: str, year: int, paths: Paths) -> Iterator[str]:
    yield from (code_hash(), agency, str(year))
    register = workspace.root / "params" / "agencies.csv"
    parameters = parameter_file(workspace, year, agency)
    for path in (workspace.lock, register, workspace.local_rules, parameters):
        yield _hash(path) if path else ""
    own = paths.get((year, agency))
    for name, path in (
        (agency, own),
        (f"{agency} {year - 1}", paths.get((year - 1, agency))),
        *((name, paths.get((year, name))) for name in _compared(agencies(workspace), agency)),
    ):
        yield f"{name} {source_hash(path)}" if path else f"{name} -"


def _compared(register: Mapping[str, Agency], agency: str) -> list[str]:
    """Return the agencies below and beside one, in the order of the register."""
    own = register.get(agency)
    beside = own.parent if own else ""
    return [
        each.id
        for each in register.values()
        if each.parent == agency or (beside and each.parent == beside and each.id != agency)
    ]


def source_hash(path: Path) -> str:
    """Return the hash of a report as received, file or folder; of what cannot be opened, why."""
    try:
        return _source(path) if path.is_dir() else _of_file(path, _signature(path))
    except UnreadableError as error:
        return str(error)


def _source(path: Path) -> str:
    return read_source(path).sha256


def _hash(path: Path) -> str:
    return _of_file(path, _signature(path)) if path.is_file() else ""


def _signature(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=100_000)
def _of_file(path: Path, signature: tuple[int, int]) -> str:
    """Hash a file once a process, for as long as it seems the same."""
    return file_hash(path)
