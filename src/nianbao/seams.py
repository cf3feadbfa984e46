"""Joins labels of flattened rows that a gap has torn into pieces."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from nianbao.documents.structure import Block, Document, Row
from nianbao.labels import read_label
from nianbao.placing import is_figure

_PIECES = 6
"""The most pieces that one label is put together from."""


def mend(document: Document, words: Collection[str]) -> Document:
    """Join neighbouring pieces of words where together they are a known label.

    Two neighbours that are both known labels stay two.

    Parameters
    ----------
    document : Document
        The document; only rows without certain places are touched.
    words : collection of str
        The cores of all heads and row labels of the forms.
    """
    blocks = tuple(_mended(block, words) for block in document.blocks)
    return replace(document, blocks=blocks)


def _mended(block: Block, words: Collection[str]) -> Block:
    if not isinstance(block, Row) or block.grid is not None:
        return block
    cells: list[str] = []
    index = 0
    while index < len(block.cells):
        end = _end(block.cells, index, words)
        cells.append("".join(block.cells[index:end]))
        index = end
    return block if len(cells) == len(block.cells) else replace(block, cells=tuple(cells))


def _end(cells: Sequence[str], first: int, words: Collection[str]) -> int:
    """Return where the label that begins in a place ends: one further, or after its pieces."""
    end = first + 1
    if not cells[first] or is_figure(cells[first]):
        return end
    whole = read_label(cells[first]).core in words
    for last in range(first + 1, min(first + _PIECES, len(cells))):
        if not cells[last] or is_figure(cells[last]):
            break
        both = whole and read_label(cells[last]).core in words
        if not both and read_label("".join(cells[first : last + 1])).core in words:
            end = last + 1
    return end
