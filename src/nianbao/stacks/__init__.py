"""Rebuilds rows from tables of which every cell, or every label, stands on a line of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from nianbao.documents.plain.tokens import is_sentence, is_word
from nianbao.documents.structure import Block, Document, Line, Row
from nianbao.labels import read_label
from nianbao.placing import is_figure
from nianbao.stacks.pieces import Vocabulary
from nianbao.stacks.rows import rows_of
from nianbao.stacks.runs import Item


def unstack(document: Document, words: Collection[str], titles: Collection[str]) -> Document:
    """Turn stacked cells into rows.

    Parameters
    ----------
    document : Document
        The document as read.
    words : collection of str
        The cores of all heads, captions, stubs and row labels of the forms' tables.
    titles : collection of str
        The cores of the section titles: they always stay lines.

    Returns
    -------
    Document
        The same object where nothing is stacked. Rows are built of what stands there, in its
        order: blank cells vanish, and whether a row is whole is left to the count.
    """
    vocabulary = Vocabulary(words)
    blocks = [_worded(block, vocabulary, titles) for block in document.blocks]
    blocks = _with_whole_labels(blocks, vocabulary, titles)
    blocks = _unstacked(blocks, vocabulary, titles)
    same = len(blocks) == len(document.blocks) and all(
        new is old for new, old in zip(blocks, document.blocks, strict=True)
    )
    return document if same else replace(document, blocks=tuple(blocks))


def _worded(block: Block, vocabulary: Vocabulary, titles: Collection[str]) -> Block:
    """Read a line of known labels, or of one with figures, with single spaces between them."""
    if not isinstance(block, Line) or " " not in block.text.replace("\u3000", " "):
        return block
    if is_sentence(block.text) or read_label(block.text).core in titles:
        return block
    tokens = block.text.split()
    labels, rest = vocabulary.leading(tokens)
    figures = all(is_figure(token) for token in rest)
    if not labels or not figures or len(labels) + len(rest) < 2:
        return block
    return Row((*labels, *rest), block.origin)


def _with_whole_labels(
    blocks: Sequence[Block], vocabulary: Vocabulary, titles: Collection[str]
) -> list[Block]:
    """Give rows of figures the parts of their labels that stand on the lines around them."""
    found: list[Block] = []
    skipped = 0
    for index, block in enumerate(blocks):
        if skipped:
            skipped -= 1
            continue
        label = _label(block)
        if isinstance(block, Row) and label and not vocabulary.knows(label):
            before = _loose(reversed(found), titles)
            after = _loose(blocks[index + 1 :], titles)
            whole, above, skipped = vocabulary.completed(label, before, after)
            if whole:
                del found[len(found) - above :]
                block = replace(block, cells=(whole, *block.cells[1:]))
        found.append(block)
    return found


def _label(block: Block) -> str:
    """Return the label of a flattened row that has just one, before figures."""
    if not isinstance(block, Row) or block.grid is not None or len(block.cells) < 2:
        return ""
    filled = [cell for cell in block.cells[1:] if cell]
    single = is_word(block.cells[0]) and bool(filled) and all(map(is_figure, filled))
    return block.cells[0] if single else ""


def _loose(blocks: Iterable[Block], titles: Collection[str]) -> list[str]:
    """Return the texts of up to two lines that may be parts of a label."""
    texts: list[str] = []
    for block in blocks:
        if len(texts) == 2 or not isinstance(block, Line) or _closed(block, titles):
            break
        texts.append(block.text)
    return texts


def _unstacked(
    blocks: Sequence[Block], vocabulary: Vocabulary, titles: Collection[str]
) -> list[Block]:
    """Rebuild the rows of every stretch of short lines and bare figures."""
    found: list[Block] = []
    stretch: list[Item] = []
    for block in blocks:
        item = _item(block, titles)
        if item:
            stretch.append(item)
            continue
        headed = isinstance(block, Row) and any(map(is_figure, block.cells))
        found.extend(rows_of(stretch, vocabulary, headed=headed))
        found.append(block)
        stretch = []
    found.extend(rows_of(stretch, vocabulary, headed=False))
    return found


def _item(block: Block, titles: Collection[str]) -> Item | None:
    """Take a short line, a figure, or a row of nothing but figures for part of a stack."""
    if isinstance(block, Line) and not _closed(block, titles):
        return Item(block, (block.text,) if is_figure(block.text) else ())
    if isinstance(block, Row) and block.grid is None:
        cells = tuple(cell for cell in block.cells if cell)
        if cells and all(map(is_figure, cells)):
            return Item(block, cells, tuple(i for i, c in enumerate(block.cells) if c))
    return None


def _closed(line: Line, titles: Collection[str]) -> bool:
    """Whether a line belongs to the prose for certain."""
    return is_sentence(line.text) or read_label(line.text).core in titles
