"""``python -m bench.reports``: the command ``build``, without the pages on many reports.

It is the very command, all its settings included; only writing the site is left out, which the
sides it is measured against do not do either. The site's module is put in place before the
command asks for it, since importing it here would load numpy before the command has set it up.
"""

from __future__ import annotations

import sys
from types import ModuleType

from nianbao import cli


def _nothing(*_: object, **__: object) -> list[object]:
    return []


def main() -> None:
    site = ModuleType("nianbao.site")
    site.write_site = _nothing  # type: ignore[attr-defined]
    sys.modules["nianbao.site"] = site
    sys.argv[1:] = ["build", *sys.argv[1:]]
    cli.main()


if __name__ == "__main__":
    main()
