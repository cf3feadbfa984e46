"""The one style sheet of all pages, with the running title that a page has in print."""

from __future__ import annotations

from functools import cache
from importlib import resources

_SHEETS = ("page", "notice", "site", "overview", "trend", "comparison")


@cache
def stylesheet() -> str:
    """Return the style sheet, which is the same for every page."""
    folder = resources.files("nianbao").joinpath("templates")
    return "".join(folder.joinpath(f"{name}.css").read_text("utf-8") for name in _SHEETS)


def running_title(title: str) -> str:
    """Return the rule that prints a title at the head of every sheet of paper but the first."""
    head = f"@top-center{{content:{quoted(title)};font-size:9pt;color:#333}}"
    return f"@page{{{head}}}@page:first{{@top-center{{content:none}}}}"


def quoted(text: str) -> str:
    """Return a text as a string of a style sheet, whatever it holds."""
    return '"{}"'.format("".join(each if each.isalnum() else f"\\{ord(each):x} " for each in text))
