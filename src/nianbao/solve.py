"""Asks the balance rules: where the numbers of short rows belong, and what a blank must be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from nianbao.rules import Rule
from nianbao.values import LIMIT

if TYPE_CHECKING:
    from nianbao.equations import Equations, Token

_EFFORT = 20.0
"""Deterministic seconds for one question: a limit in work done, the same on every machine."""


@dataclass(frozen=True, slots=True)
class ShortRow:
    """A row that holds fewer values than columns.

    Attributes
    ----------
    cells : tuple of str
        The codes of its columns, in order.
    tokens : tuple of (str, int or None)
        What is written, in order: the text and its value (None for a mark such as ``/``).
    """

    cells: tuple[str, ...]
    tokens: tuple[Token, ...]

    def placements(self) -> list[dict[str, Token]]:
        """List every way to lay the tokens into the columns with their order kept."""
        return [
            dict(zip(columns, self.tokens, strict=True))
            for columns in combinations(self.cells, len(self.tokens))
        ]


@dataclass(frozen=True)
class Filling:
    """What the rules leave of the unknown cells.

    Attributes
    ----------
    feasible : bool
        Whether some filling in non-negative integers satisfies all rules.
    values : dict of str to int
        The cells with the same value in every filling (the backbone), and that value; without
        those in which something other than a number may stand.
    written : dict of str to str
        The token that every surviving placement puts in a cell of a short row.
    proved : bool
        False where the solver reached its limit; nothing is then called certain.
    """

    feasible: bool
    values: dict[str, int] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    proved: bool = True


def fill(
    rules: Sequence[Rule],
    known: Mapping[str, int],
    free: Iterable[str],
    short_rows: Sequence[ShortRow],
) -> Filling:
    """Find the unknown cells to which the rules leave only one value.

    Parameters
    ----------
    rules : sequence of Rule
        The equations that bind the cells; all other cells in them must be known.
    known : mapping of str to int
        Cells that were read (件).
    free : iterable of str
        Cells whose place is known but that hold no number (blank, dash, …).
    short_rows : sequence of ShortRow
        Rows whose values have to be placed, order kept.

    Returns
    -------
    Filling
        Two placements that give the same values are the same filling.

    Notes
    -----
    The backbone is found as usual in constraint solving: take one solution, ask for another
    that differs in a cell still thought certain, and repeat until there is none.
    """
    # The solver takes a second to load; a report with nothing unknown never needs it.
    from nianbao.equations import Equations

    equations = Equations(LIMIT, _EFFORT)
    for code in free:
        equations.add_free(code)
    for row in short_rows:
        equations.add_short_row(row.cells, row.tokens)
    for rule in rules:
        equations.add_balance(rule.signs(), known)
    first = equations.solve()
    if first is None:
        return Filling(feasible=False, proved=equations.proved)
    values = _backbone(equations, first)
    if not equations.proved:
        return Filling(feasible=True, proved=False)
    written: dict[str, str] = {}
    for row in short_rows:
        alive = [p for p in row.placements() if _agrees(p, values)]
        written |= _written(equations, row, values, alive)
        # What is forced where something illegible may stand is no reading of it.
        for code in sorted({c for p in alive for c, (_, value) in p.items() if value is None}):
            if code in values and equations.can_be_illegible(code):
                del values[code]
    return Filling(feasible=True, values=values, written=written)


def _backbone(equations: Equations, first: dict[str, int]) -> dict[str, int]:
    """Drop from one solution every cell to which another solution gives another value."""
    certain = first
    while certain:
        other = equations.solve_differing(certain)
        if other is None:
            break
        certain = {code: value for code, value in certain.items() if other[code] == value}
    return certain


def _written(
    equations: Equations,
    row: ShortRow,
    values: Mapping[str, int],
    alive: Sequence[Mapping[str, Token]],
) -> dict[str, str]:
    """Say which token stands in each cell of a row under every surviving placement.

    A row whose cells are all certain is decided by listing its placements; in another row the
    placements hang together with those of other rows, so the equations are asked.
    """
    whole = all(code in values for code in row.cells)
    found = {}
    for code in row.cells:
        texts = {placement[code][0] if code in placement else "" for placement in alive}
        ask = code in values and not whole
        for text in sorted(texts - {""}):
            if texts == {text} or (ask and not equations.can_lack(code, text)):
                found[code] = text
    return found


def _agrees(placement: Mapping[str, Token], values: Mapping[str, int]) -> bool:
    """Whether a placement gives no certain cell another value than the rules do."""
    return all(
        value is None or values.get(code, value) == value for code, (_, value) in placement.items()
    )
