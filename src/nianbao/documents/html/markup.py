"""Tames a page's markup before the parser sees it: no scripts, no bombs, no deep nesting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from nianbao.documents.html.elements import names
from nianbao.errors import UnreadableError

MAX_TAGS = 100_000
"""A long report saved by Word has some 30,000."""
MAX_DEPTH = 250
"""The parser's time grows with the square of the depth; real pages stay below 100."""
MAX_TABLES = 10
"""Tables inside one another: sites that lay out pages with tables have some five levels."""
MAX_ATTRIBUTES = 500
"""The parser compares each attribute of a tag with all others."""

_ATTRIBUTE = r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?P<raw>script|style)(?=[\s/>]).*?(?:</(?P=raw)(?=[\s/>])[^>]*+>?|\Z)"
    r"|<title(?=[\s/>]).*?(?:</title(?=[\s/>])[^>]*+>?|\Z)"
    rf"|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?:[\s/]++|{_ATTRIBUTE})*+>"
    r"|<[!?/][^>]*+>?",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTES = re.compile(_ATTRIBUTE)

_RENAMED = names(
    # Inline formats: the parser would repeat those left open in every later paragraph.
    "a b big code em font i nobr s small strike strong tt u "
    # Elements with parsing rules of their own, by which depth could be hidden from the count.
    "applet button form frameset iframe marquee math noembed noframes noscript object optgroup "
    "option plaintext search select svg template textarea xmp"
)
_VOID = names(
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param "
    "source track wbr"
)
_UNCOUNTED = frozenset({"html", "head", "body"})
_TABLE_PARTS = {
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("tr",),
    "tbody": ("tbody", "thead", "tfoot", "caption", "colgroup"),
    "thead": ("tbody", "thead", "tfoot", "caption", "colgroup"),
    "tfoot": ("tbody", "thead", "tfoot", "caption", "colgroup"),
    "caption": ("caption",),
    "colgroup": ("colgroup",),
    "table": ("table",),
}
"""Parts of a table and which open parts each of them ends when it begins."""
_CELLS = frozenset({"table", "td", "th", "caption"})
_ENDS_PARAGRAPH = names(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer h1 h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p pre section "
    "summary ul"
)
_SPECIAL = _ENDS_PARAGRAPH | set(_TABLE_PARTS)
_AROUND_ITEMS = _SPECIAL - {"address", "div", "p"}
_ITEMS = {"li": ("li",), "dd": ("dd", "dt"), "dt": ("dd", "dt")}


def tame(text: str, name: str) -> str:
    """Take out scripts, styles and comments, and rename elements that parsers treat oddly.

    ``<font …>`` becomes ``<x-font …>`` and so on: an ordinary element with the same text.

    Raises
    ------
    UnreadableError
        Where the page has more tags, deeper nesting or more attributes than any report.
    """
    if text.count("<") > 4 * MAX_TAGS:
        raise _excessive(name, f"有超过 {4 * MAX_TAGS:,} 个标记")
    stack = _Nesting(name)

    def replaced(match: re.Match[str]) -> str:
        whole, end, written = match.group(0, "end", "name")
        if written is None:
            return whole if whole[:6].lower() == "<title" else ""
        tag = written.lower()
        if len(whole) > MAX_ATTRIBUTES and len(_ATTRIBUTES.findall(whole)) > MAX_ATTRIBUTES:
            raise _excessive(name, f"的一个标记有超过 {MAX_ATTRIBUTES} 个属性")
        renamed = tag in _RENAMED
        tag = f"x-{tag}" if renamed else tag
        (stack.end if end else stack.begin)(tag)
        return f"<{end}x-{whole[1 + len(end) :]}" if renamed else whole

    return _TOKEN.sub(replaced, text)


def _excessive(name: str, what: str) -> UnreadableError:
    return UnreadableError(
        f"{name}：网页{what}，不像一份年度报告。请用浏览器打开，只把报告正文另存为网页。"
    )


class _Nesting:
    """Counts how deep the parser's tree can get: never less than it does.

    An element is taken as ended only where the rules of HTML end it for certain.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._open: list[str] = []
        self._counts: Counter[str] = Counter()
        self._tags = 0

    def begin(self, tag: str) -> None:
        self._tags += 1
        if self._tags > MAX_TAGS:
            raise _excessive(self._name, f"有超过 {MAX_TAGS:,} 个标记")
        if tag in _ENDS_PARAGRAPH:
            self._leave(_ITEMS.get(tag, ()), _AROUND_ITEMS)
            self._leave(("p",), _CELLS)
        elif tag in _TABLE_PARTS:
            if tag != "table" and not self._counts["table"]:
                return  # the parser ignores parts of a table where none is open
            self._leave(_TABLE_PARTS[tag], _CELLS if tag == "table" else {"table"})
        if tag in _VOID or tag in _UNCOUNTED:
            return
        self._open.append(tag)
        self._counts[tag] += 1
        if self._counts["table"] > MAX_TABLES:
            raise _excessive(self._name, f"的表格嵌套超过 {MAX_TABLES} 层")
        if len(self._open) > MAX_DEPTH:
            raise _excessive(self._name, f"的标记嵌套超过 {MAX_DEPTH} 层")

    def end(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
            self._counts[tag] -= 1
        elif tag in _TABLE_PARTS:
            self._leave((tag,), {"table"})
        elif tag in _ITEMS:
            self._leave((tag,), _CELLS | {"ul", "ol"})
        else:
            self._leave((tag,), _CELLS if tag in _SPECIAL else _SPECIAL)

    def _leave(self, tags: Collection[str], barriers: Collection[str]) -> None:
        """End the innermost of these elements and all inside it, unless a barrier is between."""
        if not any(self._counts[tag] for tag in tags):
            return
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place] in tags:
                self._counts.subtract(self._open[place:])
                del self._open[place:]
                return
            if self._open[place] in barriers:
                return
