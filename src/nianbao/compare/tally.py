"""The Chinese words for how much differs: in a report, and in all of a run."""

from __future__ import annotations

from typing import Final

from nianbao.compare.differences import (
    CELLS,
    FINDINGS,
    NOTEBOOK,
    Alike,
    Differences,
    ReportDifferences,
)
from nianbao.compare.wording import AFTER, BEFORE
from nianbao.notice.problem import plain

_HOLDING: Final = {CELLS: "单元格", FINDINGS: "核验结果", NOTEBOOK: "文字和图"}
_UNPAIRED: Final = "没有两边都有的报告（按年度和机关配对），单元格和文字都没有比较"


def counts(report: ReportDifferences) -> list[tuple[str, str]]:
    """Return how much differs in each part of a report, as its id and words."""
    found = []
    figures = len(report.cells.figures)
    others = len(report.cells.changed) - figures
    if report.cells.changed:
        told = [f"{figures}格不同{_inferences(report)}"] if figures else []
        told += [f"{others}格只是写法、名称或位置不同"] if others else []
        found.append(("cells", f"单元格：{'，'.join(told)}"))
    if report.findings:
        found.append(("findings", finding_counts(report)))
    if report.sentences:
        found.append(("sentences", f"文字：{len(report.sentences)}处不同"))
    if report.figures:
        found.append(("figures", f"图：{len(report.figures)}幅不同"))
    if report.origins:
        found.append(("origins", f"出处：{len(report.origins)}项不同"))
    if report.others:
        lacking = "、".join(_HOLDING[name] for name in report.uncompared)
        words = f"；{lacking}没有比较" if lacking else ""
        found.append(("files", f"其他文件：{len(report.others)}个不同{words}"))
    return found


def _inferences(report: ReportDifferences) -> str:
    """Say how many cells differ only in whether their figure can be inferred."""
    count = sum(change.inference for change in report.cells.figures)
    return f"（其中{count}格只是能否推定不同）" if count else ""


def finding_counts(report: ReportDifferences) -> str:
    """Count the findings of a report by what became of them."""
    found = report.findings
    told = [
        (len(found.new), "新出现"),
        (len(found.gone), "不再有"),
        (len(found.turned), "结论改变"),
        (len(found.reworded), "结论未变而内容不同"),
        (found.unchanged, "相同"),
    ]
    return "核验结果：" + "，".join(f"{count}条{word}" for count, word in told if count)


def headline(found: Differences) -> tuple[str, str]:
    """Return a sign and a sentence for what came out."""
    if not found:
        return "✓", f"{found.same}份报告逐字节相同" if found.same else "没有报告"
    told = [f"{len(found.reports)}份报告不同{_in_bytes_alone(found)}"] if found.reports else []
    told += [f"{len(found.new)}份只有“{AFTER}”有"] if found.new else []
    told += [f"{len(found.gone)}份只有“{BEFORE}”有"] if found.gone else []
    told += [f"{found.same}份逐字节相同"] if found.same else []
    told += [] if found.reports or found.same else [_UNPAIRED]
    return "✗", "，".join(told)


def _in_bytes_alone(found: Differences) -> str:
    """Say how many of the reports that differ say the same."""
    count = sum(not each.in_content for each in found.reports)
    if count == len(found.reports):
        return "（单元格、核验结果、文字和图都相同，只是文件不同）"
    return f"（其中{count}份只是文件不同）" if count else ""


def followers(report: ReportDifferences) -> str:
    """Name the files that differ with what is told; nothing where there are none.

    They may differ in more than that (tables of one's own, words that only a page has): who reads
    must know that nothing here vouches for the rest.
    """
    names = "、".join(plain(each.name) for each in report.followers)
    count = len(report.followers)
    return f"随以上内容不同的文件{count}个，没有再逐字比较：{names}" if count else ""


def alike_words(group: Alike) -> str:
    """Say how many more reports differ as this one does; nothing where there are none."""
    if not group.others:
        return ""
    return f"另有{len(group.others)}份报告同样只是这些出处和文件不同，内容相同"


def report_words(report: ReportDifferences) -> str:
    """Name a report: the agency and the year."""
    return f"{plain(report.named.name)} {plain(report.named.year)}年"
