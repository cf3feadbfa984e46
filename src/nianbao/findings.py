"""Gathers what all rules say about a report: a finding a rule and place, passed ones too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from nianbao.balance import balance_findings, subtotal_findings
from nianbao.catalogue import catalogue
from nianbao.claims import claims
from nianbao.contradictions import contradictions
from nianbao.copying import copying
from nianbao.finding import FINDING_FIELDS, Finding, finding_id, record
from nianbao.forms import RuleSpec
from nianbao.judgement import Judgement
from nianbao.levels import levels
from nianbao.narrative.verdicts import verdicts
from nianbao.notes import form_message
from nianbao.once import once
from nianbao.plausibility import plausibility
from nianbao.relations import relations
from nianbao.report import Report
from nianbao.rules import Outcome, Rule
from nianbao.surroundings import ALONE, Surroundings
from nianbao.waivers import idle_waivers, waived_ids, waivers_of

__all__ = [
    "FINDING_FIELDS",
    "Finding",
    "check_beyond_balance",
    "check_report",
    "objections",
    "record",
    "waivers_of",
]

_LONG = 6
"""Of more undecided balance rules than this, only the number is told."""


@once(lambda report, around=ALONE: (id(report), around.agency_id, around.year, around.workspace))
def check_report(report: Report, around: Surroundings = ALONE) -> tuple[Finding, ...]:
    """Check a report against all rules.

    Parameters
    ----------
    report : Report
        The report.
    around : Surroundings, optional
        What it is checked against besides itself; by default it stands alone.

    Returns
    -------
    tuple of Finding
        First the balance rules in the form's order and the sums that the office added; then, in
        the catalogue's order, what the arithmetic rules, the other years, the other agencies
        and the prose say; last the waivers that match nothing.
    """
    balance = _marked(report, balance_findings(report))
    return (*balance, *check_beyond_balance(report, around, [each.outcome for each in balance]))


def check_beyond_balance(
    report: Report, around: Surroundings, balance: Sequence[Outcome]
) -> tuple[Finding, ...]:
    """Check a report against all rules but the balance rules of its form, which were checked.

    Parameters
    ----------
    report : Report
        The report.
    around : Surroundings
        What it is checked against besides itself.
    balance : sequence of Outcome
        How each balance rule of its form came out; nothing is said twice of what failed there.

    Returns
    -------
    tuple of Finding
        What `check_report` returns after the balance rules of the form.
    """
    subtotals = subtotal_findings(report)
    outcomes = [*balance, *(each.outcome for each in subtotals)]
    found = _marked(report, [*subtotals, *_of_catalogue(report, around, outcomes)])
    return (*found, *idle_waivers(report, balance, found))


def _marked(report: Report, found: Iterable[Finding]) -> list[Finding]:
    waived = waived_ids(report)
    return [replace(each, waived=each.id in waived) for each in found]


def _of_catalogue(
    report: Report, around: Surroundings, balance: Sequence[Outcome]
) -> list[Finding]:
    specs = (*catalogue(), *around.rules)
    order = {spec.id: index for index, spec in enumerate(specs)}
    found = [*contradictions(report, balance), *_judgements(report, around, specs)]
    found.sort(key=lambda judgement: order[judgement.rule])
    by_id = {spec.id: spec for spec in specs}
    return [_finding(report, around, each, by_id[each.rule]) for each in found]


def _judgements(
    report: Report, around: Surroundings, specs: Sequence[RuleSpec]
) -> Iterator[Judgement]:
    """Yield what every part of the package that judges a report says of it."""
    yield from _of_form(report)
    previous = around.previous
    yield from relations(report, previous, specs, unread=around.unread(around.year - 1))
    yield from verdicts(claims(report, previous=previous), report.form)
    yield from plausibility(report, around.agency, around.previous, around.parent)
    yield from levels(report, around.agency, around.children)
    yield from copying(report, around)


def _of_form(report: Report) -> Iterator[Judgement]:
    """Tell whether a report is filed on a form that was made for its year."""
    if not report.form.serves(report.year):
        told = form_message(report.form, report.year).rstrip("。")
        yield Judgement("F-1", "", "failed", (), None, None, "报告格式", told)


def _finding(report: Report, around: Surroundings, judgement: Judgement, spec: RuleSpec) -> Finding:
    rule_id = f"{spec.id}:{judgement.scope}" if judgement.scope else spec.id
    spec = replace(spec, basis=spec.basis.replace("{basis}", report.form.basis))
    cells = judgement.cells
    rule = Rule(rule_id, spec, judgement.place, (), (), cells)
    return Finding(
        id=finding_id(rule_id, report.agency, report.year, cells),
        outcome=Outcome(rule, judgement.status, judgement.left, judgement.right),
        severity=_severity(around, judgement, spec),
        place=judgement.place,
        found=judgement.found,
        advice=judgement.advice,
        inferred=tuple(code for code in cells if report.cells[code].state == "inferred"),
        implied=tuple(code for code in cells if code in report.implied),
    )


def _severity(around: Surroundings, judgement: Judgement, spec: RuleSpec) -> str:
    """Return how sure a violation is an error; less so right after a reorganisation."""
    severity = judgement.severity or spec.severity
    agency = around.agency
    new = agency and agency.first_year and around.year - 1 <= agency.first_year
    return "warning" if new and severity == "error" and spec.id.startswith("Y-") else severity


def objections(findings: Iterable[Finding]) -> list[str]:
    """Return what a person must look at: what failed, the weightiest first, and a little undecided.

    Hints and what is waived are left out; of undecided rules only balance rules are told, and
    only their number where they are many.
    """
    found = tuple(findings)
    failed = [f for f in found if f.status == "failed" and not f.waived and f.severity != "hint"]
    failed.sort(key=lambda finding: finding.severity != "error")
    undecided = [f.message for f in found if f.status == "undecided" and f.balances]
    if len(undecided) > _LONG:
        undecided = [f"另有{len(undecided)}条无法判定，逐条见 findings.csv 或审阅页。"]
    return [finding.message for finding in failed] + undecided
