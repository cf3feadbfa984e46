"""Builds the frames of tables from ruled lines: column edges, row edges and the boxes between."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nianbao.documents.pdf.sheets import Stroke
from nianbao.documents.spans import MAX_COLUMNS, MAX_ROWS
from nianbao.errors import UnreadableError

NEAR = 3.0
"""Points; lines of one frame that lie no further apart are the same edge (double lines too)."""

MAX_CROSSINGS = 2_000_000
"""Level times upright lines of a page; a page of tables has a few hundred of each at most."""

_SURE = 0.75
_GONE = 0.25


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a frame: the columns and rows that it covers, ends exclusive.

    Attributes
    ----------
    doubtful : bool
        Whether its border is drawn in part only, so that its extent is not certain.
    """

    first: int
    end: int
    top: int
    bottom: int
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The ruled frame of one table on one page: edges in points, rising, and its boxes."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    boxes: tuple[Box, ...]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside the frame."""
        return self.columns[0] <= x < self.columns[-1] and self.rows[0] <= y < self.rows[-1]


def find_frames(strokes: Iterable[Stroke]) -> list[Frame]:
    """Find the frames on a page, from the top down.

    A frame is a group of lines that touch; one without at least two cells is none. A line
    missing at the outline (a table cut by the page) is taken to run along the others' ends.

    Raises
    ------
    UnreadableError
        Where there are more lines than tables have.
    """
    levels = _joined([s for s in strokes if s.level])
    uprights = _joined([s for s in strokes if not s.level])
    if len(levels) * len(uprights) > MAX_CROSSINGS:
        raise UnreadableError("线条过多")
    built = [_frame(group) for group in _groups(levels, uprights)]
    frames = [frame for frame in built if frame]
    return sorted(frames, key=lambda frame: (frame.rows[0], frame.columns[0]))


def _joined(strokes: Sequence[Stroke]) -> list[Stroke]:
    """Join the pieces of lines that lie on one another or end where the next begins."""
    if not strokes:
        return []
    edges = _edges(s.at for s in strokes)
    lying: dict[float, list[Stroke]] = {}
    for stroke in strokes:
        lying.setdefault(edges[_index(edges, stroke.at)], []).append(stroke)
    joined: list[Stroke] = []
    for at, pieces in sorted(lying.items()):
        start, end = None, 0.0
        for piece in sorted(pieces, key=lambda s: (s.start, s.end)):
            if start is not None and piece.start > end + NEAR:
                joined.append(Stroke(pieces[0].level, at, start, end))
                start = None
            start, end = (piece.start, piece.end) if start is None else (start, max(end, piece.end))
        joined.append(Stroke(pieces[0].level, at, start or 0.0, end))
    return joined


def _edges(places: Iterable[float]) -> list[float]:
    """Take places that lie close together for one edge, at their middle."""
    clusters: list[list[float]] = []
    for place in sorted(places):
        if clusters and place - clusters[-1][0] <= NEAR:
            clusters[-1].append(place)
        else:
            clusters.append([place])
    return [(cluster[0] + cluster[-1]) / 2 for cluster in clusters]


def _index(edges: Sequence[float], place: float) -> int:
    """Return the nearest edge's index."""
    right = bisect_left(edges, place)
    near = [i for i in (right - 1, right) if 0 <= i < len(edges)]
    return min(near, key=lambda i: abs(edges[i] - place))


def _groups(levels: list[Stroke], uprights: list[Stroke]) -> Iterator[list[Stroke]]:
    """Group the lines that touch one another."""
    lines = [*levels, *uprights]
    parent = list(range(len(lines)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, level in enumerate(levels):
        for j, upright in enumerate(uprights, start=len(levels)):
            across = level.start - NEAR <= upright.at <= level.end + NEAR
            if across and upright.start - NEAR <= level.at <= upright.end + NEAR:
                parent[root(i)] = root(j)
    groups: dict[int, list[Stroke]] = {}
    for i, line in enumerate(lines):
        groups.setdefault(root(i), []).append(line)
    yield from groups.values()


def _frame(lines: list[Stroke]) -> Frame | None:
    levels = [line for line in lines if line.level]
    uprights = [line for line in lines if not line.level]
    if not levels or not uprights:
        return None
    columns = _outlined([s.at for s in uprights], levels)
    rows = _outlined([s.at for s in levels], uprights)
    cells = (len(columns) - 1, len(rows) - 1)
    if min(cells) < 1 or cells == (1, 1) or cells[0] > MAX_COLUMNS or cells[1] > MAX_ROWS:
        return None
    return Frame(tuple(columns), tuple(rows), tuple(_boxes(columns, rows, levels, uprights)))


def _outlined(places: list[float], crossing: list[Stroke]) -> list[float]:
    """Return the edges, with the ends of the lines that cross them where these reach further."""
    edges = _edges(places)
    start = min(line.start for line in crossing)
    end = max(line.end for line in crossing)
    reach = 2 * NEAR
    before = [start] if start < edges[0] - reach else []
    after = [end] if end > edges[-1] + reach else []
    return [*before, *edges, *after]


class _Walls:
    """How far the lines of one direction are drawn along each edge."""

    def __init__(self, edges: Sequence[float], lines: Iterable[Stroke]) -> None:
        self._drawn: dict[int, list[Stroke]] = {}
        for line in lines:
            self._drawn.setdefault(_index(edges, line.at), []).append(line)

    def share(self, edge: int, start: float, end: float) -> float:
        """Return which share of an edge between two crossing edges is drawn."""
        slack = min(NEAR, (end - start) / 4)
        start, end = start + slack, end - slack
        drawn = sum(
            max(0.0, min(line.end, end) - max(line.start, start))
            for line in self._drawn.get(edge, ())
        )
        return drawn / max(end - start, 0.01)


def _boxes(
    columns: list[float], rows: list[float], levels: list[Stroke], uprights: list[Stroke]
) -> Iterator[Box]:
    """Join the fields of the raster where no wall stands between them."""
    beside, below = _Walls(columns, uprights), _Walls(rows, levels)
    width, height = len(columns) - 1, len(rows) - 1
    unsure: set[tuple[int, int]] = set()
    owner = {(x, y): (x, y) for y in range(height) for x in range(width)}
    members = {field: [field] for field in owner}
    for x, y in list(owner):
        right = beside.share(x + 1, rows[y], rows[y + 1])
        down = below.share(y + 1, columns[x], columns[x + 1])
        for share, other in ((right, (x + 1, y)), (down, (x, y + 1))):
            if other not in owner:
                continue
            if _GONE < share < _SURE:
                unsure |= {(x, y), other}
            if share < _SURE and owner[x, y] != owner[other]:
                kept, given = owner[x, y], owner[other]
                if len(members[kept]) < len(members[given]):
                    kept, given = given, kept
                moved = members.pop(given)
                members[kept] += moved
                owner.update(dict.fromkeys(moved, kept))
    for fields in members.values():
        yield from _box(fields, unsure)


def _box(fields: list[tuple[int, int]], unsure: set[tuple[int, int]]) -> Iterator[Box]:
    """Give one box; where fields do not make up a rectangle, each on its own and in doubt."""
    across, down = {x for x, _ in fields}, {y for _, y in fields}
    whole = Box(min(across), max(across) + 1, min(down), max(down) + 1)
    if (whole.end - whole.first) * (whole.bottom - whole.top) != len(fields):
        yield from (Box(x, x + 1, y, y + 1, doubtful=True) for x, y in fields)
    else:
        yield Box(whole.first, whole.end, whole.top, whole.bottom, not unsure.isdisjoint(fields))
