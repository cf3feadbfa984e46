"""One year, all agencies: how each filed, and what the checks of its report came to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from nianbao.ledger import Entry, Ledger
from nianbao.standing import Standing
from nianbao.workspace import Workspace, find_workspace, parse_year

__all__ = ["Entry", "Yearbook", "hierarchy", "yearbook"]


@dataclass(frozen=True)
class Yearbook:
    """A year: its entries in the order of the register, agencies without a row there last."""

    year: int
    entries: tuple[Entry, ...]

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The entries by the agency's id."""
        return {entry.agency.id: entry for entry in self.entries}

    def children(self, agency: str) -> tuple[Entry, ...]:
        """Return the entries of the agencies right below one."""
        return tuple(entry for entry in self.entries if entry.agency.parent == agency)

    @property
    def standings(self) -> tuple[Standing, ...]:
        """What is known of all reports that were read."""
        return tuple(entry.standing for entry in self.entries if entry.standing)


def load(year: object, workspace: Workspace | None = None) -> Yearbook:
    """Gather what is known of all agencies in a year, checking what is not built or not true.

    Parameters
    ----------
    year : int
        The year reported on.
    workspace : Workspace, optional
        The project; found from the current folder by default.

    Raises
    ------
    UsageError
        For what is no year, or where the register or a parameter file is wrong.
    """
    return yearbook(Ledger(workspace or find_workspace()), parse_year(year))


def yearbook(ledger: Ledger, year: int) -> Yearbook:
    """Gather a year's entries from a ledger."""
    filed = [agency for of, agency in ledger.paths if of == year]
    names = dict.fromkeys([*ledger.register, *filed])
    return Yearbook(year, tuple(ledger.entry(name, year) for name in names))


def hierarchy(book: Yearbook) -> Iterator[tuple[int, Entry]]:
    """Yield the entries as a tree: how deep each stands, and the entry, parents first.

    An agency whose parent is not in the register, or that stands in a circle, is a root.
    """
    below: dict[str, list[Entry]] = {}
    roots = []
    for entry in book.entries:
        if entry.agency.parent in book.by_id and not _circular(book, entry):
            below.setdefault(entry.agency.parent, []).append(entry)
        else:
            roots.append(entry)
    waiting = [(0, entry) for entry in reversed(roots)]
    while waiting:
        depth, entry = waiting.pop()
        yield depth, entry
        waiting += [(depth + 1, child) for child in reversed(below.get(entry.agency.id, []))]


def _circular(book: Yearbook, entry: Entry) -> bool:
    """Whether an agency stands above itself."""
    seen: set[str] = set()
    above = entry.agency.parent
    while above in book.by_id and above not in seen:
        if above == entry.agency.id:
            return True
        seen.add(above)
        above = book.by_id[above].agency.parent
    return False
