"""What must be the same on all machines, so that they make the same bytes."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from importlib import metadata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from nianbao.workspace import Workspace

PARTS: Final = {
    "folder": "项目文件夹",
    "software": "软件代码",
    "lock": "依赖锁定",
    "python": "Python 版本",
    "packages": "软件包版本",
}
"""What is compared, as people are told."""


def facts(workspace: Workspace | None, token: str = "") -> dict[str, str]:
    """Return what two machines must have in common, by names of `PARTS`.

    Parameters
    ----------
    workspace : Workspace or None
        The project as this machine sees it; None where it shares no folder, but is sent the files.
    token : str
        Name of a file that stands in the project's ``.cache`` just now: a folder of the same name
        that is another one does not have it. Empty where no folder is shared.
    """
    from nianbao.provenance import PACKAGES, code_hash, file_hash

    versions = "".join(f"{name} {metadata.version(name)}\n" for name in PACKAGES)
    return {
        "folder": token if workspace and token and (workspace.cache / token).is_file() else "",
        "software": code_hash(),
        "lock": file_hash(workspace.lock) if workspace else "",
        "python": "{}.{}".format(*sys.version_info[:2]),
        "packages": hashlib.sha256(versions.encode()).hexdigest(),
    }


def differences(expected: Mapping[str, str], found: Mapping[str, str]) -> list[str]:
    """Name what is not the same; without the folder nothing else can be compared in it."""
    differing = [name for name in PARTS if expected.get(name) != found.get(name)]
    if "folder" in differing:
        differing = ["folder"]
    return [PARTS[name] for name in differing]
