"""Reads a PDF back: its words by page, its structure, its fonts."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

import pdfplumber
import pikepdf

BLANKS = re.compile(r"\s+")


def plain(text: str) -> str:
    """Return a text without blanks, its compatible characters folded."""
    return BLANKS.sub("", unicodedata.normalize("NFKC", text))


def pages(pdf: bytes) -> list[str]:
    """Return the words of each page."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [page.extract_text() for page in opened.pages]


def bodies(pdf: bytes) -> str:
    """Return all words in the type areas without blanks: no page numbers, nothing at the head."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        areas = [page.crop((0, 100, page.width, page.height - 95)) for page in opened.pages]
        return plain("".join(area.extract_text() for area in areas))


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


def objects(pdf: bytes) -> list[pikepdf.Object]:
    """Return all dictionaries of a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [each for each in opened.objects if isinstance(each, pikepdf.Dictionary)]
