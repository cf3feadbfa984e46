"""Has typst set a document, in a child of its own: typst opens threads, and we fork."""

from __future__ import annotations

import json
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import Any, Final

import typst
from pylopdf_fonts_zh_cn import sans_path

from nianbao.errors import BuildError
from nianbao.pool import Ended, Job, run_jobs

SECONDS: Final = 120.0
"""A document that takes longer hangs."""
STANDARDS: Final[list[typst.PDFStandard]] = ["a-2a", "ua-1"]
"""What typst demands of a document, or refuses to write it."""


def typeset(content: dict[str, Any]) -> bytes:
    """Return a document as PDF/A-2a and PDF/UA-1.

    Parameters
    ----------
    content : dict
        What ``template.typ`` lays out. It travels as JSON, so that no text in it can be code.

    Raises
    ------
    BuildError
        Where typst refuses the document, or takes too long.
    """
    text = json.dumps(content, ensure_ascii=False)
    ended: list[Ended[bytes]] = []
    run_jobs([Job("PDF", partial(_compile, text))], ended.append, workers=1, seconds=SECONDS)
    found = ended[0].found
    if isinstance(found, bytes):
        return found
    raise found


def _compile(text: str) -> bytes:
    template = resources.files(__package__) / "template.typ"
    try:
        return typst.compile(
            template.read_bytes(),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"content": text},
            pdf_standards=STANDARDS,
        )
    except typst.TypstError as error:
        told = "；".join([error.message, *error.hints])
        raise BuildError(f"PDF 没有排成（{told}）。") from error


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts of the documents: ours, and the one of signs that typst brings."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(Path(sans_path()).parent)])
