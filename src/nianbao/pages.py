"""Closes fragments into one self-contained page: no script, no request, its own style sheet."""

from __future__ import annotations

import base64
import hashlib
from importlib import resources

from markupsafe import Markup

from nianbao.fragments import render


def style(*sheets: str) -> str:
    """Return style sheets of the package as one, for example ``page`` and ``notice``."""
    folder = resources.files("nianbao").joinpath("templates")
    return "".join(folder.joinpath(f"{name}.css").read_text("utf-8") for name in sheets)


def policy(sheet: str) -> str:
    """Return the Content-Security-Policy that allows this one style sheet and data pictures."""
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


def page(title: str, body: str, kind: str, *sheets: str) -> str:
    """Close a whole page around markup, which is sanitized here.

    Parameters
    ----------
    title : str
        Its title, as plain text.
    body : str
        What stands in ``main``; unknown tags, scripts and links out of the page are removed.
    kind : str
        The class of the body.
    *sheets : str
        Its style sheets, in order.
    """
    from nianbao.exporters import clean  # loads nbconvert, which a notebook does not need

    sheet = style(*sheets)
    markup = render(
        "page",
        title=title,
        kind=kind,
        body=Markup(clean(body)),
        style=Markup(sheet),
        policy=policy(sheet),
    ).html
    return f"{markup}\n"
