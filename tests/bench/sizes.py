"""Compares the pages with those of nbconvert's own template."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter


def worst_share(folders: Iterable[Path]) -> float:
    """Return the largest share that a page takes of the same notebook's stock page, in bytes."""
    stock = HTMLExporter(template_name="lab")
    return max(_share(folder, stock) for folder in folders)


def _share(folder: Path, stock: HTMLExporter) -> float:
    notebook = nbformat.read(folder / "report.ipynb", as_version=4)
    page, _ = stock.from_notebook_node(notebook)
    return (folder / "report.html").stat().st_size / len(page.encode())
