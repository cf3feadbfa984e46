"""Keeps of a parsed page what can be seen: a plain tree of elements and text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

PICTURE = "\ufffc"
"""Stands for whatever is shown without being text: such a cell is not blank."""


def names(written: str) -> frozenset[str]:
    """Take names of elements apart."""
    return frozenset(written.split())


_HIDDEN = names(
    "head title script style link meta base col colgroup area param source track datalist rp rt "
    "audio video dialog x-template x-noscript x-noembed x-noframes x-option x-optgroup"
)
_SHOWN = names(
    "img image embed canvas input progress meter x-svg x-math x-object x-applet x-iframe "
    "x-textarea x-select"
)
_STRUCK = frozenset({"del", "x-s", "x-strike"})
_PARTS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"})
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STYLE = 2000
"""Characters of a style that are looked at; Word writes some hundreds."""
_ZERO = re.compile(r"0+(?:\.0*)?(?:[a-z]+|%)?")
_NUMBER = re.compile(r"\s*\+?(\d{1,9})")


@dataclass(slots=True)
class Element:
    """An element that can be seen.

    Attributes
    ----------
    children : list of Element or str
        In order; hidden ones are left out, pictures stand as `PICTURE`.
    columns, rows : int
        What a cell spans; ``rows`` is 0 where it goes down to the end of its group of rows.
    raised : str
        ``sup`` or ``sub`` for small figures above or below the line.
    struck, link, aside : bool
        Whether the text is crossed out, leads to another page, or is the site's navigation;
        what holds for an element holds for all inside it.
    block : bool
        Whether its style sets it apart from the line that it stands in.
    hollow : bool
        Whether the element takes its place without showing anything.
    """

    tag: str
    children: list[Element | str] = field(default_factory=list)
    columns: int = 1
    rows: int = 1
    raised: str = ""
    struck: bool = False
    link: bool = False
    aside: bool = False
    block: bool = False
    hollow: bool = False


def visible(body: LexborNode, hidden: frozenset[str] = frozenset()) -> Element:
    """Copy a body without what a browser does not show.

    ``hidden`` names the classes and ids that the page's style sheet hides.
    """
    root = Element("body")
    kept = {body.mem_id: root}
    for node in body.traverse(include_text=True):
        parent = kept.get(node.parent.mem_id) if node.parent else None
        if parent is None:
            continue
        if node.is_text_node:
            parent.children.append(node.text_content or "")
        elif node.is_element_node:
            found = _seen(node, hidden)
            if found is not None:
                parent.children.append(found)
            if isinstance(found, Element) and not found.hollow:
                _inherit(found, parent)
                kept[node.mem_id] = found
    return root


def _selectors(attributes: Mapping[str, str | None]) -> Iterator[str]:
    """Yield the plain selectors that fit an element."""
    yield from (f".{name}" for name in (attributes.get("class") or "").split())
    yield f"#{attributes.get('id') or ''}"


def _inherit(element: Element, parent: Element) -> None:
    """Hand down what a browser draws over all that an element holds."""
    element.raised = element.raised or parent.raised
    element.struck = element.struck or parent.struck
    element.link = element.link or parent.link
    element.aside = element.aside or parent.aside


def _seen(node: LexborNode, hidden: frozenset[str]) -> Element | str | None:
    """Return an element, a picture's sign, or None for what is hidden."""
    tag = node.tag or ""
    if tag in _HIDDEN:
        return None
    if not node.attrs and tag not in _SHOWN:
        return Element(tag, raised=_raised(tag, ""), struck=tag in _STRUCK, aside=tag in _ASIDE)
    attributes = node.attributes
    if hidden and not hidden.isdisjoint(_selectors(attributes)):
        return None
    style = _style(attributes.get("style") or "")
    unseen = style.get("visibility") in ("hidden", "collapse")
    if "hidden" in attributes or style.get("display") == "none" or _shrunk(style):
        return None
    if unseen:
        # A cell that cannot be seen still takes its place in the row; a collapsed row does not.
        place = tag in ("td", "th")
        return _cell(Element(tag, hollow=True), attributes) if place else None
    if tag in _SHOWN:
        return None if _spacer(attributes) else PICTURE
    line = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    found = Element(
        tag,
        raised=_raised(tag, style.get("vertical-align", "")),
        struck=tag in _STRUCK or "line-through" in line,
        link=tag == "x-a" and bool(attributes.get("href")),
        aside=tag in _ASIDE or attributes.get("role") in ("navigation", "complementary"),
        block=_set_apart(style),
    )
    return _cell(found, attributes) if tag in ("td", "th") else found


_ASIDE = frozenset({"nav", "aside", "menu"})


def _raised(tag: str, align: str) -> str:
    """Tell figures above or below the line; in parts of tables the style means another thing."""
    if tag in ("sup", "sub"):
        return tag
    return align[:3] if align in ("super", "sub") and tag not in _PARTS else ""


def _cell(cell: Element, attributes: dict[str, str | None]) -> Element:
    cell.columns = _span(attributes.get("colspan")) or 1
    rows = attributes.get("rowspan")
    cell.rows = 1 if rows is None else _span(rows)
    return cell


def _span(written: str | None) -> int:
    """Read a span as browsers do: leading digits count, anything else is 1."""
    match = _NUMBER.match(written or "")
    return min(int(match[1]), 65534) if match else 1


def _style(written: str) -> dict[str, str]:
    """Take a style apart; of two values for one property the last one counts."""
    found = {}
    for part in _COMMENT.sub("", written[:_STYLE].lower()).split(";"):
        name, _, value = part.partition(":")
        found[name.strip()] = value.replace("!important", "").strip()
    return found


def _shrunk(style: dict[str, str]) -> bool:
    return bool(_ZERO.fullmatch(style.get("font-size", ""))) or style.get("mso-hide") == "all"


def _set_apart(style: dict[str, str]) -> bool:
    """Whether two such elements side by side are not one word or one number."""
    shown = style.get("display", "inline") not in ("inline", "contents", "inherit", "initial", "")
    placed = style.get("position", "static") in ("absolute", "fixed")
    return shown or placed or style.get("float", "none") != "none"


def _spacer(attributes: dict[str, str | None]) -> bool:
    """Tell pictures that only keep a distance, and fields that are not shown."""
    sizes = [_NUMBER.match(attributes.get(side) or "") for side in ("width", "height")]
    tiny = any(size and int(size[1]) <= 3 for size in sizes)
    return tiny or (attributes.get("type") or "").lower() == "hidden"


def walk(root: Element) -> Iterator[tuple[str, Element | str]]:
    """Go through an element's content without recursion.

    Yields
    ------
    tuple
        ``("text", str)``, ``("begin", Element)`` and ``("end", Element)``.
    """
    stack: list[tuple[Element, Iterator[Element | str]]] = [(root, iter(root.children))]
    while stack:
        element, rest = stack[-1]
        child = next(rest, None)
        if child is None:
            stack.pop()
            if stack:
                yield "end", element
        elif isinstance(child, str):
            yield "text", child
        else:
            stack.append((child, iter(child.children)))
            yield "begin", child
