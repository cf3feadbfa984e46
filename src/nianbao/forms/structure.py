"""What a statutory form is made of: sections, tables, rows, columns, cells and rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_EXPLANATION = re.compile(r"(?<=.)（[^（）]*）$")


def words(path: tuple[Node, ...], *, brief: bool = False) -> str:
    """Join a head's official words with its group's, where it stands in a group.

    Examples: ``一、本年新收政府信息公开申请数量``; ``（三）不予公开 · 1.属于国家秘密``.
    ``brief`` leaves out an explanation in brackets at the end of a label.
    """
    labels = [node.official if brief else node.label for node in path if node.label]
    return " · ".join(labels[-2:] if len(labels) > 2 else labels[-1:])


@dataclass(frozen=True, slots=True)
class Node:
    """A row or column head; inner nodes only group, leaves carry figures.

    Attributes
    ----------
    id : str
        Short id, part of a cell's code; empty where the head does not name a part.
    label : str
        Official label, verbatim.
    short : str
        The label's core for sentences and charts.
    aliases : tuple of str
        Other words seen in published reports.
    unit : str
        The unit of a column's figures where it is not its block's.
    signed : bool
        Whether a column's figures may be negative (本年增/减).
    """

    id: str
    label: str
    short: str
    aliases: tuple[str, ...] = ()
    children: tuple[Node, ...] = ()
    unit: str = ""
    signed: bool = False

    @property
    def official(self) -> str:
        """The official label without an explanation in brackets at its end."""
        return _EXPLANATION.sub("", self.label) or self.label

    def leaves(self, above: tuple[Node, ...] = ()) -> Iterator[tuple[Node, ...]]:
        """Yield the path from this node to each leaf below it, in the form's order."""
        path = (*above, self)
        if not self.children:
            yield path
        for child in self.children:
            yield from child.leaves(path)


def paths(nodes: tuple[Node, ...]) -> list[tuple[Node, ...]]:
    """List the paths to all leaves under several heads, in the form's order."""
    return [path for node in nodes for path in node.leaves()]


@dataclass(frozen=True, slots=True)
class CellSpec:
    """One cell of a form: its code, table and heads, and its unit (件, 项, 万元)."""

    code: str
    table: str
    row: tuple[Node, ...]
    column: tuple[Node, ...]
    unit: str
    label: str

    @property
    def decimal(self) -> bool:
        """Whether a fraction is allowed: amounts only, counts are whole."""
        return self.unit == "万元"

    @property
    def signed(self) -> bool:
        """Whether a figure below zero is allowed."""
        return self.column[-1].signed


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a table with one head: caption line, stub heads, column and row heads."""

    caption: str
    stub: tuple[str, ...]
    stub_aliases: tuple[str, ...]
    stub_width: int
    unit: str
    columns: tuple[Node, ...]
    rows: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A statutory table: ``t2`` 表二, ``t3`` 表三, ``t4`` 表四; ``form`` says whose it is."""

    form: str
    id: str
    name: str
    section: int
    caption: str
    width: int
    blocks: tuple[Block, ...]

    def code(self, row: tuple[Node, ...], column: tuple[Node, ...]) -> str:
        """Return the code of the cell where a row and a column meet."""
        return ".".join([self.id, *(n.id for n in row if n.id), *(n.id for n in column if n.id)])

    def lines(self) -> Iterator[tuple[Block, tuple[Node, ...], tuple[str, ...]]]:
        """Yield each row of figures: its block, its row heads, the codes of its cells."""
        for block in self.blocks:
            columns = paths(block.columns)
            for row in paths(block.rows):
                yield block, row, tuple(self.code(row, column) for column in columns)


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A section of the report as the law orders it."""

    number: int
    title: str
    aliases: tuple[str, ...]


Terms = tuple[str | int, ...]
"""Cell patterns and numbers that are added up."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sums and what is to hold between them: ``= != < <= > >=``."""

    left: Terms
    relation: str
    right: Terms


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """A rule as stated in YAML, before it is expanded over rows, columns or blocks.

    Attributes
    ----------
    label : str
        What must hold, in Chinese.
    each : str
        ``column``, ``row`` or ``block`` of its table, or empty.
    left, right : tuple of str or int
        The terms of both sides; empty for a check that is no arithmetic.
    severity : str
        ``error``, ``warning`` or ``hint``.
    basis, advice : str
        Where the rule comes from, and what to look at where it fails.
    relation : str
        What is to hold between the sides.
    kind : str
        ``balance`` for a 勾稽关系 of a form, ``comparison`` for other arithmetic, else the part
        of the package that tells it (``narrative``, ``levels`` …).
    rows : tuple of str
        The only rows that it is repeated over; empty for all.
    when : tuple of Comparison
        What must hold before it is asked at all.
    since, until : int
        The first and the last year of report that it is for.
    levels, agencies : tuple of str
        The only levels and agencies that it is for; empty for all.
    origin : str
        Whose it is: empty for the package's own, else the file of the analyst.
    """

    id: str
    label: str
    table: str
    each: str
    left: Terms
    right: Terms
    severity: str
    basis: str
    relation: str = "="
    kind: str = "balance"
    advice: str = ""
    rows: tuple[str, ...] = ()
    when: tuple[Comparison, ...] = ()
    since: int = 0
    until: int = 9999
    levels: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    origin: str = ""

    @property
    def balances(self) -> bool:
        """Whether it is a balance rule of the form or of sums added to it."""
        return self.kind in ("balance", "subtotals")


@dataclass(frozen=True, slots=True)
class Form:
    """A statutory form: which cells exist, what they are called, which rules bind them.

    Attributes
    ----------
    id : str
        ``2019`` or ``2021``; of a mixture, the form of its 表三.
    key : str
        The id, or for a mixture also where its other tables come from.
    since, until : int
        The first and the last year that it was made for.
    sha256, files : str, tuple of str
        The files that define it, and their hash together.
    rules : tuple of RuleSpec
        The balance rules between its cells.
    """

    id: str
    key: str
    title: str
    basis: str
    law: str
    since: int
    until: int
    sections: tuple[SectionSpec, ...]
    tables: tuple[Table, ...]
    rules: tuple[RuleSpec, ...]
    cells: Mapping[str, CellSpec]
    sha256: str
    files: tuple[str, ...]

    def table(self, table_id: str) -> Table:
        """Return the table of that id."""
        return next(table for table in self.tables if table.id == table_id)

    @property
    def hybrid(self) -> bool:
        """Whether its tables come from more than one form."""
        return self.key != self.id

    def serves(self, year: int) -> bool:
        """Whether the form was made for a year."""
        return self.since <= year <= self.until
