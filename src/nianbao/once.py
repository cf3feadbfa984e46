"""Works out once what is asked several times while one page is made."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_KEPT: ContextVar[dict[Hashable, tuple[Any, Any]] | None] = ContextVar("kept", default=None)


@contextmanager
def kept() -> Iterator[None]:
    """Keep what functions marked with `once` return until this ends; nothing outside of it.

    Whatever they read is taken to stay the same meanwhile. Within another one this begins with
    what that has kept: a forked child with what its parent knew.
    """
    token = _KEPT.set(dict(_KEPT.get() or {}))
    try:
        yield
    finally:
        _KEPT.reset(token)


def once(key: Callable[..., Hashable]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Mark a function that within `kept` gives again what it gave for the same key.

    Parameters
    ----------
    key : callable
        Takes the function's arguments; objects may be named by their ``id``.
    """

    def marked(work: Callable[P, T]) -> Callable[P, T]:
        @wraps(work)
        def asked(*args: P.args, **kwargs: P.kwargs) -> T:
            known = _KEPT.get()
            if known is None:
                return work(*args, **kwargs)
            name = (work, key(*args, **kwargs))
            if name not in known:
                # The arguments are kept with it: no other object takes their ids.
                known[name] = (work(*args, **kwargs), (args, kwargs))
            found: T = known[name][0]
            return found

        return asked

    return marked
