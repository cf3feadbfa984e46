"""Closes a page: self-contained, no request, one style sheet, a script only where it has one."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Final

from markupsafe import Markup

from nianbao.fragments import render
from nianbao.stylesheet import running_title, stylesheet

SCRIPTED: Final = ("front", "overview", "trend")
"""Kinds of pages with long tables, which the script sorts, filters and compares."""


def shell(title: str, kind: str) -> dict[str, str]:
    """Return what the template of every page needs beside its content.

    Parameters
    ----------
    title : str
        The page's title, as plain text; it also runs at the head of printed sheets.
    kind : str
        The class of the body: ``report``, ``review``, ``notice``, ``overview``, ``trend``,
        ``front`` or ``comparison``.
    """
    style = stylesheet() + running_title(title)
    code = script() if kind in SCRIPTED else ""
    return {
        "title": title,
        "kind": kind,
        "style": style,
        "script": code,
        "policy": policy(style, code),
    }


@cache
def script() -> str:
    """Return the script that sorts and filters tables; pages say the same without it."""
    folder = resources.files("nianbao").joinpath("templates")
    return folder.joinpath("site.js").read_text("utf-8")


def policy(style: str, code: str = "", *, fonts: bool = False) -> str:
    """Return the Content-Security-Policy that allows this one style, script and data pictures.

    Parameters
    ----------
    style, code : str
        The style sheet and the script, as they stand in the page.
    fonts : bool
        Whether the style sheet brings fonts along.
    """
    allowed = f"script-src '{_digest(code)}'; " if code else ""
    allowed += "font-src data:; " if fonts else ""
    return (
        f"default-src 'none'; img-src data:; style-src '{_digest(style)}'; {allowed}"
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def page(title: str, body: str, kind: str) -> str:
    """Close a whole page around markup, which is sanitized here.

    Parameters
    ----------
    title : str
        Its title, as plain text.
    body : str
        What stands in ``main``; unknown tags, scripts and links out of the output are removed.
    kind : str
        The class of the body.
    """
    from nianbao.exporters import clean  # loads nbconvert, which a notebook does not need

    parts = shell(title, kind)
    trusted = {name: Markup(parts[name]) for name in ("style", "script")}
    return f"{render('page', **(parts | trusted), body=Markup(clean(body))).html}\n"
