"""Lets one process at a time write into a project's output; a second one is told who does."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from nianbao.errors import BuildError
from nianbao.publish import writable
from nianbao.workspace import Workspace

_NAME = ".lock"


@contextmanager
def sole_writer(workspace: Workspace) -> Iterator[None]:
    """Hold a project's output for this process; the system lets go of it however that ends.

    Raises
    ------
    BuildError
        Where another process holds it, naming that one; or where the output cannot be written.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    path = workspace.output / _NAME
    with writable("output "):
        workspace.output.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BuildError(f"另一个进程正在生成：{_holder(file)}。请等它完成再运行。") from None
        os.ftruncate(file, 0)
        os.write(file, json.dumps(_self(), ensure_ascii=False).encode())
        yield
        os.ftruncate(file, 0)
    finally:
        os.close(file)


def _self() -> dict[str, object]:
    return {
        "pid": os.getpid(),
        "host": platform.node(),
        "since": time.strftime("%Y-%m-%d %H:%M:%S"),
    }


def _holder(file: int) -> str:
    """Say who holds the output, as that one wrote it down."""
    with suppress(ValueError, KeyError, OSError):
        known = json.loads(os.pread(file, 1000, 0))
        return f"主机 {known['host']} 的进程 {known['pid']}，自 {known['since']} 起"
    return "不知是哪一个"
