"""A connected part of a form: rules that share cells, with the figures as published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from nianbao.report import Report, ShortRow
from nianbao.rules import Rule, check, expand
from nianbao.values import LIMIT

Signs = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Token:
    """A number of a short row: its place in the row is known, its column is not."""

    row: ShortRow
    index: int

    @property
    def value(self) -> int:
        """The number as published (件)."""
        return self.row.values[self.index]

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells in which it may stand: those that leave room for the others."""
        slack = len(self.row.codes) - len(self.row.values)
        return self.row.codes[self.index : self.index + slack + 1]


@dataclass(frozen=True)
class Part:
    """Rules that no other rule of the form shares a cell with: 表三, or one block of 表四.

    Attributes
    ----------
    name : str
        Its official words.
    rules : tuple of Rule
        Its rules, in the form's order.
    cells : tuple of str
        The cells that they bind, in the form's order.
    known : dict of str to int
        The published figures; every other cell is free at no cost.
    short_rows : tuple of ShortRow
        Rows whose numbers have lost their columns; their cells are free, but for the numbers.
    """

    name: str
    rules: tuple[Rule, ...]
    cells: tuple[str, ...]
    known: dict[str, int]
    short_rows: tuple[ShortRow, ...] = ()

    @cached_property
    def tokens(self) -> dict[str, Token]:
        """The numbers of its short rows, each under a name of its own beside the cells' codes."""
        return {
            f"{row.codes[0]}#{index + 1}": Token(row, index)
            for row in self.short_rows
            for index in range(len(row.values))
        }

    @cached_property
    def published(self) -> dict[str, int]:
        """All figures that may be wrong, in the form's order: by cell code, or by name."""
        found = {}
        for code in self.cells:
            if code in self.known:
                found[code] = self.known[code]
            own = (name for name, token in self.tokens.items() if token.row.codes[0] == code)
            found |= {name: self.tokens[name].value for name in own}
        return found

    @cached_property
    def ceiling(self) -> int:
        """A figure that none need exceed (件).

        Every entry of the rules' matrix is 0 or ±1 and a basic solution is bounded by the figures
        that stay, so that a ceiling well above their sum excludes nothing.
        """
        return min(LIMIT, 4 * sum(self.published.values()) + 1000)

    @cached_property
    def free(self) -> tuple[str, ...]:
        """The cells without a published figure."""
        return tuple(code for code in self.cells if code not in self.known)

    @cached_property
    def signs(self) -> tuple[Signs, ...]:
        """The coefficients of each rule."""
        return tuple(rule.signs() for rule in self.rules)

    @cached_property
    def failing(self) -> tuple[Rule, ...]:
        """The rules that fail for certain, whatever stands in the free cells."""
        return tuple(r for r in self.rules if check(r, self.known).status == "failed")

    @cached_property
    def families(self) -> tuple[tuple[int, ...], ...]:
        """The rules of one kind, as indices: rules of one kind share no cell."""
        kinds: dict[str, list[int]] = {}
        for index, rule in enumerate(self.rules):
            kinds.setdefault(rule.spec.id, []).append(index)
        return tuple(tuple(kind) for kind in kinds.values())

    def holds(self, values: Mapping[str, int]) -> bool:
        """Whether figures for all its cells satisfy all its rules and none is below zero."""
        return all(values[code] >= 0 for code in self.cells) and all(
            sum(sign * values[code] for code, sign in signs.items()) == 0 for signs in self.signs
        )

    def settles(self) -> bool:
        """Whether zeros and forced figures in the free cells make all rules hold.

        Quick, and enough where it succeeds; where it does not, the solver has to be asked.
        Short rows are there only where it is known that they cannot be placed.
        """
        if self.short_rows:
            return False
        values = dict(self.known)
        moved = True
        while moved:
            moved = False
            for signs in self.signs:
                still = [code for code in signs if code not in values]
                if len(still) == 1:
                    rest = sum(s * values[code] for code, s in signs.items() if code in values)
                    values[still[0]] = -rest * signs[still[0]]
                    moved = True
        return self.holds({code: 0 for code in self.free} | values)


def divide(report: Report) -> tuple[Part, ...]:
    """Divide the rules of a report's form into parts that share no cell and no short row."""
    rules = expand(report.form.key)
    ties = [set(row.codes) for row in report.short_rows]
    known = {code: cell.value for code, cell in report.cells.items() if isinstance(cell.value, int)}
    groups: list[tuple[set[str], list[Rule]]] = []
    for rule in rules:
        cells, joined = set(rule.cells), [rule]
        cells = cells.union(*(tie for tie in ties if not tie.isdisjoint(cells)))
        for group in [group for group in groups if not group[0].isdisjoint(cells)]:
            groups.remove(group)
            cells |= group[0]
            joined = group[1] + joined
        groups.append((cells, joined))
    found = [_part(report, rules, cells, joined, known) for cells, joined in groups]
    order = {code: i for i, code in enumerate(report.form.cells)}
    return tuple(sorted(found, key=lambda part: order[part.cells[0]]))


def _part(
    report: Report,
    rules: Sequence[Rule],
    cells: set[str],
    joined: Iterable[Rule],
    known: Mapping[str, int],
) -> Part:
    order = {rule.id: i for i, rule in enumerate(rules)}
    own = tuple(sorted(joined, key=lambda rule: order[rule.id]))
    table = report.form.table(own[0].spec.table)
    codes = tuple(code for code in report.form.cells if code in cells)
    return Part(
        name=table.name + (f"“{own[0].scope}”" if len(own) == 1 else ""),
        rules=own,
        cells=codes,
        known={code: known[code] for code in codes if code in known},
        short_rows=tuple(r for r in report.short_rows if not cells.isdisjoint(r.codes)),
    )
