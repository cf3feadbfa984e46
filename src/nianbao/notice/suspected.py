"""Says which cells are suspect, as hints for whoever checks them: never as corrections."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.forms.wording import cell_words
from nianbao.notice.problem import plain, sentence
from nianbao.report import Report
from nianbao.suspects import PartSuspicion, SuspectSet


def suspect_lines(report: Report, part: PartSuspicion) -> list[str]:
    """Return what is suspect in one part: a fault of layout first, then the smallest sets."""
    lines = [*_structural(part), *_sets(report, part)]
    return lines or [sentence(message) for message in part.messages]


def _structural(part: PartSuspicion) -> Iterator[str]:
    if part.structural:
        yield f"疑为填写错位：{sentence(part.structural.explanation)}如此则各等式全部成立。"


def _sets(report: Report, part: PartSuspicion) -> Iterator[str]:
    """Tell the suspect sets: one as suspect, several as equally possible."""
    count = len(part.sets)
    if not count:
        return
    head = "另一种可能是个别单元格有误：" if part.structural else ""
    if count == 1 and not part.capped:
        yield from _only(report, part, part.sets[0], head)
        return
    many = f"（不止这些，只列{count}组）" if part.capped else ""
    yield (
        f"{head}下列{count}组{many}，改动任何一组都能使各等式成立，改动的格数同样最少，"
        "不认定是哪一组："
    )
    yield (
        "；".join(
            f"（{number}）{_set(report, part, each)}"
            for number, each in enumerate(part.sets, start=1)
        )
        + "。"
    )
    if part.sets[-1].rank > 1:
        yield "排在前面的各组有常见笔误可以解释，仅为提示。"


def _only(report: Report, part: PartSuspicion, only: SuspectSet, head: str) -> Iterator[str]:
    """Tell the only smallest set, each of several cells in its own line."""
    if len(only.cells) == 1:
        told = _set(report, part, only)
        yield f"{head}疑似单元格（改动最少的唯一解释）：{told}，则各等式成立。"
        return
    slip = f"（{plain(only.explanation)}）" if only.explanation else ""
    yield (
        f"{head}疑似单元格（改动最少的唯一解释，共{len(only.cells)}格）：下列各格同时改动，"
        f"各等式才能成立{slip}："
    )
    for number, code in enumerate(only.cells, start=1):
        yield f"（{number}）{_cell(report, part, code, only)}。"


def _set(report: Report, part: PartSuspicion, each: SuspectSet) -> str:
    shown = "，同时".join(_cell(report, part, code, each) for code in each.cells)
    return f"{shown}（{plain(each.explanation)}）" if each.explanation else shown


def _cell(report: Report, part: PartSuspicion, code: str, each: SuspectSet) -> str:
    value = f"若为{each.implied[code]}" if code in each.implied else "可以是多个数"
    return f"{_inside(report, part, code)}原文为{report.value(code)}，{value}"


def _inside(report: Report, part: PartSuspicion, code: str) -> str:
    """Name a cell without the table or block, which stands in the place already."""
    words = cell_words(report.form, code)
    return words.removeprefix(part.part).removeprefix("的")
