"""Where pages lie in the output, and how one leads to another: always relatively."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

FRONT = "index.html"
"""The page of all years and agencies."""


def overview_page(year: int) -> str:
    """Return where the page of a year lies, from the output folder."""
    return f"{year}/index.html"


def trend_page(agency: str) -> str:
    """Return where the page of an agency through the years lies."""
    return f"trend/{agency}.html"


def report_page(year: int, agency: str) -> str:
    """Return where a finished report lies."""
    return f"{year}/{agency}/report.html"


def review_page(year: int, agency: str) -> str:
    """Return where the review copy of a report lies; the notice stands on it."""
    return f"{year}/{agency}/review.html"


NOTICE = "notice-title"
"""Where the notice begins on a review copy."""


def href(page: str, target: str, anchor: str = "") -> str:
    """Return the link from one page to another, both named from the output folder.

    The folder as a whole can be moved; whatever stands in an agency's id is quoted.
    """
    path = posixpath.relpath(target, posixpath.dirname(page) or ".")
    return quote(path) + (f"#{quote(anchor)}" if anchor else "")
