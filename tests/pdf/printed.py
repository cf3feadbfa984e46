"""Reads a PDF back: its words by page, its structure, its fonts."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pdfplumber
import pikepdf
import pypdfium2

BLANKS = re.compile(r"\s+")


def plain(text: str) -> str:
    """Return a text without blanks, its compatible characters folded."""
    return BLANKS.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=16)
def pages(pdf: bytes) -> list[str]:
    """Return the words of each page, line by line."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [page.extract_text() for page in opened.pages]


@lru_cache(maxsize=16)
def bodies(pdf: bytes) -> list[str]:
    """Return the words of each type area in the order of the tags, without blanks."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        areas = [page.crop((0, 100, page.width, page.height - 95)) for page in opened.pages]
        return [plain("".join(char["text"] for char in area.chars)) for area in areas]


def body(pdf: bytes) -> str:
    """Return all words in the type areas: no page numbers, nothing at the head of pages."""
    return "".join(bodies(pdf))


def words(pdf: bytes) -> str:
    """Return all words of all pages without blanks, as another reader finds them, quickly."""
    with pypdfium2.PdfDocument(pdf) as opened:
        texts = [page.get_textpage().get_text_range() for page in opened]
    return plain("".join(re.sub(r"—\s*\d+\s*—\s*$", "", text) for text in texts))


def inked(pdf: bytes) -> list[int]:
    """Return the numbers of pages with ink beside the type area: 28 mm inside, 26 mm outside."""
    found = []
    with pypdfium2.PdfDocument(pdf) as opened:
        for number, page in enumerate(opened, start=1):
            drawn = np.asarray(page.render(scale=1.0, grayscale=True).to_numpy())
            inside, outside = 28 * 72 / 25.4 - 2, 26 * 72 / 25.4 - 2
            left, right = (inside, outside) if number % 2 else (outside, inside)
            if min(drawn[:, : int(left)].min(), drawn[:, -int(right) :].min()) < 250:
                found.append(number)
    return found


@dataclass
class Node:
    """A structure element: its type, attributes, alternative text and children."""

    kind: str
    attributes: dict[str, object] = field(default_factory=dict)
    alt: str = ""
    children: list[Node] = field(default_factory=list)

    def all(self, *kinds: str) -> Iterator[Node]:
        for child in self.children:
            if child.kind in kinds:
                yield child
            yield from child.all(*kinds)


@lru_cache(maxsize=16)
def structure(pdf: bytes) -> Node:
    """Return the tree of tags."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return Node("Root", children=list(_children(opened.Root.StructTreeRoot)))


def _children(element: pikepdf.Object) -> Iterator[Node]:
    kids = element.get("/K")
    listed = kids if isinstance(kids, pikepdf.Array) else [kids]
    for kid in listed:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield Node(
                str(kid.S)[1:], _attributes(kid), str(kid.get("/Alt", "")), list(_children(kid))
            )


def _attributes(element: pikepdf.Object) -> dict[str, object]:
    given = element.get("/A")
    listed = given if isinstance(given, pikepdf.Array) else [given]
    found: dict[str, object] = {}
    for each in listed:
        if isinstance(each, pikepdf.Dictionary):
            found |= {str(name)[1:]: str(value) for name, value in each.items()}
    return found


def faces(pdf: bytes) -> set[str]:
    """Return the names of the fonts."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        listed = [each for each in opened.objects if isinstance(each, pikepdf.Dictionary)]
        fonts = [each for each in listed if each.get("/Type") == "/FontDescriptor"]
        return {str(font.FontName).split("+")[1].removesuffix("-Identity-H") for font in fonts}
