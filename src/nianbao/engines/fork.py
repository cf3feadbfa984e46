"""papermill's engine ``nianbao-fork``: a notebook runs in a forked child, without a kernel."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, ClassVar

import nbformat
from nbformat import NotebookNode
from papermill.engines import Engine, NBClientEngine, NotebookExecutionManager
from papermill.log import logger

from nianbao.engines.child import Child, ChildError, fork, forkable, is_child, wait

_SKIPPED = "skip-execution"


class ForkEngine(Engine):  # type: ignore[misc]  # papermill carries no types
    """Runs Python notebooks as their kernel would, in a child that has everything imported.

    What it cannot do (another language, a system without fork) the kernel does, and it says so.

    Attributes
    ----------
    apart : bool
        Whether cells run in this process; in a forked child they always do.
    """

    apart: ClassVar[bool] = False

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **kwargs: Any
    ) -> None:
        """Run the cells of a notebook and put what they show into it."""
        reason = unable(nb_man.nb)
        if reason:
            logger.warning(f"{reason}; running it with the kernel engine")
            NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **kwargs)
            return
        if cls.apart or is_child():
            # What papermill would note of each cell's start and end is stripped from a page.
            _run(nb_man.nb, nb_man.cell_exception)
        else:
            _merge(nb_man, _in_child(nb_man.nb, kwargs.get("execution_timeout")))
        _describe(nb_man.nb)


def unable(notebook: NotebookNode) -> str:
    """Say why a notebook needs a kernel; empty where it does not."""
    language = notebook.metadata.get("kernelspec", {}).get("language", "python")
    if language != "python":
        return f"a notebook in {language} needs its own kernel"
    return "" if forkable() else "this system cannot fork a process"


def _nothing(*_: Any, **__: Any) -> None:
    """Tell nobody."""


def _run(notebook: NotebookNode, failed: Callable[..., Any] = _nothing) -> None:
    """Run the cells in order up to the first that fails, as papermill does."""
    # papermill's command loads all engines at its start: IPython only for the one that runs.
    from nianbao.engines.shell import own_main

    with own_main() as shell:
        for index, cell in enumerate(notebook.cells):
            wanted = cell.cell_type == "code" and cell.source.strip()
            if wanted and _SKIPPED not in cell.metadata.get("tags", []):
                error = shell.run(cell)
                if error:
                    failed(cell, cell_index=index, exception=error)
                    break


def _in_child(notebook: NotebookNode, timeout: float | None) -> str:
    """Run a notebook in a child; return it as JSON.

    Raises
    ------
    ChildError
        Where the child was killed, or took longer than its cells may together.
    """
    cells = sum(cell.cell_type == "code" for cell in notebook.cells)
    seconds = timeout * cells if timeout else math.inf

    def work() -> str:
        _run(notebook)
        return str(nbformat.writes(notebook))

    child: Child = fork(work, seconds=seconds)
    try:
        while not wait([child], 1.0):
            pass
        if child.late:
            raise ChildError(f"超过{seconds:.0f}秒")
        answer: str = child.end()
        return answer
    except BaseException:
        child.kill()
        raise


def _merge(nb_man: NotebookExecutionManager, answer: str) -> None:
    """Put what a child's cells showed into the notebook at hand."""
    for index, (cell, ran) in enumerate(
        zip(nb_man.nb.cells, nbformat.reads(answer, as_version=4).cells, strict=True)
    ):
        nb_man.cell_start(cell, index)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = ran.outputs, ran.execution_count
            if any(output.output_type == "error" for output in ran.outputs):
                nb_man.cell_exception(cell, cell_index=index)
                nb_man.cell_complete(cell, cell_index=index)
                return
        nb_man.cell_complete(cell, cell_index=index)


def _describe(notebook: NotebookNode) -> None:
    """Say of the language what a kernel says."""
    from ipykernel.ipkernel import IPythonKernel

    notebook.metadata["language_info"] = nbformat.from_dict(IPythonKernel.language_info)
