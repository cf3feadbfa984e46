"""The reports of a year below one parent, and which of them share words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from nianbao.errors import NianbaoError
from nianbao.hashes import source_hash
from nianbao.kinship import Family
from nianbao.register import Agency
from nianbao.shelf import kept_sample
from nianbao.workspace import Workspace


class Families:
    """All families of a project, each looked through once, when it is first asked for.

    Parameters
    ----------
    workspace : Workspace
        The project.
    register : mapping of str to Agency
        Its register.
    paths : mapping
        Its reports as received, by year and agency.
    """

    def __init__(
        self,
        workspace: Workspace,
        register: Mapping[str, Agency],
        paths: Mapping[tuple[int, str], Path],
    ) -> None:
        self._workspace, self._register, self._paths = workspace, register, paths
        self._known: dict[tuple[str, int], tuple[dict[str, bool], Family]] = {}

    def beside(self, agency: str, year: int) -> Iterator[str]:
        """Name what matters to a report of those below the same parent.

        Each that can be read is compared with it; what it says matters only where the two share
        words.
        """
        parent = self._register[agency].parent if agency in self._register else ""
        if not parent:
            return
        readable, family = self._family(parent, year)
        alike = family.alike(agency) if readable.get(agency) else set()
        for name, read in readable.items():
            if name != agency:
                yield f"{name} {self._content(name, year) if name in alike else read}"

    def _content(self, agency: str, year: int) -> str:
        return f"{self._register[agency].name} {source_hash(self._paths[year, agency])}"

    def _family(self, parent: str, year: int) -> tuple[dict[str, bool], Family]:
        """Return which reports of a family can be read, and the family itself."""
        known = self._known.get((parent, year))
        if known is None:
            names = [row.id for row in self._register.values() if row.parent == parent]
            filed = [name for name in names if (year, name) in self._paths]
            samples = {name: self._sample(name, year) for name in filed}
            family = Family({n: sample for n, sample in samples.items() if sample is not None})
            readable = {name: sample is not None for name, sample in samples.items()}
            known = self._known[parent, year] = (readable, family)
        return known

    def _sample(self, agency: str, year: int) -> frozenset[int] | None:
        try:
            return kept_sample(self._paths[year, agency], agency, year, self._workspace)
        except NianbaoError:
            return None
