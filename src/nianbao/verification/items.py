"""Lays failed findings out rule by rule: how grave, where, what was found, what to look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nianbao.finding import SEVERITY_WORDS, Finding
from nianbao.findings import waivers_of
from nianbao.forms import RuleSpec
from nianbao.forms.wording import cell_words
from nianbao.marks import finding_anchor
from nianbao.report import Report

SIGNS: Final = {
    "passed": ("✓", "成立"),
    "failed": ("✗", "不成立"),
    "undecided": ("○", "无法判定"),
    "not_applicable": ("－", "不适用"),
}
"""A sign and a word for every status: never a colour alone."""
_SIGNS_OF: Final = {"error": "✗", "warning": "△", "hint": "※"}
SEVERITIES: Final = {name: (_SIGNS_OF[name], word) for name, word in SEVERITY_WORDS.items()}
"""A sign and a word for how grave a failed finding is."""

_SHOWN: Final = 5
"""So many findings of one rule are shown, the others folded."""
_LINKED: Final = 3
"""So many cells of one finding are linked."""
_SECTION: Final = re.compile("第([一二三四五六])部分")


@dataclass(frozen=True, slots=True)
class Item:
    """One failed finding.

    Attributes
    ----------
    target : str
        The id of the place that it speaks of; empty where its place is no single one.
    cells : tuple of (str, str)
        Cells that it speaks of besides, with their official words.
    waiver : str
        Who explained it, when and why; empty where it is not waived.
    """

    finding: Finding
    anchor: str
    sign: str
    word: str
    target: str
    cells: tuple[tuple[str, str], ...]
    more: int
    waiver: str


@dataclass(frozen=True, slots=True)
class Group:
    """All findings of one rule; ``advice`` is empty where its items do not share it."""

    spec: RuleSpec
    shown: tuple[Item, ...]
    folded: tuple[Item, ...]
    others: tuple[Finding, ...]
    advice: str
    tally: str

    @property
    def status(self) -> str:
        """How it came out: the severity of its gravest finding that failed, else a status."""
        severities = [item.finding.severity for item in self.shown if not item.finding.waived]
        statuses = [finding.status for finding in self.others]
        if severities:
            return severities[0]
        return "undecided" if "undecided" in statuses else "passed"

    @property
    def sign(self) -> str:
        """The sign of its status."""
        return {**SIGNS, **SEVERITIES}[self.status][0]

    @property
    def open(self) -> bool:
        """Whether there is something to look at."""
        return bool(self.shown) or self.status == "undecided"


def groups(report: Report, findings: Iterable[Finding]) -> list[Group]:
    """Group findings by their rules, the failed ones of each rule by weight.

    Parameters
    ----------
    report : Report
        The report, with its waivers.
    findings : iterable of Finding
        Findings of one chapter.
    """
    by_rule: dict[RuleSpec, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule.spec, []).append(finding)
    return [_group(report, spec, members) for spec, members in by_rule.items()]


def _group(report: Report, spec: RuleSpec, members: Sequence[Finding]) -> Group:
    weights = [*SEVERITIES]
    failed = [finding for finding in members if finding.status == "failed"]
    failed.sort(key=lambda finding: (finding.waived, weights.index(finding.severity)))
    told = waivers(report)
    items = tuple(_item(report, finding, told) for finding in failed)
    advice = {finding.advice for finding in failed}
    return Group(
        spec=spec,
        shown=items[:_SHOWN],
        folded=items[_SHOWN:],
        others=tuple(finding for finding in members if finding.status != "failed"),
        advice=advice.pop() if len(advice) == 1 else "",
        tally=tally(members),
    )


def tally(findings: Iterable[Finding]) -> str:
    """Count findings by how they came out, the failed ones by weight; what is waived apart."""
    kinds = [_kind(finding) for finding in findings]
    words = ["错误", "提醒", "说明", "已说明", "无法判定", "成立", "不适用"]
    return "，".join(f"{kinds.count(word)}条{word}" for word in words if word in kinds)


def result(findings: Sequence[Finding]) -> str:
    """Say how many findings there are and how they came out."""
    if all(finding.status == "passed" for finding in findings):
        return f"核对{len(findings)}条，全部成立"
    return f"核对{len(findings)}条：{tally(findings)}"


def _kind(finding: Finding) -> str:
    if finding.status != "failed":
        return SIGNS[finding.status][1]
    return "已说明" if finding.waived else SEVERITIES[finding.severity][1]


def _item(report: Report, finding: Finding, told: Mapping[str, str]) -> Item:
    sign, word = SEVERITIES[finding.severity]
    named = [(code, cell_words(report.form, code)) for code in finding.rule.cells]
    section = _SECTION.fullmatch(finding.place)
    target = f"section-{'一二三四五六'.index(section[1]) + 1}" if section else ""
    if len(named) == 1 and not section:
        target, named = named[0][0], []
    return Item(
        finding=finding,
        anchor=finding_anchor(finding),
        sign=sign,
        word=word,
        target=target,
        cells=tuple(named[:_LINKED]),
        more=len(named[_LINKED:]),
        waiver=told.get(finding.id, "") if finding.waived else "",
    )


def waivers(report: Report) -> dict[str, str]:
    """Return who explained a finding, when and why, by the id of the finding."""
    return {str(waiver["finding"]): _waiver_words(waiver) for waiver in waivers_of(report)}


def _waiver_words(waiver: Mapping[str, object]) -> str:
    who, when, why = (str(waiver.get(key, "")) for key in ("who", "when", "why"))
    return f"{why}（{'，'.join(filter(None, [who, when]))}）" if who or when else why
