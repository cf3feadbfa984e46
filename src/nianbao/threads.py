"""Keeps libraries from opening threads, which a forked child would not have."""

from __future__ import annotations

import os


def forbid_threads() -> None:
    """Keep libraries that are not imported yet from opening threads of their own."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("JE_ARROW_MALLOC_CONF", "background_thread:false")
