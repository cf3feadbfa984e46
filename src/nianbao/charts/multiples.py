"""Small multiples: several figures through the same years, side by side on one scale."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from nianbao.charts.chart import Chart, Data, chart, sentence
from nianbao.charts.panels import UNKNOWN, Panel, Years, draw_panels
from nianbao.charts.words import FEW, count, quoted
from nianbao.fragments import Fragment

__all__ = ["Panel", "multiples"]


def multiples(
    id: str,
    panels: Sequence[Panel],
    years: Sequence[int],
    *,
    subtitle: str,
    source: str,
    title: str | None = None,
    alt: str | None = None,
    break_before: int | None = None,
    break_words: str = "年起报告格式不同",
    unit: str = "件",
) -> Chart | Fragment:
    """Draw one panel of columns a series, all on the same scale that begins at zero.

    Parameters
    ----------
    id : str
        Name of the chart in its page.
    panels : sequence of Panel
        In the order of drawing. A year that a panel does not name has no report: a gap.
    years : sequence of int
        The years to show; those between them that are left out are gaps in all panels.
    subtitle, source : str
        Measure and unit; where the figures stand. That the scale is one is said in the picture.
    title, alt : str, optional
        The finding and the alternative text; computed from the figures where not given.
    break_before : int, optional
        The first year of a new form, marked by a thin broken line if an older year is shown.
    break_words : str
        What the broken line means, after that year.
    unit : str
        件, 条 …

    Returns
    -------
    Chart or Fragment
        A sentence where no figure is above zero, and where there is one year alone.
    """
    chosen = set(years)
    kept = [Panel(panel.label, _known(panel, chosen)) for panel in panels]
    if len(chosen) < 2 or not any(v for panel in kept for v in panel.values.values()):
        return sentence(_plain(kept, sorted(chosen), unit))
    first, last = min(chosen), max(chosen)
    broken = break_before if break_before and first < break_before <= last else None
    span = Years(first, last, broken)
    title = title or _finding(kept, unit)
    words = f"{broken}{break_words}" if broken else ""
    notes = _notes(kept, span)
    return chart(
        id,
        lambda width: draw_panels(width, kept, span, words, notes),
        title=title,
        subtitle=subtitle,
        source=source,
        alt=alt or f"{_form(kept)}：{title}。{_told(kept, unit)}。",
        data=_data(kept, sorted(chosen), unit),
    )


def _known(panel: Panel, years: Collection[int]) -> dict[int, int | None]:
    """Return the figures of the years asked for; one below zero cannot be right: not known."""
    shown = {year: panel.values[year] for year in sorted(panel.values) if year in years}
    return {year: value if value is None or value >= 0 else None for year, value in shown.items()}


def _plain(panels: Sequence[Panel], years: Sequence[int], unit: str) -> str:
    """Say all that there is of one year, or that nothing is above zero."""
    if not panels or not years:
        return "没有可用的年报，各年的变化无法画出。"
    known = [panel for panel in panels if any(v is not None for v in panel.values.values())]
    span = f"{years[0]}年" if len(years) == 1 else f"{years[0]}年至{years[-1]}年"
    if not known:
        return f"{span}没有可用的数字，各年的变化无法画出。"
    if not any(v for panel in panels for v in panel.values.values()):
        unknown = any(v is None for panel in panels for v in panel.values.values())
        return f"{span}{_names(panels)}均为0{'或没有可用的数字' if unknown else ''}。"
    told = (f"{p.label}{_figure(p.values.get(years[0]), unit)}" for p in panels)
    return f"{span}{'、'.join(told)}。"


def _form(panels: Sequence[Panel]) -> str:
    return f"{len(panels)}幅小柱形图，同一刻度" if len(panels) > 1 else "柱形图"


def _names(panels: Sequence[Panel]) -> str:
    names = [panel.label for panel in panels]
    return "、".join(names) if len(names) <= FEW else f"{'、'.join(names[:FEW])}等{len(names)}项"


def _figure(value: int | None, unit: str) -> str:
    return "未知" if value is None else count(value, unit)


def _ends(panel: Panel) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return the first and the last known figure with their years; None where there are no two."""
    known = [(year, value) for year, value in sorted(panel.values.items()) if value is not None]
    return (known[0], known[-1]) if len(known) > 1 else None


def _finding(panels: Sequence[Panel], unit: str) -> str:
    """State which series has changed most between its first and its last known year."""
    ends = [(panel.label, pair) for panel in panels if (pair := _ends(panel))]
    changed = [(name, pair) for name, pair in ends if pair[0][1] != pair[1][1]]
    if not changed:
        return "各项首尾两年没有变化" if ends else "各项已知的数字都只有一年"
    name, (first, last) = max(changed, key=lambda item: abs(item[1][1][1] - item[1][0][1]))
    most = "最多" if len(ends) > 1 else ""
    return (
        f"{quoted(name)}{'增加' if last[1] > first[1] else '减少'}{most}："
        f"{first[0]}年{count(first[1], unit)}，{last[0]}年{count(last[1], unit)}"
    )


def _told(panels: Sequence[Panel], unit: str) -> str:
    """Tell the first and the last known figure of each series."""
    told = []
    for panel in panels:
        pair = _ends(panel)
        if pair is None:
            told.append(f"{panel.label}已知的数字不足两年")
        else:
            (start, before), (end, after) = pair
            told.append(f"{panel.label}{start}年{count(before, unit)}、{end}年{count(after, unit)}")
    return "；".join(told)


def _notes(panels: Sequence[Panel], span: Years) -> list[str]:
    """Say what the signs mean: the one scale, unknown figures, years without a report."""
    notes = ["各图刻度相同，从0起"] if len(panels) > 1 else []
    if any(v is None for panel in panels for v in panel.values.values()):
        notes.append(f"{UNKNOWN} 未知")
    every = range(span.first, span.last + 1)
    absent = [year for year in every if not any(year in panel.values for panel in panels)]
    partly = any(year not in panel.values for panel in panels for year in every)
    if absent:
        notes.append(f"{_spans(absent)}没有可用的年报，横线断开")
    elif partly:
        notes.append("横线断开处没有可用的年报")
    return ["；".join(notes)] if notes else []


def _spans(years: Sequence[int]) -> str:
    """Name years, those in a row as one span: 2015年至2018年、2020年."""
    starts = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    pairs = zip(starts, ends, strict=True)
    return "、".join(f"{a}年" if a == b else f"{a}年至{b}年" for a, b in pairs)


def _data(panels: Sequence[Panel], years: Sequence[int], unit: str) -> Data:
    span = range(years[0], years[-1] + 1)
    rows = []
    for panel in panels:
        cells = (
            "没有年报"
            if year not in panel.values
            else "未知"
            if panel.values[year] is None
            else f"{panel.values[year]:,}"
            for year in span
        )
        rows.append((panel.label, *cells))
    return Data((f"项目（{unit}）", *(f"{year}年" for year in span)), tuple(rows))
