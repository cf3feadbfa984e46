"""Reads plain text and Markdown: rows set apart by tabs, pipes or spaces; the rest is prose."""

from __future__ import annotations

import re

from nianbao.documents.plain.encoding import decode
from nianbao.documents.plain.gaps import gap_row
from nianbao.documents.plain.markdown import is_rule, plain, without_bullet, without_head
from nianbao.documents.plain.pipes import Piped, is_border, pipe_table, piped
from nianbao.documents.structure import Document, Line, Row
from nianbao.errors import UnreadableError
from nianbao.values import INVISIBLE

MAX_LINES = 50_000
"""A report with every cell on a line of its own has 600."""
MAX_LINE = 200_000
"""Characters; the longest paragraph of a report has a few thousand."""

_PAGE = re.compile(
    r"[-—–－―]{1,2}\s*\d{1,3}\s*[-—–－―]{1,2}"
    r"|第\s*\d{1,3}\s*页(?:\s*[/／,，]?\s*共\s*\d{1,3}\s*页)?"
    r"|共\s*\d{1,3}\s*页\s*[/／,，]?\s*第\s*\d{1,3}\s*页"
)
"""A page's number between two marks. A bare number is not known to be one."""


def read_text(content: bytes, name: str) -> Document:
    """Read a flattened report.

    Parameters
    ----------
    content : bytes
        UTF-8, UTF-16 with a mark, or GB18030.
    name : str
        The file's name, for messages.

    Raises
    ------
    UnreadableError
        Where the bytes are no text, or a line is longer than any paragraph can be.
    """
    blocks: list[Line | Row] = []
    table: list[Piped] = []
    tables = 0
    text = decode(content, name)
    if text.count("\n") > MAX_LINES:
        raise UnreadableError(
            f"{name}：文件超过 {MAX_LINES:,} 行，不像一份年度报告。请检查是否选错文件。"
        )
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if len(line) > MAX_LINE:
            raise UnreadableError(
                f"{name}：第{number}行有 {len(line):,} 个字符，不像报告正文。请检查文件内容。"
            )
        origin = f"第{number}行"
        if row := piped(INVISIBLE.sub("", line), origin):
            table.append(row)
            continue
        if is_border(line):
            continue
        if table:
            tables += 1
            blocks.extend(pipe_table(table, tables))
            table = []
        if block := _block(line, origin):
            blocks.append(block)
    return Document(name, tuple(blocks))


def _block(line: str, origin: str) -> Line | Row | None:
    """Tell a row of cells from a paragraph, which may be indented or ended with tabs."""
    cells = tuple(INVISIBLE.sub("", cell).strip() for cell in line.split("\t"))
    filled = [cell for cell in cells if cell]
    indented = len(filled) == 1 and cells[-1] == filled[0]
    if len(cells) == 1 or indented or (len(filled) == 1 and "。" in filled[0]):
        return _unmarked(filled[0], origin) if filled else None
    return Row(cells, origin)


def _unmarked(text: str, origin: str) -> Line | Row | None:
    """Read a line without tabs: nothing to keep, a row by its spaces, or prose."""
    if is_rule(text) or _PAGE.fullmatch(text):
        return None
    words = plain(without_head(text)).replace("\n", " ").strip()
    row = gap_row(words, origin)
    if row:
        return row
    prose = without_bullet(words)
    return Line(prose, origin) if prose else None
