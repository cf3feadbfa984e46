"""Decodes text files strictly: characters are never patched, and binary content is refused."""

from __future__ import annotations

import codecs
import re

from nianbao.errors import UnreadableError

_CONTROLS = {code: " " for code in range(32) if chr(code) not in "\t\n"}
"""Marks that word processors leave behind; none is part of a report's words."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_IDEOGRAPH = re.compile("[\u3400-\u9fff]")


def decode(content: bytes, name: str, suffix: str = ".txt") -> str:
    """Turn a file's bytes into text with line feeds at the ends of its lines.

    Parameters
    ----------
    content : bytes
        UTF-8, UTF-16 with a mark, or GB18030.
    name : str
        The file's name, for messages.
    suffix : str
        The ending under which a person should save the file anew.

    Raises
    ------
    UnreadableError
        Where the bytes are no text.
    """
    text = _decode(content, name, suffix).replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        raise _binary(name, suffix)
    return text.translate(_CONTROLS)


def _decode(content: bytes, name: str, suffix: str) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strict(content, encoding, name, suffix)
    if b"\x00" in content:
        raise _binary(name, suffix)
    try:
        text = content.decode("utf-8")
        return text if _IDEOGRAPH.search(text) else _rarely(content, text)
    except UnicodeDecodeError as error:
        if error.end >= len(content) and error.start > len(content) - 4:
            raise UnreadableError(
                f"{name}：文件在末尾（第{error.start + 1}字节）一个汉字中间断开，"
                "内容不完整。请重新获取完整的文件。"
            ) from None
    return _strict(content, "gb18030", name, suffix)


def _rarely(content: bytes, text: str) -> str:
    """Read a file with a word or two of GB18030 that happens to be UTF-8 too: 元 is d4 aa."""
    try:
        other = content.decode("gb18030")
    except UnicodeDecodeError:
        return text
    return other if _IDEOGRAPH.search(other) else text


def _binary(name: str, suffix: str) -> UnreadableError:
    return UnreadableError(f"{name}：文件含有二进制内容，不是纯文本。请另存为 {suffix} 后再试。")


def _strict(content: bytes, encoding: str, name: str, suffix: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"{name}：第{error.start + 1}字节起不是有效文字（试过 UTF-8 和 GB18030）。"
            f"请确认文件是文本格式，另存为 UTF-8 编码的 {suffix} 后再试。"
        ) from None
