"""Where a project's data and output lie, and the folder here that stands for them."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from nianbao.errors import BuildError, UsageError
from nianbao.pool import Ended, Job, run_jobs
from nianbao.storage.bundle import PARTS
from nianbao.storage.mirror import Mirror
from nianbao.storage.raw import pull_raw
from nianbao.storage.store import Store, demand_address, is_address
from nianbao.workspace import Workspace

T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """A project whose data or output lie elsewhere, in another folder or on an object store.

    Attributes
    ----------
    workspace : Workspace
        The folder that stands for it: jobs see a project like any other.
    project : Workspace
        The project itself.
    data, output : str
        The addresses; empty where it is a folder.
    name : str
        Tells it from the same project with other data or output.
    """

    workspace: Workspace
    project: Workspace
    data: str
    output: str
    name: str

    @property
    def mirror(self) -> Mirror | None:
        """The output on a store, if it is on one."""
        return Mirror(self.workspace, Store(self.output)) if self.output else None

    def pull(self, say: Callable[[str], object]) -> None:
        """Fetch what has changed, in a process of its own: a store's client has threads.

        Raises
        ------
        BuildError
            Where a store does not answer, or refuses.
        """
        apart(partial(_pull, self, say))

    def reached(self, path: Path) -> Path | str:
        """Return where people reach something of the output: a file, or its address."""
        within = path.relative_to(self.workspace.output).as_posix()
        if self.output:
            return f"{self.output}/{within}"
        return self.workspace.output.resolve() / within


def elsewhere(project: Workspace, data: str | None, output: str | None) -> Place:
    """Make the folder that stands for a project with other data or output.

    Parameters
    ----------
    project : Workspace
        The project.
    data, output : str, optional
        A folder or an address; None for the project's own.

    Raises
    ------
    UsageError
        For a folder that is not there, or an address that names no place.
    BuildError
        Where the folder cannot be made.
    """
    raw, out = _given(data, "DATA"), _given(output, "OUTPUT")
    name = hashlib.sha256(f"{raw}\0{out}".encode()).hexdigest()[:16]
    root = project.cache / "remote" / name
    try:
        for part in PARTS:
            _link(root / part, project.root / part)
        _stand_in(root / "data" / "raw", raw, project.root / "data" / "raw")
        _stand_in(root / "output", out, project.output)
        if is_address(out):
            (project.output / "logs").mkdir(exist_ok=True)
            _link(root / "output" / "logs", project.output / "logs")
    except OSError as error:
        raise BuildError(f"output 无法写入（{error.strerror}）。请检查磁盘空间和权限。") from error
    at, to = (given if is_address(given) else "" for given in (raw, out))
    return Place(Workspace(root), project, at, to, name)


def apart(work: Callable[[], object]) -> None:
    """Do something in a process of its own.

    Raises
    ------
    NianbaoError
        What it raised.
    """
    ended: list[Ended[object]] = []
    run_jobs([Job("对象存储", work)], ended.append, workers=1, seconds=math.inf)
    if error := ended[0].error:
        raise error


def _pull(place: Place, say: Callable[[str], object]) -> None:
    if place.data:
        pull_raw(Store(place.data), place.workspace.root / "data" / "raw", say)
    if place.mirror:
        place.mirror.pull()


def _given(value: str | None, variable: str) -> str:
    """Return an address as it is, a folder by its full path, nothing where none was given."""
    if value is None:
        return ""
    if is_address(value):
        demand_address(value, variable)
        return value.rstrip("/")
    if not value or (variable == "DATA" and not Path(value).is_dir()):
        raise UsageError(
            f"{variable} 应是文件夹或地址（例如 s3://bucket/raw）；没有这个文件夹：{value!r}。"
        )
    return str(Path(value).resolve())


def _stand_in(path: Path, given: str, own: Path) -> None:
    """Let a folder stand for an address, or a link for a folder."""
    if is_address(given):
        path.mkdir(parents=True, exist_ok=True)
        return
    target = Path(given) if given else own
    target.mkdir(parents=True, exist_ok=True)
    _link(path, target)


def _link(path: Path, target: Path) -> None:
    if path.is_symlink() and path.readlink() != target:  # the project was moved
        path.unlink()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_symlink():
        path.symlink_to(target)
