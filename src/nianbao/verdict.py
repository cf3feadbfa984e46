"""Says in one line whether a report balances, and how far that can be relied on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.finding import Finding
from nianbao.report import Report


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of all rules of one report.

    Attributes
    ----------
    status : str
        ``passed``, ``failed`` or ``undecided``: the gravest of its rules.
    sign, headline : str
        Sign and words; never one without the other.
    detail : str
        How far the headline can be relied on; empty where every term was read.
    passed, failed, undecided : int
        How many rules came out so.
    inferred : int
        How many of the passed ones rest on cells that the rules themselves placed.
    implied : int
        How many more of the passed ones rest on the forced value of an empty cell.
    waived : int
        How many of the failed ones are waived.
    """

    status: str
    sign: str
    headline: str
    detail: str
    passed: int
    failed: int
    undecided: int
    inferred: int
    implied: int
    waived: int

    @property
    def text(self) -> str:
        """Headline and detail in one line."""
        return "：".join(filter(None, [self.headline, self.detail]))

    @property
    def objection(self) -> bool:
        """Whether a hard rule failed without a waiver."""
        return self.failed > self.waived


def judge(report: Report, findings: Sequence[Finding]) -> Verdict:
    """Sum up what the balance rules said about a report."""
    findings = [finding for finding in findings if finding.balances]
    passed = [f for f in findings if f.status == "passed"]
    failed = [f for f in findings if f.status == "failed"]
    undecided = [f for f in findings if f.status == "undecided"]
    status = "failed" if failed else "undecided" if undecided else "passed"
    inferred = sum(bool(f.inferred) for f in passed)
    implied = sum(bool(f.implied) and not f.inferred for f in passed)
    waived = sum(f.waived for f in failed)
    return Verdict(
        status=status,
        sign={"failed": "✗", "undecided": "○", "passed": "✓"}[status],
        headline=_headline(report, len(passed), len(failed), waived, len(undecided)),
        detail=_detail(len(passed), inferred, implied, whole=status == "passed"),
        passed=len(passed),
        failed=len(failed),
        undecided=len(undecided),
        inferred=inferred,
        implied=implied,
        waived=waived,
    )


def _headline(report: Report, passed: int, failed: int, waived: int, undecided: int) -> str:
    if not failed and not undecided:
        return f"{passed}条勾稽关系全部成立"
    parts = []
    if failed:
        parts.append(f"{failed}条勾稽关系不成立" + (f"（其中{waived}条已说明）" if waived else ""))
    if undecided:
        parts.append(f"{undecided}条无法判定{_why_open(report)}")
    return "，".join([*parts, f"{passed}条成立"])


def _detail(passed: int, inferred: int, implied: int, *, whole: bool) -> str:
    """Say on what the passed rules rest, where not all of their terms were read."""
    if not inferred and not implied:
        return ""
    scope = "" if whole else f"成立的{passed}条中，"
    parts = [f"{scope}{passed - inferred - implied}条由原文数字直接核对"]
    if inferred:
        parts.append(
            f"{inferred}条依据推定读数，在唯一一致的读法下成立"
            "（推定用到勾稽关系本身，不等于独立核对）"
        )
    if implied:
        parts.append(f"{implied}条依据空格的推定值成立")
    return "，".join(parts)


def _why_open(report: Report) -> str:
    codes = {note.code for note in report.notes}
    if "short_rows_unbalanced" in codes:
        return "（短行与不平并存，数字无法归位）"
    return "（数字不全）" if report.state_count("unknown") else "（有空格或非数字）"
