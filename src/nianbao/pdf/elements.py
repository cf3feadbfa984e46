"""Takes a fragment of our own HTML apart into its elements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

_VOID: Final = frozenset(("br", "hr", "img", "source", "wbr"))


@dataclass
class Element:
    """An element with its attributes; a child is an element or a piece of text."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """Its classes in their order."""
        return self.attributes.get("class", "").split()

    def all(self, *tags: str) -> Iterator[Element]:
        """Yield the elements of these tags within it, in order, none within another of them."""
        for child in self.children:
            if isinstance(child, Element):
                yield from [child] if child.tag in tags else child.all(*tags)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in [element.tag for element in self._open]:
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def elements(html: str) -> Element:
    """Return a fragment as one element without a tag that holds all others.

    Parameters
    ----------
    html : str
        As `nianbao.fragments.render` makes it, or sanitized: every tag is closed.
    """
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root
