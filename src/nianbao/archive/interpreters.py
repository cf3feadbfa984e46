"""The interpreters of re-runs: one fresh environment for all bags of a command that want the same.

They lie in a temporary folder that goes when the command ends.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from nianbao.archive.environment import fresh_environment
from nianbao.archive.opening import Bag
from nianbao.archive.sameness import LOCK, PROJECT, wheel_of
from nianbao.archive.scratch import scratch


@dataclass(slots=True)
class Interpreters:
    """Makes environments, each once.

    Attributes
    ----------
    folder : Path
        Where they lie.
    wheels : Path or None
        The wheels that they are made from; None: the installer's cache and the package index.
    python : str or None
        The interpreter that they stand on; None: that of this process.
    """

    folder: Path
    wheels: Path | None = None
    python: str | None = None
    _made: dict[str, Path] = field(default_factory=dict)

    @property
    def own(self) -> Path:
        """The interpreter of this process, with the package that is installed."""
        return Path(sys.executable)

    def fresh(self, bag: Bag) -> Path:
        """Return the interpreter of an environment with what a bag needs.

        Raises
        ------
        NianbaoError
            Where there is none to be had.
        """
        lock = bag.files.get(f"{PROJECT}{LOCK}", b"")
        of = hashlib.sha256(hashlib.sha256(lock).digest() + wheel_of(bag)[1]).hexdigest()
        if of not in self._made:
            place = self.folder / f"environment-{len(self._made) + 1}"
            self._made[of] = fresh_environment(bag, place, self.wheels, self.python)
        return self._made[of]


@contextmanager
def interpreters(wheels: Path | None = None, python: str | None = None) -> Iterator[Interpreters]:
    """Give what makes environments; none of them is left afterwards."""
    with scratch() as folder:
        yield Interpreters(folder, wheels, python)
