"""What a notice holds: numbered problems in their groups, hints, and what is explained."""

from __future__ import annotations

from dataclasses import dataclass

_SIGNS = 13
"""So many signs stand in a line of a column in print."""
_WHOLE = 16
"""A problem of more lines may break: kept whole it might leave half a page empty."""


@dataclass(frozen=True, slots=True)
class Item:
    """One problem: where, what was found, what to check; every text in lines.

    Attributes
    ----------
    number : int
        Its number in the notice, from 1; 0 before it is numbered.
    bases : tuple of str
        What the rules that it breaks rest on.
    suspects : bool
        Whether it names suspect cells.
    """

    place: tuple[str, ...]
    found: tuple[str, ...]
    advice: tuple[str, ...]
    bases: tuple[str, ...] = ()
    suspects: bool = False
    number: int = 0

    @property
    def long(self) -> bool:
        """Whether it takes so many lines in print that it may break between two pages."""
        columns = (self.place, self.found, self.advice)
        return max(sum(1 + len(text) // _SIGNS for text in lines) for lines in columns) > _WHOLE


@dataclass(frozen=True, slots=True)
class Group:
    """Problems of one weight under one heading."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding that was waived: what was found, and who explained it, when and why."""

    problem: str
    why: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rules of one kind held, failed, and could not be decided."""

    passed: int = 0
    failed: int = 0
    undecided: int = 0

    @property
    def total(self) -> int:
        """All rules that were asked."""
        return self.passed + self.failed + self.undecided


@dataclass(frozen=True, slots=True)
class Notice:
    """What is sent back to one agency about one report.

    Attributes
    ----------
    errors, unread, warnings : Group
        What must be put right, what could not be read, what is to be verified; numbered through.
    hints : tuple of str
        What may be of use; nobody has to answer.
    explained : tuple of Explained
        What was waived.
    balance, others : Tally
        What was checked: balance rules (勾稽关系), and all other relations.
    """

    agency: str
    name: str
    year: int
    law: str
    form: str
    errors: Group
    unread: Group
    warnings: Group
    hints: tuple[str, ...]
    explained: tuple[Explained, ...]
    balance: Tally
    others: Tally

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that hold a problem."""
        return tuple(g for g in (self.errors, self.unread, self.warnings) if g.items)

    @property
    def items(self) -> tuple[Item, ...]:
        """All numbered problems."""
        return tuple(item for group in self.groups for item in group.items)

    @property
    def demands(self) -> int:
        """How many problems the report is sent back for."""
        return len(self.errors.items) + len(self.unread.items)

    @property
    def status(self) -> str:
        """``returned``, ``questioned``, or ``clear`` where there is nothing to answer."""
        return "returned" if self.demands else "questioned" if self.warnings.items else "clear"

    @property
    def silent(self) -> bool:
        """Whether there is nothing to say but that it is in order."""
        return not (self.items or self.hints or self.explained)

    @property
    def bases(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """What the problems rest on, with the numbers of those that rest on the same."""
        found: dict[str, list[int]] = {}
        for item in self.items:
            if item.bases:
                found.setdefault("；".join(item.bases), []).append(item.number)
        return tuple((words, tuple(numbers)) for words, numbers in found.items())


@dataclass(frozen=True, slots=True)
class Unread:
    """A report that could not be read at all, and why."""

    agency: str
    name: str
    year: int
    reason: str
