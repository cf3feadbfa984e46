"""Has typst set a document, in a process of its own: typst opens threads, and we fork."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any, Final

from pylopdf_fonts_zh_cn import sans_path

from nianbao.errors import BuildError
from nianbao.pdf import compositor

SECONDS: Final = 120.0
"""A document that takes longer hangs."""
STANDARDS: Final = ("a-2a", "ua-1")
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
    template = resources.files(__package__).joinpath("template.typ").read_text("utf-8")
    asked = {
        "template": template,
        "content": json.dumps(content, ensure_ascii=False),
        "fonts": [str(Path(sans_path()).parent)],  # ours; that of signs is brought by typst
        "standards": STANDARDS,
    }
    # Apart from everything: a process that was forked where typst's threads ran would wait for
    # threads that it has not got.
    command = [sys.executable, "-I", str(compositor.__file__)]
    try:
        done = subprocess.run(
            command, input=json.dumps(asked).encode(), capture_output=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        raise BuildError(f"PDF 没有排成（超过{SECONDS:.0f}秒，已终止）。") from None
    if done.returncode:
        raise BuildError(f"PDF 没有排成（{_why(done)}）。")
    return done.stdout


def _why(done: subprocess.CompletedProcess[bytes]) -> str:
    """Say why the program ended without a document."""
    told = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode == compositor.REFUSED:
        return told
    last = told.splitlines()[-1:] or ["没有说明"]
    return f"排版程序以 {done.returncode} 结束：{last[0]}"
