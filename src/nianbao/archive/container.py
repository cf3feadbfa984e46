"""The zip that a bag travels in: one way to write it, so that the same content is the same bytes.

Nothing is compressed: what a compressor makes differs from one of its versions to the next, and
a file that lies there as it is can still be got at when the container is damaged.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

_OLDEST: Final = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip can name; all its files carry it."""
_UNIX: Final = 3
_MODE: Final = 0o100644


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return the zip of some files, the same bytes for the same names and contents.

    Parameters
    ----------
    files : mapping of str to bytes
        By their path in the zip, with ``/``.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as made:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _OLDEST)
            entry.create_system = _UNIX
            entry.external_attr = _MODE << 16
            made.writestr(entry, files[name])
    return buffer.getvalue()
