"""What follows from figures, and from what must hold between them, where some are missing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from oracle.statement import Statement, Sum

Figures = Mapping[str, int]
Equation = tuple[dict[str, int], int]
"""Σ factor·cell = constant."""
Box = dict[str, tuple[int, int]]
"""The least and the greatest that each cell may be."""


def verdict(
    statement: Statement, own: Figures, last: Figures | None
) -> tuple[str, int | None, int | None]:
    """Return the status and both sides, a side without all its figures as None.

    A count that is missing may be any number from 0 up, a change (增/减) any number at all:
    where every choice satisfies the statement it has passed, where none does it has failed.
    Without last year's report (None) nothing is held against this one.
    """
    known = last or {}
    left, right = (side(terms, own, known) for terms in (statement.left, statement.right))
    low, high = spread(statement, own, known)
    holds = {
        "=": (low == high == 0, low <= 0 <= high),
        "<=": (high <= 0, low <= 0),
        ">=": (low >= 0, high >= 0),
    }
    always, ever = holds[statement.relation]
    hushed = last is None and statement.crosses
    status = "passed" if always else "undecided" if ever or hushed else "failed"
    return (status, None, None) if status == "undecided" else (status, left, right)


def side(terms: Sum, own: Figures, last: Figures) -> int | None:
    values = [(factor, (last if late else own).get(code)) for factor, code, late in terms]
    known = [factor * value for factor, value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def spread(statement: Statement, own: Figures, last: Figures) -> tuple[float, float]:
    """Return the least and the greatest that left − right can be."""
    low: float = 0
    high: float = 0
    signed = [(f, c, late) for f, c, late in statement.left]
    signed += [(-f, c, late) for f, c, late in statement.right]
    for factor, code, late in signed:
        value = (last if late else own).get(code)
        if value is not None:
            low, high = low + factor * value, high + factor * value
            continue
        if factor > 0 or code.endswith(".change"):
            high = math.inf
        if factor < 0 or code.endswith(".change"):
            low = -math.inf
    return low, high


def forced(statements: Iterable[Statement], known: Figures, missing: set[str]) -> dict[str, int]:
    """Return the missing cells that have one value in every filling with whole numbers from 0.

    Where nothing fills a table (a block of 表四), no cell of it is forced. Every equation adds
    parts of one table up to their total, so that no value of a corner of the fillings is above
    the sum of all known figures.
    """
    found: dict[str, int] = {}
    for table in _tables(statements):
        equations = [_open(statement, known) for statement in table]
        if any(constant and not factors for factors, constant in equations):
            continue
        cap = 1 + sum(abs(constant) for _, constant in equations)
        parts = [_backbone(part, cap) for part in _parts(equations, missing)]
        if None not in parts:
            found |= {code: value for part in parts if part for code, value in part.items()}
    return found


def _tables(statements: Iterable[Statement]) -> list[list[Statement]]:
    """Put together what shares a cell."""
    tables: list[list[Statement]] = []
    for statement in statements:
        joined = [t for t in tables if any(statement.own & other.own for other in t)]
        tables = [t for t in tables if t not in joined]
        tables.append([*(s for t in joined for s in t), statement])
    return tables


def _backbone(part: list[Equation], cap: int) -> dict[str, int] | None:
    """Return the cells with one value in every filling of a part; None where nothing fills it."""
    reduced = _reduced(part)
    if reduced is None:
        return None
    cells = sorted({code for factors, _ in part for code in factors})
    box = {code: (0, cap) for code in cells}
    first = next(_fillings([*part, *reduced], box), None)
    if first is None:
        return None
    certain = dict(first)
    for code in cells:
        if code in certain and (other := _another([*part, *reduced], box, code, first[code])):
            certain = {c: v for c, v in certain.items() if other[c] == v}
    return certain


def _open(statement: Statement, known: Figures) -> Equation:
    factors: dict[str, int] = {}
    constant = 0
    for terms, sign in ((statement.left, 1), (statement.right, -1)):
        for factor, code, _ in terms:
            if code in known:
                constant -= sign * factor * known[code]
            else:
                factors[code] = sign * factor
    return factors, constant


def _parts(equations: list[Equation], missing: set[str]) -> Iterator[list[Equation]]:
    left = {code for factors, _ in equations for code in factors} & missing
    while left:
        cells = {min(left)}
        while True:
            part = [e for e in equations if cells & set(e[0])]
            wider = {code for factors, _ in part for code in factors}
            if wider == cells:
                break
            cells = wider
        left -= cells
        yield part


def _reduced(part: list[Equation]) -> list[Equation] | None:
    """Eliminate one cell after the other; None where the equations contradict each other.

    Cells are added and subtracted, never multiplied: so no division leaves the whole numbers.
    """
    rest, done = [(dict(factors), constant) for factors, constant in part], []
    while rest:
        factors, constant = rest.pop()
        if not factors:
            if constant:
                return None
            continue
        lead = min(factors)
        scale = factors[lead]
        assert scale in (1, -1)
        row = {code: factor * scale for code, factor in factors.items()}, constant * scale
        done = [*(_without(e, lead, row) for e in done), row]
        rest = [_without(e, lead, row) for e in rest]
    return done


def _without(equation: Equation, lead: str, row: Equation) -> Equation:
    factors, constant = equation
    times = factors.get(lead)
    if not times:
        return equation
    codes = {**factors, **row[0]}
    mixed = {c: factors.get(c, 0) - times * row[0].get(c, 0) for c in codes}
    return {c: f for c, f in mixed.items() if f}, constant - times * row[1]


def _another(equations: list[Equation], box: Box, code: str, value: int) -> dict[str, int] | None:
    """Return a filling in which one cell has another value."""
    low, high = box[code]
    for side_ in ((value + 1, high), (low, value - 1)):
        if side_[0] <= side_[1]:
            other = next(_fillings(equations, {**box, code: side_}), None)
            if other is not None:
                return other
    return None


def _fillings(equations: list[Equation], box: Box) -> Iterator[dict[str, int]]:
    """Yield every filling within a box: narrow it, halve it, narrow it again."""
    narrowed = _narrowed(equations, box)
    if narrowed is None:
        return
    open_ = [code for code, (low, high) in narrowed.items() if low < high]
    if not open_:
        yield {code: low for code, (low, _) in narrowed.items()}
        return
    code = min(open_, key=lambda c: (narrowed[c][1] - narrowed[c][0], c))
    low, high = narrowed[code]
    middle = (low + high) // 2
    for half in ((low, middle), (middle + 1, high)):
        yield from _fillings(equations, {**narrowed, code: half})


def _narrowed(equations: list[Equation], box: Box) -> Box | None:
    """Take away from every cell what no equation allows it; None where nothing is left."""
    box, moved = dict(box), True
    while moved:
        moved = False
        for factors, constant in equations:
            ends = {c: sorted((f * box[c][0], f * box[c][1])) for c, f in factors.items()}
            least, most = sum(e[0] for e in ends.values()), sum(e[1] for e in ends.values())
            if not least <= constant <= most:
                return None
            for code, factor in factors.items():
                share = constant - most + ends[code][1], constant - least + ends[code][0]
                low, high = sorted(part * factor for part in share)
                now = max(box[code][0], low), min(box[code][1], high)
                if now[0] > now[1]:
                    return None
                moved = moved or now != box[code]
                box[code] = now
    return box
