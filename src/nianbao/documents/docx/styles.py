"""How Word text looks as far as it changes what is read: hidden, struck out, raised."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from nianbao.documents.ooxml import attribute, child, local

_MAX_CHAIN = 20
"""Styles that are based on one another; real ones are four or five deep."""

_TOGGLES = {"vanish": "hidden", "strike": "struck", "dstrike": "struck"}

Look = dict[str, str]
"""``hidden`` and ``struck`` (``1`` or empty) and ``height`` (superscript, subscript, baseline)."""


@dataclass(frozen=True, slots=True)
class Style:
    """One style: what it is based on, its look, and the list that its paragraphs belong to."""

    based_on: str
    look: Look
    list_properties: ET.Element | None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document.

    Attributes
    ----------
    default : str
        The style of paragraphs that name none.
    """

    styles: dict[str, Style] = field(default_factory=dict)
    default: str = ""
    base: Look = field(default_factory=dict)

    def look(self, paragraph_style: str, properties: ET.Element | None) -> Look:
        """Return the look of a run from its paragraph's style, its own style and itself."""
        own = attribute(child(properties, "rStyle"), "val") or ""
        inherited = [*self._chain(own), *self._chain(paragraph_style or self.default)]
        look = dict(self.base)
        for style in reversed(inherited):
            look |= style.look
        return look | read_look(properties)

    def list_properties(self, paragraph_style: str) -> ET.Element | None:
        """Return the numbering that a paragraph style brings along."""
        chain = self._chain(paragraph_style or self.default)
        return next((s.list_properties for s in chain if s.list_properties is not None), None)

    def _chain(self, name: str) -> list[Style]:
        found: list[Style] = []
        while name in self.styles and len(found) < _MAX_CHAIN:
            found.append(self.styles[name])
            name = found[-1].based_on
        return found


def read_styles(root: ET.Element | None) -> Styles:
    """Read ``styles.xml``; a document without it has no styles."""
    styles = {}
    default = ""
    base: Look = {}
    for node in root if root is not None else ():
        if local(node) == "docDefaults":
            base = read_look(child(child(node, "rPrDefault"), "rPr"))
        name = attribute(node, "styleId")
        if local(node) != "style" or not name:
            continue
        if attribute(node, "type") == "paragraph" and switched_on(
            attribute(node, "default") or "0"
        ):
            default = name
        styles[name] = Style(
            attribute(child(node, "basedOn"), "val") or "",
            read_look(child(node, "rPr")),
            child(child(node, "pPr"), "numPr"),
        )
    return Styles(styles, default, base)


def read_look(properties: ET.Element | None) -> Look:
    """Read from run properties what they say about the look; what they leave out is absent."""
    look: Look = {}
    for node in properties if properties is not None else ():
        name = _TOGGLES.get(local(node))
        value = attribute(node, "val")
        if name and not look.get(name):
            look[name] = "1" if switched_on(value) else ""
        elif local(node) == "vertAlign" and value:
            look["height"] = value
    return look


def switched_on(value: str | None) -> bool:
    """Read a switch of the markup, which is on where it stands without a value."""
    return value not in ("0", "false", "off", "none")
