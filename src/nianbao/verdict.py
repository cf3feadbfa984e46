"""Says in one line whether a report balances, and how far that can be relied on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.finding import Finding
from nianbao.headline import balance_words, detail_words, other_words
from nianbao.report import Report
from nianbao.suspects import Suspicion


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of all rules of one report.

    Attributes
    ----------
    status : str
        ``passed``, ``failed`` or ``undecided``: the gravest of its hard rules.
    sign, headline : str
        Sign and words; never one without the other.
    detail : str
        How far the headline can be relied on; empty where every term was read.
    passed, failed, undecided : int
        How many balance rules came out so.
    inferred : int
        How many of the passed ones rest on cells that the rules themselves placed.
    implied : int
        How many more of the passed ones rest on the forced value of an empty cell.
    waived : int
        How many of the failed ones are waived.
    others : int
        How many other hard rules failed: across years, across levels, local ones.
    warnings : int
        How many failed findings that are no errors want a look, without waived ones and hints.
    objection : bool
        Whether any hard rule failed without a waiver; decides the exit code.
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
    others: int
    warnings: int
    objection: bool

    @property
    def text(self) -> str:
        """Headline and detail in one line."""
        return "：".join(filter(None, [self.headline, self.detail]))


def judge(
    report: Report, findings: Sequence[Finding], suspicion: Suspicion | None = None
) -> Verdict:
    """Sum up what the rules said about a report.

    Parameters
    ----------
    report : Report
        The report.
    findings : sequence of Finding
        All of them, passed ones too.
    suspicion : Suspicion, optional
        What is suspect, told in the headline; where it is not given, the headline counts alone.
    """
    balance = [finding for finding in findings if finding.balances]
    others = [f for f in findings if not f.balances and f.status == "failed"]
    hard = [f for f in others if f.severity == "error"]
    statuses = [finding.status for finding in balance]
    status = next((s for s in ("failed", "undecided") if s in statuses), "passed")
    passed = [f for f in balance if f.status == "passed"]
    inferred = sum(bool(f.inferred) for f in passed)
    implied = sum(bool(f.implied) and not f.inferred for f in passed)
    worst = "failed" if hard else status
    return Verdict(
        status=worst,
        sign={"failed": "✗", "undecided": "○", "passed": "✓"}[worst],
        headline="，".join([*balance_words(report, balance, suspicion), *other_words(hard)]),
        detail=detail_words(len(passed), inferred, implied, whole=status == "passed"),
        passed=len(passed),
        failed=statuses.count("failed"),
        undecided=statuses.count("undecided"),
        inferred=inferred,
        implied=implied,
        waived=sum(f.waived for f in balance if f.status == "failed"),
        others=len(hard),
        warnings=sum(f.severity == "warning" and not f.waived for f in others),
        objection=any(finding.objection for finding in findings),
    )
