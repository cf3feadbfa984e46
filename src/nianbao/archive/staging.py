"""The project that a bag carries, laid out in a folder of its own, where its reports are made."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from nianbao.archive.inputs import Key, inputs
from nianbao.archive.scratch import scratch
from nianbao.ledger import Ledger
from nianbao.publish import writable
from nianbao.workspace import Workspace


@dataclass(frozen=True)
class Staged:
    """A project that was laid out for a bag.

    Attributes
    ----------
    workspace : Workspace
        The project.
    names : tuple of str
        The files that it was laid out with; what is made there is not among them.
    targets : mapping
        The reports to be made there, as received: ``{(year, agency): file or folder}``.
    """

    workspace: Workspace
    names: tuple[str, ...]
    targets: Mapping[Key, Path]

    def files(self) -> dict[str, bytes]:
        """Return what it was laid out with, by path in the project."""
        return {name: (self.workspace.root / name).read_bytes() for name in self.names}


@contextmanager
def workshop() -> Iterator[Path]:
    """Give a temporary folder for projects; nothing of it is left afterwards."""
    with scratch("archive-") as folder:
        yield folder


def stage(ledger: Ledger, targets: Mapping[Key, Path], root: Path, shared: Path) -> Staged:
    """Lay out what some reports are made from as a project.

    Parameters
    ----------
    ledger : Ledger
        The project that they come from.
    targets : mapping
        The reports.
    root : Path
        Where the new project is to lie; there is nothing yet.
    shared : Path
        A folder for several such projects: what is read is kept there, and a file that more than
        one of them holds lies there once. It begins empty: nothing is taken over from what the
        project kept, so that all is read from the files that the bag carries.

    Raises
    ------
    BuildError
        Where a file is missing or cannot be read, or the disk is full.
    """
    found = inputs(ledger, list(targets))
    place = Workspace(root)
    with writable("临时文件夹"):
        for name, content in found.items():
            _lay(root / name, content, shared / "files")
        (shared / "cache").mkdir(parents=True, exist_ok=True)
        place.output.mkdir()
        with suppress(OSError):  # where nothing can be linked, each project reads for itself
            place.cache.symlink_to(shared / "cache", target_is_directory=True)
    reports = place.reports()
    return Staged(place, tuple(found), {key: reports[key] for key in targets})


def _lay(path: Path, content: bytes, known: Path) -> None:
    """Lay a file down; the same one once for all projects, where the system allows it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    original = known / hashlib.sha256(content).hexdigest()
    if not original.is_file():
        known.mkdir(parents=True, exist_ok=True)
        original.write_bytes(content)
    try:
        os.link(original, path)
    except OSError:
        path.write_bytes(content)
