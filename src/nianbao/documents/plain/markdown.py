"""Takes the marks of Markdown off a line of text and leaves its words."""

from __future__ import annotations

import re

_HEAD = re.compile(r"#{1,6}(?:\s+|(?=[^\s#\d]))")
_CLOSING = re.compile(r"\s+#+$")
_BULLET = re.compile(r"[-*+]\s+")
_QUOTE = re.compile(r"(?:>\s*)+")
_RULE = re.compile(r"-{3,}|\*{3,}|_{3,}|={3,}|(?:`{3,}|~{3,})\w*")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")

# All repetitions are bounded: a hostile line must not make the search quadratic.
_BOLD = re.compile(r"(?<![0-9A-Za-z*])\*\*(?=[^\s*])([^*]{1,300})(?<=\S)\*\*(?![0-9A-Za-z*])")
_CODE = re.compile(r"(?<!`)`([^`]{1,300})`(?!`)")
_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()\s\u3400-\u9fff]{0,500}\)")
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\([^()\s\u3400-\u9fff]{0,500}\)")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITIES = {"&nbsp;": "\u00a0", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}


def is_rule(text: str) -> bool:
    """Whether a line only draws something: a rule, a head's underline, a fence of code.

    One or two dashes draw nothing: they are what stands in a cell.
    """
    return bool(_RULE.fullmatch(text))


def without_head(text: str) -> str:
    """Take off the ``#`` of a head and the ``>`` of a quotation."""
    for mark in (_QUOTE, _HEAD):
        match = mark.match(text)
        if match and _IDEOGRAPH.search(text, match.end()):
            text = text[match.end() :]
            text = _CLOSING.sub("", text) if mark is _HEAD else text
    return text


def without_bullet(text: str) -> str:
    """Take off the mark of a list's item; a dash before figures stays, it may be a value."""
    match = _BULLET.match(text)
    return text[match.end() :] if match and _IDEOGRAPH.search(text, match.end()) else text


def plain(text: str) -> str:
    """Unwrap bold words, code and links; write breaks, entities and escapes as what they mean."""
    if not any(mark in text for mark in "*`[<&\\"):
        return text
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _CODE.sub(r"\1", _BREAK.sub("\n", text))
    text = _BOLD.sub(r"\1", text)
    for entity, sign in _ENTITIES.items():
        text = text.replace(entity, sign)
    return _ESCAPE.sub(r"\1", text)
