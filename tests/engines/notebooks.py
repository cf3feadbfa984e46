"""Small notebooks for the engines."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook


def notebook(*sources, language="python"):
    """Return a notebook with these code cells after one of text."""
    cells = [new_markdown_cell("正文", id="text")]
    cells += [new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)]
    spec = {"name": "python3", "language": language, "display_name": "Python 3"}
    return new_notebook(cells=cells, metadata={"kernelspec": spec})


def written(folder, *sources, **options):
    """Write such a notebook and return its path."""
    path = folder / "in.ipynb"
    nbformat.write(notebook(*sources, **options), path)
    return path
