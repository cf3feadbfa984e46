"""Words the line that sums a report up: how many rules failed, and how far it is known where."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.chapters import chapter_of
from nianbao.finding import Finding
from nianbao.marks import fault_word, placed
from nianbao.report import Report
from nianbao.suspects import PartSuspicion, Suspicion


def balance_words(
    report: Report, balance: Sequence[Finding], suspicion: Suspicion | None
) -> list[str]:
    """Count the balance rules by how they came out, and say what is suspect where they fail."""
    statuses = [finding.status for finding in balance]
    passed, failed, undecided = (statuses.count(s) for s in ("passed", "failed", "undecided"))
    if not failed and not undecided:
        return [f"{passed}条勾稽关系全部成立"]
    suspects = _suspect_words(suspicion.parts) if suspicion else []
    parts = []
    if failed:
        waived = sum(f.waived for f in balance if f.status == "failed")
        parts += [f"{failed}条勾稽关系不成立{_waived_words(waived)}", *suspects]
    if undecided:
        parts.append(f"{undecided}条无法判定{_why_open(report)}")
    return [*parts, *([] if failed else suspects), f"{passed}条成立"]


def _suspect_words(parts: Sequence[PartSuspicion]) -> list[str]:
    """Say how far the parts in which rules fail could be localized."""
    moved = [part for part in parts if part.structural]
    short = [part for part in parts if part not in moved and not placed(part)]
    rest = [part for part in parts if part not in moved and part not in short]
    tied = [part for part in rest if len(part.sets) > 1 or part.capped]
    sole = [part for part in rest if len(part.sets) == 1 and part not in tied]
    lost = [part for part in rest if not part.sets]
    words = [f"{part.part}{fault_word(part.structural)}" for part in moved if part.structural]
    words += [f"{part.part}短行中有数字疑似有误" for part in short]
    if sole:
        words.append(f"疑似{sum(part.sets[0].size for part in sole)}个单元格")
    if tied and sole:
        words.append(f"另{len(tied)}处各有几种可能")
    elif len(tied) == 1:
        more = "不止" if tied[0].capped else ""
        words.append(f"疑似单元格有{more}{len(tied[0].sets)}种可能")
    elif tied:
        words.append(f"{len(tied)}处的疑似单元格各有几种可能")
    if lost:
        words.append(f"{'、'.join(part.part for part in lost)}不能定位到单元格")
    return words


def other_words(hard: Sequence[Finding]) -> list[str]:
    """Count the hard rules of other kinds that failed."""
    if not hard:
        return []
    names = [chapter_of(finding.rule.spec).relations for finding in hard]
    told = "、".join(f"{names.count(name)}条{name}" for name in dict.fromkeys(names))
    return [f"另有{told}不成立{_waived_words(sum(finding.waived for finding in hard))}"]


def _waived_words(count: int) -> str:
    return f"（其中{count}条已说明）" if count else ""


def detail_words(passed: int, inferred: int, implied: int, *, whole: bool) -> str:
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
