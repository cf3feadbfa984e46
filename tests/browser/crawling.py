"""Follows the links of pages as they lie on disk."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser


@cache
def _read(path: Path) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return what a page links to, and the places on it that can be linked to."""
    tree = LexborHTMLParser(path.read_text("utf-8"))
    links = [a.attributes.get("href") or "" for a in tree.css("a[href], area[href], link[href]")]
    return tuple(links), frozenset(node.attributes["id"] or "" for node in tree.css("[id]"))


def _problem(page: Path, link: str, site: Path) -> str:
    address, _, anchor = link.partition("#")
    if not link or ":" in address or address.startswith(("/", "\\")) or "?" in address:
        return "is not relative"
    target = (page.parent / unquote(address)).resolve() if address else page
    if not target.is_relative_to(site):
        return "leads out of the folder"
    if not target.is_file():
        return "leads to no file"
    if anchor and (target.suffix != ".html" or unquote(anchor) not in _read(target)[1]):
        return "leads to no place"
    return ""


def crawl(site: Path, start: list[Path]) -> tuple[set[Path], list[str]]:
    """Follow all links from some pages.

    Returns
    -------
    tuple
        The pages reached, and a line for each link that does not lead where it should.
    """
    site, waiting = site.resolve(), [path.resolve() for path in start]
    reached, problems = set(waiting), []
    while waiting:
        page = waiting.pop()
        for link in _read(page)[0]:
            problem = _problem(page, link, site)
            if problem:
                problems.append(f"{page.relative_to(site)}: “{link}” {problem}")
                continue
            target = (page.parent / unquote(link.partition("#")[0])).resolve()
            if target.suffix == ".html" and target not in reached and target.is_file():
                reached.add(target)
                waiting.append(target)
    return reached, sorted(set(problems))
