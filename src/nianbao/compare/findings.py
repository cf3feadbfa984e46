"""Which findings are new, gone, changed or the same, by the id that waivers name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Final, TypeVar

from nianbao.compare.matching import keyed, pairs, rows
from nianbao.finding import SEVERITY_WORDS

_GRAVE: Final = tuple(SEVERITY_WORDS)
"""How grave a failure is, the worst first."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as one run has it, with the words of ``findings.csv``."""

    id: str
    rule: str
    severity: str
    status: str
    left: str
    right: str
    imbalance: str
    cells: str
    message: str
    basis: str
    waived: str

    @property
    def result(self) -> tuple[str, str, str]:
        """How it came out: its status, how grave it is, whether it is waived."""
        return self.status, self.severity, self.waived

    @property
    def weight(self) -> int:
        """Its place among others: open failures by how grave they are, explained, undecided."""
        if self.status == "failed" and self.waived != "true" and self.severity in _GRAVE:
            return _GRAVE.index(self.severity)
        place = {"failed": 0, "undecided": 1}.get(self.status, 2)
        return len(_GRAVE) + place


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that both runs have and that differs."""

    before: Found
    after: Found

    @property
    def turned(self) -> bool:
        """Whether it came out otherwise; else its figures or words differ."""
        return self.before.result != self.after.result

    @property
    def weight(self) -> tuple[int, int]:
        """Its place among others: by the graver side, then by what it is now."""
        weights = self.before.weight, self.after.weight
        return min(weights), weights[1]

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns of ``findings.csv`` that differ."""
        names = (field.name for field in fields(Found))
        return tuple(n for n in names if getattr(self.before, n) != getattr(self.after, n))


T = TypeVar("T", Found, FindingChange)


@dataclass(frozen=True, slots=True)
class FindingChanges:
    """The findings of one report, by what became of them."""

    new: tuple[Found, ...] = ()
    gone: tuple[Found, ...] = ()
    changed: tuple[FindingChange, ...] = ()
    unchanged: int = 0

    def __bool__(self) -> bool:
        """Whether any is not the same."""
        return bool(self.new or self.gone or self.changed)

    @property
    def turned(self) -> list[FindingChange]:
        """Those that came out otherwise, the gravest first."""
        return gravest_first(each for each in self.changed if each.turned)

    @property
    def reworded(self) -> list[FindingChange]:
        """Those that came out alike with other figures or words, the gravest first."""
        return gravest_first(each for each in self.changed if not each.turned)

    @property
    def order(self) -> list[str]:
        """In which order ``turned``, ``new`` and ``gone`` are read: that with the gravest first."""
        gravest = {
            "turned": min((each.weight[0] for each in self.turned), default=99),
            "new": min((each.weight for each in self.new), default=99),
            "gone": min((each.weight for each in self.gone), default=99),
        }
        return sorted(gravest, key=lambda name: gravest[name])


def gravest_first(listed: Iterable[T]) -> list[T]:
    """Order findings so that a failure is read, and not cut off, before many that hold.

    Of those that changed, each counts by its graver side.
    """
    return sorted(listed, key=lambda each: each.weight)


def finding_changes(before: bytes, after: bytes) -> FindingChanges:
    """Compare two files ``findings.csv`` of a report.

    Raises
    ------
    UnparsedError
        Where one of them is no such file.
    """
    found = [(one, other) for _, one, other in pairs(_founds(before), _founds(after))]
    both = [(one, other) for one, other in found if one and other]
    changed = tuple(FindingChange(one, other) for one, other in both if one != other)
    return FindingChanges(
        new=tuple(other for one, other in found if other and not one),
        gone=tuple(one for one, other in found if one and not other),
        changed=changed,
        unchanged=len(both) - len(changed),
    )


def _founds(content: bytes) -> dict[tuple[str, int], Found]:
    names = [field.name for field in fields(Found)]
    return keyed(
        (row["id"], Found(*(row.get(name, "") for name in names))) for row in rows(content, "id")
    )
