"""Names in charts: cut to the room there is, and put where they cover nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from nianbao.charts import font

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom, CSS px."""

Point: TypeAlias = tuple[float, float]

_HALF = 9
"""Half the height of a line of text, CSS px."""

_FARTHEST = 160
"""A name never stands farther from its dot than this, CSS px."""

_NEAR = 12
"""A name that is farther from its dot is joined to it by a line, CSS px."""

_OPENING = frozenset("（《“‘「『【〈")


def shortened(text: str, limit: float) -> str:
    """Return a text cut to a width (px) with …; the table of data has it whole."""
    if font.measure(text) <= limit:
        return text
    kept = text
    while kept and font.measure(f"{kept}…") > limit:
        kept = kept[:-1]
    return f"{kept}…"


def folded(text: str, limit: float, most: int = 2) -> list[str]:
    """Break a name into at most so many lines of a width (px), the last one cut where it must."""
    broken = font.wrap(text, limit)
    if font.widest(broken) > limit:  # a closing mark hangs over the edge
        broken = font.wrap(text, limit - font.SIZE)
    if len(broken) <= most:
        return [shortened(line, limit) for line in broken]
    first = text
    while len(first) > 1 and (font.measure(first) > limit or first[-1] in _OPENING):
        first = first[:-1]
    rest = text[len(first) :]
    return [first, *folded(rest, limit, most - 1)] if most > 2 else [first, shortened(rest, limit)]


def boxed(x: float, y: float, text: str) -> Box:
    """Return the box of a text that begins at x and whose middle is at height y."""
    return x, y - _HALF, x + font.measure(text), y + _HALF


def apart(one: Box, other: Box) -> bool:
    """Whether two boxes have nothing in common."""
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a name stands, and the line to its dot where it stands away from it."""

    box: Box
    leader: tuple[Point, Point] | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name that looks for a place: the middle of its dot, 1 for room above it, -1 below."""

    text: str
    x: float
    y: float
    side: int


def places(wanted: Sequence[Wanted], sheet: Box, taken: Sequence[Box]) -> list[Spot | None]:
    """Find places for names that cover nothing, each as close to its dot as may be.

    Parameters
    ----------
    wanted : sequence of Wanted
        Dots from left to right, as leaders of later ones pass earlier names.
    sheet : Box
        Where names may stand.
    taken : sequence of Box
        What they must not cover: dots, lines.

    Returns
    -------
    list of Spot or None
        None where there is no room.
    """
    # Where dots crowd, names in steps leave more of them room than names next to their dots.
    trials = [_placed(wanted, sheet, taken, order) for order in (_near, _stepped)]
    return max(trials, key=lambda spots: sum(spot is not None for spot in spots))


_Order: TypeAlias = Callable[[float, Wanted], Iterator[Point]]


def _placed(
    wanted: Sequence[Wanted], sheet: Box, taken: Sequence[Box], order: _Order
) -> list[Spot | None]:
    spots: list[Spot | None] = []
    written: list[Box] = []
    for name in wanted:
        found = None
        for left, middle in order(font.measure(name.text), name):
            box = boxed(left, middle, name.text)
            inside = box[0] >= sheet[0] and box[1] >= sheet[1] and box[2] <= sheet[2]
            if not inside or box[3] > sheet[3] or not _free(box, written) or not _free(box, taken):
                continue
            leader = _leader(box, name.x, name.y)
            trail = _trail(*leader) if leader else []
            # A leader may run over dots and limits, but never through a name.
            if all(_free(piece, written) for piece in trail):
                found = Spot(box, leader)
                written += [box, *trail]
                break
        spots.append(found)
    return spots


def _free(box: Box, taken: Sequence[Box]) -> bool:
    return all(apart(box, other) for other in taken)


def _near(width: float, name: Wanted) -> Iterator[Point]:
    """Yield where a name may begin and its middle: beside its dot, then farther and farther."""
    yield from _beside(width, name)
    for distance in range(16, _FARTHEST, 6):
        for left in (name.x - width / 2, name.x - 4, name.x + 4 - width):
            yield left, name.y - name.side * distance


def _stepped(width: float, name: Wanted) -> Iterator[Point]:
    """Yield the same places, first those that end at the dot: dots farther right stay free."""
    yield from _beside(width, name)
    for left in (name.x + 4 - width, name.x - width / 2, name.x - 4):
        for distance in range(16, _FARTHEST, 6):
            yield left, name.y - name.side * distance


def _beside(width: float, name: Wanted) -> Iterator[Point]:
    for rise in (0, -8, 8):
        yield name.x + 9, name.y + rise
        yield name.x - 9 - width, name.y + rise


def _leader(box: Box, x: float, y: float) -> tuple[Point, Point] | None:
    """Return the line from a dot to a name that does not touch it."""
    if min(abs(box[1] - y), abs(box[3] - y)) <= _NEAR or box[1] <= y <= box[3]:
        return None
    return (x, y), (min(max(x, box[0] + 4), box[2] - 4), box[3] if box[3] < y else box[1])


def _trail(start: Point, end: Point) -> list[Box]:
    """Return small boxes along a line."""
    steps = max(round(max(abs(end[0] - start[0]), abs(end[1] - start[1])) / 4), 1)
    pairs = [((steps - n) / steps, n / steps) for n in range(steps)]
    points = [(a * start[0] + b * end[0], a * start[1] + b * end[1]) for a, b in pairs]
    return [(x - 3, y - 2, x + 3, y + 2) for x, y in points]
