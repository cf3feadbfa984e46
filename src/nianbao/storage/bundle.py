"""The small files of a project in one: parameters, notebooks, lock; a worker unpacks them."""

from __future__ import annotations

import hashlib
import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PARTS: Final = ("params", "notebooks", "requirements.lock")
"""What a job reads of a project besides reports."""
_TIME: Final = (1980, 1, 1, 0, 0, 0)


def bundle(root: Path) -> bytes:
    """Pack a project's small files: the same bytes for the same files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in _files(root):
            packed.writestr(zipfile.ZipInfo(path.as_posix(), _TIME), (root / path).read_bytes())
    return file.getvalue()


def bundle_name(content: bytes) -> str:
    """Return under what name of the output a bundle is stored."""
    return f".cache/projects/{hashlib.sha256(content).hexdigest()}.zip"


def unpack(content: bytes, root: Path) -> None:
    """Let a folder hold the files of a bundle, and no others of their kind."""
    for part in PARTS:
        if (root / part).is_dir():
            shutil.rmtree(root / part)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        packed.extractall(root)


def _files(root: Path) -> Iterator[Path]:
    for part in PARTS:
        path = root / part
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (each.relative_to(root) for each in found if each.is_file())
