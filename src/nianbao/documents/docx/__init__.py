"""Reads Word documents (.docx): paragraphs with their numbering, tables as the grids they are."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from nianbao.documents.docx.numbering import Numbering
from nianbao.documents.docx.story import Story
from nianbao.documents.docx.styles import read_styles
from nianbao.documents.ooxml import Package, child
from nianbao.documents.structure import Document
from nianbao.errors import UnreadableError

__all__ = ["read_docx"]


def read_docx(content: bytes, name: str) -> Document:
    """Read a Word document as it looks with all tracked changes accepted.

    Only the body, the styles and the numbering are opened: no header, comment, picture,
    embedded object or link.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        Its name, for messages.

    Raises
    ------
    UnreadableError
        Where it is encrypted, damaged, carries macros, or is no such document.
    """
    package = Package(content, name, ".docx")
    part = package.main_part("document")
    parts = {relation.kind: relation.target for relation in package.relations(part)}
    styles = _optional(package, parts.get("styles"))
    numbering = _optional(package, parts.get("numbering"))
    body = child(package.xml(part), "body")
    story = Story(read_styles(styles), Numbering(numbering))
    try:
        story.read(body)
    except RecursionError:
        raise UnreadableError(
            f"{name}：内容嵌套过深，不像办公软件写出的文件。请重新另存为 .docx 后再试。"
        ) from None
    return Document(name, tuple(story.blocks), tuple(story.remarks()))


def _optional(package: Package, part: str | None) -> ET.Element | None:
    """Read a part that a document may do without."""
    return package.xml(part) if part is not None and package.has(part) else None
