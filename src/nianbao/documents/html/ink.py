"""Sets text as it is seen: blanks collapsed, footnote marks raised, crossed-out text struck."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.documents.html.elements import PICTURE, Element, names, walk
from nianbao.values import INVISIBLE

STRIKE = "\u0336"
"""Follows each struck character: what was crossed out is no figure."""

INLINE = names(
    "abbr acronym bdi bdo cite data del dfn ins kbd label mark output q rb ruby samp slot span sub "
    "sup time var wbr body"
)
"""Elements that stand within a line; those of Word (``o:p``) and ``x-…`` do so as well."""

_UNIT = 3
"""Letters that may stand beside a figure as its unit; more of them are a label."""
_RAISED = {
    "sup": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "sub": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}
_BROKEN_LINE = re.compile("(?<=[\u2e80-\uffef])[ \t\r]*\n[ \t\r\n]*(?=[\u2e80-\uffef])")
_BLANKS = re.compile(r"\s+")


def inline(element: Element) -> bool:
    """Whether an element goes on in the same line."""
    tag = element.tag
    return not element.block and (tag in INLINE or ":" in tag or "-" in tag)


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of text and which share of it is link text."""

    text: str
    linked: float = 0.0


class Ink:
    """Collects the text of one line after another.

    Attributes
    ----------
    pieces : list of Piece
        The lines that are complete.
    """

    def __init__(self, root: Element) -> None:
        self.pieces: list[Piece] = []
        self._marks: list[str] = []
        self._linked = 0
        self._open = [root]

    def begin(self, element: Element) -> None:
        """Enter an element."""
        if not inline(element):
            self.finish()
        self._open.append(element)

    def end(self, element: Element) -> None:
        """Leave an element."""
        self._open.pop()
        if not inline(element):
            self.finish()

    def text(self, text: str) -> None:
        """Add text as the element that it stands in sets it."""
        element = self._open[-1]
        if element.raised:
            text = unicodedata.normalize("NFKC", text).translate(_RAISED[element.raised])
        if element.struck:
            text = "".join(sign if sign.isspace() else sign + STRIKE for sign in text)
        if element.link:
            self._linked += len("".join(text.split()))
        self._marks.append(text)

    def finish(self) -> None:
        """End the line."""
        if self._marks:
            joined = _BROKEN_LINE.sub("", "".join(self._marks))
            text = _BLANKS.sub(" ", INVISIBLE.sub("", joined)).strip()
            if text:
                share = self._linked / max(1, len(text.replace(" ", "")))
                self.pieces.append(Piece(text, min(share, 1.0)))
        self._marks, self._linked = [], 0


def cell_text(cell: Element) -> str:
    """Return a cell's text, one line for each of its pieces.

    A picture beside words is dropped; one that stands alone or beside figures stays as a
    sign, because the cell then shows something that cannot be read.
    """
    ink = Ink(cell)
    for kind, item in walk(cell):
        if isinstance(item, str):
            ink.text(item)
        elif kind == "begin":
            ink.begin(item)
        else:
            ink.end(item)
    ink.finish()
    text = "\n".join(piece.text for piece in ink.pieces)
    if PICTURE not in text:
        return text
    letters = sum(sign.isalpha() for sign in text)
    figures = any(sign.isdigit() for sign in text)
    label = letters > _UNIT if figures else letters > 0
    return "\n".join(_without_pictures(text)) if label else text


def _without_pictures(text: str) -> Iterator[str]:
    for line in text.replace(PICTURE, "").split("\n"):
        if line.strip():
            yield line.strip()
