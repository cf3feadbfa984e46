"""What a report's page shows, taken from the executed notebook, whose cells have fixed ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from nianbao.compare.markup import Figure, Seen, seen
from nianbao.compare.matching import UnparsedError, parsed

_HIDDEN: Final = {"notebook", "review"}
"""Tags of cells that do not stand in the finished report."""
_ELSEWHERE: Final = {
    "navigation",
    "equations",
    "years",
    "others",
    "sources",
}
"""Cells that show findings and provenance, which are compared as such; so are tables."""
_HEADING: Final = re.compile(r"(#{1,6})[ \t]+(.+)")
_SENTENCE: Final = re.compile(r"[^。！？]*[。！？]+[”’」』）)]*|[^。！？]+")
_TITLE: Final = ("title", "标题和前言")


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one heading; ``id`` is that of the cell of the heading."""

    id: str
    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart, or the sentence in place of one: by its cell, under its heading."""

    cell: str
    part: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Shown:
    """The words and the charts of a report, in the order of its page."""

    parts: tuple[Part, ...]
    drawn: tuple[Drawn, ...]


def shown(content: bytes) -> Shown:
    """Read an executed notebook.

    Parameters
    ----------
    content : bytes
        ``report.ipynb``, of whatever origin: nothing in it is run or believed.

    Raises
    ------
    UnparsedError
        Where it is no notebook.
    """
    parts: list[tuple[str, str, list[str]]] = [(*_TITLE, [])]
    chapter = ""
    drawn: list[Drawn] = []
    for cell in _cells(content):
        name = str(cell.get("id", ""))
        if cell.get("cell_type") == "markdown":
            source = _joined(cell.get("source"))
            if found := _HEADING.match(source):
                top = len(found[1]) <= 2
                title = found[2].strip()
                chapter = title if top else chapter
                words = title if top or not chapter else f"{chapter} · {title}"
                parts.append((name, words, []))
            parts[-1][2].extend(_sentences(source.lstrip("# \t").splitlines()))
        elif name not in _ELSEWHERE:
            for each in _outputs(cell):
                parts[-1][2].extend(_sentences(each.blocks))
                drawn += [Drawn(name, parts[-1][1], figure) for figure in each.figures]
    told = tuple(Part(id, title, tuple(sentences)) for id, title, sentences in parts)
    return Shown(told, tuple(drawn))


def _cells(content: bytes) -> Iterator[Mapping[str, Any]]:
    """Yield the cells of a notebook that stand in the report."""
    notebook = parsed(content)
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise UnparsedError("不是笔记本")
    for cell in cells:
        if isinstance(cell, dict) and _HIDDEN.isdisjoint(_tags(cell)):
            yield cell


def _tags(cell: Mapping[str, Any]) -> list[str]:
    found = cell.get("metadata")
    tags = found.get("tags") if isinstance(found, dict) else None
    return [str(tag) for tag in tags] if isinstance(tags, list) else []


def _outputs(cell: Mapping[str, Any]) -> Iterator[Seen]:
    """Yield what the outputs of a cell show: markup, else plain text."""
    outputs = cell.get("outputs")
    for item in outputs if isinstance(outputs, list) else ():
        data = item.get("data") if isinstance(item, dict) else None
        if not isinstance(data, dict):
            data = {}
        if "text/html" in data:
            yield seen(_joined(data["text/html"]))
        else:
            plain = _joined(data.get("text/plain"))
            yield Seen(tuple(plain.splitlines()), ())


def _joined(found: object) -> str:
    return "".join(map(str, found)) if isinstance(found, list) else str(found or "")


def _sentences(blocks: list[str] | tuple[str, ...]) -> Iterator[str]:
    for block in blocks:
        for sentence in _SENTENCE.findall(" ".join(block.split())):
            if sentence.strip():
                yield sentence.strip()
