"""Says in one line whether a report balances, and how far that can be relied on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.findings import Finding
from nianbao.report import Report


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of all rules of one report.

    Attributes
    ----------
    status : str
        ``passed``, ``failed`` or ``undecided``: the gravest of its rules.
    sign, text : str
        Sign and words; never one without the other.
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
    text: str
    passed: int
    failed: int
    undecided: int
    inferred: int
    implied: int
    waived: int

    @property
    def objection(self) -> bool:
        """Whether a hard rule failed without a waiver."""
        return self.failed > self.waived


def judge(report: Report, findings: Sequence[Finding]) -> Verdict:
    """Sum up what the rules said about a report."""
    passed = [f for f in findings if f.status == "passed"]
    failed = [f for f in findings if f.status == "failed"]
    undecided = [f for f in findings if f.status == "undecided"]
    inferred = sum(bool(f.inferred) for f in passed)
    implied = sum(bool(f.implied) and not f.inferred for f in passed)
    status = "failed" if failed else "undecided" if undecided else "passed"
    waived = sum(f.waived for f in failed)
    return Verdict(
        status=status,
        sign={"failed": "✗", "undecided": "○", "passed": "✓"}[status],
        text=_words(report, len(findings), passed, failed, undecided),
        passed=len(passed),
        failed=len(failed),
        undecided=len(undecided),
        inferred=inferred,
        implied=implied,
        waived=waived,
    )


def _words(
    report: Report,
    count: int,
    passed: Sequence[Finding],
    failed: Sequence[Finding],
    undecided: Sequence[Finding],
) -> str:
    direct = sum(f.independent for f in passed)
    inferred = sum(bool(f.inferred) for f in passed)
    implied = len(passed) - direct - inferred
    resting = []
    if inferred:
        resting.append(f"{inferred}条依据推定读数，在唯一一致的读法下成立")
    if implied:
        resting.append(f"{implied}条依据空格的推定值成立")
    if not failed and not undecided:
        if not resting:
            return f"{count}条勾稽关系全部成立"
        return f"{count}条勾稽关系全部成立：{direct}条由原文数字直接核对，{'，'.join(resting)}"
    parts = []
    if failed:
        waived = sum(f.waived for f in failed)
        parts.append(
            f"{len(failed)}条勾稽关系不成立" + (f"（其中{waived}条已说明）" if waived else "")
        )
    if undecided:
        parts.append(f"{len(undecided)}条无法判定" + _why_open(report))
    if passed:
        parts.append(f"{len(passed)}条成立" + (f"（其中{'，'.join(resting)}）" if resting else ""))
    return "，".join(parts)


def _why_open(report: Report) -> str:
    codes = {note.code for note in report.notes}
    if "short_rows_unbalanced" in codes:
        return "（短行与不平并存，数字无法归位）"
    return "（数字不全）" if report.state_count("unknown") else "（有空格或非数字）"
