"""The program that has typst set one document: JSON on standard input, a PDF on standard output.

It is run by its path and imports nothing of ours: typst opens threads, which no process of ours
may have that forks others.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Final

REFUSED: Final = 3
"""Exit code where typst refuses the document; why stands on standard error."""
_MEMORY: Final = 4 << 30


def main() -> int:
    """Set the document; return the exit code."""
    _limit_memory()
    import typst  # here, as the name of this file is all that others want of it

    asked = json.load(sys.stdin.buffer)
    fonts = typst.Fonts(include_system_fonts=False, font_paths=asked["fonts"])
    try:
        made = typst.compile(
            asked["template"].encode(),
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"content": asked["content"]},
            pdf_standards=asked["standards"],
        )
    except typst.TypstError as error:
        sys.stderr.buffer.write("；".join([error.message, *error.hints]).encode())
        return REFUSED
    sys.stdout.buffer.write(made)
    return 0


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    sys.exit(main())
