"""Small panels of columns from zero on one scale, each value written where there is room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nianbao.charts import font
from nianbao.charts.canvas import ACCENT, INK, LINE, QUIET, RULE, WIDE, Canvas, Drawing
from nianbao.charts.naming import folded

_PLOT, _FIGURE, _BETWEEN, _APART, _WIDEST, _SAMPLE, _LINES = 72, 20, 26, 4, 34, 14, 4
_HAIRLINE = 1.0
"""A column is never lower than this (px), so that something is seen; its number tells the rest."""

UNKNOWN = "○"


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: its name, and a figure for each year that has a report; None where not known."""

    label: str
    values: Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class Years:
    """The years of all panels, and the first one of a new form if it is among them."""

    first: int
    last: int
    break_before: int | None

    @property
    def number(self) -> int:
        """How many years there are from the first to the last."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where one panel stands, and where its years stand in it."""

    panel: Panel
    left: float
    top: float
    width: float
    floor: float
    scale: float
    years: Years

    @property
    def slot(self) -> float:
        return self.width / self.years.number

    @property
    def shown(self) -> list[tuple[int, int | None]]:
        """The years that have a report, with their figures."""
        return sorted(self.panel.values.items())

    def x(self, year: int) -> float:
        """Return the middle of a year's column."""
        return self.left + (year - self.years.first + 0.5) * self.slot

    def height(self, value: int | None) -> float:
        """Return how high a column is."""
        return max(value * self.scale, _HAIRLINE) if value else 0.0

    def within(self, x: float, width: float) -> float:
        """Return the nearest middle at which a text stands inside the panel."""
        return min(max(x, self.left + width / 2), self.left + self.width - width / 2)


def draw_panels(
    width: int, panels: Sequence[Panel], years: Years, break_words: str, notes: Sequence[str]
) -> Drawing:
    """Draw panels at one width (CSS px), three a row on a wide sheet and two on a narrow one.

    Parameters
    ----------
    width : int
        CSS px.
    panels : sequence of Panel
        At least one figure of them is above zero.
    years : Years
        A year without a value is a gap in the zero line.
    break_words : str
        What the broken line means where the form changes; empty where it does not.
    notes : sequence of str
        Closing lines.
    """
    gap = 28 if width >= WIDE else 20
    columns = _columns(width, gap, years.number, len(panels))
    room = min((width - (columns - 1) * gap) / columns, WIDE / 2)
    ranks = [panels[n : n + columns] for n in range(0, len(panels), columns)]
    heads = [max(len(folded(p.label, room, _LINES)) for p in rank) * LINE for rank in ranks]
    scale = _PLOT / max(v or 0 for panel in panels for v in panel.values.values())
    trials = [_Cell(panel, 0, 0, room, 0, scale, years) for panel in panels]
    below = LINE if all(_fits(cell) for cell in trials) else LINE * 2
    heights = [head + _FIGURE + _PLOT + below for head in heads]
    broken = font.wrap(break_words, width - _SAMPLE) if break_words else []
    foot = [line for note in notes for line in font.wrap(note, width)]
    total = sum(heights) + _BETWEEN * (len(ranks) - 1)
    canvas = Canvas(width, total + (len(broken) + len(foot)) * LINE + 14)
    top = 0.0
    for rank, head, height in zip(ranks, heads, heights, strict=True):
        floor = top + head + _FIGURE + _PLOT
        for number, panel in enumerate(rank):
            left = number * (room + gap)
            _draw(canvas, _Cell(panel, left, top, room, floor, scale, years))
        top += height + _BETWEEN
    _close(canvas, total + 10, broken, foot)
    return canvas.drawing()


def _columns(width: int, gap: int, years: int, panels: int) -> int:
    """Return how many panels stand in a row: a year takes at least as much as its sign ○."""
    most = min(3 if width >= WIDE else 2, panels)
    # Four panels are a square rather than three and one.
    most = 2 if panels == 4 else most
    fitting = [n for n in range(1, most + 1) if (width - (n - 1) * gap) / n / years >= font.SIZE]
    return max(fitting, default=1)


def _draw(canvas: Canvas, cell: _Cell) -> None:
    for number, line in enumerate(folded(cell.panel.label, cell.width, _LINES)):
        canvas.text(cell.left, cell.top + (number + 0.5) * LINE, line)
    thick = min(cell.slot * 0.64, _WIDEST)
    for year, value in cell.shown:
        x, height = cell.x(year), cell.height(value)
        canvas.rect(x - thick / 2, cell.floor - height, thick, height, ACCENT)
        ends = (x - cell.slot / 2, cell.floor), (x + cell.slot / 2, cell.floor)
        canvas.line(list(ends), RULE)
        if value is None:
            canvas.text(x, cell.floor - 9, UNKNOWN, QUIET, "center")
    every = _fits(cell)
    labels = _every(cell) if every else _largest(cell)
    for year, text, x, y in labels:
        canvas.text(x, y, text, INK if cell.panel.values[year] else QUIET, "center")
    _break(canvas, cell, labels)
    _below(canvas, cell, every)


_Label = tuple[int, str, float, float]
"""A year, what is written of it, and the middle of the text."""


def _every(cell: _Cell) -> list[_Label]:
    """Place every known figure over its column."""
    return [_over(cell, year, value) for year, value in cell.shown if value is not None]


def _over(cell: _Cell, year: int, value: int) -> _Label:
    text = f"{value:,}"
    x = cell.within(cell.x(year), font.measure(text))
    return year, text, x, cell.floor - cell.height(value) - 10


def _largest(cell: _Cell) -> list[_Label]:
    """Place the largest figure alone; the first and the last stand below their years."""
    known = [(year, value) for year, value in cell.shown if value is not None]
    top = max((value for _, value in known), default=0)
    if not top or top in (cell.shown[0][1], cell.shown[-1][1]):
        return []
    year, text, x, y = next(_over(cell, year, value) for year, value in known if value == top)
    signs = [cell.x(other) for other, value in cell.shown if value is None]
    if any(abs(sign - x) < (font.SIZE + font.measure(text)) / 2 for sign in signs):
        y = min(y, cell.floor - font.SIZE - 13)  # over the sign of what is not known
    return [(year, text, x, y)]


def _fits(cell: _Cell) -> bool:
    """Whether every figure fits over its column, off all others and off the form's break."""
    labels = _every(cell)
    edges = [(x - font.measure(text) / 2, x + font.measure(text) / 2) for _, text, x, _ in labels]
    wall = None if cell.years.break_before is None else _wall(cell)
    for (year, _, _, y), (left, right) in zip(labels, edges, strict=True):
        if wall is not None and left - 2 < wall < right + 2:
            return False
        for other, value in cell.shown:
            x, half = cell.x(other), max(min(cell.slot * 0.64, _WIDEST), font.SIZE) / 2
            high = font.SIZE + 3 if value is None else cell.height(value)
            if other != year and left < x + half and right > x - half and high > cell.floor - y - 9:
                return False
        for (other, _, _, level), (start, _) in zip(labels, edges, strict=True):
            if other > year and start < right + _APART and abs(level - y) < font.SIZE + 2:
                return False
    return True


def _wall(cell: _Cell) -> float:
    """Return where the form changes."""
    return cell.x(cell.years.break_before or cell.years.first) - cell.slot / 2


def _break(canvas: Canvas, cell: _Cell, labels: Sequence[_Label]) -> None:
    """Mark where the form changes by a thin broken line, below any figure that it would cross."""
    if cell.years.break_before is None:
        return
    wall = _wall(cell)
    tops = [y + 10 for _, text, x, y in labels if abs(x - wall) < font.measure(text) / 2 + 2]
    top = max([cell.floor - _PLOT, *tops])
    canvas.line([(wall, top), (wall, cell.floor + 6)], QUIET, 1, 3)


def _below(canvas: Canvas, cell: _Cell, every: bool) -> None:
    """Write the years below the zero line: all where they fit, else the first and the last.

    Where not every figure stands over its column, these two stand below their years.
    """
    years = [year for year, _ in cell.shown]
    roomy = cell.slot >= font.measure("2024") + _APART
    ends = [years[0], years[-1]] if len(years) > 1 else years
    lines = {year: [str(year)] for year in (years if roomy else ends)}
    for year in [] if every else ends:
        value = cell.panel.values[year]
        lines[year].append("未知" if value is None else f"{value:,}")
    places = {year: cell.within(cell.x(year), font.widest(lines[year])) for year in lines}
    if len(ends) == 2:
        first, last = ends
        apart = (font.widest(lines[first]) + font.widest(lines[last])) / 2 + _APART + 2
        # Two neighbours make way for each other, as far as the panel goes.
        moved = max(places[last], places[first] + apart)
        places[last] = cell.within(moved, font.widest(lines[last]))
        places[first] = min(places[first], places[last] - apart)
    for year, texts in lines.items():
        for number, text in enumerate(texts):
            y = cell.floor + 13 + number * (LINE - 2)
            canvas.text(places[year], y, text, INK if number else QUIET, "center")


def _close(canvas: Canvas, top: float, broken: Sequence[str], foot: Sequence[str]) -> None:
    """Write the closing lines, and beside the first ones the broken line that they explain."""
    for number, line in enumerate([*broken, *foot]):
        y = top + (number + 0.5) * LINE
        canvas.text(_SAMPLE if number < len(broken) else 0, y, line, QUIET)
    if broken:
        canvas.line([(3, top + 2), (3, top + LINE - 2)], QUIET, 1, 3)
