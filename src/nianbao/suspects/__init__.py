"""Says which cells of a report are suspect when its balance rules fail; corrects nothing."""

from __future__ import annotations

from nianbao.forms import Form
from nianbao.once import once
from nianbao.report import Report
from nianbao.suspects.crossing import cross
from nianbao.suspects.explanation import Explanation, explain
from nianbao.suspects.localization import CAP, Localization, crossed, localize
from nianbao.suspects.part import Part, divide
from nianbao.suspects.result import PartSuspicion, Structural, SuspectSet, Suspicion
from nianbao.suspects.structure import layout_faults
from nianbao.suspects.wording import list_words, set_words, unknown_words

__all__ = ["PartSuspicion", "Structural", "SuspectSet", "Suspicion", "suspect"]


@once(id)
def suspect(report: Report) -> Suspicion:
    """Name the suspect cells of a report.

    Parameters
    ----------
    report : Report
        As read; cells without a published figure are free at no cost, but the numbers of short
        rows have to stand somewhere in their rows.

    Returns
    -------
    Suspicion
        One entry for each independent part (表三, each block of 表四) in which rules fail; empty
        for a report that balances, for which no solver is loaded. The cells of 表二 stand in no
        rule and are never named: they cannot be checked within one report.
    """
    parts = [part for part in divide(report) if not part.settles()]
    found = (
        _suspect_short(report, part) if part.short_rows else _suspect_part(report.form, part)
        for part in parts
    )
    return Suspicion(tuple(each for each in found if each))


def _suspect_short(report: Report, part: Part) -> PartSuspicion:
    # Its solver takes a second to load.
    from nianbao.suspects.shortage import suspect_shortage

    placed = {code for row in part.short_rows for code in row.codes}
    unread = {
        report.form.cells[code].row
        for code in part.cells
        if code not in placed and report.cells[code].state == "unknown"
    }
    return suspect_shortage(report.form, part, len(unread))


def _suspect_part(form: Form, part: Part) -> PartSuspicion | None:
    crossing = cross(part)
    layout = layout_faults(form, part) if crossing.bound > 1 or part.free else None
    if layout and layout.beats(crossing.bound):
        # Sets would only mislead now: they are listed where they cost nothing to find.
        smallest = crossed(part, crossing)
        fault = layout.told()
    else:
        smallest = localize(part, crossing)
        if smallest.proved and not smallest.sets:
            return None
        size = smallest.size if smallest.proved else crossing.bound
        better = layout and (layout.beats(size) or layout.matches(smallest))
        fault = layout.told() if layout and better else None
    return _told(form, part, smallest, fault)


def _told(
    form: Form, part: Part, smallest: Localization, fault: Structural | None
) -> PartSuspicion:
    sets, capped = _ranked(form, part, smallest)
    messages = [f"{fault.explanation}；如此则{part.name}全部勾稽关系成立。"] if fault else []
    if sets:
        messages.append(list_words(part, [s.rank for s in sets], smallest.size, capped=capped))
        messages += [each.message for each in sets]
    elif not fault:
        messages.append(unknown_words(part, part.failing))
    return PartSuspicion(
        part=part.name,
        failing=tuple(rule.id for rule in part.failing),
        sets=sets,
        capped=capped,
        structural=fault,
        localizable=bool(sets or fault),
        messages=tuple(messages),
    )


def _ranked(form: Form, part: Part, smallest: Localization) -> tuple[tuple[SuspectSet, ...], bool]:
    """Order the sets by how well a usual slip explains them, and keep the first ones."""
    told = [
        (explain(part, cells, implied), cells, implied)
        for cells, implied in zip(smallest.sets, smallest.implied, strict=True)
    ]
    told.sort(key=lambda each: each[0].key)
    keys = sorted({each[0].key for each in told})
    shown = tuple(
        _set(form, part, cells, implied, explanation, keys.index(explanation.key) + 1)
        for explanation, cells, implied in told[:CAP]
    )
    return shown, smallest.capped or len(told) > CAP


def _set(
    form: Form,
    part: Part,
    cells: tuple[str, ...],
    implied: dict[str, int],
    explanation: Explanation,
    rank: int,
) -> SuspectSet:
    message = set_words(form, part, cells, implied, explanation)
    return SuspectSet(part.name, cells, implied, explanation.text, rank, message)
