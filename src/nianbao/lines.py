"""The lines of a form's tables by their labels: which line a written row label names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from nianbao.forms import Block, Form, Node, Table
from nianbao.forms.structure import paths
from nianbao.labels import Label, cores, likeness, nearest, normalize, read_label

_GENERIC = 2
"""Labels of up to two characters (总计, 其他, 规章) count only inside their own table."""

_BY_POSITION = 0.5
"""How like the official label a numbered one must be when its group and number fit."""


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of figures of a form.

    Attributes
    ----------
    block : int
        Index of its block among all blocks of the form.
    path : tuple of Node
        Its row heads, outermost first; the last one is the line's own.
    codes : tuple of str
        Its cells in column order.
    """

    table: Table
    block: int
    path: tuple[Node, ...]
    codes: tuple[str, ...]

    @property
    def cores(self) -> frozenset[str]:
        """The cores of the line's own label and its aliases."""
        return cores(self.path[-1].label, self.path[-1].aliases)

    @property
    def labelled(self) -> bool:
        """Whether the line has a label at all (the one of 表四 has none)."""
        return bool(self.path[-1].label)


@dataclass(frozen=True, slots=True)
class FormBlock:
    """A block of a table with the cores of its heads.

    Attributes
    ----------
    columns : tuple of frozenset of str
        For each column the cores of its own head.
    above : tuple of frozenset of str
        For each column the cores of the heads that it stands under.
    official : tuple of str
        For each column the core of its official head.
    inner, stub, rows : frozenset of str
        The cores of its outer heads, of its stub's head and caption, of its row labels.
    """

    table: Table
    block: Block
    columns: tuple[frozenset[str], ...]
    above: tuple[frozenset[str], ...]
    official: tuple[str, ...]
    inner: frozenset[str]
    stub: frozenset[str]
    rows: frozenset[str]

    @property
    def heads(self) -> frozenset[str]:
        """The cores of all its column heads, inner ones too."""
        return self.inner.union(*self.columns)


def form_blocks(form: Form) -> list[FormBlock]:
    """List a form's blocks with the words to recognise their head rows by."""
    return [_block(table, block) for table in form.tables for block in table.blocks]


def _block(table: Table, block: Block) -> FormBlock:
    columns = paths(block.columns)
    above = [
        frozenset().union(*(cores(node.label, node.aliases) for node in path[:-1]))
        for path in columns
    ]
    return FormBlock(
        table=table,
        block=block,
        columns=tuple(cores(path[-1].label, path[-1].aliases) for path in columns),
        above=tuple(above),
        official=tuple(read_label(path[-1].label).core for path in columns),
        inner=frozenset().union(*above),
        stub=cores(block.caption, (*block.stub, *block.stub_aliases)) - {""},
        rows=frozenset().union(
            *(cores(node.label, node.aliases) for path in paths(block.rows) for node in path)
        )
        - {""},
    )


def form_lines(form: Form) -> list[FormLine]:
    """List a form's lines in order."""
    return [line for i, block in enumerate(form_blocks(form)) for line in lines_of(block, i)]


def lines_of(block: FormBlock, index: int) -> list[FormLine]:
    """List the lines of one block, which is the form's ``index``-th."""
    columns = paths(block.block.columns)
    return [
        FormLine(block.table, index, path, tuple(block.table.code(path, c) for c in columns))
        for path in paths(block.block.rows)
    ]


def line_named(
    label: Label, lines: Sequence[FormLine], here: Table | None, last: FormLine | None
) -> FormLine | None:
    """Return the line whose label or alias this is, or None.

    Notes
    -----
    A generic alias such as 合计 may also be a subtotal that the office added: it counts only
    with the line's own kind of number （七）, or right after the line that stands before it.
    """
    for index, line in enumerate(lines):
        if label.core not in line.cores:
            continue
        if len(label.core) > _GENERIC:
            return line
        own = read_label(line.path[-1].label)
        expected = label.style == own.style != "" or (index > 0 and lines[index - 1] is last)
        if line.table is here and (label.core == own.core or expected):
            return line
    return None


def line_like(
    label: Label, lines: Collection[FormLine], here: Table | None, group: Node | None
) -> FormLine | None:
    """Return the line of the present table that an altered label most likely means, or None.

    Parameters
    ----------
    label : Label
        The written label.
    lines : collection of FormLine
        Lines that no row has claimed by its exact label.
    here : Table or None
        The table that the row stands in.
    group : Node or None
        The group (三)不予公开 … that the row stands under.

    Notes
    -----
    Likeness first; else group and number, if the words at least resemble the official ones.
    """
    rivals = {str(i): line.cores for i, line in enumerate(lines) if line.table is here}
    close = nearest(label.core, rivals)
    if close is not None:
        found = list(lines)[int(close)]
        return None if _names_another(label.core, found, lines) else found
    if group and label.style == "item" and 0 < (label.number or 0) <= len(group.children):
        node = group.children[(label.number or 0) - 1]
        fitting = (line for line in lines if line.path[-1] is node)
        return next((m for m in fitting if likeness(label.core, m.cores) >= _BY_POSITION), None)
    return None


def _names_another(core: str, line: FormLine, lines: Collection[FormLine]) -> bool:
    """Whether a label names a second line of the table beside the one it resembles."""
    own = max(line.cores, key=len)
    others = (c for m in lines if m.table is line.table and m is not line for c in m.cores)
    return any(len(c) >= _GENERIC and c in core and c not in own for c in others)


def line_ending(text: str, lines: Iterable[FormLine], here: Table | None) -> FormLine | None:
    """Return the line of the present table whose official label, numbering and all, ends a text.

    Something from a neighbouring cell may stand before it: ``理（七）总计``.
    """
    written = normalize(text)
    numbered = (
        line for line in lines if line.table is here and read_label(line.path[-1].label).style
    )
    return next((m for m in numbered if written.endswith(normalize(m.path[-1].label))), None)


def group_named(label: Label, lines: Collection[FormLine]) -> Node | None:
    """Return the group of rows whose head this is, or None."""
    for line in lines:
        for node in line.path[:-1]:
            if label.core in cores(node.label, node.aliases):
                return node
    return None


def parts_of(group: Node, lines: Collection[FormLine]) -> list[FormLine]:
    """List the lines that a subtotal of a group adds up: all below it but its own 总计."""
    inside = [line for line in lines if group in line.path[:-1]]
    return [line for line in inside if line.path[-1].id != "total"]
