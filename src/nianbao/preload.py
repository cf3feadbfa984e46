"""Imports once what every job needs, before children are forked that would do so again."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from nianbao.charts import font
from nianbao.documents import load_readers
from nianbao.exporters import PAGES, exporter
from nianbao.forms import form_ids, load_form

_MODULES: Final = (
    "ipykernel.ipkernel",
    "ortools.sat.python.cp_model",
    *(
        f"nianbao.{name}"
        for name in (
            "charts", "findings", "history", "navigation", "notice", "overview", "prose",
            "provenance", "reading", "summary", "surroundings", "suspects", "tables", "trend",
            "verification", "yearbook",
        )
    ),
)  # fmt: skip
"""What notebooks and the solver import."""


def preload() -> None:
    """Import, compile and load what jobs share. It opens no thread and no socket."""
    for name in _MODULES:
        import_module(name)
    for page in PAGES:
        exporter(page)
    for form_id in form_ids():
        load_form(form_id)
    load_readers()
    font.measure("年")
