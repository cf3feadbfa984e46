"""What is to be archived, where to and how, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nianbao.archive.inputs import Key
from nianbao.errors import NianbaoError
from nianbao.pool import Runner, run_jobs


@dataclass(frozen=True)
class Wanted:
    """An archive to be made: of one report, or of all reports of a year.

    Attributes
    ----------
    agency : str
        Whose report it is; empty for a whole year.
    targets : mapping
        Its reports as received: ``{(year, agency): file or folder}``.
    """

    year: int
    agency: str
    targets: Mapping[Key, Path]

    @property
    def name(self) -> str:
        """The name of the bag, and of its file without ``.zip``."""
        return f"{self.agency}-{self.year}" if self.agency else f"{self.year}"

    @property
    def bag(self) -> str:
        """Where its file lies in the folder of archives."""
        return f"{self.year}/{self.name}.zip"


@dataclass(frozen=True)
class Archived:
    """What became of an archive: its file, or why there is none.

    Attributes
    ----------
    path : Path
        The zip.
    new : bool
        Whether the register has a new line for it: its bytes are not those archived last.
    error : NianbaoError or None
        Why it was not made, or not signed.
    """

    path: Path
    new: bool = False
    error: NianbaoError | None = None


@dataclass(frozen=True)
class Place:
    """Where archives go, and how they are made.

    Attributes
    ----------
    folder : Path
        Where archives and their register lie.
    draft : bool
        Whether they are drafts: hard findings are no hindrance then, and every page says so.
    sign : str
        The command that signs them; empty for none.
    run : Runner
        Does the jobs; by default as many at once as there are processors.
    """

    folder: Path
    draft: bool = False
    sign: str = ""
    run: Runner = field(default=run_jobs)


def wanted(targets: Mapping[Key, Path], *, whole: bool) -> list[Wanted]:
    """Return an archive for each report, and one for each year where ``whole`` years are asked."""
    found = [Wanted(*key, {key: path}) for key, path in targets.items()]
    for year in sorted({year for year, _ in targets} if whole else ()):
        found.append(Wanted(year, "", {k: path for k, path in targets.items() if k[0] == year}))
    return found
