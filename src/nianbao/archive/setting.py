"""What surrounds a re-run: folder, time zone, locale, hash seed, workers, home and user."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from nianbao.workspace import HOME_VARIABLE


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a re-run; none of it may show in the results.

    Attributes
    ----------
    folder : str
        Where the project lies, below a temporary folder.
    zone, locale, seed, user : str
        What the variables TZ, LC_ALL, PYTHONHASHSEED, and USER and LOGNAME say.
    workers : int or None
        How many at once; None for as many as there are processors.
    closed : bool
        Whether the home folder cannot be written to.
    """

    folder: str = "project"
    zone: str = "UTC"
    locale: str = "C.UTF-8"
    seed: str = "random"
    workers: int | None = None
    closed: bool = False
    user: str = "reader"


def variables(place: Path, root: Path, around: Setting) -> dict[str, str]:
    """Return the environment of a run: nothing of this process's own but where programs lie.

    Parameters
    ----------
    place : Path
        A temporary folder of the run's own, in which its home is made.
    root : Path
        The project.
    around : Setting
        What is wished.
    """
    for name in ("home", "tmp", "work"):
        (place / name).mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {
        **kept,
        HOME_VARIABLE: str(root),
        "HOME": str(_closed(place / "home") if around.closed else place / "home"),
        "TMPDIR": str(place / "tmp"),
        "TZ": around.zone,
        "LC_ALL": around.locale,
        "PYTHONHASHSEED": around.seed,
        "USER": around.user,
        "LOGNAME": around.user,
    }


def _closed(home: Path) -> Path:
    """Make a folder one that cannot be written to.

    To who may write into any folder a file is given instead: nothing can be put below that.
    """
    home.chmod(0o555)
    if os.access(home, os.W_OK):
        home.rmdir()
        home.touch()
    return home
