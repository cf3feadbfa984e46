"""``python -m bench.worker KIND``: makes the reports it is told of, in one process.

It says ``done`` when everything is imported, and after each report.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

PAGES = ("report", "review")
Maker = Callable[[int, str, Path], None]


def main(kind: str) -> int:
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what is printed meanwhile is no answer
    root = Path(os.environ["NIANBAO_HOME"])
    make = {"stock": stock, "ploomber": ploomber, "limit": limit}[kind](root)
    print("done", file=answers)
    for line in sys.stdin:
        year, agency = line.split()
        folder = root / "output" / year / agency
        folder.mkdir(parents=True)
        make(int(year), agency, folder)
        print("done", file=answers)
    return 0


def stock(root: Path, **options: str) -> Maker:
    """papermill as it is, and nbconvert's exporters made for each page, as their examples do."""
    import papermill
    from nbconvert.exporters import get_exporter

    def make(year: int, agency: str, folder: Path) -> None:
        out, parameters = folder / "report.ipynb", {"agency": agency, "year": year}
        papermill.execute_notebook(root / "notebooks" / "report.ipynb", out, parameters, **options)
        for page in PAGES:
            text, _ = get_exporter(f"nianbao-{page}")().from_filename(str(out))
            (folder / f"{page}.html").write_text(text, "utf-8")

    return make


def ploomber(root: Path) -> Maker:
    """papermill with the engine of ploomber-engine, which runs cells in this process."""
    return stock(root, engine_name="embedded")


def limit(root: Path) -> Maker:
    """Nothing but the cells and the pages: what no engine can do faster."""
    from nianbao.threads import forbid_threads

    forbid_threads()
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    from nianbao.engines.execution import stripped
    from nianbao.exporters import exporter
    from nianbao.preload import preload

    preload()
    stored = str(root / "notebooks" / "report.ipynb")

    def make(year: int, agency: str, folder: Path) -> None:
        given = {"agency": agency, "year": year}
        notebook = parameterize_notebook(
            load_notebook_node(stored), given, kernel_name="python3", language="python"
        )
        names: dict[str, Any] = {}
        for count, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), 1):
            cell.execution_count, cell.outputs = count, shown(cell.source, names, count)
        notebook = stripped(notebook)
        for page in PAGES:
            text, _ = exporter(page).from_notebook_node(notebook)
            (folder / f"{page}.html").write_text(text, "utf-8")

    return make


def shown(source: str, names: dict[str, Any], count: int) -> list[Any]:
    """Run a cell's code; return what its last line shows, as an output of a notebook."""
    import nbformat

    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)
    value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names) if last else None
    if value is None:
        return []
    data = {"text/html": value._repr_html_(), "text/plain": repr(value)}
    return [nbformat.v4.new_output("execute_result", data, execution_count=count)]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
