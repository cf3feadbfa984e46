"""The reference: a notebook runs in a real Jupyter kernel, with the supported options set."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Final

from jupyter_core.utils import ensure_event_loop

CELL_SECONDS: Final = 300
"""A cell that takes longer hangs."""

COMMON: Final[dict[str, Any]] = {
    "kernel_name": "python3",
    "progress_bar": False,
    "request_save_on_cell_execute": False,
    "autosave_cell_every": 0,
    "execution_timeout": CELL_SECONDS,
}
"""What every engine is told by papermill."""

KERNEL: Final[dict[str, Any]] = {
    **COMMON,
    "record_timing": False,
    "shutdown_kernel": "immediate",
    "extra_arguments": ["--IPKernelApp.log_level=ERROR"],
}
"""What a kernel is told besides."""


def in_thread(work: Callable[..., object], *arguments: object, **options: object) -> None:
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
