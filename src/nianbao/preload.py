"""Does once what every job needs, before children are forked that would each do it again."""

from __future__ import annotations

import gc
import platform
from functools import cache
from importlib import import_module
from typing import Final

import papermill
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from nianbao import fragments
from nianbao.catalogue import catalogue
from nianbao.charts import font, glyphs
from nianbao.charts.canvas import INK, Canvas
from nianbao.comparisons import instances
from nianbao.engines.child import forkable
from nianbao.engines.fork import ForkEngine
from nianbao.engines.kernel import COMMON
from nianbao.exporters import PAGES, exporter
from nianbao.forms import Form, form_ids, load_form
from nianbao.narrative.phrases import phrases
from nianbao.provenance import versions
from nianbao.reading import prepare

_MODULES: Final = (
    "IPython.core.completerlib",
    "nianbao.engines.shell",
    *(
        f"nianbao.{name}"
        for name in (
            "charts", "findings", "history", "navigation", "notice", "overview", "prose",
            "provenance", "reading", "summary", "surroundings", "suspects", "tables", "trend",
            "verification", "yearbook",
        )
    ),
)  # fmt: skip
"""What notebooks import."""
_WORDS: Final = (
    "0123456789,.%+−=≠·；（）《》本年应办理去向共件占其余另有项均为不足缺少两边相等差见图中数据"
    "条网站微信博公众号客户端专题专栏公告"
)
"""Characters that charts write beside the words of the forms."""


@cache
def preload() -> None:
    """Import, compile and load what jobs share. It opens no thread and no socket."""
    collects = gc.isenabled()
    gc.disable()  # next to nothing of all this is let go again
    try:
        _load()
    finally:
        if collects:
            gc.enable()
    # A child that looked through what it shares for garbage would copy all of it.
    gc.freeze()


def _load() -> None:
    for name in _MODULES:
        import_module(name)
    prepare()
    fragments.prepare()
    phrases()
    versions()
    platform.platform()  # asks another program, once a process
    for form_id in form_ids():
        form = load_form(form_id)
        for spec in catalogue():
            if spec.kind == "comparison":
                instances(form, spec)
        _draw_labels(form)
    if forkable():
        _rehearse()


def _draw_labels(form: Form) -> None:
    """Draw once, and fetch the outlines of what charts write most: figures, words of the form."""
    sheet = Canvas(9, 9)
    sheet.rect(0, 0, 9, 9, INK)
    sheet.line([(0, 0), (9, 9)], INK)
    sheet.dots([(4, 4)], 3, INK)
    sheet.drawing()
    words = _WORDS + "".join(
        node.label for spec in form.cells.values() for node in (*spec.row, *spec.column)
    )
    font.measure(words)
    for character in dict.fromkeys(font.writable(words)):
        for index, _ in glyphs.glyphs(character):
            glyphs.glyph_data(index)


def _rehearse() -> None:
    """Send an empty notebook all the way to its pages: much is made when it is first used."""
    given = new_code_cell("agency: str = ''", metadata={"tags": ["parameters"]})
    language = {"language_info": {"name": "python"}}
    cells = [new_markdown_cell("# 年报\n\n- `1`"), given, new_code_cell("1")]
    notebook = new_notebook(cells=cells, metadata=language)
    apart, ForkEngine.apart = ForkEngine.apart, True
    try:
        ran = papermill.execute_notebook(
            notebook, None, {"agency": ""}, engine_name="nianbao-fork", **COMMON
        )
    finally:
        ForkEngine.apart = apart
    for page in PAGES:
        exporter(page).from_notebook_node(ran)
