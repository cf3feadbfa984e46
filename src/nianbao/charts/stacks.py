"""Two stacks side by side, what came in and where it went, with what is missing as a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from nianbao.charts import font
from nianbao.charts.canvas import FAILED, INK, LINE, QUIET, RULE, WIDE, Canvas, Drawing

_HEAD, _BASE, _LEADER, _WIDEST, _GAP = 30, 34, 18, 130, 1.5


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a stack: its name, its figure, its colour; no colour for what is missing."""

    label: str
    value: float
    text: str
    colour: str | None


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack from top to bottom, its name and what stands over it."""

    name: str
    total: str
    pieces: tuple[Piece, ...]


def draw_stacks(width: int, left: Stack, right: Stack, sign: str, words: str, foot: str) -> Drawing:
    """Draw two stacks of equal height, gap included, their totals joined by a line.

    Parameters
    ----------
    width : int
        CSS px; on a narrow sheet a label takes two lines.
    left, right : Stack
        Their pieces, from the top; values add up to the same on both sides.
    sign : str
        What stands on the line between the totals: ``=`` or ``≠``.
    words : str
        What the sign means, written below it where there is room.
    foot : str
        A closing line, for what has no piece.
    """
    lines = 1 if width >= WIDE else 2
    zones = [_zone(stack, lines) for stack in (left, right)]
    bar = min((width - sum(zones) - 2 * _LEADER) / 2.7, _WIDEST)
    height = max(230, max(len(left.pieces), len(right.pieces)) * (_apart(lines) + 4))
    closing = font.wrap(foot, width) if foot else []
    canvas = Canvas(width, _HEAD + height + _BASE + len(closing) * LINE + 2)
    columns = (
        _Column(left, zones[0] + _LEADER, bar, height, -1, lines),
        _Column(right, width - zones[1] - _LEADER - bar, bar, height, 1, lines),
    )
    for column in columns:
        _fill(canvas, column)
        _label(canvas, column)
        _head(canvas, column, columns[1].start - columns[0].start)
    _join(canvas, *columns, sign, words)
    for number, line in enumerate(closing):
        canvas.text(0, _HEAD + height + _BASE + (number + 0.5) * LINE, line, QUIET)
    return canvas.drawing()


@dataclass(frozen=True, slots=True)
class _Column:
    """A stack on the sheet; ``side`` is -1 with labels on its left, 1 with them on its right."""

    stack: Stack
    start: float
    width: float
    height: float
    side: int
    lines: int

    @property
    def edge(self) -> float:
        """Where it faces its labels."""
        return self.start + (self.width if self.side > 0 else 0)

    @property
    def spans(self) -> list[tuple[Piece, float, float]]:
        """Each piece with its upper and its lower bound."""
        whole = sum(piece.value for piece in self.stack.pieces)
        sums = accumulate((piece.value for piece in self.stack.pieces), initial=0.0)
        places = [_HEAD + part / whole * self.height for part in sums]
        return list(zip(self.stack.pieces, places, places[1:], strict=False))


def _apart(lines: int) -> int:
    """Return how far apart labels stand: close lines belong to one label."""
    return lines * (LINE - 2) + (4 if lines == 1 else 8)


def _lines(piece: Piece, lines: int) -> list[str]:
    return [f"{piece.label}{piece.text}"] if lines == 1 else [piece.label, piece.text]


def _zone(stack: Stack, lines: int) -> float:
    return font.widest([line for piece in stack.pieces for line in _lines(piece, lines)])


def _fill(canvas: Canvas, column: _Column) -> None:
    # Drawn from below, so that the frame of what is missing lies on top of its neighbour.
    for piece, upper, lower in reversed(column.spans):
        if piece.colour:
            canvas.rect(column.start, upper, column.width, lower - upper, piece.colour)
        else:
            canvas.hatch(column.start, upper, column.width, lower - upper, FAILED)

    # A white line parts neighbours of one colour, where it leaves enough of both to see.
    for (_, upper, middle), (_, _, lower) in pairwise(column.spans):
        if min(middle - upper, lower - middle) > 3 * _GAP:
            ends = (column.start, middle), (column.start + column.width, middle)
            canvas.line(list(ends), "#ffffff", _GAP)


def _label(canvas: Canvas, column: _Column) -> None:
    """Write each piece's name and figure beside it, with a leader where it had to move."""
    middles = [(upper + lower) / 2 for _, upper, lower in column.spans]
    places = spread(middles, _apart(column.lines), _HEAD - 8, _HEAD + column.height + 6)
    align = "right" if column.side < 0 else "left"
    for piece, middle, place in zip(column.stack.pieces, middles, places, strict=True):
        corners = zip((2, 4, 14), (middle, middle, place), strict=True)
        leader = [(column.edge + column.side * x, y) for x, y in corners]
        canvas.line(leader, RULE if piece.colour else FAILED)
        for number, line in enumerate(_lines(piece, column.lines)):
            y = place + (number - (column.lines - 1) / 2) * (LINE - 2)
            x = column.edge + column.side * _LEADER
            canvas.text(x, y, line, INK if piece.colour else FAILED, align)


def _head(canvas: Canvas, column: _Column, apart: float) -> None:
    """Write the total above and the name below; long totals make way for each other."""
    middle, stack = column.start + column.width / 2, column.stack
    excess = max(0.0, font.measure(stack.total) - apart + 8) / 2
    canvas.text(middle + column.side * excess, _HEAD / 2 - 4, stack.total, align="center")
    canvas.text(middle, _HEAD + column.height + LINE / 2 + 2, stack.name, QUIET, "center")


def _join(canvas: Canvas, left: _Column, right: _Column, sign: str, words: str) -> None:
    """Join the totals by a broken line that carries the sign, and give both stacks one floor."""
    colour = INK if sign == "=" else FAILED
    start, end, floor = left.start + left.width, right.start, _HEAD + left.height
    middle = (start + end) / 2
    canvas.line([(start, _HEAD), (middle - 14, _HEAD)], colour, 1, 3)
    canvas.line([(middle + 14, _HEAD), (end, _HEAD)], colour, 1, 3)
    canvas.text(middle, _HEAD, sign, colour, "center")
    if font.measure(words) < end - start - 8:
        canvas.text(middle, _HEAD + LINE, words, colour, "center")
    canvas.line([(left.start - 4, floor), (right.edge + 4, floor)], RULE)


def spread(wanted: Sequence[float], apart: float, lowest: float, highest: float) -> list[float]:
    """Move places apart as little as needed, in order, within bounds.

    Parameters
    ----------
    wanted : sequence of float
        In rising order.
    apart : float
        The least distance between neighbours.
    lowest, highest : float
        Bounds of the outer edges; a place keeps half of ``apart`` from them.
    """
    # Neighbours that would touch form a cluster, which stands where it has to move least.
    clusters: list[list[float]] = []
    for place in wanted:
        clusters.append([place])
        while len(clusters) > 1 and _first(clusters[-1], apart) < _first(
            clusters[-2], apart
        ) + apart * len(clusters[-2]):
            last = clusters.pop()
            clusters[-1] += last
    places = [_first(c, apart) + n * apart for c in clusters for n in range(len(c))]
    ends = len(places) - 1
    # Bounds push from both ends; there is always room, as the sheet is made high enough.
    places = [max(y, lowest + apart * (n + 0.5)) for n, y in enumerate(places)]
    return [min(y, highest - apart * (ends - n + 0.5)) for n, y in enumerate(places)]


def _first(cluster: list[float], apart: float) -> float:
    """Return where the first of a cluster stands when the whole is centred on what it wants."""
    return sum(cluster) / len(cluster) - apart * (len(cluster) - 1) / 2
