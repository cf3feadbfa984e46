"""The files that this package consists of."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent
_KINDS: Final = frozenset({".css", ".j2", ".js", ".json", ".py", ".typ", ".yaml"})


def files(root: Path = ROOT) -> dict[str, Path]:
    """Return the files of the package, by path in it: sorted, and nothing else that lies there.

    What editors, type checkers and Python itself leave beside code is no part of it: hidden
    files and folders, copies put aside, compiled modules.

    Parameters
    ----------
    root : Path
        The folder of the package; by default that which this process runs.
    """
    found = {path.relative_to(root): path for path in root.rglob("*") if path.suffix in _KINDS}
    return {
        name.as_posix(): path
        for name, path in sorted(found.items())
        if not any(part.startswith((".", "#", "__pycache__")) for part in name.parts)
        and path.is_file()
    }
