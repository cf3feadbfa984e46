"""Reads saved web pages: the report's prose and tables, without the site around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from nianbao.documents.html.article import Block, article, names_report, statutory
from nianbao.documents.html.charset import decode
from nianbao.documents.html.elements import Element, visible
from nianbao.documents.html.flow import Grid, Passage, passages
from nianbao.documents.html.markup import tame
from nianbao.documents.html.stylesheet import hidden_by_sheet
from nianbao.documents.spans import MAX_COLUMNS, MAX_ROWS, Span, lay_out
from nianbao.documents.structure import Document, Line, Remark, Row
from nianbao.errors import UnreadableError

MAX_LINE = 200_000
"""Characters; the longest paragraph of a report has a few thousand."""
TABLES = 3
"""A report has as many statutory tables."""

_FIGURE = re.compile(r"[\d,.，]{1,15}")
_PARTED = re.compile(r"[_|｜]|\s[-—–]\s|[-—–](?=[^-—–]*$)")


def read_html(content: bytes, name: str) -> Document:
    """Read a saved page.

    Nothing that the page refers to is fetched.

    Parameters
    ----------
    content : bytes
        The page; its charset is found out.
    name : str
        The file's name, for messages.

    Raises
    ------
    UnreadableError
        Where the bytes are no text, or the markup is larger or deeper than any report's.
    """
    text, remarks = decode(content, name)
    page = LexborHTMLParser(tame(text, name))
    found = _article(page, hidden_by_sheet(text))
    if not any(map(statutory, found)):
        # What scripts show later may be hidden at first: then nothing is left out.
        found = _article(page, frozenset())
    titles = [] if any(_names(block) for block in found) else _page_title(page)
    blocks = (*titles, *found)
    for block in blocks:
        if isinstance(block, Passage) and len(block.text) > MAX_LINE:
            raise UnreadableError(
                f"{name}：网页中有一段长达 {len(block.text):,} 个字符，"
                "不像报告正文。请检查文件内容。"
            )
    return Document(name, tuple(_blocks(blocks)), (*remarks, *_remarks(blocks)))


def _article(page: LexborHTMLParser, hidden: frozenset[str]) -> list[Block]:
    body = visible(page.body, hidden) if page.body else Element("body")
    return article(list(passages(body)))


def _names(block: Block) -> bool:
    return isinstance(block, Passage) and names_report(block.text)


def _page_title(page: LexborHTMLParser) -> list[Passage]:
    """Return what the browser shows in its tab, if that is a report's title."""
    node = page.css_first("title")
    parts = _PARTED.split(node.text() if node else "")
    return [Passage(" ".join(part.split())) for part in parts if names_report(part)][:1]


def _blocks(blocks: Sequence[Block]) -> Iterator[Line | Row]:
    """Give the lines and the tables their numbers."""
    lines = grids = 0
    for block in blocks:
        if isinstance(block, Grid):
            grids += 1
            yield from _rows(block, grids)
        elif block.text:
            lines += 1
            yield Line(block.text, f"第{lines}段")


def _rows(grid: Grid, number: int) -> Iterator[Row]:
    """Lay out a table; where cells overlap, browsers and this layout may differ."""
    doubtful = _overlaps(grid.rows)
    for index, row in enumerate(lay_out(grid.rows, number, f"表格{number}")):
        if not row.cells:
            continue
        unclear = frozenset(range(len(row.cells))) if index in doubtful else frozenset()
        yield replace(row, unclear=unclear)


def _overlaps(rows: Sequence[Sequence[Span]]) -> set[int]:
    """Return the rows in which a wide cell runs into one that hangs down from above."""
    found: set[int] = set()
    covered: dict[int, int] = {}
    for index, spans in enumerate(rows):
        taken = {column for column, end in covered.items() if end > index}
        column = 0
        for span in spans:
            while column in taken:
                column += 1
            places = range(column, min(column + span.columns, MAX_COLUMNS))
            if not taken.isdisjoint(places):
                found.update(range(index, min(index + span.rows, len(rows))))
            covered |= dict.fromkeys(places, index + span.rows)
            column += span.columns
            if column >= MAX_COLUMNS:
                break
    return found


def _remarks(blocks: Sequence[Block]) -> Iterator[Remark]:
    """Say what could not be read."""
    if any(isinstance(block, Grid) and block.cut for block in blocks):
        message = (
            f"有表格超过 {MAX_ROWS} 行或 {MAX_COLUMNS} 列，超出的部分没有读取。"
            "法定表格最多 28 行 15 列，请核对原文。"
        )
        yield Remark("table_cut", message)
    yield from _loose_figures(blocks)
    pictures = sum(block.pictures for block in blocks if isinstance(block, Passage))
    tables = sum(statutory(block) for block in blocks)
    if pictures and tables < TABLES:
        yield Remark(
            "pictures",
            f"正文中只有 {tables} 张可读的表格，另有 {pictures} 幅图片，"
            "表格可能是图片，图片无法读取。"
            "请向发布机关索取可编辑的原文，或照图片填写。",
        )


def _loose_figures(blocks: Sequence[Block]) -> Iterator[Remark]:
    """Name lines that are nothing but a figure: broken markup puts parts of cells there."""
    lines = [block.text for block in blocks if isinstance(block, Passage) and block.text]
    loose = [(f"第{i}段", text) for i, text in enumerate(lines, start=1) if _FIGURE.fullmatch(text)]
    if loose and any(statutory(block) for block in blocks):
        shown = "、".join(f"“{text}”" for _, text in loose[:5])
        yield Remark(
            "loose_figures",
            f"表格以外有 {len(loose)} 处单独成段的数字（{shown}），可能是网页标记有误、"
            "从单元格中掉出的数字，表中相应的数字可能不全。请对照原网页核对。",
            loose[0][0],
        )
