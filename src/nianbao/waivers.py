"""The waivers of a report's parameters: which findings they name, and which of them are idle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from nianbao.catalogue import rule_of
from nianbao.finding import Finding, finding_id
from nianbao.report import Report
from nianbao.rules import Outcome, Rule


def waivers_of(report: Report) -> Iterable[Mapping[str, object]]:
    """Return the waivers of a report's parameters: finding, who, when, why."""
    waivers = report.parameters.get("waivers", [])
    return waivers if isinstance(waivers, list) else []


def waived_ids(report: Report) -> dict[str, None]:
    """Return the ids of the findings that a report's waivers name, each once, in their order."""
    return dict.fromkeys(str(waiver["finding"]) for waiver in waivers_of(report))


def idle_waivers(
    report: Report, balance: Iterable[Outcome], found: Iterable[Finding]
) -> Iterator[Finding]:
    """Tell of waivers that name no finding, or one that no longer fails."""
    waived = waived_ids(report)
    if not waived:
        return
    known = {finding_id(o.rule.id, report.agency, report.year, o.rule.cells): o for o in balance}
    known |= {finding.id: finding.outcome for finding in found}
    for name in waived:
        outcome = known.get(name)
        if outcome is not None and outcome.status == "failed":
            continue
        told = (
            f"说明（waivers）所指的核验结果 {name} 不存在"
            if outcome is None
            else f"说明（waivers）所指的 {name}（{outcome.rule.id}）现在并非不成立"
        )
        spec = rule_of("W-1")
        rule = Rule(f"{spec.id}:{name}", spec, "", (), (), ())
        yield Finding(
            id=finding_id(rule.id, report.agency, report.year, ()),
            outcome=Outcome(rule, "failed", None, None),
            severity=spec.severity if outcome is None else "hint",
            place="参数文件",
            found=told,
            advice=spec.advice,
        )
