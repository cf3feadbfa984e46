"""Tells figures from words in flattened text, sign by sign and never by guess."""

from __future__ import annotations

import re
import unicodedata

from nianbao.values import parse

_MARKERS = ("dash", "slash", "word")
_FIGURE = re.compile(
    r"[-−–+]?\d[\d,]*(?:\.\d+)?(?:件次|件|万元|元|条|项)?(?:\([^()]*[\u3400-\u9fff][^()]*\))?"
    r"|[减增]\d[\d,]*(?:\.\d+)?"
)
_WORD = re.compile(r"[\u3400-\u9fff]")
_STOPS = "。！？；"
_LONGEST = 60
"""Characters; the longest label of a form has 40."""
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def is_figure(token: str) -> bool:
    """Whether a token stands where a figure stands: a number, or a mark in place of one."""
    folded = unicodedata.normalize("NFKC", token).strip()
    return bool(folded) and (
        parse(folded).state in _MARKERS or _FIGURE.fullmatch(folded) is not None
    )


def is_word(token: str) -> bool:
    """Whether a token is part of a label: it has an ideograph and is no figure with its unit."""
    return _WORD.search(token) is not None and not is_figure(token)


def has_stop(text: str) -> bool:
    """Whether a text holds a full stop, which no label does."""
    return any(sign in text for sign in _STOPS)


def is_sentence(text: str) -> bool:
    """Whether a text is prose, and can be no label of a table."""
    return has_stop(text) or len(text) > _LONGEST


def is_title(text: str) -> bool:
    """Whether a text is the title of a whole report."""
    return "年度报告" in re.sub(r"\s", "", text)


def outside_brackets(text: str) -> str:
    """Return a label without what stands in brackets."""
    return _BRACKETS.sub("", text)
