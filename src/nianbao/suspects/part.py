"""A connected part of a form: rules that share cells, with the figures as published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from nianbao.report import Report
from nianbao.rules import Rule, check, expand

Signs = Mapping[str, int]


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
    """

    name: str
    rules: tuple[Rule, ...]
    cells: tuple[str, ...]
    known: dict[str, int]

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
        """
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
    """Divide the rules of a report's form into parts that share no cell."""
    rules = expand(report.form.key)
    known = {code: cell.value for code, cell in report.cells.items() if isinstance(cell.value, int)}
    groups: list[tuple[set[str], list[Rule]]] = []
    for rule in rules:
        cells, joined = set(rule.cells), [rule]
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
    )
