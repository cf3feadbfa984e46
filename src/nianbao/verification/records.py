"""Lists every finding with its id, for reviewers: failed ones first, the others folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.chapters import CHAPTERS, chapter_of
from nianbao.finding import Finding
from nianbao.fragments import Fragment, render
from nianbao.marks import finding_anchor
from nianbao.verification.items import SEVERITIES, SIGNS, tally


@dataclass(frozen=True, slots=True)
class RecordGroup:
    """Findings under one heading."""

    title: str
    tally: str
    findings: tuple[Finding, ...]
    open: bool = False


def records(findings: Sequence[Finding]) -> Fragment:
    """List all findings with the ids that waivers name, passed ones and what does not apply too."""
    failed = tuple(finding for finding in findings if finding.status == "failed")
    listed = [RecordGroup("不成立", tally(failed), failed, open=True)] if failed else []
    for chapter in CHAPTERS:
        own = [f for f in findings if f.status != "failed" and chapter_of(f.rule.spec) == chapter]
        if own:
            listed.append(RecordGroup(chapter.title, tally(own), tuple(own)))
    return render(
        "records",
        f"{len(findings)}条核验结果",
        groups=listed,
        signs=SIGNS,
        severities=SEVERITIES,
        anchors={f.id: finding_anchor(f) for f in findings if f.balances or f.status == "failed"},
    )
