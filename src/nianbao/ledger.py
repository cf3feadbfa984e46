"""The ledger of a project: how each agency filed each year, and what the checks came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from nianbao.deadlines import Deadline, deadline_of, deadlines
from nianbao.errors import NianbaoError, UnreadableError
from nianbao.families import Families
from nianbao.filing import Filing, filing
from nianbao.findings import check_report
from nianbao.links import overview_page, report_page
from nianbao.register import Agency, agencies, parameters
from nianbao.shelf import read_kept
from nianbao.stamp import dependencies, stamp
from nianbao.standing import Standing, read_standing, standing
from nianbao.surroundings import around
from nianbao.workspace import Workspace

STANDING = "standing.json"
"""The file beside a report's page that other pages are made from."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One agency in one year.

    Attributes
    ----------
    agency : Agency
        Its row of the register; one made of its id where it has none (``level`` is empty then).
    filing : Filing
        How it filed.
    standing : Standing or None
        What the checks came to; None without a report, where it cannot be read or is waiting.
    error : str
        Why the report cannot be read or checked.
    built : bool
        Whether its page lies in the output, to be linked to.
    waiting : bool
        Whether there is a report that was not looked at, as its page is not built yet.
    """

    agency: Agency
    filing: Filing
    standing: Standing | None = None
    error: str = ""
    built: bool = False
    waiting: bool = False

    @property
    def name(self) -> str:
        """The agency's name: of the register, else of its report, else its id."""
        named = self.agency.name or (self.standing.name if self.standing else "")
        return named or self.agency.id


@dataclass(frozen=True)
class Ledger:
    """A project's register, deadlines and reports, read once.

    Attributes
    ----------
    workspace : Workspace
        The project.
    published : bool
        Whether to take what stands beside the pages as it is, which is quick, and to read only
        what was left out of a year that is built; else all that is not true any more is checked.
    """

    workspace: Workspace
    published: bool = False

    @cached_property
    def register(self) -> dict[str, Agency]:
        """The register of agencies."""
        return agencies(self.workspace)

    @cached_property
    def paths(self) -> dict[tuple[int, str], Path]:
        """All reports of the project as received."""
        return self.workspace.reports()

    @cached_property
    def _deadlines(self) -> tuple[Deadline, ...]:
        return deadlines(self.workspace)

    @property
    def years(self) -> tuple[int, ...]:
        """The years of which there are reports, rising."""
        return tuple(sorted({year for year, _ in self.paths}))

    def agency(self, name: str) -> Agency:
        """Return an agency's row, or one made of its id where it has none."""
        return self.register.get(name) or Agency(name, "", "", "", "", "", "")

    def entry(self, name: str, year: int) -> Entry:
        """Return how an agency filed a year, and what the checks came to.

        Raises
        ------
        UsageError
            Where the register or the deadlines are wrong; a wrong parameter file concerns its
            own report alone, and is told by the entry.
        """
        agency = self.agency(name)
        if (year, name) not in self.paths:
            return Entry(agency, filing(agency, year, filed=False))
        known, misfit, error = None, "", ""
        days: Mapping[str, date | None] = {}
        try:
            days = self._days(agency, year)
            known = self._kept(name, year) if self.published else None
            if known is None and (not self.published or self._year_built(year)):
                known = self._current(name, year)
            misfit = known.misfit if known else ""
        except UnreadableError as problem:
            misfit = error = str(problem)
        except NianbaoError as problem:
            error = str(problem)
        return Entry(
            agency,
            filing(agency, year, filed=True, misfit=misfit, **days),
            known,
            error,
            built=(self.workspace.output / report_page(year, name)).is_file(),
            waiting=known is None and not error,
        )

    def stamp(self, agency: str, year: int) -> str:
        """Return the hash of all that the findings of an agency's report depend on."""
        return stamp(self.dependencies(agency, year))

    def dependencies(self, agency: str, year: int) -> dict[str, str]:
        """Return a hash of each thing that the findings of an agency's report depend on."""
        known = self._dependencies.get((agency, year))
        if known is None:
            known = dependencies(
                self.workspace,
                agency,
                year,
                self.paths,
                self.register,
                self._families.beside(agency, year),
            )
            self._dependencies[agency, year] = known
        return known

    @cached_property
    def _families(self) -> Families:
        return Families(self.workspace, self.register, self.paths)

    @cached_property
    def _dependencies(self) -> dict[tuple[str, int], dict[str, str]]:
        return {}

    def _days(self, agency: Agency, year: int) -> Mapping[str, date | None]:
        """Return when the report was published, and until when it had to be."""
        given = parameters(self.workspace, year, agency.id)
        deadline = given.get("deadline")
        if deadline is None and (entry := deadline_of(self._deadlines, agency, year)):
            deadline = entry.date(year)
        return {"published": given.get("published"), "deadline": deadline}

    def _year_built(self, year: int) -> bool:
        """Whether a year's pages were built: what has none then cannot be read, or failed."""
        return (self.workspace.output / overview_page(year)).is_file()

    def _kept(self, agency: str, year: int) -> Standing | None:
        """Return what stands beside an agency's page, if there is one."""
        path = self.workspace.output / str(year) / agency / STANDING
        try:
            return read_standing(path.read_bytes())
        except OSError:
            return None

    def _current(self, agency: str, year: int) -> Standing:
        """Return what stands beside an agency's page if that is still true, else check it now."""
        now = self.stamp(agency, year)
        known = self._kept(agency, year)
        if known and known.stamp == now:
            return known
        report = read_kept(self.paths[year, agency], agency, year, self.workspace)
        findings = check_report(report, around(report, self.workspace))
        return standing(report, findings, stamp=now)
