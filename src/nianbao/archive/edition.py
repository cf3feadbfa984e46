"""The archive edition of a page: it carries its fonts, and leads nowhere outside of its bag."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from nbformat import NotebookNode
from selectolax.lexbor import LexborHTMLParser

from nianbao.archive.fonts import SANS, SERIF, SIGNS, face_rule, missing, subset_of
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
_NAMED: Final = 6
"""So many rules are named by their ids; the pages list all of them."""
_SERIF: Final = "h1, h2, h3, h4, .lead, .chart figcaption, .chart-title"
"""What the style sheet sets in the serif font."""
_STACKS: Final = {"--sans": (SANS, SIGNS), "--serif": (SERIF, SANS, SIGNS)}
"""The variables of the style sheet that list families, and what leads them."""
_FIXED: Final = "Consolas,monospace"
_PRINT: Final = (
    "@media print{@page{font-family:FAMILY;@bottom-center{font-family:FAMILY}"
    "@top-center{font-family:FAMILY}}}"
)
_BANNER: Final = (
    ".draft{position:sticky;top:0;z-index:3;margin:0 auto 1.5rem;padding:.5rem .8rem;"
    "border:2px solid var(--bad);background:var(--paper);color:var(--bad);font-weight:600}"
    "@media print{.draft{position:static}@page{@bottom-left{content:WORDS;"
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
    named = "、".join(finding.rule.id for finding in hard[:_NAMED])
    named += "等" if len(hard) > _NAMED else ""
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
    bare = {name: _dressed(text, draft) for name, text in pages.items()}
    written = _characters(bare.values())
    faces = {
        SANS: written,
        SERIF: _characters(map(_in_serif, bare.values())),
        SIGNS: missing(written),
    }
    rules = "".join(face_rule(each, subset_of(each, have)) for each, have in faces.items())
    return {name: _carrying(text, rules) for name, text in bare.items()}


def _dressed(page: str, draft: str) -> str:
    """Name the fonts in a page, say that it is a draft, and let no link leave it."""
    page = _STYLE.sub(lambda found: f"<style>{_styled(found[1], draft)}</style>", page, count=1)
    page = _LEAVES.sub(r"\1", page)
    if draft:
        banner = f'<p class="draft" role="note">草稿：{html.escape(draft)}。</p>\n'
        page = _OPENING.sub(lambda found: found[0] + banner, page, count=1)
    return page


def _styled(style: str, draft: str) -> str:
    for variable, faces in _STACKS.items():
        named = "".join(f'"{face.family}",' for face in faces)
        style = style.replace(f"{variable}:", f"{variable}:{named}", 1)
    # Comments in code are Chinese, which no fixed font of the reader's may have.
    style = style.replace(_FIXED, f'{_FIXED},"{SANS.family}"')
    added = _PRINT + (_BANNER.replace("WORDS", quoted(_short(draft))) if draft else "")
    return style + added.replace("FAMILY", f'"{SANS.family}",sans-serif')


def _short(draft: str) -> str:
    """Return what stands at the foot of every sheet beside the page number: no names of rules."""
    return f"草稿：{draft.partition('：')[0]}"


def _carrying(page: str, rules: str) -> str:
    """Put the fonts into a page, and let its policy know."""
    page = page.replace("<style>", f"<style>{rules}", 1)
    found = _STYLE.search(page)
    assert found is not None
    allowed = html.escape(policy(found[1], fonts=True))
    return _POLICY.sub(lambda match: f"{match[1]}{allowed}{match[2]}", page, count=1)


def _characters(texts: Iterable[str]) -> set[str]:
    """Return what texts are written with, in markup and styles as well: more does not harm."""
    plain = (html.unescape(_DATA.sub("", text)) for text in texts)
    return {each for text in plain for each in text if each.isprintable()}


def _in_serif(page: str) -> str:
    """Return the text of a page that stands in the serif font."""
    return "".join(node.text() for node in LexborHTMLParser(page).css(_SERIF))
