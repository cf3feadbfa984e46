"""Puts together the zip of an archive whose results were made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from nianbao.archive.about import About
from nianbao.archive.bag import PAYLOAD, bagged
from nianbao.archive.checking import Checked, Known, forgotten
from nianbao.archive.container import packed
from nianbao.archive.names import clash, objection
from nianbao.archive.opening import MAX_ENTRY, MAX_FILE, MAX_FILES
from nianbao.archive.payload import payload
from nianbao.archive.references import CRATE, LARGEST
from nianbao.archive.staging import Staged
from nianbao.archive.wanted import Wanted
from nianbao.archive.wheel import Wheel
from nianbao.documents.limits.kinds import printable
from nianbao.errors import BuildError

_ROOM: Final = MAX_FILE * 9 // 10
"""Bytes of files in an archive; the rest of what is opened is for the container itself."""


def bag_of(
    each: Wanted, staged: Staged, shop: Path, known: Known, built: Wheel, *, draft: bool
) -> bytes:
    """Return the zip of an archive.

    Raises
    ------
    BuildError
        Where its results are not those of the project, or a name is none for every system.
    """
    into = shop / each.name / "result"
    reports = {key: report for key in each.targets if isinstance(report := known[key], Checked)}
    for report in reports.values():
        if error := forgotten(report, into):
            raise error
    why = "；".join(dict.fromkeys(_why(report, len(reports)) for report in reports.values()))
    about = About(
        each.name,
        each.year,
        {key: report.name for key, report in reports.items()},
        max(report.published for report in reports.values()),
        why if draft else "",
    )
    files = bagged(payload(staged, into, about, built), about.described())
    _demand_portable(files)
    _demand_openable(files)
    return packed({f"{each.name}/{name}": content for name, content in files.items()})


def _demand_portable(names: Iterable[str]) -> None:
    """Refuse names that some system cannot hold: what nobody may open is no archive."""
    listed = list(names)
    for name in listed:
        if told := objection(name):
            raise BuildError(f"名称“{printable(name)}”{told}，收入归档后无法打开。请改名。")
    if pair := clash(listed):
        both = "”和“".join(map(printable, pair))
        raise BuildError(f"名称“{both}”在有的系统上是同一个，收入归档后无法打开。请改名。")


def _demand_openable(files: Mapping[str, bytes]) -> None:
    """Refuse what is larger than `nianbao.archive.opening` opens: it could never be verified."""
    sizes = [len(content) for content in files.values()]
    crate = len(files.get(f"{PAYLOAD}{CRATE}", b""))
    if len(sizes) > MAX_FILES or max(sizes) > MAX_ENTRY or sum(sizes) > _ROOM or crate > LARGEST:
        raise BuildError(
            f"归档共{len(sizes):,}个文件、{sum(sizes):,}字节，最大的{max(sizes):,}字节，"
            f"{CRATE} {crate:,}字节，超过可以核验的上限"
            f"（{MAX_FILES:,}个、{_ROOM:,}字节、{MAX_ENTRY:,}字节、{LARGEST:,}字节）。"
            "请用 AGENCY= 逐个机关归档。"
        )


def _why(report: Checked, reports: int) -> str:
    named = f"{report.name}：" if reports > 1 and report.hard else ""
    return f"{named}{report.why_draft}"
