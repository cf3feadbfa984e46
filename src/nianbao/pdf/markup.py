"""Turns fragments of the page into blocks: the same words in the same order, by other means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from typing import Final

from nianbao.pdf.blocks import Block, Run, tidy, told
from nianbao.pdf.elements import Element, elements

_HIDDEN: Final = frozenset(("vh", "kicker"))
"""Classes of what the page does not show either."""
_OWN_LINE: Final = frozenset(("hint", "cells", "waiver", "hash"))
"""Classes of what stands on a line of its own within a paragraph."""
_HEADINGS: Final = {f"h{level}": level - 1 for level in range(2, 7)}
_LISTS: Final = ("ul", "ol")
_HOLDERS: Final = frozenset(
    ("div", "section", "header", "details", "figure", "figcaption", "main", "blockquote", "nav")
)
_BLOCKS: Final = _HOLDERS | {"h1", "p", "summary", "table", "dl", "pre", *_LISTS, *_HEADINGS}


def blocks(html: str, anchor: str = "", style: str = "") -> list[Block]:
    """Return a fragment as blocks; no word that the page shows is left out.

    Parameters
    ----------
    html : str
        A fragment, or a narrative cell that was rendered and sanitized.
    anchor : str
        The id of the place where it stands.
    style : str
        The style of paragraphs that have none of their own.
    """
    reader = _Reader([anchor] if anchor else [], style)
    return list(reader.blocks(elements(html).children))


class _Reader:
    """Walks a fragment; ids of what holds blocks go to the first block in it."""

    def __init__(self, waiting: list[str], style: str) -> None:
        self._waiting, self._style = waiting, style

    def blocks(self, children: Iterable[Element | str], style: str = "") -> Iterator[Block]:
        line: list[Run] = []
        for child in children:
            if isinstance(child, str) or child.tag not in _BLOCKS:
                line += _runs(child)
            else:
                yield from self._paragraph(line, style)
                line = []
                yield from self._block(child)
        yield from self._paragraph(line, style)

    def _block(self, element: Element) -> Iterator[Block]:
        if _hidden(element):
            return
        self._note(element)
        style = " ".join(element.classes)
        if element.tag in _HEADINGS:
            yield self._heading(element)
        elif element.tag in _LISTS:
            yield self._list(element)
        elif element.tag == "table":
            yield _table(element, self._anchors())
        elif element.tag == "dl":
            yield _terms(element, self._anchors())
        elif element.tag == "details":
            yield from self._unfolded(element)
        elif element.tag in _HOLDERS:
            yield from self.blocks(element.children)
        else:
            name = {"h1": "title", "summary": "summary"}.get(element.tag, style)
            yield from self.blocks(element.children, name)

    def _unfolded(self, element: Element) -> Iterator[Block]:
        """Show what a page folds; that more is folded need not be said where nothing is."""
        children = element.children
        if "more" in element.classes:
            children = [c for c in children if isinstance(c, str) or c.tag != "summary"]
        yield from self.blocks(children)

    def _paragraph(self, line: Iterable[Run], style: str) -> Iterator[Block]:
        runs = tidy(line)
        if told(runs):
            style = style or self._style
            yield {"kind": "paragraph", "style": style, "runs": [*self._anchors(), *runs]}

    def _heading(self, element: Element) -> Block:
        runs = tidy(_inner(element))
        level = _HEADINGS[element.tag]
        return {"kind": "heading", "level": level, "anchors": self._anchors(), "runs": runs}

    def _list(self, element: Element) -> Block:
        items = []
        for item in element.all("li"):
            self._note(item)
            items.append(list(self.blocks(item.children)))
        return {
            "kind": "list",
            "style": " ".join(element.classes),
            "ordered": element.tag == "ol",
            "start": _number(element.attributes.get("start", "")),
            "items": items,
        }

    def _note(self, element: Element) -> None:
        if element.attributes.get("id"):
            self._waiting.append(element.attributes["id"])

    def _anchors(self) -> list[Run]:
        anchors: list[Run] = [{"id": name} for name in self._waiting]
        self._waiting.clear()
        return anchors


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _hidden(element: Element) -> bool:
    return not _HIDDEN.isdisjoint(element.classes)


def _table(element: Element, anchors: list[Run]) -> Block:
    """Take a table over whose cells none is merged."""
    rows: dict[str, list[list[list[Run]]]] = {"head": [], "body": []}
    for part in element.all("thead", "tbody", "tr"):
        lines = [part] if part.tag == "tr" else list(part.all("tr"))
        for line in lines:
            cells = [tidy(_inner(cell)) for cell in line.all("th", "td")]
            rows["head" if part.tag == "thead" else "body"].append(cells)
    columns = max(map(len, chain(*rows.values())), default=0)
    for row in chain(*rows.values()):
        row += [[]] * (columns - len(row))
    return {"kind": "table", "anchors": anchors, "columns": columns, **rows}


def _terms(element: Element, anchors: list[Run]) -> Block:
    """Take a list of names with what is said of each."""
    sides = [tidy(_inner(side)) for side in element.all("dt", "dd")]
    nothing: list[Run] = []
    pairs = [list(pair) for pair in zip_longest(sides[::2], sides[1::2], fillvalue=nothing)]
    return {"kind": "terms", "anchors": anchors, "pairs": pairs}


def _inner(element: Element, style: str = "", to: str = "") -> Iterator[Run]:
    for child in element.children:
        yield from _runs(child, style, to)


def _runs(child: Element | str, style: str = "", to: str = "") -> Iterator[Run]:
    """Yield what stands in a line; the innermost style and link count."""
    if isinstance(child, str):
        run = {"text": child, "style": style, "to": to}
        yield {name: value for name, value in run.items() if value}
    elif child.tag == "br":
        yield {"break": "1"}
    elif not _hidden(child):
        if child.attributes.get("id"):
            yield {"id": child.attributes["id"]}
        if "status" not in child.classes and not _OWN_LINE.isdisjoint(child.classes):
            yield {"break": "1"}
        target = child.attributes.get("href", "")
        yield from _inner(
            child,
            " ".join(child.classes) or ("code" if child.tag == "code" else style),
            target[1:] if target.startswith("#") else to,
        )
