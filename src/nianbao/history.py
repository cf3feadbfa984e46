"""One agency, all its years: its reports, what the checks came to, and which years are missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from nianbao.errors import UnreadableError, UsageError
from nianbao.ledger import Entry, Ledger
from nianbao.register import Agency
from nianbao.report import Report
from nianbao.shelf import read_kept
from nianbao.workspace import Workspace, find_workspace, offer

__all__ = ["Entry", "History", "history", "load"]


@dataclass(frozen=True)
class History:
    """An agency through the years.

    Attributes
    ----------
    agency : Agency
        Its row of the register, or one made of its id.
    name : str
        Its official name, else that of its latest report, else its id.
    entries : dict of int to Entry
        Every year from its first report to its last, rising, those without a report too.
    reports : dict of int to Report
        The reports that can be read, rising.
    """

    agency: Agency
    name: str
    entries: dict[int, Entry]
    reports: dict[int, Report] = field(repr=False)

    @property
    def years(self) -> tuple[int, ...]:
        """All years from the first report to the last, rising."""
        return tuple(self.entries)


def load(agency: object, workspace: Workspace | None = None) -> History:
    """Gather all reports of an agency.

    Parameters
    ----------
    agency : str
        Its id in ``params/agencies.csv``, which is also its files' name.
    workspace : Workspace, optional
        The project; found from the current folder by default.

    Raises
    ------
    UsageError
        Where there is no report of such an agency, with the nearest valid id.
    """
    return history(Ledger(workspace or find_workspace()), str(agency))


def history(ledger: Ledger, agency: str) -> History:
    """Gather all reports of an agency from a ledger.

    Raises
    ------
    UsageError
        Where there is none.
    """
    filed = [year for year, name in ledger.paths if name == agency]
    if not filed:
        known = sorted({name for _, name in ledger.paths})
        raise UsageError(f"没有机关“{agency}”的报告；{offer(agency, known)}")
    entries = {y: ledger.entry(agency, y) for y in range(min(filed), max(filed) + 1)}
    reports = dict(_read(ledger, agency, filed))
    named = ledger.agency(agency).name or next((r.name for r in reversed(reports.values())), "")
    return History(ledger.agency(agency), named or agency, entries, reports)


def _read(ledger: Ledger, agency: str, years: list[int]) -> Iterator[tuple[int, Report]]:
    for year in sorted(years):
        try:
            report = read_kept(ledger.paths[year, agency], agency, year, ledger.workspace)
        except UnreadableError:
            continue  # told by its entry
        yield year, report
