"""Automatic numbering of Word: 一、 （一） 1. are not in the text, but belong to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from nianbao.documents.ooxml import attribute, child, local, whole_number

_MAX_LEVEL = 8
_MAX_COUNT = 99
"""Beyond this the Chinese ways of counting differ, and no report has as many points."""

_DIGITS = "〇一二三四五六七八九"
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}
_CIRCLES = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
_PLACE = re.compile(r"%([1-9])")


@dataclass(slots=True)
class _Level:
    """How one level of a list counts."""

    start: int
    style: str
    text: str
    legal: bool


@dataclass(slots=True)
class _List:
    """A list as a paragraph names it: several may count on together."""

    shared: str
    restarts: dict[int, int]
    levels: dict[int, _Level]
    begun: set[int] = field(default_factory=set)


class Numbering:
    """Counts the numbered paragraphs of a document, which must come in reading order."""

    def __init__(self, root: ET.Element | None) -> None:
        self._counts: dict[str, dict[int, int]] = {}
        self._lists: dict[str, _List] = {}
        nodes = list(root) if root is not None else []
        shared = {
            attribute(node, "abstractNumId") or "": node
            for node in nodes
            if local(node) == "abstractNum"
        }
        for node in nodes:
            if local(node) == "num":
                key = attribute(child(node, "abstractNumId"), "val") or ""
                self._lists[attribute(node, "numId") or ""] = _read_list(node, key, shared.get(key))

    def next_label(self, properties: ET.Element | None, inherited: ET.Element | None) -> str:
        """Return the number of the next paragraph; empty where it has none that is known.

        Parameters
        ----------
        properties, inherited : xml.etree.ElementTree.Element or None
            The paragraph's own ``w:numPr`` and its style's; either may lack one half.
        """
        found = self._lists.get(_value(properties, inherited, "numId") or "")
        if found is None:
            return ""
        number = whole_number(_value(properties, inherited, "ilvl"), 0, _MAX_LEVEL)
        level = found.levels.get(number)
        if level is None:
            return ""
        counts = self._count(found, number, level)
        return _written(level, found.levels, counts)

    def _count(self, found: _List, number: int, level: _Level) -> dict[int, int]:
        counts = self._counts.setdefault(found.shared, {})
        if number in found.restarts and number not in found.begun:
            counts[number] = found.restarts[number]
        else:
            counts[number] = counts.get(number, level.start - 1) + 1
        found.begun.add(number)
        for deeper in [key for key in counts if key > number]:
            del counts[deeper]
        return counts


def _value(own: ET.Element | None, inherited: ET.Element | None, name: str) -> str | None:
    return attribute(child(own, name), "val") or attribute(child(inherited, name), "val")


def _read_list(node: ET.Element, key: str, shared: ET.Element | None) -> _List:
    levels = {}
    restarts = {}
    for level in shared if shared is not None else ():
        if local(level) == "lvl":
            levels[whole_number(attribute(level, "ilvl"), 0, _MAX_LEVEL)] = _read_level(level)
    for override in node:
        if local(override) != "lvlOverride":
            continue
        number = whole_number(attribute(override, "ilvl"), 0, _MAX_LEVEL)
        own, start = child(override, "lvl"), child(override, "startOverride")
        if own is not None:
            levels[number] = _read_level(own)
        if start is not None:
            restarts[number] = whole_number(attribute(start, "val"), 1, _MAX_COUNT + 1)
    return _List(key, restarts, levels)


def _read_level(node: ET.Element) -> _Level:
    return _Level(
        whole_number(attribute(child(node, "start"), "val"), 1, _MAX_COUNT + 1),
        attribute(child(node, "numFmt"), "val") or "decimal",
        (attribute(child(node, "lvlText"), "val") or "")[:40],
        child(node, "isLgl") is not None,
    )


def _written(level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    """Write a number with its signs; nothing where any part of it is not known."""
    if level.style in ("bullet", "none"):
        return ""
    text = level.text
    for place in _PLACE.findall(text):
        index = int(place) - 1
        other = levels.get(index, level)
        style = "decimal" if level.legal else other.style
        figure = _figure(counts.get(index, other.start), style)
        if not figure:
            return ""
        text = text.replace(f"%{place}", figure)
    return text


def _figure(count: int, style: str) -> str:
    """Write a count in one of the ways of counting that reports use, or nothing."""
    if not 0 < count <= _MAX_COUNT:
        return ""
    if style in ("decimal", "decimalHalfWidth"):
        return str(count)
    if style == "decimalZero":
        return f"{count:02}"
    if style == "decimalFullWidth":
        return str(count).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if style in _CIRCLES and count <= 20:
        return chr(0x2460 + count - 1)
    return _chinese(count) if style in _CHINESE else ""


def _chinese(count: int) -> str:
    tens, ones = divmod(count, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones else "")
