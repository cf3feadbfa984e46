"""What is looked at on every page, gathered in one opening of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from browser.visits import NARROW, PHONE, ZOOMED, Visit


@dataclass(frozen=True)
class Survey:
    """What a page is made of, and what it does.

    Attributes
    ----------
    asked : list of str
        The addresses that it asked for, beside its own.
    said : list of str
        What it wrote on the console, errors of scripts included.
    outline : list of [int, str]
        The level and the words of each heading.
    pictures : list of dict
        The alternative text of each picture, and the figures beside it.
    lost : list of tuple of int and str
        What does not fit into the window, with the width of the window in CSS px.
    """

    asked: list[str]
    said: list[str]
    outline: list[tuple[int, str]]
    pictures: list[dict[str, object]]
    lost: list[tuple[int, str]]


def survey(browser: Browser, path: Path) -> Survey:
    """Open a page as on a desktop, then, all parts unfolded, in narrower windows."""
    opened = Visit(browser, path)
    outline, pictures = opened.probe("outline"), opened.probe("pictures")
    opened.unfold()
    lost = []
    for width in (PHONE, NARROW, ZOOMED):
        opened.resize(width)
        lost += [(width, words) for words in opened.probe("overflow")]
    asked = [url for url in opened.requests if url != opened.url]
    opened.close()
    return Survey(asked, opened.said, [tuple(h) for h in outline], pictures, lost)
