"""The project's own kinds of error: each says what went wrong in words that a person can act on."""

from __future__ import annotations

from typing import ClassVar


class NianbaoError(Exception):
    """A failure that was foreseen; its text is complete and needs no traceback.

    Attributes
    ----------
    exit_code : int
        What ``python -m nianbao`` ends with (contract: 2 usage, 3 unreadable, 4 not built).
    """

    exit_code: ClassVar[int] = 4


class UsageError(NianbaoError):
    """A wrong parameter, agency, year or name; the message gives the nearest valid one."""

    exit_code = 2


class UnreadableError(NianbaoError):
    """An input that cannot be read: which file, where, what was found, what to do."""

    exit_code = 3


class BuildError(NianbaoError):
    """A report that could not be built; the last good output still stands."""

    exit_code = 4
