"""Agencies of one level compared by rates, with denominators and what small numbers forbid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from markupsafe import Markup

from nianbao.charts.chart import Chart, Data
from nianbao.charts.comparison import Comparison, compare
from nianbao.charts.comparison import Entry as Counted
from nianbao.charts.dotplot import MOST_FEW
from nianbao.charts.rates import rates
from nianbao.charts.rating import finding, rate_data
from nianbao.fragments import Fragment, render
from nianbao.ledger import Entry
from nianbao.overview.agencies import LEVEL_ORDER, LEVEL_WORDS
from nianbao.overview.shares import SHARES, Share, counted
from nianbao.yearbook import Yearbook

_OVERALL: Final = "总体"
_MOST_DRAWN: Final = 40
"""So many agencies are drawn for one rate; one level is always drawn, if it can be compared."""


@dataclass(frozen=True, slots=True)
class Panel:
    """The agencies of one level compared by one rate; without ``chart`` in words and figures.

    Attributes
    ----------
    finding : str
        What the figures allow to say.
    chart : Markup
        The picture with its data; empty for levels left without one, to keep the page small.
    data : Data or None
        The figures, where there are any to compare.
    """

    level: str
    subtitle: str
    finding: str
    chart: Markup = field(default_factory=Markup)
    data: Data | None = None


def comparison(book: Yearbook) -> Fragment:
    """Compare the agencies of each level by three rates; a level with one report is left out.

    Parameters
    ----------
    book : Yearbook
        The year.
    """
    levels = {code: _expected(book, code) for code in LEVEL_ORDER}
    compared = {code: members for code, members in levels.items() if _reports(members) > 1}
    alone = [LEVEL_WORDS[code] for code, members in levels.items() if _reports(members) == 1]
    parts = [(share, list(_panels(share, book.year, compared))) for share in SHARES if compared]
    told = "、".join(share.title for share, _ in parts)
    return render("overview_comparison", told or "没有可以比较的机关", parts=parts, alone=alone)


def _expected(book: Yearbook, level: str) -> list[Entry]:
    """Return the agencies of a level that filed, or had to."""
    members = (entry for entry in book.entries if entry.agency.level == level)
    return [entry for entry in members if entry.filing.state != "exempt"]


def _reports(members: Sequence[Entry]) -> int:
    return sum(entry.standing is not None for entry in members)


def _panels(share: Share, year: int, levels: Mapping[str, Sequence[Entry]]) -> Iterator[Panel]:
    """Compare level by level; the level that says most is drawn, others as long as they fit."""
    figures = {code: [counted(share, entry) for entry in levels[code]] for code in levels}
    groups = {code: compare(entries) for code, entries in figures.items()}
    drawn = set(_drawn(groups))
    for code, group in groups.items():
        panel = partial(Panel, LEVEL_WORDS[code], f"{LEVEL_WORDS[code]}：{share.title}，{year}年")
        if code in drawn:
            chart = _chart(share, code, year, figures[code], _remarks(share, levels[code]))
            yield panel(finding(group, share.measure), Markup(chart._repr_html_()))
        elif len(group.rates) < 2:
            yield panel(repr(_chart(share, code, year, figures[code], ())))
        else:
            data = rate_data(figures[code], group, share.measure, _OVERALL)
            yield panel(f"{finding(group, share.measure)}。", data=data)


def _chart(
    share: Share, level: str, year: int, figures: Sequence[Counted], remarks: Iterable[str]
) -> Chart | Fragment:
    return rates(
        f"rates-{share.id}-{level or 'none'}",
        figures,
        share.measure,
        subtitle=f"{LEVEL_WORDS[level]}：{share.title}，{year}年",
        source="；".join([f"来源：{share.source}", *remarks]),
        overall_words=_OVERALL,
    )


def _drawn(groups: Mapping[str, Comparison]) -> Iterator[str]:
    room = _MOST_DRAWN
    for code in sorted(groups, key=lambda code: -len(groups[code].ranked)):
        ranked, few = len(groups[code].ranked), len(groups[code].few)
        rows = ranked + (few if few <= MOST_FEW else 0)
        if ranked > 1 and (rows <= room or room == _MOST_DRAWN):
            room -= rows
            yield code


def _remarks(share: Share, members: Sequence[Entry]) -> Iterator[str]:
    """Say what must be known of the figures to compare them."""
    faulty = sum(bool(entry.standing and entry.standing.errors) for entry in members)
    if faulty:
        yield f"其中{faulty}份报告有错误，照原数计算"
    codes = {*share.part, *share.whole}
    inferred = sum(bool(e.standing and codes & {*e.standing.settled}) for e in members)
    if inferred:
        yield f"{inferred}份报告用到推定的数"
    within = {entry.agency.id for entry in members}
    if any(entry.agency.parent in within for entry in members):
        yield "上级机关的数字可能已经包括下级机关的"
