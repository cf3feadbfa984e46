"""Names the slip behind a set of suspect cells: a hint, never a correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nianbao.suspects.likely import slip
from nianbao.suspects.part import Part

_SWAPPED = "两格数字互换"
_ASTRAY = "一格多、另一格少的数相同，疑为数字记错了栏"
_NOT_UPDATED = "分项与其他总计相符，疑为总计未随分项更新"
_CROSSED = "所在行与所在列的差额同为 {}"


@dataclass(frozen=True)
class Explanation:
    """What explains a set, and how well.

    Attributes
    ----------
    text : str or None
        In Chinese; None where no usual slip fits.
    by_cell : dict of str to str
        The slip of each cell that has one.
    unexplained : int
        How many cells changed without a usual slip.
    weight : int
        How much the slips tell, to rank sets with equally many unexplained cells.
    """

    text: str | None
    by_cell: Mapping[str, str]
    unexplained: int
    weight: int

    @property
    def key(self) -> tuple[int, int]:
        """Sets with a smaller key come first."""
        return self.unexplained, -self.weight


def explain(part: Part, cells: Sequence[str], implied: Mapping[str, int]) -> Explanation:
    """Explain a set by the figures that its cells would have to be."""
    together = _together(part, cells, implied)
    if together:
        return Explanation(together[0], {}, 0, together[1] * len(cells))
    by_cell, weight = {}, 0
    for code in cells:
        if code not in implied:
            continue
        name, strength = slip(part.known[code], implied[code])
        if not name and len(cells) == 1 and _is_sum(part, code):
            name, strength = _NOT_UPDATED, 1
        if name:
            by_cell[code] = name
            weight += strength
    text = _text(cells, by_cell)
    if not text and len(cells) == 1 and _crossed(part, cells[0]) and implied:
        (code,) = cells
        # Evidence that it is this cell, but not of how it came about.
        text = _CROSSED.format(abs(implied[code] - part.known[code]))
    return Explanation(text, by_cell, len(cells) - len(by_cell), weight)


def explain_slips(names: Sequence[str], slips: Mapping[str, tuple[str, int]]) -> Explanation:
    """Explain a set by the slip of each of its figures alone, with how much each tells."""
    by_name = {name: text for name, (text, _) in slips.items() if text}
    weight = sum(strength for _, strength in slips.values())
    return Explanation(_text(names, by_name), by_name, len(names) - len(by_name), weight)


def _crossed(part: Part, code: str) -> bool:
    """Whether both the row and the column of a cell fail for themselves."""
    return sum(code in rule.cells for rule in part.failing) > 1


def _text(cells: Sequence[str], by_cell: Mapping[str, str]) -> str | None:
    if not by_cell:
        return None
    names = list(dict.fromkeys(by_cell.values()))
    left = len(cells) - len(by_cell)
    return "；".join(names) + (f"；另{left}格无常见笔误可解释" if left else "")


def _together(
    part: Part, cells: Sequence[str], implied: Mapping[str, int]
) -> tuple[str, int] | None:
    """Explain two cells by one slip."""
    if len(cells) != 2 or len(implied) != 2:
        return None
    one, two = cells
    if implied[one] == part.known[two] and implied[two] == part.known[one]:
        return _SWAPPED, 3
    moved = [implied[code] - part.known[code] for code in cells]
    same_line = any(one in rule.cells and two in rule.cells for rule in part.rules)
    if same_line and moved[0] == -moved[1] and 0 in (part.known[one], part.known[two]):
        return _ASTRAY, 2
    return None


def _is_sum(part: Part, code: str) -> bool:
    """Whether a cell is a total: alone on the left of a rule."""
    return any(rule.left == (code,) for rule in part.rules)
