"""Finds what a page's own style sheet hides, as far as plain class and id rules tell."""

from __future__ import annotations

import re

_SHEET = re.compile(r"<style\b[^>]*>(.{0,200000}?)</style", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,400})\{([^{}]{0,4000})\}")
_PLAIN = re.compile(r"[a-z0-9]*([.#][\w-]+)", re.IGNORECASE)
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_SHOWS = re.compile(r"display\s*:\s*(?!none)|visibility\s*:\s*visible", re.IGNORECASE)
_MOST = 1_000_000


def hidden_by_sheet(text: str) -> frozenset[str]:
    """Return the selectors ``.class`` and ``#id`` that a page's style sheet hides.

    Rules for other media (``@media``) and selectors with more than one part are left alone: a
    page that is read with too much on it shows a conflict, one with too little shows nothing.
    """
    hidden: set[str] = set()
    for sheet in _SHEET.findall(text[:_MOST]):
        for selectors, declarations in _RULE.findall(_without_media(_COMMENT.sub(" ", sheet))):
            plain = (_PLAIN.fullmatch(selector.strip()) for selector in selectors.split(","))
            names = {match[1] for match in plain if match}
            if _HIDES.search(declarations):
                hidden |= names
            elif _SHOWS.search(declarations):
                hidden -= names
    return frozenset(hidden)


def _without_media(sheet: str) -> str:
    """Cut out what stands in braces after an @-rule."""
    kept: list[str] = []
    place = 0
    while (at := sheet.find("@", place)) >= 0:
        kept.append(sheet[place:at])
        place, depth = at, 0
        while place < len(sheet):
            sign = sheet[place]
            place += 1
            depth += {"{": 1, "}": -1}.get(sign, 0)
            if (sign == "}" and depth <= 0) or (sign == ";" and not depth):
                break
    return "".join([*kept, sheet[place:]])
