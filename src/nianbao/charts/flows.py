"""Stock and flow over the years: each year begins where the year before ended, or shows a gap."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nianbao.charts.canvas import ACCENT, CONTEXT, SECOND
from nianbao.charts.chart import Chart, Data, chart, sentence
from nianbao.charts.periods import Earlier, Period, Terms, account, differences, figures, verdict
from nianbao.charts.waterfall import Row, Step, Tear, draw_waterfall
from nianbao.charts.words import SEE_DATA, count
from nianbao.fragments import Fragment

__all__ = ["Earlier", "Period", "Terms", "flows"]

UNKNOWN = "○ 未知"
_NOTES = 4
"""So many differences are told below the picture; the table of data has them all."""


def flows(
    id: str,
    periods: Sequence[Period],
    terms: Terms,
    *,
    subtitle: str,
    source: str,
    title: str | None = None,
    alt: str | None = None,
    absent: str = "没有可用的年报，前后不相接",
    before: Sequence[Earlier] = (),
    break_words: str = "起口径不同，不相接",
) -> Chart | Fragment:
    """Draw what was there at each year's start, what came, what went, what was left.

    Where a year does not add up, or does not begin with what the year before left, the
    difference is a hatched gap with ✗ and its size, and is told below.

    Parameters
    ----------
    id : str
        Name of the chart in its page.
    periods : sequence of Period
        In rising years; a year left out is shown as torn out of the series.
    terms : Terms
        The four words of the form, and the unit.
    subtitle, source : str
        Measure, unit and years; where the figures stand.
    title, alt : str, optional
        The finding and the alternative text; computed from the figures where not given.
    absent : str
        What is said of years left out, after their names.
    before : sequence of Earlier
        An older series under another definition, shown above and never joined.
    break_words : str
        What is said between it and the series, after the first year of ``periods``.

    Returns
    -------
    Chart or Fragment
        A sentence where no figure is above zero.

    Raises
    ------
    ValueError
        If years do not rise.
    """
    years = [period.year for period in periods]
    if any(later <= sooner for sooner, later in pairwise(years)):
        raise ValueError(f"years must rise: {years}")
    # As in all charts, a count below zero cannot be right and is not known.
    periods = [period.known() for period in periods]
    drawn = [*(n for p in periods for n in p.figures), *(n for _, n, _ in before)]
    if not periods or not any(drawn):
        return sentence(_nothing(periods, terms))
    notes = differences(periods, terms)
    told = [] if title is None and len(periods) == 1 else figures(periods, terms)
    title = title or account(periods, terms)
    rows = [*_before(before, terms), *_rows(periods, terms, absent)]
    if before:
        rows.insert(len(before), Tear(f"{years[0]}年{break_words}"))
    return chart(
        id,
        lambda width: draw_waterfall(width, rows, _few(notes)),
        title=title,
        subtitle=subtitle,
        source=source,
        alt=alt or "".join(f"{text}。" for text in (f"逐年瀑布图：{title}", *told, *notes)),
        data=_data(periods, terms, before),
    )


def _nothing(periods: Sequence[Period], terms: Terms) -> str:
    """Say what there is where nothing can be drawn: zeros, or nothing that is known."""
    names = "、".join((terms.opening, terms.added, terms.removed, terms.closing))
    if not periods:
        return f"没有可用的年报，{names}无法画出。"
    years = [period.year for period in periods]
    span = f"{years[0]}年" if len(years) == 1 else f"{years[0]}年至{years[-1]}年"
    figures = [figure for period in periods for figure in period.figures]
    if not any(figure is not None for figure in figures):
        return f"{span}{names}都没有可用的数字。"
    unknown = None in figures
    return f"{span}{names}均为0{'或没有可用的数字' if unknown else ''}。"


def _few(notes: list[str]) -> list[str]:
    if len(notes) <= _NOTES:
        return notes
    return [*notes[: _NOTES - 1], f"另有{len(notes) - _NOTES + 1}处不相符，{SEE_DATA}"]


def _before(before: Sequence[Earlier], terms: Terms) -> list[Row]:
    """Give each figure of the older series a row of its own, as an outline."""
    rows: list[Row] = []
    for year, value, label in before:
        text = UNKNOWN if value is None else count(value, terms.unit)
        start = None if value is None else 0
        rows.append(Step(label, text, start, value, None, year=f"{year}年"))
    return rows


def _rows(periods: Sequence[Period], terms: Terms, absent: str) -> list[Row]:
    rows: list[Row] = []
    sooner: Period | None = None
    for period in periods:
        follows = sooner is not None and sooner.year + 1 == period.year
        if sooner is not None and not follows:
            first, last = sooner.year + 1, period.year - 1
            span = f"{first}年" if first == last else f"{first}年至{last}年"
            rows.append(Tear(f"{span}{absent}"))
        left = sooner.closing if sooner is not None and follows else None
        year = f"{period.year}年"
        # One row is both years' where the books say the same.
        if not follows or left is None or left != period.opening:
            rows.append(_stock(terms.opening, period.opening, left, terms.unit, year))
            year = ""
        rows += _moves(period, terms, year)
        sooner = period
    return rows


def _moves(period: Period, terms: Terms, year: str) -> list[Step]:
    """Return the rows of what came and went, placed from the year's start or from its end."""
    start, top, end = period.places
    came = _flow(terms.added, period.added, start, 1, terms.unit, year)
    went = _flow(terms.removed, period.removed, top, -1, terms.unit)
    return [came, went, _stock(terms.closing, period.closing, end, terms.unit)]


def _flow(
    label: str, size: int | None, start: int | None, sign: int, unit: str, year: str = ""
) -> Step:
    if size is None:
        return Step(label, UNKNOWN, None, None, None, year=year)
    text = f"{'+' if sign > 0 else '−'}{count(size, unit)}" if size else count(0, unit)
    colour = ACCENT if sign > 0 else SECOND
    if start is None:
        # Its length is known, its place is not: it stands on the zero line and meets nothing.
        return Step(label, text, 0, size, colour, year=year)
    end = start + sign * size
    return Step(label, text, start, end, colour, start, end, year)


def _stock(label: str, value: int | None, expected: int | None, unit: str, year: str = "") -> Step:
    if value is None:
        return Step(label, UNKNOWN, None, None, None, year=year)
    text = count(value, unit)
    differs = ""
    if expected is not None and expected != value:
        more = "多" if value > expected else "少"
        differs = f"{more}{count(abs(value - expected), unit)}"
    return Step(label, text, 0, value, CONTEXT, expected, value, year, differs)


def _data(periods: Sequence[Period], terms: Terms, before: Sequence[Earlier]) -> Data:
    names = (terms.opening, terms.added, terms.removed, terms.closing)
    headers = ("年度", *(f"{name}（{terms.unit}）" for name in names), "核对")
    rows: list[tuple[str, ...]] = []
    for year, value, label in before:
        figure = "未知" if value is None else count(value, terms.unit)
        rows.append((f"{year}年", "—", "—", "—", "—", f"{label}{figure}，口径不同"))
    for sooner, period in zip([None, *periods], periods, strict=False):
        written = ("未知" if n is None else f"{n:,}" for n in period.figures)
        rows.append((f"{period.year}年", *written, verdict(sooner, period, terms)))
    return Data(headers, tuple(rows))
