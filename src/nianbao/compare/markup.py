"""Takes words and charts out of a piece of HTML that a report shows; tables are left out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from nianbao.compare.matching import UnparsedError

_VOID: Final = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_INLINE: Final = {"a", "b", "code", "del", "em", "i", "ins", "s", "span", "strong", "sub", "sup"}
_LEFT_OUT: Final = {"table", "style", "script", "nav", "template", "svg"}
_UNSAID: Final = {"source", "hash", "kicker", "table-note"}
"""Classes of what is no sentence of the report: names and hashes of files, keys to signs."""
_BEFORE: Final = {"tile-line": "，"}
_AFTER: Final = {"tile-label": "："}
"""What a page sets apart by place alone is set apart by a sign here."""
_MARKED: Final = {"chart-title": "title", "chart-subtitle": "subtitle", "chart-source": "source"}
_DEEP: Final = 400
"""No page of ours is nested a tenth as deep."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: its words, its figures, and a hash of its pictures.

    Attributes
    ----------
    title, subtitle, alt, source : str
        What it says; of a sentence ``alt`` alone.
    data : tuple of tuple of str
        The figures below it, heads first.
    picture : str
        SHA-256 of its pictures; empty for a sentence.
    """

    title: str
    subtitle: str
    alt: str
    source: str
    data: tuple[tuple[str, ...], ...]
    picture: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Blocks of words in order, and charts."""

    blocks: tuple[str, ...]
    figures: tuple[Figure, ...]


def seen(html: str) -> Seen:
    """Return what a piece of HTML shows.

    Raises
    ------
    UnparsedError
        Where it is nested deeper than any page.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return Seen(tuple(reader.blocks), tuple(reader.figures))


@dataclass(slots=True)
class _Draft:
    """A chart while it is read."""

    words: dict[str, list[str]] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    rows: list[list[list[str]]] = field(default_factory=list)

    def figure(self) -> Figure:
        said = {name: " ".join("".join(text).split()) for name, text in self.words.items()}
        data = tuple(tuple("".join(text).strip() for text in row) for row in self.rows)
        drawn = "\n".join(self.pictures).encode("utf-8", "surrogatepass")
        return Figure(
            title=said.get("title", ""),
            subtitle=said.get("subtitle", ""),
            alt=said.get("alt", ""),
            source=said.get("source", ""),
            data=data,
            picture=hashlib.sha256(drawn).hexdigest() if self.pictures else "",
        )


class _Reader(HTMLParser):
    """Collects blocks of words outside of charts and tables, and the charts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.figures: list[Figure] = []
        self._words: list[str] = []
        self._open: list[tuple[str, str]] = []  # tag, class
        self._hidden = 0  # from which depth on nothing is read
        self._chart: tuple[int, _Draft] | None = None

    def end_block(self) -> None:
        """Close the words collected so far."""
        if text := "".join(self._words).strip():
            self.blocks.append(text)
        self._words.clear()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._chart and tag in ("img", "source"):
            self._picture(self._chart[1], given)
        if tag in _VOID:
            if tag in ("br", "hr"):
                self.end_block()
            return
        if len(self._open) >= _DEEP:
            raise UnparsedError("网页嵌套过深")
        classes = given.get("class", "").split()
        self._open.append((tag, " ".join(classes)))
        if self._hidden:
            return
        if self._chart:
            self._within_chart(self._chart[1], tag)
        elif "chart-sentence" in classes or (tag == "figure" and "chart" in classes):
            self.end_block()
            self._chart = (len(self._open), _Draft())
        elif tag in _LEFT_OUT or not _UNSAID.isdisjoint(classes):
            self._hidden = len(self._open)
        elif tag not in _INLINE:
            self.end_block()
        else:
            self._words += [_BEFORE[name] for name in classes if name in _BEFORE]

    def handle_endtag(self, tag: str) -> None:
        if not any(name == tag for name, _ in self._open):
            return
        while True:
            name, classes = self._open[-1]
            self._close(name, classes)
            self._open.pop()
            if name == tag:
                return

    def _close(self, tag: str, classes: str) -> None:
        depth = len(self._open)
        if self._hidden:
            self._hidden = 0 if self._hidden == depth else self._hidden
        elif self._chart:
            if self._chart[0] == depth:
                self.figures.append(self._chart[1].figure())
                self._chart = None
        elif tag not in _INLINE:
            self.end_block()
        else:
            self._words += [_AFTER[name] for name in classes.split() if name in _AFTER]

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._chart:
            self._said(self._chart[1], data)
        else:
            self._words.append(data)

    def _picture(self, draft: _Draft, given: dict[str, str]) -> None:
        draft.pictures += [given[name] for name in ("src", "srcset") if name in given]
        if "alt" in given:
            draft.words.setdefault("alt", []).append(given["alt"])

    def _within_chart(self, draft: _Draft, tag: str) -> None:
        if tag == "tr":
            draft.rows.append([])
        elif tag in ("th", "td") and draft.rows:
            draft.rows[-1].append([])

    def _said(self, draft: _Draft, data: str) -> None:
        """Put words of a chart where they belong, by the nearest element that says so."""
        for tag, classes in reversed(self._open):
            if tag in ("th", "td") and draft.rows and draft.rows[-1]:
                draft.rows[-1][-1].append(data)
                return
            if "chart-sentence" in classes.split():
                draft.words.setdefault("alt", []).append(data)
                return
            named = next((_MARKED[n] for n in classes.split() if n in _MARKED), "")
            if named:
                draft.words.setdefault(named, []).append(data)
                return
