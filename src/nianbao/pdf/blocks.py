"""What the typesetter is given: blocks and runs of text, as plain values fit for JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, Final

Block = dict[str, Any]
"""A paragraph, heading, list, table or chart; ``kind`` tells which."""
Run = dict[str, str]
"""A piece of a line: ``text`` with its ``style``, ``to`` where it leads; an ``id``; a ``break``."""

_BLANK: Final = re.compile(r"[ \t\n\r\f]+")


def tidy(runs: Iterable[Run]) -> list[Run]:
    """Collapse blanks as a browser does, within and between runs, and join equal neighbours."""
    tidied: list[Run] = []
    blank = True  # none at the beginning of a line
    for run in runs:
        if "break" in run:
            _trim(tidied)
            blank = True
        elif "text" in run:
            text = _BLANK.sub(" ", run["text"])
            text = text.lstrip(" ") if blank else text
            if not text:
                continue
            blank = text.endswith(" ")
            run = {**run, "text": text}
            if tidied and "text" in tidied[-1] and _manner(tidied[-1]) == _manner(run):
                run = {**run, "text": tidied.pop()["text"] + text}
        tidied.append(run)
    _trim(tidied)
    return tidied


def _trim(runs: list[Run]) -> None:
    """Drop the blank at the end of a line."""
    if runs and "text" in runs[-1]:
        text = runs.pop()
        stripped = text["text"].rstrip(" ")
        if stripped:
            runs.append({**text, "text": stripped})


def _manner(run: Run) -> tuple[str | None, str | None]:
    return run.get("style"), run.get("to")


def told(runs: Iterable[Run]) -> bool:
    """Whether anything of these can be seen."""
    return any("text" in run for run in runs)


def linked(blocks: list[Block]) -> list[Block]:
    """Let each id stand once, and links lead only to ids that are there."""
    known: set[str] = set()
    for part in _parts(blocks):
        if part.get("id", "") in known:
            del part["id"]
        known.update([part["id"]] if part.get("id") else [])
    for part in _parts(blocks):
        if part.get("to", "") not in known:
            part.pop("to", None)
    return blocks


def levelled(blocks: list[Block]) -> list[Block]:
    """Let no heading stand more than one level below the one before it, as readers aloud need."""
    above = 0
    for part in _parts(blocks):
        if part.get("kind") == "heading":
            part["level"] = above = min(part["level"], above + 1)
    return blocks


def leading(blocks: list[Block]) -> list[Block]:
    """Mark paragraphs that lead to a list or table: they stand on the same page."""
    for each, following in pairwise(blocks):
        if each["kind"] == "paragraph" and following["kind"] in ("list", "table", "terms"):
            each["leads"] = True
    return blocks


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every block and run, in order."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _parts(each)
