"""Runs a notebook with parameters through papermill and strips what differs between runs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError

from nianbao.engines.child import forkable
from nianbao.engines.fork import ForkEngine
from nianbao.engines.kernel import CELL_SECONDS, COMMON, KERNEL, in_thread
from nianbao.errors import BuildError
from nianbao.workspace import HOME_VARIABLE, Workspace

__all__ = ["CELL_SECONDS", "ENGINES", "ForkEngine", "default_engine", "execute", "stripped"]

ENGINES: Final = ("fork", "kernel")
"""Names of engines: a forked child that has everything imported, and a real Jupyter kernel."""

papermill_engines.register("nianbao-fork", ForkEngine)


def default_engine() -> str:
    """Return the engine for this system."""
    return "fork" if forkable() else "kernel"


def execute(
    workspace: Workspace,
    notebook: Path,
    parameters: Mapping[str, Any],
    draft: Path,
    engine: str | None = None,
) -> NotebookNode:
    """Run a notebook.

    Parameters
    ----------
    workspace : Workspace
        The project that the notebook reads from.
    notebook : Path
        The stored notebook.
    parameters : mapping
        What papermill injects.
    draft : Path
        Where the executed notebook is kept, also after an error.
    engine : str, optional
        One of `ENGINES`; by default the one for this system.

    Returns
    -------
    NotebookNode
        Without times, paths and versions: equal inputs give equal notebooks from every engine.

    Raises
    ------
    BuildError
        Names the cell that failed and why.
    """
    if not notebook.is_file():
        raise BuildError(
            f"没有笔记本 notebooks/{notebook.name}：项目文件不完整，请重新获取完整的项目。"
        )
    try:
        with _home(workspace):
            if (engine or default_engine()) == "fork":
                ran = papermill.execute_notebook(
                    notebook, draft, dict(parameters), engine_name="nianbao-fork", **COMMON
                )
            else:
                in_thread(papermill.execute_notebook, notebook, draft, dict(parameters), **KERNEL)
                ran = nbformat.read(draft, as_version=4)
    except PapermillExecutionError as error:
        raise BuildError(
            f"笔记本第{error.exec_count}个单元格出错（{error.ename}：{error.evalue}）。"
        ) from error
    except OSError:
        raise
    except Exception as error:
        raise BuildError(f"笔记本没有运行完（{type(error).__name__}：{error}）。") from error
    return stripped(ran)


@contextmanager
def _home(workspace: Workspace) -> Iterator[None]:
    """Let the notebook find its project."""
    before = os.environ.get(HOME_VARIABLE)
    os.environ[HOME_VARIABLE] = str(workspace.root)
    try:
        yield
    finally:
        if before is None:
            del os.environ[HOME_VARIABLE]
        else:
            os.environ[HOME_VARIABLE] = before


def stripped(notebook: NotebookNode) -> NotebookNode:
    """Drop from an executed notebook what is different in every run; keep what it shows."""
    notebook.metadata = NotebookNode(
        kernelspec=NotebookNode(display_name="Python 3", language="python", name="python3"),
        language_info=NotebookNode(name="python"),
    )
    for cell in notebook.cells:
        tags = cell.metadata.get("tags")
        cell.metadata = NotebookNode(tags=tags) if tags else NotebookNode()
        if tags and "injected-parameters" in tags:
            cell.id = "injected-parameters"
    return notebook
