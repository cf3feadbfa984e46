"""Tells from labels and columns, never from the year, which form each table of a report uses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from nianbao.documents.structure import Document, Row
from nianbao.forms import Form, Node, Table, load_form
from nianbao.forms.structure import paths
from nianbao.labels import Label, cores, likeness, read_label
from nianbao.placing import is_figure

_OLD, _NEW = "2019", "2021"
_ALIKE = 0.8
_COLUMNS = 7
"""表三 has seven columns of figures beside its labels."""


def detect(document: Document) -> Form:
    """Return the form, or the mixture of forms, that a document's tables are filed on.

    Notes
    -----
    表二 is told by heads and rows that only one form has. 表三 differs in （六）其他处理 alone:
    one row with figures (2019) or three rows below it (2021). The report's form is that of its
    表三; where 表三 has the single row beside a 表二 of 2021, it is the form of 2021 all the same.
    """
    labels = list(_labels(document))
    words = {label.core for label, _ in labels}
    old, new = (_words(load_form(form).table("t2")) for form in (_OLD, _NEW))
    old_heads, new_heads = len(words & (old - new)), len(words & (new - old))
    three = _has_three_rows(labels)
    single = not three and _has_single_row(document)
    if old_heads > new_heads:
        return load_form(f"{_NEW}+t2:{_OLD}" if three else _OLD)
    if single:
        return load_form(f"{_NEW}+t3:{_OLD}" if new_heads else _OLD)
    return load_form(_NEW)


def _labels(document: Document) -> Iterator[tuple[Label, bool]]:
    """Yield every label of the grids, and whether it is the last one before figures."""
    for row in document.blocks:
        if isinstance(row, Row):
            texts = [cell for cell in row.cells if cell]
            figures = any(is_figure(text) for text in texts)
            labels = [read_label(text) for text in texts if not is_figure(text)]
            for index, label in enumerate(labels):
                yield label, figures and index == len(labels) - 1


def _words(table: Table) -> frozenset[str]:
    """Collect the cores of a table's row and column heads."""
    nodes = [
        node for b in table.blocks for path in paths(b.columns) + paths(b.rows) for node in path
    ]
    return frozenset().union(*(cores(node.label, node.aliases) for node in nodes)) - {""}


def _node(form: str, row: str) -> Node:
    block = load_form(form).table("t3").blocks[0]
    return next(path[-1] for path in paths(block.rows) if path[-1].id == row)


def _has_three_rows(labels: list[tuple[Label, bool]]) -> bool:
    """Whether a row is called like the first or second of the three rows of 2021."""
    names = [_node(_NEW, row) for row in ("other_1", "other_2")]
    known = [cores(node.label, node.aliases) for node in names]
    return any(
        last and any(likeness(label.core, each) >= _ALIKE for each in known)
        for label, last in labels
    )


def _has_single_row(document: Document) -> bool:
    """Whether figures stand beside the group's own label, and no row of the group below it.

    3.其他情形 is a row of 2021. Whatever the rows between 其他处理 and 总计 are called, what
    stands above them is their sum.
    """
    node = _node(_OLD, "other")
    known = cores(node.label, node.aliases)
    rows = [row for row in document.blocks if isinstance(row, Row) and _holds(row)]
    for row, below in pairwise([*rows, Row((), "")]):
        label = _last_label(row)
        if label and label.core in known and label.style != "item":
            after = _last_label(below)
            return not below.cells or (after is not None and after.style != "item")
    return False


def _holds(row: Row) -> bool:
    """Whether a row holds figures, or in a grid their empty places."""
    figures = any(is_figure(cell) for cell in row.cells if cell)
    return figures or (row.grid is not None and len(row.cells) > _COLUMNS)


def _last_label(row: Row) -> Label | None:
    labels = [read_label(cell) for cell in row.cells if cell and not is_figure(cell)]
    return labels[-1] if labels else None
