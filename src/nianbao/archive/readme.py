"""The words for a stranger who opens a bag: what it is, how to check it, how to run it again."""

from __future__ import annotations

import html
import shlex
from collections.abc import Iterable
from importlib import resources
from typing import Final

from jinja2 import Environment, StrictUndefined

from nianbao.archive.inputs import Key

_COMMANDS: Final = (
    "python3 -m venv again/env",
    "again/env/bin/pip install --require-hashes --only-binary :all:"
    " -r data/project/requirements.lock",
    "again/env/bin/pip install --no-deps data/software/{wheel}",
    "cp -r data/project again/project",
    "NIANBAO_HOME=again/project again/env/bin/python -m nianbao archived --into again/result"
    "{draft}{reports}",
    "diff -r again/result data/result",
)


def readme(title: str, reports: Iterable[Key], wheel: str, python: str, draft: str = "") -> bytes:
    """Return ``README.md``.

    Parameters
    ----------
    title : str
        What the bag is about.
    reports : iterable of (int, str)
        Year and agency of the reports that it holds.
    wheel : str
        The file that holds the software.
    python : str
        The version of Python that made it, as ``3.11``.
    draft : str
        Why it is a draft; empty where it is none.
    """
    source = resources.files("nianbao.archive").joinpath("readme.md.j2").read_text("utf-8")
    named = "".join(f" --report {shlex.quote(f'{year}/{agency}')}" for year, agency in reports)
    filled = {"wheel": wheel, "draft": " --draft" if draft else "", "reports": named}
    commands = "\n".join(f"    {line.format(**filled)}" for line in _COMMANDS)
    template = Environment(
        undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    ).from_string(source)
    return template.render(
        title=html.escape(title),  # an agency that is not registered is called as its report says
        wheel=wheel,
        python=python,
        draft=html.escape(draft),
        commands=commands,
    ).encode()
