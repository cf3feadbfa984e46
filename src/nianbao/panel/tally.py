"""Counts how often each rule passed, failed and stayed undecided, by year and form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa

from nianbao.catalogue import catalogue
from nianbao.finding import Finding
from nianbao.forms import RuleSpec
from nianbao.panel.cells import table
from nianbao.panel.figures import Figures
from nianbao.panel.judging import STATUSES
from nianbao.panel.schemas import RULES
from nianbao.rules import expand

_COUNTS: Final = ("passed", "failed", "waived", "undecided", "not_applicable")
_PLACED: Final = ("balance", "subtotals", "comparison")
"""Kinds of rules whose scopes are columns, rows and blocks of a form, and so are few."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """What is counted apart: a rule at a place of a form, in a year.

    Attributes
    ----------
    form : str
        The report's form or mixture (`Form.key`).
    scope : str
        The id of the column, row or block; empty where a rule has no such places.
    """

    year: int
    form: str
    rule: str
    scope: str
    label: str
    severity: str


def entry_of(year: int, form: str, spec: RuleSpec, rule_id: str) -> Entry:
    """Return where a finding of a rule counts."""
    scope = rule_id.partition(":")[2] if spec.kind in _PLACED else ""
    return Entry(year, form, spec.id, scope, spec.label, spec.severity)


def counted(found: Iterable[Finding], year: int, form: str) -> dict[tuple[Entry, str], int]:
    """Count one report's findings by entry and status; those waived once more as ``waived``."""
    counts: dict[tuple[Entry, str], int] = defaultdict(int)
    for finding in found:
        entry = entry_of(year, form, finding.rule.spec, finding.rule.id)
        counts[entry, finding.status] += 1
        counts[entry, "waived"] += finding.waived and finding.status == "failed"
    return dict(counts)


@dataclass
class Tally:
    """The counts of all reports seen so far."""

    counts: dict[Entry, dict[str, int]] = field(default_factory=dict)

    def add(self, found: Mapping[tuple[Entry, str], int]) -> None:
        """Count what was `counted`."""
        for (entry, name), count in found.items():
            known = self.counts.setdefault(entry, dict.fromkeys(_COUNTS, 0))
            known[name] += count

    def add_judged(self, figures: Figures, years: Iterable[int]) -> None:
        """Count how the balance rules came out for all reports of a form."""
        own = np.array(list(years), np.int64)[figures.places]
        for year in np.unique(own).tolist():
            counts = figures.judged.counts(own == year).tolist()
            entries = _entries(year, figures.matrix.form.key)
            for entry, row in zip(entries, counts, strict=True):
                self.add({(entry, name): n for name, n in zip(STATUSES, row, strict=True)})

    def table(self) -> pa.Table:
        """Return them as the rules table, in the order of years, forms and rules."""
        entries = sorted(self.counts, key=_order)
        columns = {
            name: [getattr(entry, name) for entry in entries]
            for name in RULES.schema.names
            if name not in _COUNTS
        }
        counts = {name: [self.counts[entry][name] for entry in entries] for name in _COUNTS}
        return table(columns | counts, RULES.schema)


@cache
def _entries(year: int, form_key: str) -> tuple[Entry, ...]:
    """Return where the balance rules of a form count."""
    return tuple(entry_of(year, form_key, rule.spec, rule.id) for rule in expand(form_key))


def _order(entry: Entry) -> tuple[int, str, int, str, str]:
    """Put balance rules first, in the form's order, then the catalogue's, then local ones."""
    places = [rule.id for rule in expand(entry.form)]
    name = f"{entry.rule}:{entry.scope}" if entry.scope else entry.rule
    listed = [spec.id for spec in catalogue()]
    if name in places:
        rank = places.index(name)
    elif entry.rule in listed:
        rank = len(places) + listed.index(entry.rule)
    else:
        rank = len(places) + len(listed)
    return entry.year, entry.form, rank, entry.rule, entry.scope
