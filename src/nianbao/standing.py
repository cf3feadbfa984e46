"""What one report came to, small enough to be kept for pages that speak of many reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from nianbao.chapters import LEVELS, chapter_of
from nianbao.finding import Finding
from nianbao.marks import finding_anchor
from nianbao.pointers import pointers
from nianbao.report import Report
from nianbao.suspects import Suspicion, suspect
from nianbao.telling import untold_by
from nianbao.verdict import judge

_MISFIT = ("form_year", "hybrid", "table_missing")
"""Reading notes that say a report is not on the form that it should be on."""


class Failure(msgspec.Struct, frozen=True):
    """A finding that failed, with the words and the place on the report's page.

    Attributes
    ----------
    rule, label : str
        The rule's id without its scope, and what it is called.
    severity : str
        ``error``, ``warning`` or ``hint``.
    chapter : str
        The id of the chapter it stands in, for example ``check-years``.
    anchor : str
        Where it stands on the report's page.
    """

    id: str
    rule: str
    label: str
    severity: str
    waived: bool
    chapter: str
    place: str
    found: str
    anchor: str


class Tally(msgspec.Struct, frozen=True):
    """How the checks of one rule came out; ``failed`` without those that are waived."""

    rule: str
    label: str
    severity: str
    chapter: str
    passed: int = 0
    failed: int = 0
    waived: int = 0
    undecided: int = 0


class Standing(msgspec.Struct, frozen=True):
    """What the checks of one report came to.

    Attributes
    ----------
    stamp : str
        The hash of all that it depends on (`nianbao.stamp`).
    status, sign, headline, detail : str
        The verdict, as the report's page has it.
    errors, warnings, hints, waived, undecided : int
        Findings that failed, by severity, without waived ones; those that are waived; and
        balance rules that cannot be decided.
    doubts : int
        Reading notes that are no hints and that no finding tells.
    misfit : str
        Why its form is not the one it should be; empty if it is.
    problems : tuple of (str, str)
        Where to look first: a place on the report's page, and the words that link to it.
    figures : dict of str to (int or decimal.Decimal)
        Known figures of 表二, of the totals of 表三, and of 表四, by cell (件, 万元).
    settled : tuple of str
        Which of them the rules tell and not the source (推定).
    """

    stamp: str
    agency: str
    name: str
    year: int
    form: str
    status: str
    sign: str
    headline: str
    detail: str
    errors: int
    warnings: int
    hints: int
    waived: int
    undecided: int
    doubts: int
    misfit: str
    problems: tuple[tuple[str, str], ...]
    failures: tuple[Failure, ...]
    tallies: tuple[Tally, ...]
    figures: dict[str, int | Decimal]
    settled: tuple[str, ...]

    @property
    def levels(self) -> tuple[int, int, int]:
        """How many sums over the agencies below hold, fail, and cannot be decided."""
        found = [tally for tally in self.tallies if tally.chapter == LEVELS.id]
        return (
            sum(tally.passed for tally in found),
            sum(tally.failed + tally.waived for tally in found),
            sum(tally.undecided for tally in found),
        )

    def json(self) -> bytes:
        """Return it as JSON, the same bytes for the same content."""
        return msgspec.json.encode(self) + b"\n"


def standing(
    report: Report,
    findings: Sequence[Finding],
    suspicion: Suspicion | None = None,
    stamp: str = "",
) -> Standing:
    """Sum up what was found about a report.

    Parameters
    ----------
    report : Report
        The report.
    findings : sequence of Finding
        All of them.
    suspicion : Suspicion, optional
        What is suspect in it, where that is known already.
    stamp : str
        The hash of all that this depends on.
    """
    suspicion = suspicion or suspect(report)
    verdict = judge(report, findings, suspicion)
    failed = [finding for finding in findings if finding.status == "failed"]
    standing = [finding for finding in failed if not finding.waived]
    counts = {s: sum(f.severity == s for f in standing) for s in ("error", "warning", "hint")}
    figures = {code: value for code in _shown(report) if (value := report.known(code)) is not None}
    notes = untold_by(report, findings)
    return Standing(
        stamp=stamp,
        agency=report.agency,
        name=report.name,
        year=report.year,
        form=report.form.key,
        status=verdict.status,
        sign=verdict.sign,
        headline=verdict.headline,
        detail=verdict.detail,
        errors=counts["error"],
        warnings=counts["warning"],
        hints=counts["hint"],
        waived=len(failed) - len(standing),
        undecided=verdict.undecided,
        doubts=sum(note.severity != "hint" for note in notes),
        misfit=next((n.message.rstrip("。") for n in report.notes if n.code in _MISFIT), ""),
        problems=tuple(pointers(report, findings, suspicion)),
        failures=tuple(_failure(finding) for finding in failed),
        tallies=tuple(_tallies(findings)),
        figures=figures,
        settled=tuple(code for code in figures if report.settled(code)),
    )


def read_standing(content: bytes) -> Standing | None:
    """Return a standing from its JSON, or None where that is not whole."""
    try:
        return msgspec.json.decode(content, type=Standing)
    except msgspec.MsgspecError:
        return None


def _shown(report: Report) -> list[str]:
    """Return the cells that pages on many reports show: all but the single columns of 表三."""
    return [
        code for code in report.form.cells if not code.startswith("t3.") or code.endswith(".total")
    ]


def _failure(finding: Finding) -> Failure:
    spec = finding.rule.spec
    return Failure(
        finding.id,
        spec.id,
        spec.label,
        finding.severity,
        finding.waived,
        chapter_of(spec).id,
        finding.place,
        finding.found,
        finding_anchor(finding),
    )


def _tallies(findings: Iterable[Finding]) -> list[Tally]:
    """Count the findings by rule, in the order in which the rules come."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.status != "not_applicable":
            by_rule.setdefault(finding.rule.spec.id, []).append(finding)
    return [_tally(members) for members in by_rule.values()]


def _tally(members: Sequence[Finding]) -> Tally:
    spec = members[0].rule.spec
    statuses = [("waived" if f.waived else f.status) for f in members]
    counts = {name: statuses.count(name) for name in ("passed", "failed", "undecided")}
    waived = sum(f.waived and f.status == "failed" for f in members)
    return Tally(spec.id, spec.label, spec.severity, chapter_of(spec).id, waived=waived, **counts)
