"""Shows what differs between two runs as one page, for a reviewer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from nianbao.compare import tally, wording
from nianbao.compare.cells import CellChange
from nianbao.compare.differences import Alike, Differences, Named, ReportDifferences
from nianbao.compare.figures import FigureChange
from nianbao.compare.findings import FindingChange, Found, gravest_first
from nianbao.compare.prose import Piece, SentenceChange, marked
from nianbao.compare.sheet import CellRow, Entry, Group, MinorRow, Pair, Sheet
from nianbao.compare.wording import AFTER, BEFORE
from nianbao.fragments import render
from nianbao.notice.problem import plain
from nianbao.pages import page as close

TITLE: Final = "两次结果的比较"
_DETAILED: Final = 100
"""So many reports are shown in detail, the others are counted: a page must open."""
_MOST: Final = 500
"""So many of one kind are shown of a report; no report of ours has as many."""


def page(found: Differences, names: tuple[str, str], remarks: Sequence[str] = ()) -> str:
    """Return what differs as one self-contained page, which prints on A4.

    Parameters
    ----------
    found : Differences
        What differs.
    names : tuple of (str, str)
        What the runs are called.
    remarks : sequence of str
        What must be known of how they came about.
    """
    sign, sentence = tally.headline(found)
    groups = list(enumerate(found.groups, start=1))
    shown = [_sheet(number, group) for number, group in groups[:_DETAILED]]
    body = render(
        "comparison",
        TITLE,
        title=TITLE,
        sides=[(word, plain(name)) for word, name in zip((BEFORE, AFTER), names, strict=True)],
        words=(BEFORE, AFTER),
        sign=sign,
        sentence=sentence,
        status="failed" if found else "passed",
        remarks=[plain(remark) for remark in remarks],
        alone=[
            (word, [_name(each) for each in listed])
            for word, listed in ((BEFORE, found.gone), (AFTER, found.new))
            if listed
        ],
        listed=[
            _listed(number, report)
            for number, group in groups
            for report in (group.report, *group.others)
        ],
        cut=len(groups) > _DETAILED,
        detailed=_DETAILED,
        sheets=shown,
    )
    return close(TITLE, body.html, "comparison")


def _name(named: Named) -> str:
    return f"{plain(named.name)} {plain(named.year)}年"


def _listed(number: int, report: ReportDifferences) -> tuple[str, str, tuple[int, ...]]:
    """Return where a report is shown, its name, and how much of each part differs."""
    anchor = f"report-{number}" if number <= _DETAILED else ""
    findings = report.findings
    count = len(findings.new) + len(findings.gone) + len(findings.changed)
    parts = (len(report.cells.figures), count, len(report.sentences), len(report.figures))
    return anchor, tally.report_words(report), parts


def _sheet(number: int, group: Alike) -> Sheet:
    report = group.report
    minor = report.cells.of("written", "name", "origin")
    figures = report.cells.figures
    inferences = tuple(change for change in figures if change.inference)
    return Sheet(
        anchor=f"report-{number}",
        title=tally.report_words(report),
        counts=tuple(words for _, words in tally.counts(report)),
        figures=tuple(_tables([each for each in figures if not each.inference][:_MOST])),
        inferences=tuple(_tables(inferences[:_MOST])),
        inferred=len(inferences),
        minor=tuple(_minor(change) for change in minor[:_MOST]),
        minor_rest=max(0, len(minor) - _MOST),
        findings=tuple(_groups(report)),
        unchanged=report.findings.unchanged,
        sentences=tuple(_sentences(report.sentences[:_MOST])),
        sentences_rest=max(0, len(report.sentences) - _MOST),
        charts=tuple(_chart(change) for change in report.figures[:_MOST]),
        origins=tuple(_origins(report)),
        files=tuple(_files(report)),
        followers=tally.followers(report),
        alike=tally.alike_words(group),
    )


def _tables(changes: Sequence[CellChange]) -> Iterator[tuple[str, tuple[CellRow, ...]]]:
    """Group cells by their tables."""
    tables: dict[str, list[CellRow]] = {}
    for change in changes:
        place = change.place
        row = CellRow(
            plain(place.row) or plain(change.code),
            plain(place.column),
            *wording.sides(change),
            wording.growth_words(change.growth),
        )
        tables.setdefault(plain(place.table), []).append(row)
    yield from ((table, tuple(members)) for table, members in tables.items())


def _minor(change: CellChange) -> MinorRow:
    return MinorRow(wording.place_words(change), wording.KINDS[change.kind], *wording.sides(change))


def _groups(report: ReportDifferences) -> Iterator[Group]:
    found = report.findings
    parts = {
        "turned": ("结论改变", [_changed(each) for each in found.turned], False),
        "new": ("新出现", [_found(each) for each in gravest_first(found.new)], False),
        "gone": ("不再有", [_found(each) for each in gravest_first(found.gone)], False),
        "reworded": ("结论未变，内容不同", [_changed(each) for each in found.reworded], True),
    }
    for title, entries, folded in (parts[name] for name in (*found.order, "reworded")):
        if entries:
            rest = max(0, len(entries) - _MOST)
            yield Group(title, tuple(entries[:_MOST]), rest, folded)


def _status(found: Found) -> tuple[str, str]:
    """Return the class of a finding's status and its words with their sign."""
    sign, word = wording.status_words(found)
    known = {"passed": "passed", "failed": "failed", "undecided": "undecided"}
    return known.get(found.status, "not_applicable"), f"{sign} {word}"


def _found(found: Found) -> Entry:
    return Entry((_status(found),), plain(found.rule), plain(found.id), plain(found.message))


def _changed(change: FindingChange) -> Entry:
    one, other = _status(change.before), _status(change.after)
    head = (one, ("", "→"), other) if change.turned else (other,)
    worded = "message" in change.fields
    pairs = [_pair(change.before.message, change.after.message)] if worded else []
    pairs += [_pair(one, other, name) for name, one, other in wording.other_fields(change)]
    said = "" if worded else plain(change.after.message)
    return Entry(head, plain(change.after.rule), plain(change.after.id), said, tuple(pairs))


def _pair(before: str, after: str, name: str = "") -> Pair:
    """Return two texts with what differs marked; one that is missing leaves the other as it is."""
    one, other = plain(before), plain(after)
    if one and other:
        return Pair(*marked(one, other), name)
    left, right = ((Piece(each, False),) if each else () for each in (one, other))
    return Pair(left, right, name)


def _sentences(changes: Iterable[SentenceChange]) -> Iterator[tuple[str, tuple[Pair, ...]]]:
    """Group sentences by the headings that they stand under."""
    headings: dict[str, list[Pair]] = {}
    for change in changes:
        pair = _pair(" ".join(change.before), " ".join(change.after))
        headings.setdefault(plain(change.heading), []).append(pair)
    yield from ((heading, tuple(members)) for heading, members in headings.items())


def _chart(change: FigureChange) -> Entry:
    one, other = change.before, change.after
    head = (("", plain(change.heading)), ("", wording.figure_words(change)))
    pairs = []
    for name, told in (("标题", "title"), ("替代文字", "alt")):
        before, after = (str(getattr(side, told)) if side else "" for side in (one, other))
        if before != after:
            pairs.append(_pair(before, after, name))
    return Entry(head, plain(change.cell), pairs=tuple(pairs))


def _origins(report: ReportDifferences) -> Iterator[tuple[str, str, str]]:
    for each in report.origins[:_MOST]:
        yield wording.key_words(each), *wording.key_values(each)


def _files(report: ReportDifferences) -> Iterator[tuple[str, str, str]]:
    for change in report.others[:_MOST]:
        keys = [wording.key_words(key) for key in change.keys[:_MOST]]
        yield plain(change.name), wording.file_words(change), "、".join(keys)
