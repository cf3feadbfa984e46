"""Shows what the other checks found: levels, prose, plausibility, local rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.chapters import BALANCE, CHAPTERS, LEVELS, YEARS, Chapter, of_chapter
from nianbao.finding import Finding
from nianbao.fragments import Fragment, render
from nianbao.report import Report
from nianbao.verification.items import SIGNS, Group, groups, result


@dataclass(frozen=True, slots=True)
class ChapterEntry:
    """One chapter in which something failed; ``open`` is its first undecided finding."""

    chapter: Chapter
    result: str
    groups: tuple[Group, ...]
    open: Finding | None
    opened: int


def others(report: Report, findings: Sequence[Finding]) -> Fragment:
    """Show what failed beside the balance rules and the rules over two years.

    Parameters
    ----------
    report : Report
        The report.
    findings : sequence of Finding
        All of them.

    Returns
    -------
    Fragment
        A chapter for each kind of check in which something failed; the others are only counted.
    """
    loud, quiet = [], []
    for chapter in CHAPTERS:
        own = [] if chapter in (BALANCE, YEARS) else of_chapter(findings, chapter)
        if any(finding.status == "failed" for finding in own) or (own and chapter == LEVELS):
            loud.append(_entry(report, chapter, own))
        elif own:
            status = next((f.status for f in own if f.status != "passed"), "passed")
            quiet.append((status, f"{chapter.title}：{result(own)}"))
    return render(
        "others",
        "；".join(
            [f"{entry.chapter.title}：{entry.result}" for entry in loud]
            + [words for _, words in quiet]
        ),
        entries=loud,
        quiet=quiet,
        signs=SIGNS,
    )


def _entry(report: Report, chapter: Chapter, own: Sequence[Finding]) -> ChapterEntry:
    undecided = [finding for finding in own if finding.status == "undecided"]
    return ChapterEntry(
        chapter=chapter,
        result=result(own),
        groups=tuple(group for group in groups(report, own) if group.shown),
        open=undecided[0] if undecided else None,
        opened=len(undecided),
    )
