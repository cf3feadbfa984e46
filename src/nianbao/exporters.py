"""nbconvert exporters that turn an executed notebook into one self-contained page."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, ClassVar, Final

import nh3
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from traitlets import default

from nianbao.pages import shell

_PACKAGE = Path(__file__).parent
_STEP = r"[^/\\:?#\s.][^/\\:?#\s]*"
_PAGE = re.compile(
    rf"(?:\.\./){{0,3}}(?:{_STEP}/)*{_STEP}\.(?:html|docx|xlsx|csv|ipynb)(?:#[^\\\s]*)?"
)
"""A link to another page of the output, from where the page lies: never a scheme or a host."""
_PIECES: Final = 128
"""How many pieces of a page are kept when they are rendered: more than any report has."""
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_TAGS = nh3.ALLOWED_TAGS | {
    "section", "figure", "figcaption", "picture", "source", "details", "summary", "caption",
    "header", "main", "nav", "time",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"id", "class", "lang", "title", "role", "aria-label", "aria-labelledby", "aria-hidden",
          "aria-describedby", "tabindex"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "source": {"srcset", "media", "width", "height"},
    "th": {"scope", "colspan", "rowspan", "headers", "data-group"},
    "td": {"colspan", "rowspan", "headers"},
    "details": {"open"},
    "time": {"datetime"},
    "ol": {"start"},
}  # fmt: skip


class ReportExporter(TemplateExporter):
    """The finished report: outputs and narrative, no code (``--to nianbao-report``)."""

    export_from_notebook = "年报成品（HTML）"
    output_mimetype = "text/html"
    page: ClassVar[str] = "report"

    def _file_extension_default(self) -> str:
        return ".html"

    def _template_name_default(self) -> str:
        return "nianbao-review" if self.page == "review" else "nianbao-report"

    @default("optimistic_validation")
    def _once(self) -> bool:
        """Validate the notebook once, not after each of nbconvert's preprocessors."""
        return True

    @default("extra_template_basedirs")
    def _package_templates(self) -> list[str]:
        return [str(_PACKAGE / "templates")]

    @default("extra_template_paths")
    def _package_fragments(self) -> list[str]:
        return [str(_PACKAGE / "templates" / "fragments")]

    def default_filters(self) -> Any:
        """Add this page's filters to nbconvert's own."""
        yield from super().default_filters()
        yield "page_markdown", markdown
        yield "page_output", output
        yield "audience", self._audience

    def _audience(self, cell: NotebookNode) -> bool:
        """Whether a cell belongs on this page, by its tags."""
        hidden = {"notebook"} if self.page == "review" else {"notebook", "review"}
        return hidden.isdisjoint(cell.metadata.get("tags", []))

    def from_notebook_node(  # type: ignore[override]  # the base says NotebookNode, gives str
        self, nb: NotebookNode, resources: Any = None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        """Render a notebook; the page's title is the heading that its first output shows."""
        known = self._init_resources(resources)
        known["nianbao"] = shell(_title(nb), self.page)
        page, known = super().from_notebook_node(nb, known, **kwargs)
        return str(page), known


class ReviewExporter(ReportExporter):
    """The same run for a reviewer: folded code and the reading cell by cell."""

    export_from_notebook = "年报审阅（HTML）"
    page: ClassVar[str] = "review"


class OverviewExporter(ReportExporter):
    """One year, all agencies (``--to nianbao-overview``)."""

    export_from_notebook = "年度总览（HTML）"
    page: ClassVar[str] = "overview"


class TrendExporter(ReportExporter):
    """One agency, all years (``--to nianbao-trend``)."""

    export_from_notebook = "历年（HTML）"
    page: ClassVar[str] = "trend"


PAGES: Final = {
    kind.page: kind for kind in (ReportExporter, ReviewExporter, OverviewExporter, TrendExporter)
}
"""The exporter of each kind of page that a notebook becomes."""


@cache
def exporter(page: str) -> ReportExporter:
    """Return the exporter of a kind of page, made once a process, its template compiled."""
    made = PAGES[page]()
    assert made.template is not None
    return made


def _title(nb: NotebookNode) -> str:
    """Take the page's title from the first heading shown, without its markup."""
    for cell in nb.cells:
        for item in cell.get("outputs", []):
            match = _HEADING.search(_joined(item.get("data", {}).get("text/html", "")))
            if match:
                return html.unescape(re.sub(r"<[^>]+>", "", match[1].replace("<br>", " "))).strip()
    return "政府信息公开工作年度报告"


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _allow(tag: str, attribute: str, value: str) -> str | None:
    """Let links point within the output and to nothing else, and pictures come from the page."""
    if attribute in ("src", "srcset"):
        return value if value.startswith("data:image/") else None
    if attribute == "href":
        return value if value.startswith("#") or _PAGE.fullmatch(value) else None
    return value


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        generic_attribute_prefixes={"data-"},
        attribute_filter=_allow,
        url_schemes={"data"},
        link_rel=None,
        strip_comments=True,
    )


# A report's two pages are mostly the same pieces.
@lru_cache(maxsize=_PIECES)
def clean(markup: str) -> str:
    """Sanitize HTML: known tags and attributes, data pictures, links within the output only."""
    return _cleaner().clean(markup)


@cache
def _narrative() -> MarkdownWithMath:
    return MarkdownWithMath(renderer=IPythonRenderer(escape=False, exclude_anchor_links=True))


@lru_cache(maxsize=_PIECES)
def markdown(source: str) -> str:
    """Render a narrative cell and sanitize it; headings get no anchor of their own."""
    return clean(_narrative().render(source))


def output(item: Mapping[str, Any]) -> str:
    """Turn one output of a cell into safe HTML: markup, picture, or text as it is."""
    data = item.get("data", {})
    if "text/html" in data:
        return clean(_joined(data["text/html"]))
    for kind in ("image/png", "image/jpeg"):
        if kind in data:
            body = "".join(_joined(data[kind]).split())
            return clean(f'<img src="data:{kind};base64,{body}" alt="{_plain(data)}">')
    if "image/svg+xml" in data:
        body = base64.b64encode(_joined(data["image/svg+xml"]).encode()).decode()
        return clean(f'<img src="data:image/svg+xml;base64,{body}" alt="{_plain(data)}">')
    text = item.get("text") or item.get("evalue") or data.get("text/plain", "")
    return f"<pre>{html.escape(_joined(text))}</pre>" if text else ""


def _plain(data: Mapping[str, Any]) -> str:
    return html.escape(_joined(data.get("text/plain", "图")))
