"""Tells what differs between two runs as plain text, short enough to be read at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from nianbao.compare import tally, wording
from nianbao.compare.cells import CellChange
from nianbao.compare.differences import Differences, Named, ReportDifferences
from nianbao.compare.figures import FigureChange
from nianbao.compare.findings import FindingChange, Found, gravest_first
from nianbao.compare.prose import SentenceChange, common
from nianbao.compare.wording import AFTER, BEFORE
from nianbao.notice.problem import plain

_MOST: Final = 20
"""So many of one kind are told of a report; the page tells all."""
_LONG: Final = 160
"""A longer text is cut; the page has it whole."""
_REPORTS: Final = 100
"""So many reports are told of one by one."""
_ALL: Final = "（加 HTML=文件名.html，网页列出全部）"
_LEAD: Final = 30
"""So much is told before the place where long texts part."""


def text(found: Differences, names: tuple[str, str], remarks: Sequence[str] = ()) -> str:
    """Tell what differs.

    Parameters
    ----------
    found : Differences
        What differs.
    names : tuple of (str, str)
        What the runs are called.
    remarks : sequence of str
        What must be known of how they came about.

    Returns
    -------
    str
        Lines in Chinese, the last one ended too; without control characters.
    """
    return "".join(f"{line}\n" for line in _lines(found, names, remarks))


def _lines(found: Differences, names: tuple[str, str], remarks: Sequence[str]) -> Iterator[str]:
    yield from (f"{word}：{plain(n)}" for word, n in zip((BEFORE, AFTER), names, strict=True))
    yield from (f"注意：{plain(remark)}" for remark in remarks)
    sign, sentence = tally.headline(found)
    yield f"{sign} {sentence}"
    for word, listed in ((BEFORE, found.gone), (AFTER, found.new)):
        if listed:
            yield f"只有“{word}”有：{'、'.join(_cut([_name(each) for each in listed], '份'))}"
    groups = found.groups
    for group in groups[:_REPORTS]:
        yield ""
        yield from _report(group.report)
        if alike := tally.alike_words(group):
            others = _cut([tally.report_words(each) for each in group.others], "份")
            yield f"  {alike}：{'、'.join(others)}"
    if len(groups) > _REPORTS:
        yield ""
        rest = sum(1 + len(group.others) for group in groups[_REPORTS:])
        yield f"另有{rest}份报告不同，没有逐项列出{_ALL}"


def _name(named: Named) -> str:
    return f"{plain(named.name)} {plain(named.year)}年"


def _report(report: ReportDifferences) -> Iterator[str]:
    yield tally.report_words(report)
    told = dict(tally.counts(report))
    for part, lines in (
        ("cells", _cells(report)),
        ("findings", _findings(report)),
        ("sentences", _sentences(report.sentences)),
        ("figures", _figures(report.figures)),
        ("origins", _origins(report)),
        ("files", _files(report)),
    ):
        if part in told:
            yield f"  {told[part]}"
            yield from (f"    {line}" for line in lines)
    if followers := tally.followers(report):
        yield f"  {followers}"


def _cells(report: ReportDifferences) -> Iterator[str]:
    figures = report.cells.figures
    inferences = [change for change in figures if change.inference]
    whole = len(figures) <= _MOST or len(inferences) == 1
    direct = figures if whole else [change for change in figures if not change.inference]
    yield from _cut([_cell(change) for change in direct], "格")
    if inferences and not whole:
        some = f"例如{len(inferences)}格中的一格"
        yield f"只是能否推定不同，{some}：{_cell(inferences[0])}{_ALL}"
    for kind in ("written", "name", "origin"):
        listed = report.cells.of(kind)
        if listed:
            some = "" if len(listed) == 1 else f"，例如{len(listed)}格中的一格"
            yield f"只是{wording.KINDS[kind]}不同{some}：{_cell(listed[0])}"


def _cell(change: CellChange) -> str:
    one, other = wording.sides(change)
    growth = wording.growth_words(change.growth)
    return f"{wording.place_words(change)}：{one} → {other}{f'（{growth}）' if growth else ''}"


def _findings(report: ReportDifferences) -> Iterator[str]:
    found = report.findings
    new, gone = gravest_first(found.new), gravest_first(found.gone)
    parts = {
        "turned": [list(_turned(each)) for each in found.turned],
        "new": [[f"新出现 {line}" for line in _found(each)] for each in new],
        "gone": [[f"不再有 {line}" for line in _found(each)] for each in gone],
    }
    for name in found.order:
        yield from _spread(parts[name])
    yield from _spread([list(_reworded(each)) for each in found.reworded])


def _found(found: Found) -> Iterator[str]:
    sign, word = wording.status_words(found)
    yield f"{sign} {word} {plain(found.rule)}  {_short(found.message)}"


def _turned(change: FindingChange) -> Iterator[str]:
    one, other = (wording.status_words(each) for each in (change.before, change.after))
    yield f"{one[0]} {one[1]} → {other[0]} {other[1]}  {plain(change.after.rule)}"
    yield from _changed(change)


def _reworded(change: FindingChange) -> Iterator[str]:
    sign, word = wording.status_words(change.after)
    yield f"{sign} 仍{word}  {plain(change.after.rule)}"
    yield from _changed(change)


def _changed(change: FindingChange) -> Iterator[str]:
    if "message" in change.fields:
        yield from _both(change.before.message, change.after.message)
    else:
        yield f"  {_short(change.after.message)}"
    for name, one, other in wording.other_fields(change):
        yield f"  {name}：{_short(one)} → {_short(other)}"


def _sentences(changes: Sequence[SentenceChange]) -> Iterator[str]:
    yield from _spread(
        [
            [
                f"{plain(change.heading)}：",
                *_both(" ".join(change.before), " ".join(change.after)),
            ]
            for change in changes
        ]
    )


def _figures(changes: Sequence[FigureChange]) -> Iterator[str]:
    yield from _spread([list(_figure(change)) for change in changes])


def _figure(change: FigureChange) -> Iterator[str]:
    yield f"{plain(change.heading)}（{plain(change.cell)}）：{wording.figure_words(change)}"
    alts = [side.alt if side else "" for side in (change.before, change.after)]
    if alts[0] != alts[1]:
        yield from _both(*alts)


def _origins(report: ReportDifferences) -> Iterator[str]:
    yield from _cut(
        [
            f"{wording.key_words(each)}：{' → '.join(wording.key_values(each))}"
            for each in report.origins
        ],
        "项",
    )


def _files(report: ReportDifferences) -> Iterator[str]:
    for change in report.others[:_MOST]:
        yield f"{plain(change.name)}：{wording.file_words(change)}"
        keys = [wording.key_words(key) for key in change.keys]
        if keys:
            yield f"  不同的项：{'、'.join(_cut(keys, '项'))}"
    if len(report.others) > _MOST:
        yield f"另有{len(report.others) - _MOST}个{_ALL}"


def _both(before: str, after: str) -> Iterator[str]:
    """Give both texts; of long ones the stretch from shortly before they part."""
    one, other = plain(before), plain(after)
    start = 0
    if one and other and max(len(one), len(other)) > _LONG:
        start = max(0, common(one, other) - _LEAD)
    for word, said in ((BEFORE, one), (AFTER, other)):
        yield f"  {word}：{'……' if start else ''}{_short(said[start:]) or wording.NONE}"


def _short(said: str) -> str:
    told = plain(said)
    return told if len(told) <= _LONG else f"{told[:_LONG]}……"


def _cut(told: list[str], unit: str) -> list[str]:
    rest = len(told) - _MOST
    return [*told[:_MOST], f"另有{rest}{unit}{_ALL}"] if rest > 0 else told


def _spread(groups: list[list[str]]) -> Iterator[str]:
    """Yield the lines of the first groups, and how many there are besides."""
    for lines in groups[:_MOST]:
        yield from lines
    if len(groups) > _MOST:
        yield f"另有{len(groups) - _MOST}处{_ALL}"
