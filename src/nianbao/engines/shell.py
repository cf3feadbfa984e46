"""Runs the cells of a notebook in this process, with the outputs that a kernel would give."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

import nbformat
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from nbformat import NotebookNode


class Shell(InteractiveShell):
    """IPython's shell without a terminal: what cells show is collected, not written.

    Attributes
    ----------
    outputs : list of dict
        What the cell that runs has shown so far, in nbformat's terms.
    """

    outputs: list[dict[str, Any]]

    def __init__(self, **options: Any) -> None:
        self.outputs = []
        super().__init__(displayhook_class=_Hook, display_pub_class=_Publisher, **options)

    def init_history(self) -> None:
        """Keep no history: its data base would open a file and a thread."""
        self.config.HistoryManager.enabled = False
        super().init_history()

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        """Collect an error as a kernel tells it."""
        self.outputs.append(
            {
                "output_type": "error",
                "ename": etype.__name__,
                "evalue": str(evalue),
                "traceback": stb,
            }
        )

    def run(self, cell: NotebookNode) -> BaseException | None:
        """Run a code cell and put what it shows into it; return what it raised."""
        self.outputs = []
        with _streams(self.outputs):
            result: ExecutionResult = self.run_cell(cell.source, store_history=True)
        cell.outputs = [nbformat.from_dict(output) for output in self.outputs]
        cell.execution_count = result.execution_count
        error: BaseException | None = result.error_before_exec or result.error_in_exec
        return error


class _Hook(DisplayHook):
    """Collects the value of a cell's last line."""

    def start_displayhook(self) -> None:
        """Write nothing."""

    def write_output_prompt(self) -> None:
        """Write nothing."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        shell: Any = self.shell
        shell.outputs.append(
            {
                "output_type": "execute_result",
                "execution_count": self.prompt_count,
                "data": format_dict,
                "metadata": md_dict or {},
            }
        )

    def finish_displayhook(self) -> None:
        """Write nothing."""


class _Publisher(DisplayPublisher):
    """Collects what a cell displays."""

    def publish(
        self,
        data: Any,
        metadata: Any = None,
        source: Any = None,
        *,
        transient: Any = None,
        update: bool = False,
        **kwargs: Any,
    ) -> None:
        if update or (transient or {}).get("display_id"):
            raise NotImplementedError(UNABLE)
        shown = {"output_type": "display_data", "data": data, "metadata": metadata or {}}
        shell: Any = self.shell
        shell.outputs.append(shown)

    def clear_output(self, wait: bool = False) -> None:
        raise NotImplementedError(UNABLE)


UNABLE = "the fork engine shows each output once: run this notebook with the kernel engine"
"""What a cell is told that changes what it has shown already."""


class _Stream:
    """A standard stream whose text becomes an output; neighbouring texts are one."""

    encoding = "utf-8"

    def __init__(self, name: str, outputs: list[dict[str, Any]]) -> None:
        self._name, self._outputs = name, outputs

    def write(self, text: str) -> int:
        last = self._outputs[-1] if self._outputs else {}
        if last.get("name") == self._name:
            last["text"] += text
        elif text:
            shown = {"output_type": "stream", "name": self._name, "text": text}
            self._outputs.append(shown)
        return len(text)

    def flush(self) -> None:
        """Nothing waits."""

    def isatty(self) -> bool:
        return False


@contextmanager
def _streams(outputs: list[dict[str, Any]]) -> Iterator[None]:
    out: Any = _Stream("stdout", outputs)
    err: Any = _Stream("stderr", outputs)
    with redirect_stdout(out), redirect_stderr(err):
        yield


@contextmanager
def own_main() -> Iterator[Shell]:
    """Give a shell that cells find as theirs; put back afterwards what it took the place of."""
    main, hook = sys.modules["__main__"], sys.displayhook
    _forget()
    shell = Shell.instance()
    try:
        yield shell
    finally:
        _forget()
        sys.modules["__main__"], sys.displayhook = main, hook


def _forget() -> None:
    """Let no shell be this process's own, not even that of a kernel that it was forked from."""
    for kind in Shell._walk_mro():
        kind._instance = None
