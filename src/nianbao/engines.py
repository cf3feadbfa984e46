"""Runs a notebook with parameters through papermill and strips what differs between runs."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_core.utils import ensure_event_loop
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from nianbao.errors import BuildError
from nianbao.workspace import HOME_VARIABLE, Workspace

CELL_SECONDS = 300
"""A cell that takes longer hangs."""

_KERNEL = {
    "kernel_name": "python3",
    "progress_bar": False,
    "request_save_on_cell_execute": False,
    "autosave_cell_every": 0,
    "execution_timeout": CELL_SECONDS,
    "record_timing": False,
    "shutdown_kernel": "immediate",
    "extra_arguments": ["--IPKernelApp.log_level=ERROR"],
}


def execute(
    workspace: Workspace, notebook: Path, parameters: Mapping[str, Any], draft: Path
) -> NotebookNode:
    """Run a notebook in a kernel of its own.

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

    Returns
    -------
    NotebookNode
        Without times, paths and versions, so that equal inputs give equal notebooks.

    Raises
    ------
    BuildError
        Names the cell that failed and why.
    """
    if not notebook.is_file():
        raise BuildError(
            f"没有笔记本 notebooks/{notebook.name}：项目文件不完整，请重新获取完整的项目。"
        )
    before = os.environ.get(HOME_VARIABLE)
    os.environ[HOME_VARIABLE] = str(workspace.root)
    try:
        _apart(papermill.execute_notebook, notebook, draft, dict(parameters), **_KERNEL)
    except PapermillExecutionError as error:
        raise BuildError(
            f"笔记本第{error.exec_count}个单元格出错（{error.ename}：{error.evalue}）。"
        ) from error
    except OSError:
        raise
    except Exception as error:
        raise BuildError(f"笔记本没有运行完（{type(error).__name__}：{error}）。") from error
    finally:
        if before is None:
            del os.environ[HOME_VARIABLE]
        else:
            os.environ[HOME_VARIABLE] = before
    return stripped(nbformat.read(draft, as_version=4))


def _apart(work: Callable[..., object], *arguments: object, **options: object) -> None:
    """Do work in a thread of its own, so that an interrupt reaches this one at once.

    In the main thread nbclient takes the signal for itself, and neither message nor tidying
    up would come of it. The thread is left behind then; its kernel ends with this process.
    """
    failure: list[BaseException] = []

    def run() -> None:
        try:
            work(*arguments, **options)
        except BaseException as error:  # handed on to the caller below, whatever it is
            failure.append(error)
        finally:
            ensure_event_loop().close()  # the one that nbclient made for this thread

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(0.1)
    if failure:
        raise failure[0]


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
