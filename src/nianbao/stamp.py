"""Names by hashes what pages and findings depend on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from nianbao.hashes import content_hash, source_hash
from nianbao.provenance import code_hash
from nianbao.register import Agency, parameter_file
from nianbao.workspace import Workspace

Paths = Mapping[tuple[int, str], Path]


PARTS: Final = {
    "software": "软件",
    "lock": "依赖锁定",
    "register": "机关登记",
    "rules": "本地规则",
    "parameters": "参数",
    "source": "源文件",
    "last_year": "上一年度的报告",
    "below": "下级机关的报告",
    "beside": "同一上级的其他报告",
    "notebook": "笔记本",
    "neighbours": "前后的报告",
    "deadlines": "期限",
    "reports": "各份报告的结果",
}
"""What a page may depend on, as people are told."""


def dependencies(
    workspace: Workspace,
    agency: str,
    year: int,
    paths: Paths,
    register: Mapping[str, Agency],
    beside: Iterable[str] = (),
) -> dict[str, str]:
    """Return a hash of each thing that the findings of a report depend on.

    These are the software and its lock, the register's rows of the agency itself, the one above
    and those below, local rules, the report's own file and parameters, and what it is compared
    with: last year's report, those of the agencies below, and of those beside it the ones whose
    words are like its own.

    Parameters
    ----------
    paths : mapping
        All reports of the project, as `nianbao.workspace.Workspace.reports` lists them.
    register : mapping of str to Agency
        The register of agencies.
    beside : iterable of str
        What matters of the reports below the same parent.

    Returns
    -------
    dict of str to str
        By names of `PARTS`; nothing where there is nothing.
    """
    below = [each.id for each in register.values() if each.parent == agency]
    above = register[agency].parent if agency in register else ""

    def filed(of: int, name: str) -> str:
        path = paths.get((of, name))
        return source_hash(path) if path else ""

    return {
        **common(workspace),
        "register": rows(register, [agency, above, *below]),
        "rules": content_hash(workspace.local_rules),
        "parameters": content_hash(parameter_file(workspace, year, agency)),
        "source": f"{year} {agency} {filed(year, agency)}",
        "last_year": filed(year - 1, agency),
        "below": digest(f"{name} {filed(year, name)}" for name in below),
        "beside": digest(beside),
    }


def common(workspace: Workspace) -> dict[str, str]:
    """Return a hash of each thing that every page depends on."""
    return {
        "software": code_hash(),
        "lock": content_hash(workspace.lock),
    }


def rows(register: Mapping[str, Agency], names: Iterable[str]) -> str:
    """Return a hash of what the register says of some agencies."""
    return digest(str(register[name]) for name in names if name in register)


def digest(parts: Iterable[str]) -> str:
    """Return one hash of several texts; nothing of none."""
    listed = list(parts)
    joined = "".join(f"{len(part)} {part}" for part in listed)
    return hashlib.sha256(joined.encode()).hexdigest() if listed else ""


def stamp(depends: Mapping[str, str]) -> str:
    """Return one hash of all that something depends on."""
    return digest(f"{name} {value}" for name, value in sorted(depends.items()))
