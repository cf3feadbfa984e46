"""Pickles jobs so that they find their files on another machine, whose folder is another one."""

from __future__ import annotations

import io
import os
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

CACHE_VARIABLE: Final = "NIANBAO_CACHE"
"""Names the folder where a worker keeps what it fetched; by default one in the user's cache."""


def scratch() -> Path:
    """Return where this machine keeps projects whose data and output lie on an object store."""
    given = os.environ.get(CACHE_VARIABLE)
    if given:
        return Path(given).absolute()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "nianbao"


@dataclass(frozen=True)
class Moving:
    """Where a folder lies here that has another place on each machine.

    Attributes
    ----------
    root : Path
        The folder here.
    name : str
        Its name below `scratch` of the others; empty where it is that whole folder.
    """

    root: Path
    name: str = ""

    def dumps(self, given: object) -> bytes:
        """Pickle something; paths in the folder are written by their place in it."""
        file = io.BytesIO()
        _Pickler(file, self).dump(given)
        return file.getvalue()

    def loads(self, content: bytes) -> Any:
        """Return what was pickled on another machine, with paths that lead into the folder here."""
        return _Unpickler(io.BytesIO(content), self).load()

    def named(self, path: Path) -> str:
        """Return the place of a path below `scratch` of the others."""
        return (Path(self.name) / path.relative_to(self.root)).as_posix()

    def place(self, name: str) -> Path:
        """Return where something lies here that the others have at this place."""
        return self.root / Path(name).relative_to(self.name)


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, moving: Moving) -> None:
        super().__init__(file)
        self._moving = moving

    def persistent_id(self, given: Any) -> str | None:
        if isinstance(given, Path) and given.is_relative_to(self._moving.root):
            return self._moving.named(given)
        return None


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, moving: Moving) -> None:
        super().__init__(file)
        self._moving = moving

    def persistent_load(self, name: str) -> Path:
        return self._moving.place(name)
