"""An outline on a whole-number grid, and its shortest path data."""

from __future__ import annotations

from typing import TypeAlias

Point: TypeAlias = tuple[int, int]
Outline: TypeAlias = list[tuple[str, tuple[Point, ...]]]
"""Commands ``M L Q C z`` with absolute points in grid units."""

QUADRATIC_ERROR = 0.5
"""A cubic curve may be written as a quadratic one that strays less than this, in grid units."""


def path_data(commands: Outline, places: int = 0) -> str:
    """Write an outline as relative path data.

    Differences are taken between rounded points, so that rounding never adds up.

    Parameters
    ----------
    commands : Outline
        Absolute, on the grid.
    places : int
        Decimals of the grid: with 2, a grid unit is written as 0.01.
    """
    writer = _Writer(places)
    start = here = (0, 0)
    for number, (letter, points) in enumerate(commands):
        closes = number + 1 < len(commands) and commands[number + 1][0] == "z"
        if letter == "z":
            writer.add("z", ())
            here = start
            continue
        if letter == "L" and (points[0] == here or (closes and points[0] == start)):
            continue  # z draws the last side itself
        writer.add(*_relative(letter, here, points))
        here = points[-1]
        start = here if letter == "M" else start
    return writer.text()


def _relative(letter: str, here: Point, points: tuple[Point, ...]) -> tuple[str, tuple[int, ...]]:
    steps = tuple((x - here[0], y - here[1]) for x, y in points)
    if letter == "C":
        steps = _simpler(steps)
        letter = "LQC"[len(steps) - 1]
    if letter == "L" and not steps[0][1]:
        return "h", (steps[0][0],)
    if letter == "L" and not steps[0][0]:
        return "v", (steps[0][1],)
    return letter.lower(), tuple(number for step in steps for number in step)


def _simpler(steps: tuple[Point, ...]) -> tuple[Point, ...]:
    """Return a cubic curve from the origin as a line or quadratic curve where none can tell."""
    (ax, ay), (bx, by), (x, y) = steps
    if (ax, ay) in ((0, 0), (x, y)) and (bx, by) in ((0, 0), (x, y)):
        return ((x, y),)
    # The farthest that the best quadratic curve strays from the cubic one is √3/36·|Δ³|.
    strays = 3**0.5 / 36 * ((x - 3 * bx + 3 * ax) ** 2 + (y - 3 * by + 3 * ay) ** 2) ** 0.5
    if strays > QUADRATIC_ERROR:
        return steps
    return (round((3 * (ax + bx) - x) / 4), round((3 * (ay + by) - y) / 4)), (x, y)


class _Writer:
    """Joins commands and numbers with no separator that the grammar of paths can do without."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._parts: list[str] = []
        self._letter = ""

    def add(self, letter: str, numbers: tuple[int, ...]) -> None:
        # A repeated letter may be left out; a second m would be read as a line.
        fresh = letter != self._letter or letter in "mz"
        self._parts.append(letter if fresh else "")
        for position, number in enumerate(numbers):
            text = self._number(number)
            begins = position == 0 and fresh
            self._parts.append(text if begins or text[0] == "-" else f",{text}")
        self._letter = letter

    def _number(self, number: int) -> str:
        if not self._places:
            return str(number)
        whole, rest = divmod(abs(number), 10**self._places)
        fraction = f".{rest:0{self._places}}".rstrip("0") if rest else ""
        return f"{'-' if number < 0 else ''}{whole or '' if rest else whole}{fraction}"

    def text(self) -> str:
        return "".join(self._parts)
