"""What a report is checked against besides itself: last year, other agencies, local rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from nianbao.catalogue import local_rules
from nianbao.errors import NianbaoError
from nianbao.forms import RuleSpec
from nianbao.kinship import Relative
from nianbao.register import Agency, agencies
from nianbao.report import Report
from nianbao.shelf import kept_sample, read_kept
from nianbao.workspace import Workspace, optional_workspace


@dataclass(frozen=True)
class Surroundings:
    """The project around one report; everything is read when it is first asked for.

    Attributes
    ----------
    workspace : Workspace or None
        The project; None for a loose file outside of one, which then stands alone.
    unreadable : dict of str to str
        Neighbouring reports that could not be read, with the reason.
    """

    agency_id: str
    year: int
    workspace: Workspace | None
    unreadable: dict[str, str] = field(default_factory=dict)

    @cached_property
    def register(self) -> dict[str, Agency]:
        """The register of agencies."""
        return agencies(self.workspace) if self.workspace else {}

    @property
    def agency(self) -> Agency | None:
        """The report's own row of the register."""
        return self.register.get(self.agency_id)

    @property
    def parent(self) -> Agency | None:
        """The register row of the agency above it."""
        return self.register.get(self.agency.parent) if self.agency else None

    @cached_property
    def rules(self) -> tuple[RuleSpec, ...]:
        """The rules that the analyst added, for this agency and its level."""
        return tuple(
            spec
            for spec in (local_rules(self.workspace) if self.workspace else ())
            if not spec.agencies or self.agency_id in spec.agencies
            if not spec.levels or (self.agency and self.agency.level in spec.levels)
        )

    @cached_property
    def previous(self) -> Report | None:
        """Last year's report of the same agency, None where there is none that can be read."""
        return self._report(self.agency_id, self.year - 1)

    @cached_property
    def children(self) -> tuple[tuple[Agency, Report | None], ...]:
        """The agencies right below this one that existed in the year, with their reports."""
        return tuple(
            (agency, self._report(agency.id, self.year))
            for agency in self.register.values()
            if agency.parent == self.agency_id and agency.existed(self.year)
        )

    @cached_property
    def siblings(self) -> tuple[Relative, ...]:
        """The same year's reports of the agencies below the same parent, in register order."""
        own = self.agency
        if own is None or not own.parent:
            return ()
        named = [a for a in self.register.values() if a.parent == own.parent and a.id != own.id]
        found = (self._relative(agency) for agency in named)
        return tuple(relative for relative in found if relative)

    def _relative(self, agency: Agency) -> Relative | None:
        path = self._paths.get((self.year, agency.id))
        if path is None or self.workspace is None:
            return None
        load = partial(read_kept, path, agency.id, self.year, self.workspace)
        try:
            sample = kept_sample(path, agency.id, self.year, self.workspace)
            return Relative(agency.id, agency.name or load().name, sample, load)
        except NianbaoError as error:
            self.unreadable[f"{self.year} {agency.id}"] = str(error)
            return None

    def unread(self, year: int) -> bool:
        """Whether the agency's report of a year is there and could not be read."""
        return f"{year} {self.agency_id}" in self.unreadable

    def _report(self, agency: str, year: int) -> Report | None:
        if self.workspace is None:
            return None
        path = self._paths.get((year, agency))
        if path is None:
            return None
        try:
            return read_kept(path, agency, year, self.workspace)
        except NianbaoError as error:
            self.unreadable[f"{year} {agency}"] = str(error)
            return None

    @cached_property
    def _paths(self) -> dict[tuple[int, str], Path]:
        return self.workspace.reports() if self.workspace else {}


def around(report: Report, workspace: Workspace | None = None) -> Surroundings:
    """Return what surrounds a report in the project; of a loose file, what its identity names."""
    return Surroundings(report.agency, report.year, workspace or optional_workspace())


ALONE = Surroundings("", 0, None)
"""Nothing around: no other year, no other agency, no local rule."""
