"""Keeps interrupts back for the moment in which one would be lost, or leave something unknown."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def held_back() -> Iterator[Callable[[], None]]:
    """Keep an interrupt back for the block; one that came comes when the block ends.

    One that comes while this process forks would be raised in what Python calls after a fork,
    which drops all errors: the interrupt would be lost.

    Yields
    ------
    callable
        Lets them through sooner.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))

    def release() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

    try:
        yield release
    finally:
        release()
