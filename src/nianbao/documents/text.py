"""Reads plain text: lines with tabs are rows of a table, other lines are prose."""

from __future__ import annotations

import codecs

from nianbao.documents.structure import Document, Line, Row
from nianbao.errors import UnreadableError
from nianbao.values import INVISIBLE

MAX_LINE = 200_000
"""Characters; the longest paragraph of a report has a few thousand."""

_CONTROLS = {code: " " for code in range(32) if chr(code) not in "\t\n"}
"""Marks that word processors leave behind; none is part of a report's words."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


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
    text = _decode(content, name).replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        raise _binary(name)
    text = text.translate(_CONTROLS)
    blocks: list[Line | Row] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MAX_LINE:
            raise UnreadableError(
                f"{name}：第{number}行有 {len(line):,} 个字符，不像报告正文。请检查文件内容。"
            )
        block = _block(line, f"第{number}行")
        if block:
            blocks.append(block)
    return Document(name, tuple(blocks))


def _block(line: str, origin: str) -> Line | Row | None:
    """Tell a row of cells from a paragraph, which may be indented or ended with tabs."""
    cells = tuple(INVISIBLE.sub("", cell).strip() for cell in line.split("\t"))
    filled = [cell for cell in cells if cell]
    indented = len(filled) == 1 and cells[-1] == filled[0]
    if len(cells) == 1 or indented or (len(filled) == 1 and "。" in filled[0]):
        return Line(filled[0], origin) if filled else None
    return Row(cells, origin)


def _decode(content: bytes, name: str) -> str:
    """Decode strictly; text is never patched with replacement characters."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strict(content, encoding, name)
    if b"\x00" in content:
        raise _binary(name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end >= len(content) and error.start > len(content) - 4:
            raise UnreadableError(
                f"{name}：文件在末尾（第{error.start + 1}字节）一个汉字中间断开，"
                "内容不完整。请重新获取完整的文件。"
            ) from None
    return _strict(content, "gb18030", name)


def _binary(name: str) -> UnreadableError:
    return UnreadableError(f"{name}：文件含有二进制内容，不是纯文本。请另存为 .txt 后再试。")


def _strict(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"{name}：第{error.start + 1}字节起不是有效文字（试过 UTF-8 和 GB18030）。"
            "请确认文件是文本格式，另存为 UTF-8 编码的 .txt 后再试。"
        ) from None
