"""Sorts findings into the chapters in which readers meet them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from nianbao.finding import Finding
from nianbao.forms import RuleSpec


@dataclass(frozen=True, slots=True)
class Chapter:
    """Findings of one kind.

    Attributes
    ----------
    id : str
        Where it stands on the page.
    title : str
        Its heading.
    relations : str
        What its rules are called where they are counted.
    """

    id: str
    title: str
    relations: str


BALANCE: Final = Chapter("check-balance", "勾稽关系", "勾稽关系")
JOINT: Final = Chapter("check-joint", "勾稽关系能否同时成立", "整体勾稽关系")
YEARS: Final = Chapter("check-years", "与上一年度衔接", "跨年关系")
LEVELS: Final = Chapter("check-levels", "与下级机关汇总", "汇总关系")
PROSE: Final = Chapter("check-prose", "文字与表格", "文字与表格的关系")
PLAUSIBILITY: Final = Chapter("check-plausibility", "合理性提示", "合理性关系")
LOCAL: Final = Chapter("check-local", "本地规则", "本地规则")
PROJECT: Final = Chapter("check-project", "格式与参数", "格式要求")
CHAPTERS: Final = (BALANCE, JOINT, YEARS, LEVELS, PROSE, PLAUSIBILITY, LOCAL, PROJECT)
"""In the order of the page."""

_KINDS: Final = {
    "balance": BALANCE,
    "subtotals": BALANCE,
    "fillings": JOINT,
    "levels": LEVELS,
    "narrative": PROSE,
    "likeness": PROSE,
    "form": PROJECT,
    "waivers": PROJECT,
}


def chapter_of(spec: RuleSpec) -> Chapter:
    """Return the chapter of a rule: by who made it, else by what it compares."""
    if spec.origin:
        return LOCAL
    if spec.kind == "comparison":
        return YEARS if _over_two_years(spec) else PLAUSIBILITY
    return _KINDS.get(spec.kind, PLAUSIBILITY)


def _over_two_years(spec: RuleSpec) -> bool:
    return any("last:" in str(term) for term in (*spec.left, *spec.right))


def of_chapter(findings: Iterable[Finding], chapter: Chapter) -> list[Finding]:
    """Return the findings of one chapter, in their order, without those that do not apply."""
    return [
        finding
        for finding in findings
        if chapter_of(finding.rule.spec) == chapter and finding.status != "not_applicable"
    ]
