"""The text of one Word paragraph as it would be seen with all revisions accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from nianbao.documents.docx.styles import Look, Styles
from nianbao.documents.dress import dress
from nianbao.documents.ooxml import attribute, child, children, local
from nianbao.values import INVISIBLE

REMOVED = {"del", "moveFrom"}
"""What a reviewer took out; it is there only until the revision is accepted."""

_UNSEEN = REMOVED | {"pPr", "rPr", "sdtPr", "sdtEndPr", "sectPr", "smartTagPr", "customXmlPr"}
_SIGNS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    # A symbol of a private font may look like a digit: nothing is glued over its place.
    "sym": "□",
}
_SHAPES = {"drawing", "pict", "object"}
_PICTURES = {"pic", "imagedata", "OLEObject", "chart", "relIds"}
_TAB_BETWEEN_DIGITS = re.compile(r"(?<=\d)\t+(?=\d)")


@dataclass(slots=True)
class Paragraph:
    """A paragraph as read.

    Attributes
    ----------
    text : str
        Its line breaks are kept.
    boxes : list of xml.etree.ElementTree.Element
        The contents of text boxes that hang on it.
    pictures : int
        Pictures, charts and embedded objects.
    revised : bool
        Whether it holds tracked changes.
    """

    text: str = ""
    boxes: list[ET.Element] = field(default_factory=list)
    pictures: int = 0
    revised: bool = False


def read_paragraph(node: ET.Element, styles: Styles) -> Paragraph:
    """Read a ``w:p``."""
    walk = _Walk(styles, attribute(child(child(node, "pPr"), "pStyle"), "val") or "")
    walk.through(node)
    walk.close()
    walk.found.text = tidy("".join(walk.parts))
    return walk.found


def tidy(text: str) -> str:
    """Drop what cannot be seen; a tab becomes a blank, but never one inside a number."""
    text = _TAB_BETWEEN_DIGITS.sub("  ", INVISIBLE.sub("", text))
    return text.replace("\t", " ").strip()


def has_text(node: ET.Element) -> bool:
    """Whether anything is written in an element, however deep."""
    return any(local(n) == "t" and (n.text or "").strip() for n in node.iter())


def chosen(node: ET.Element) -> ET.Element | None:
    """Pick one of the alternatives that a program offers to others: never two of them."""
    choices = [n for n in node if local(n) in ("Choice", "Fallback")]
    return next((n for n in choices if has_text(n)), choices[0] if choices else None)


class _Walk:
    """One pass through a paragraph that knows whether it is inside a field's instruction."""

    def __init__(self, styles: Styles, style: str) -> None:
        self.found = Paragraph()
        self.parts: list[str] = []
        self._styles = styles
        self._style = style
        self._fields: list[_Field] = []

    def through(self, node: ET.Element | None) -> None:
        """Read what stands in a paragraph or in any wrapper inside it."""
        for part in children(node):
            name = local(part)
            self.found.revised |= name in REMOVED or name in ("ins", "moveTo")
            if name == "r":
                self._run(part)
            elif name == "AlternateContent":
                self.through(chosen(part))
            elif name == "oMath":
                self._say(_formula(part))
            elif name == "bdo":
                self._reversed(part)
            elif name not in _UNSEEN:
                self.through(part)
            if name == "fldSimple":
                self._unsaved(part)

    def close(self) -> None:
        """End the paragraph; text of an instruction that never ended is kept, and marked."""
        lost = "".join(text for one in self._fields for text in one.held)
        if lost.strip():
            self.parts.append(f"{lost}〔域不完整〕")

    def _run(self, run: ET.Element) -> None:
        properties = child(run, "rPr")
        look = self._styles.look(self._style, properties)
        for part in run:
            self._content(part, look)

    def _content(self, part: ET.Element, look: Look) -> None:
        name = local(part)
        if name == "t":
            self._say(_seen(re.sub(r"[\r\n\t]", " ", "".join(part.itertext())), look))
        elif name in _SIGNS:
            self._say(_seen(_SIGNS[name], look))
        elif name == "fldChar":
            self._field(attribute(part, "fldCharType") or "", part)
        elif name == "instrText" and self._fields:
            self._fields[-1].instruction += part.text or ""
        elif name == "AlternateContent":
            for inner in children(chosen(part)):
                self._content(inner, look)
        elif name == "ruby":
            self.through(child(part, "rubyBase"))
        elif name in _SHAPES and not look.get("hidden"):
            self._shape(part)

    def _say(self, text: str) -> None:
        """Add text, unless it only instructs a field."""
        hiding = next((one for one in self._fields if not one.in_result), None)
        if hiding is not None:
            hiding.held.append(text)
            return
        self.parts.append(text)
        for one in self._fields:
            one.result += text

    def _field(self, kind: str, part: ET.Element) -> None:
        if kind == "begin":
            # A list to choose from shows its choice without saving it as text.
            choices = child(child(part, "ffData"), "ddList")
            self._fields.append(_Field("" if choices is None else "="))
        elif self._fields and kind == "separate":
            self._fields[-1].in_result = True
        elif self._fields and kind == "end":
            ended = self._fields.pop()
            if ended.instruction.strip().startswith("=") and not ended.result.strip():
                self._say("=域未保存结果")

    def _unsaved(self, part: ET.Element) -> None:
        instruction = attribute(part, "instr") or ""
        if instruction.strip().startswith("=") and not has_text(part):
            self._say("=域未保存结果")

    def _reversed(self, part: ET.Element) -> None:
        """Mark text whose order is forced: digits would be seen from right to left."""
        self._say("\u202e" if attribute(part, "val") == "rtl" else "")
        self.through(part)

    def _shape(self, part: ET.Element) -> None:
        for node in _shape_parts(part):
            if local(node) == "txbxContent":
                self.found.boxes.append(node)
            else:
                self.found.pictures += 1


def _seen(text: str, look: Look) -> str:
    """Return text as its look shows it."""
    if look.get("hidden"):
        return ""
    return dress(text, struck=bool(look.get("struck")), height=look.get("height", ""))


@dataclass(slots=True)
class _Field:
    """A field: its instruction is not seen, its saved result is."""

    instruction: str = ""
    in_result: bool = False
    result: str = ""
    held: list[str] = field(default_factory=list)


def _shape_parts(node: ET.Element) -> Iterator[ET.Element]:
    """Find the text boxes and pictures of a drawing; a box is not looked into."""
    if local(node) == "AlternateContent":
        for inner in children(chosen(node)):
            yield from _shape_parts(inner)
    elif local(node) in _PICTURES or local(node) == "txbxContent":
        yield node
    else:
        for inner in node:
            yield from _shape_parts(inner)


def _formula(node: ET.Element) -> str:
    """Read a formula that is nothing but text; mark any other, whose places carry meaning."""
    text = "".join("".join(n.itertext()) for n in node.iter() if local(n) == "t")
    plain = all(local(part) in ("r", "ctrlPr") for part in node)
    return text if plain or not text.strip() else f"{text}〔公式〕"
