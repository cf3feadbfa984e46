"""The rules that failed in most reports, of those reports in which they could be checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from nianbao.finding import SEVERITY_WORDS
from nianbao.fragments import Fragment, render
from nianbao.ledger import Entry
from nianbao.overview.agencies import Named, to_report, to_row
from nianbao.yearbook import Yearbook

_MOST_NAMES: Final = 3
_SIGNS: Final = {"error": "✗", "warning": "△", "hint": "※"}


@dataclass
class Broken:
    """One rule over all reports of a year, counted by report and not by place.

    Attributes
    ----------
    failed : list of Entry
        In whose reports it failed somewhere, without what is explained.
    checked : int
        In how many it came out somewhere.
    waived : int
        In how many a failure is explained.
    undecided : int
        In how many it could be checked nowhere.
    """

    id: str
    label: str
    severity: str
    failed: list[Entry] = field(default_factory=list)
    checked: int = 0
    waived: int = 0
    undecided: int = 0

    @property
    def word(self) -> str:
        """How grave it is, as a sign and a word."""
        return f"{_SIGNS[self.severity]} {SEVERITY_WORDS[self.severity]}"


@dataclass(frozen=True, slots=True)
class Row:
    """A broken rule as it is shown, with the first agencies and how many more there are."""

    rule: Broken
    names: tuple[Named, ...]

    @property
    def rest(self) -> int:
        """How many agencies are not named."""
        return len(self.rule.failed) - len(self.names)


def broken(book: Yearbook) -> Fragment:
    """Show which rules failed, the commonest first; hints stand apart.

    Parameters
    ----------
    book : Yearbook
        The year.
    """
    found = [rule for rule in _rules(book) if rule.failed or rule.waived]
    found.sort(key=lambda rule: (-len(rule.failed), -rule.waived))
    loud = [_row(rule, book.year) for rule in found if rule.severity != "hint"]
    quiet = [_row(rule, book.year) for rule in found if rule.severity == "hint"]
    told = "；".join(f"{row.rule.label}：{len(row.rule.failed)}份不成立" for row in loud[:3])
    return render(
        "overview_rules",
        told or "没有不成立的规则",
        loud=loud,
        quiet=quiet,
        reports=len(book.standings),
    )


def _rules(book: Yearbook) -> Iterator[Broken]:
    """Count over all reports, in the order in which rules are first met."""
    found: dict[str, Broken] = {}
    for entry in book.entries:
        for tally in entry.standing.tallies if entry.standing else ():
            rule = found.setdefault(tally.rule, Broken(tally.rule, tally.label, tally.severity))
            checked = tally.passed + tally.failed + tally.waived > 0
            rule.checked += checked
            rule.waived += tally.waived > 0
            rule.undecided += tally.undecided > 0 and not checked
            if tally.failed:
                rule.failed.append(entry)
    yield from found.values()


def _row(rule: Broken, year: int) -> Row:
    return Row(rule, tuple(_named(each, rule.id, year) for each in rule.failed[:_MOST_NAMES]))


def _named(entry: Entry, rule: str, year: int) -> Named:
    """Name an agency with the link to where the rule failed."""
    failures = entry.standing.failures if entry.standing else ()
    place = next((f.anchor for f in failures if f.rule == rule and not f.waived), "verification")
    return Named(entry.name, to_report(entry, year, place)) if entry.built else to_row(entry)
