"""Lets the balance rules settle what reading could not: short rows, blanks, doubtful places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nianbao.figures import Fit, LineReading, Written
from nianbao.report import ShortRow as UnplacedRow
from nianbao.rules import Rule
from nianbao.solve import Filling, ShortRow, fill
from nianbao.values import parse


@dataclass(frozen=True)
class Part:
    """A connected part of the form: rules that share cells, and what they leave of the unknown.

    Attributes
    ----------
    cells : frozenset of str
        The cells that its rules bind.
    readings : tuple of LineReading
        The lines with cells in it, as finally read.
    filling : Filling or None
        None where nothing was unknown, so that the solver was not asked.
    """

    rules: tuple[Rule, ...]
    cells: frozenset[str]
    readings: tuple[LineReading, ...]
    filling: Filling | None

    @property
    def contradictory(self) -> bool:
        """Whether it is certain that no filling satisfies the rules: a number read is wrong."""
        return self.filling is not None and self.filling.proved and not self.filling.feasible

    def unplaced(self) -> list[UnplacedRow]:
        """Return its short rows if it is certain that no filling satisfies the rules.

        Where the solver merely reached its limit, nothing is known to be wrong. A row with
        something illegible is left out: it shows less than its numbers.
        """
        if not self.contradictory:
            return []
        rows = []
        for reading in self.readings:
            counts = [_count(value) for value in reading.values]
            known = tuple(count for count in counts if count is not None)
            if reading.fit is Fit.SHORT and counts and len(known) == len(counts):
                origin = reading.placed.row.origin if reading.placed else ""
                rows.append(UnplacedRow(reading.line.codes, known, origin))
        return rows


def infer(rules: Sequence[Rule], readings: Sequence[LineReading]) -> list[Part]:
    """Ask the rules, part by part, about all that was not read.

    A row whose edge blanks rest on their place alone is first asked about as a short row: in a
    flattened table a lost number, filled up at the edge, looks like a blank. It is read as it
    stands only where every filling agrees with that.
    """
    return [_settle(part, readings) for part in _parts(rules, readings)]


def _settle(rules: tuple[Rule, ...], readings: Sequence[LineReading]) -> Part:
    cells = frozenset(code for rule in rules for code in rule.cells)
    inside = [r for r in readings if not cells.isdisjoint(r.line.codes)]
    doubted = [r.as_short() if r.by_place and not _clear(r, rules) else r for r in inside]
    filling = _ask(rules, cells, doubted)
    settled = [
        given if filling and doubtful is not given and _stands(given, filling) else doubtful
        for given, doubtful in zip(inside, doubted, strict=True)
    ]
    return Part(rules, cells, tuple(settled), filling)


def _clear(reading: LineReading, rules: Sequence[Rule]) -> bool:
    """Whether the rules of a row alone allow no other place for its numbers."""
    codes = frozenset(reading.line.codes)
    own = tuple(rule for rule in rules if codes.issuperset(rule.cells))
    filling = _ask(own, codes, [reading.as_short()])
    return bool(filling and _stands(reading, filling, whole=False))


def _stands(reading: LineReading, filling: Filling, *, whole: bool = True) -> bool:
    """Whether every filling has a row's numbers where they were found.

    ``whole`` asks that its blanks be certain as well.
    """
    return reading.by_place and all(
        filling.values.get(code) == _count(value)
        if value.text
        else code in filling.values or not whole
        for code, value in zip(reading.line.codes, reading.values, strict=True)
    )


def _ask(
    rules: tuple[Rule, ...], cells: frozenset[str], readings: Iterable[LineReading]
) -> Filling | None:
    """Ask the solver, unless every cell was read."""
    known: dict[str, int] = {}
    short_rows = []
    for reading in readings:
        if reading.fit is Fit.SHORT:
            tokens = tuple((value.text, _count(value)) for value in reading.values)
            short_rows.append(ShortRow(reading.line.codes, tokens))
        elif reading.fit is Fit.EXACT:
            counts = {
                code: _count(value)
                for code, value in zip(reading.line.codes, reading.values, strict=True)
            }
            known |= {code: count for code, count in counts.items() if count is not None}
    placed = {code for row in short_rows for code in row.cells}
    free = sorted(cells - placed - set(known))
    return fill(rules, known, free, short_rows) if placed or free else None


def _count(value: Written) -> int | None:
    """Return a written count (件), or None for a blank, a mark or what is not clear."""
    number = parse(value.text).number if value.clear else None
    return number if isinstance(number, int) else None


def _parts(rules: Sequence[Rule], readings: Iterable[LineReading]) -> list[tuple[Rule, ...]]:
    """Divide rules into parts that share no cell and no short row."""
    ties = [set(r.line.codes) for r in readings if r.fit is Fit.SHORT or r.by_place]
    parts: list[tuple[set[str], list[Rule]]] = []
    for rule in rules:
        cells = set(rule.cells).union(*(tie for tie in ties if not tie.isdisjoint(rule.cells)))
        joined = [rule]
        for part in [part for part in parts if not part[0].isdisjoint(cells)]:
            parts.remove(part)
            cells |= part[0]
            joined = part[1] + joined
        parts.append((cells, joined))
    order = {rule.id: i for i, rule in enumerate(rules)}
    return [tuple(sorted(part, key=lambda rule: order[rule.id])) for _, part in parts]
