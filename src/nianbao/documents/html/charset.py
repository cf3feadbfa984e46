"""Decodes a saved page, whatever charset it has and whatever charset it says it has."""

from __future__ import annotations

import codecs
import re

from nianbao.documents.structure import Remark
from nianbao.errors import UnreadableError

FEW = 0.01
"""Up to this share of gaps a charset is the right one, and the page slightly damaged."""
MANY = 0.05
"""Above this share of gaps (among the characters that are not ASCII) nothing can be relied on."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_HEAD = 4096
_ASIAN = {"big5", "big5hkscs", "cp950", "euc_jp", "shift_jis", "cp932", "euc_kr", "cp949", "hz"}
"""A declared charset of any other kind is no help: the single-byte ones decode anything."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")


def decode(content: bytes, name: str) -> tuple[str, tuple[Remark, ...]]:
    """Turn a page's bytes into text.

    A mark at the beginning decides; else strict UTF-8; else UTF-8 with few gaps; else the
    declared charset; else GB18030, which holds GB2312 and GBK.

    Returns
    -------
    tuple of str and tuple of Remark
        Bytes that are no character stand as U+FFFD in the text, so that a figure damaged by
        one is not read as another figure; a remark counts them.

    Raises
    ------
    UnreadableError
        Where most of it is no text.
    """
    text = _best(content)
    dense = _dense(text)
    gaps = text.count("\ufffd")
    controls = len(_CONTROLS.findall(text))
    if gaps > MANY * dense + 3 or controls > 0.005 * len(text) + 3:
        raise UnreadableError(
            f"{name}：网页有 {gaps + controls:,} 处不是有效文字（试过 UTF-8、网页声明的编码和 "
            "GB18030）。请确认文件是网页，用浏览器打开后重新保存。"
        )
    if not gaps:
        return text, ()
    place = text.count("\n", 0, text.index("\ufffd")) + 1
    message = f"网页有 {gaps} 处字节不是有效文字，保留为“\ufffd”；含有它的单元格按无法读取处理。"
    return text, (Remark("decoding_gaps", message, f"源代码第{place}行"),)


def _best(content: bytes) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    plain = content.decode("utf-8", "replace")
    if _share(plain) <= FEW:
        return plain
    texts = [plain]
    for guess in (_declared(content), "gb18030"):
        if guess:
            texts.append(content.decode(guess, "replace"))
            if _share(texts[-1]) <= FEW:
                return texts[-1]
    return min(texts, key=_share)


def _dense(text: str) -> int:
    """Count the characters that are not ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


def _share(text: str) -> float:
    """Return the share of gaps among the characters that are not ASCII."""
    gaps = text.count("\ufffd")
    return gaps / _dense(text) if gaps else 0.0


def _declared(content: bytes) -> str | None:
    """Return the Asian charset that the page says it has, if any."""
    match = _DECLARED.search(content[:_HEAD])
    try:
        found = codecs.lookup(match[1].decode("ascii")).name if match else ""
    except LookupError:
        return None
    return found if found in _ASIAN else None
