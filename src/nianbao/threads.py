"""Keeps libraries from opening threads, which a forked child would not have."""

from __future__ import annotations

import os
from typing import Final

ONE_THREAD: Final = {
    "OPENBLAS_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
"""What the libraries of numbers and tables read when they are imported."""


def forbid_threads() -> None:
    """Keep libraries that are not imported yet from opening threads of their own."""
    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)
