"""The kinds of page that a build writes, and which pages stand for each."""

from __future__ import annotations

import re
from pathlib import Path

from browser.city import CLEAN, DAMAGED, SHORT

_KIND = re.compile(r'<body class="([\w-]+)')
KINDS = (
    "report",
    "review",
    "overview",
    "trend",
    "front",
    "notice-page",
    "notices",
    "comparison",
)
"""The class of the body of each kind."""


def kind_of(path: Path) -> str:
    """Return the class of a page's body."""
    found = _KIND.search(path.read_text("utf-8"))
    assert found, f"{path} has no class of body"
    return found[1]


def pages(site: Path, kind: str = "") -> list[Path]:
    """Return all pages of a kind, or of all kinds."""
    found = sorted(path for path in site.rglob("*.html") if ".cache" not in path.parts)
    return [path for path in found if not kind or kind_of(path) == kind]


def samples(site: Path, kind: str) -> list[Path]:
    """Return pages that stand for a kind: of a damaged, a short-rowed and a clean report.

    A clean review copy adds nothing to these. Of other kinds it is the largest page, on which there
    is most to go wrong.
    """
    found = pages(site, kind)
    assert found, f"there is no page of kind {kind}"
    if kind in ("report", "review"):
        chosen = [DAMAGED, SHORT, CLEAN] if kind == "report" else [DAMAGED, SHORT]
        return [page(site, *each, kind) for each in chosen]
    return [max(found, key=lambda path: (path.stat().st_size, path.as_posix()))]


def page(site: Path, year: int, agency: str, kind: str = "report") -> Path:
    """Return where a page of a report lies."""
    return site / str(year) / agency / f"{kind}.html"
