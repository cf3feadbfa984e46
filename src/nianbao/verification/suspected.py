"""Shows what is suspect: faults of layout first, then the smallest sets, none preferred."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nianbao.finding import Finding
from nianbao.forms.wording import cell_words
from nianbao.fragments import Fragment, grouped, render
from nianbao.marks import finding_anchor, part_anchor, set_anchor
from nianbao.report import Report
from nianbao.suspects import PartSuspicion, Suspicion
from nianbao.suspects.part import Part, divide

_SHOWN: Final = 5
"""So many sets of a part are shown, the others folded."""


@dataclass(frozen=True, slots=True)
class SuspectCell:
    """One cell: what the source shows, and what it would have to be."""

    code: str
    label: str
    shown: str
    implied: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A set of cells, or a fault of layout, under the id that its cells link to.

    ``told`` says it in whole sentences where the cells alone would not.
    """

    anchor: str
    cells: tuple[SuspectCell, ...]
    explanation: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class PartEntry:
    """What is suspect in one part of the tables.

    Attributes
    ----------
    failing : tuple of (str, str)
        The ids and places of its failed rules.
    lead : tuple of str
        What the list of sets means, or why there is none.
    """

    anchor: str
    name: str
    failing: tuple[tuple[str, str], ...]
    fault: Entry | None
    lead: tuple[str, ...]
    sets: tuple[Entry, ...]
    folded: tuple[Entry, ...]


def suspected(report: Report, findings: Sequence[Finding], suspicion: Suspicion) -> Fragment:
    """Show what is suspect, part by part; nothing for a report whose rules hold.

    Parameters
    ----------
    report : Report
        The report.
    findings : sequence of Finding
        All of them, to link the failed rules of each part.
    suspicion : Suspicion
        What is suspect in it.

    Returns
    -------
    Fragment
        Every set and every fault of layout has an id, to which its cells in the tables link, and
        links back to them.
    """
    if not suspicion.parts:
        return Fragment("", "没有疑似单元格")
    bound = {part.name: part for part in divide(report)}
    failed = [finding for finding in findings if finding.status == "failed"]
    parts = [
        _entry(report, number, part, bound[part.part], failed)
        for number, part in enumerate(suspicion.parts, start=1)
    ]
    return render("suspected", "\n".join(suspicion.messages), parts=parts)


def _entry(
    report: Report, number: int, part: PartSuspicion, bound: Part, failed: Sequence[Finding]
) -> PartEntry:
    rules = {rule.id for rule in bound.rules}
    told = part.messages[: len(part.messages) - len(part.sets)]
    lead = told[1:] if part.structural else told
    sets = tuple(_sets(report, number, part, short=bool(bound.short_rows)))
    return PartEntry(
        anchor=part_anchor(number),
        name=part.part,
        failing=_failing(part, [f for f in failed if f.rule.id in rules]),
        fault=_fault(report, number, part),
        lead=tuple(message.removeprefix(f"{part.part}：") for message in lead),
        sets=sets[:_SHOWN],
        folded=sets[_SHOWN:],
    )


def _failing(part: PartSuspicion, failed: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    """Name each row or column with a failed rule; the rule itself where the part has but one."""
    named: dict[str, str] = {}
    for finding in failed:
        place = finding.place.removeprefix(part.part)
        named.setdefault(place or finding.rule.spec.label, finding_anchor(finding))
    return tuple((anchor, words) for words, anchor in named.items())


def _fault(report: Report, number: int, part: PartSuspicion) -> Entry | None:
    fault = part.structural
    if fault is None:
        return None
    cells = _cells(report, part, fault.cells, fault.implied)
    return Entry(set_anchor(number, 0), cells, told=part.messages[0])


def _sets(report: Report, number: int, part: PartSuspicion, *, short: bool) -> Iterator[Entry]:
    """Yield the sets; beside short rows the words tell more than their cells."""
    for index, each in enumerate(part.sets, start=1):
        cells = _cells(report, part, each.cells, each.implied)
        anchor = set_anchor(number, index)
        if short:
            yield Entry(anchor, cells, told=f"{each.message}。")
        else:
            yield Entry(anchor, cells, each.explanation or "")


def _cells(
    report: Report, part: PartSuspicion, codes: Sequence[str], implied: Mapping[str, int]
) -> tuple[SuspectCell, ...]:
    return tuple(
        SuspectCell(
            code=code,
            label=cell_words(report.form, code).removeprefix(part.part).removeprefix("的"),
            shown=_shown(report, code),
            implied=f"若为{grouped(implied[code])}" if code in implied else "可取多个数",
        )
        for code in codes
    )


def _shown(report: Report, code: str) -> str:
    value = report.value(code)
    return f"原文为{grouped(value)}" if value is not None else "原文没有数字"
