"""Publishes a finished folder in one step, so that a failure never touches the last good one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import TemplateError

from nianbao.errors import BuildError


def _aside(target: Path, kind: str) -> str:
    """Name what lies beside a target while it is being changed."""
    return f".{target.name}.{kind}"


@contextmanager
def draft_folder(target: Path) -> Iterator[Path]:
    """Give a folder to write in; publish it as ``target`` if all went well.

    Parameters
    ----------
    target : Path
        The folder that readers know; its last content stays until the new one is whole.

    Yields
    ------
    Path
        A folder beside it, removed after an error.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    recover(target)
    draft = Path(tempfile.mkdtemp(prefix=_aside(target, "draft-"), dir=target.parent))
    try:
        yield draft
        draft.chmod(0o755)
        _swap(draft, target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def recover(target: Path) -> None:
    """Put things right after a run that was killed: keep the last good folder, drop drafts."""
    old = target.with_name(_aside(target, "old"))
    if old.exists():
        if target.exists():
            shutil.rmtree(old)
        else:
            old.rename(target)
    for draft in target.parent.glob(_aside(target, "draft-*")):
        shutil.rmtree(draft, ignore_errors=True)


def _swap(draft: Path, target: Path) -> None:
    """Take the old folder aside, move the new one in, then drop the old."""
    old = target.with_name(_aside(target, "old"))
    if target.exists():
        target.rename(old)
    draft.rename(target)
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def writable(what: str) -> Iterator[None]:
    """Tell of a disk that is full or forbids writing by one sentence on ``what``.

    Raises
    ------
    BuildError
        For what the system refuses; a template that is missing is our own fault and stays so.
    """
    try:
        yield
    except TemplateError:  # some are a kind of OSError
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise BuildError(f"{what}无法写入（{reason}）。请检查磁盘空间和权限。") from error


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, its folder too.

    Raises
    ------
    BuildError
        Where it cannot be written.
    """
    with writable(f"{path.name} "):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, content)


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all, with the same line ends everywhere."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)
