"""The archive edition of a page: it carries its fonts, and leads nowhere outside of its bag."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Final

from nbformat import NotebookNode
from selectolax.lexbor import LexborHTMLParser

from nianbao.archive.fonts import SANS, SERIF, Face, face_rule, subset_of
from nianbao.finding import Finding
from nianbao.pages import policy
from nianbao.stylesheet import quoted

NAVIGATION: Final = "navigation"
"""The cell of the notebook that leads to pages of other reports."""
_STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_POLICY: Final = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")[^"]*(")')
_OPENING: Final = re.compile(r'<main id="main">\n?')
_LEAVES: Final = re.compile(r'(<a\b[^>]*?)\s+href="(?!#)[^"]*"')
_DATA: Final = re.compile(r'"data:[^"]*"')
_SERIF: Final = "h1, h2, h3, h4, .lead, .chart figcaption, .chart-title"
"""What the style sheet sets in the serif font."""
_FIXED: Final = "Consolas,monospace"
_PRINT: Final = (
    "@media print{@page{font-family:FAMILY;@bottom-center{font-family:FAMILY}"
    "@top-center{font-family:FAMILY}}}"
)
_BANNER: Final = (
    ".draft{position:sticky;top:0;z-index:3;margin:0 auto 1.5rem;padding:.5rem .8rem;"
    "border:2px solid var(--bad);background:var(--paper);color:var(--bad);font-weight:600}"
    "@media print{.draft{position:static}@page{@top-left{content:WORDS;"
    "font-family:FAMILY;font-size:9pt;color:#b3261e;font-weight:600}}}"
)


def without_navigation(notebook: NotebookNode) -> NotebookNode:
    """Take away what a notebook shows of the way to pages that no bag holds."""
    for cell in notebook.cells:
        if cell.id == NAVIGATION:
            cell.outputs = []
    return notebook


def why_draft(findings: Sequence[Finding]) -> str:
    """Say why a report is archived as a draft only."""
    hard = [finding for finding in findings if finding.objection]
    if not hard:
        return "按制作时的要求，本件只作草稿"
    named = "、".join(finding.rule.id for finding in hard)
    return f"有{len(hard)}条规则不成立（程度为错误），尚未说明：{named}"


def editions(pages: Mapping[str, str], draft: str = "") -> dict[str, str]:
    """Return the archive edition of the pages of one report.

    Parameters
    ----------
    pages : mapping of str to str
        Whole pages, by the name of the file.
    draft : str
        Why they are drafts, which every page and every sheet of paper then says; empty for
        finished ones.
    """
    known = [*pages.values(), f"草稿：{draft}" if draft else ""]
    faces = {
        SANS: _characters(known),
        SERIF: _characters(map(_in_serif, pages.values())),
    }
    rules = {face: face_rule(face, subset_of(face, have)) for face, have in faces.items()}
    return {name: _edition(page, rules, draft) for name, page in pages.items()}


def _edition(page: str, rules: Mapping[Face, str], draft: str) -> str:
    """Put the fonts and the banner of a draft into a page."""
    found = _STYLE.search(page)
    assert found is not None
    style = _styled(found[1], rules, draft)
    page = page[: found.start(1)] + style + page[found.end(1) :]
    allowed = html.escape(policy(style, fonts=True))
    page = _POLICY.sub(lambda match: f"{match[1]}{allowed}{match[2]}", page, count=1)
    page = _LEAVES.sub(r"\1", page)
    if draft:
        banner = f'<p class="draft" role="note">草稿：{html.escape(draft)}。</p>\n'
        page = _OPENING.sub(lambda match: match[0] + banner, page, count=1)
    return page


def _styled(style: str, rules: Mapping[Face, str], draft: str) -> str:
    for face in rules:
        style = style.replace(f"{face.variable}:", f'{face.variable}:"{face.family}",', 1)
    # Comments in code are Chinese, which no fixed font of the reader's may have.
    style = style.replace(_FIXED, f'{_FIXED},"{SANS.family}"')
    family = f'"{SANS.family}",sans-serif'
    added = _PRINT + (_BANNER.replace("WORDS", quoted(f"草稿：{draft}")) if draft else "")
    return "".join(rules.values()) + style + added.replace("FAMILY", family)


def _characters(texts: Sequence[str] | map[str]) -> set[str]:
    """Return what texts are written with, in markup and styles as well: more does not harm."""
    plain = (html.unescape(_DATA.sub("", text)) for text in texts)
    return {each for text in plain for each in text if each.isprintable()}


def _in_serif(page: str) -> str:
    """Return the text of a page that stands in the serif font."""
    return "".join(node.text() for node in LexborHTMLParser(page).css(_SERIF))
