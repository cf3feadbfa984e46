"""Names, for the first page, where a reader should look first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from nianbao.finding import Finding
from nianbao.forms.wording import cell_words
from nianbao.fragments import grouped
from nianbao.marks import fault_word, finding_anchor, part_anchor, placed, set_anchor
from nianbao.report import Report
from nianbao.suspects import PartSuspicion, Suspicion
from nianbao.suspects.part import divide

Pointer = tuple[str, str]
"""The id of a place on the page, and the words that link to it."""


def pointers(
    report: Report, findings: Sequence[Finding], suspicion: Suspicion | None = None
) -> list[Pointer]:
    """Return where to look: suspect cells, failed rules where those are not sure, other hard rules.

    Parameters
    ----------
    report : Report
        The report.
    findings : sequence of Finding
        All of them.
    suspicion : Suspicion, optional
        What is suspect; without it, all failed balance rules are named.
    """
    failed = [finding for finding in findings if finding.status == "failed"]
    parts = suspicion.parts if suspicion else ()
    rules = (
        {part.name: {rule.id for rule in part.rules} for part in divide(report)} if parts else {}
    )
    named = {rule for part in parts if _sole(part) for rule in rules[part.part]}
    found = [each for n, part in enumerate(parts, 1) for each in _of_part(report, n, part)]
    places: dict[str, str] = {}
    for finding in failed:
        if finding.balances and finding.rule.id not in named:
            places.setdefault(finding.place, finding_anchor(finding))
    found += [(anchor, place) for place, anchor in places.items()]
    return [*found, *_of_other_rules(failed)]


def _sole(part: PartSuspicion) -> bool:
    """Whether there is one explanation: a fault of layout, or one smallest set."""
    one = len(part.sets) == 1 and not part.capped and placed(part)
    return part.structural is not None or one


def _of_part(report: Report, number: int, part: PartSuspicion) -> Iterator[Pointer]:
    fault = part.structural
    if fault:
        word = fault_word(fault)
        several = f"{part.part}{word}，有几种可能"
        told = several if fault.alternatives else f"{word}：{fault.explanation}"
        yield set_anchor(number, 0), told
    elif _sole(part):
        for code in part.sets[0].cells:
            implied = part.sets[0].implied
            value = f"若为{grouped(implied[code])}" if code in implied else "可取多个数"
            written = report.value(code)
            shown = "短行中的数" if written is None else f"原文为{grouped(written)}"
            yield code, f"疑似：{cell_words(report.form, code)}，{shown}，{value}"
    elif not placed(part):
        yield part_anchor(number), f"{part.part}：短行与不平并存，有数字疑似有误"
    elif not part.failing:
        yield part_anchor(number), f"{part.part}：各等式不能同时成立"


def _of_other_rules(failed: Sequence[Finding]) -> Iterator[Pointer]:
    """Name each other hard rule that failed once, however many places it failed at."""
    hard = [finding for finding in failed if finding.severity == "error" and not finding.balances]
    for spec, members in groupby(hard, key=lambda finding: finding.rule.spec):
        group = list(members)
        count = f"：{len(group)}条不成立" if len(group) > 1 else "：不成立"
        yield finding_anchor(group[0]), f"{spec.label}{count}"
