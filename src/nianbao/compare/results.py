"""Takes the results of a run from where they lie: a bag, a folder, or a revision of the project."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nianbao.archive.bag import DECLARATION, MANIFEST, PAYLOAD
from nianbao.archive.fixity import faults
from nianbao.archive.opening import Bag, open_bag
from nianbao.archive.rerun import is_draft
from nianbao.compare.differences import CELLS, Results
from nianbao.compare.files import PROVENANCE
from nianbao.compare.matching import UnparsedError, parsed, rows
from nianbao.compare.revisions import Revision, find_revision, named_revisions
from nianbao.errors import UnreadableError, UsageError
from nianbao.workspace import Workspace, offer

KEPT: Final = (
    "cells.csv",
    "findings.csv",
    "notice.html",
    "provenance.json",
    "report.html",
    "report.ipynb",
    "report.pdf",
    "review.html",
    "standing.json",
)
"""What of an output folder is compared: nothing that is different in every run."""
_RESULTS: Final = f"{PAYLOAD}result/"
_YEAR: Final = re.compile("[0-9]{4}")
_PLACED: Final = re.compile(r"(?P<year>[0-9]{4})/[^/]+/[^/]+")
_NEAR: Final = 200
"""So many names beside one that is not there are looked at."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two runs.

    Attributes
    ----------
    name : str
        What it is called: without the folders of this machine.
    results : mapping of str to bytes
        Files by ``<year>/<agency>/<file>``.
    remarks : tuple of str
        What must be known of how the results came about, in Chinese.
    """

    name: str
    results: Results
    remarks: tuple[str, ...] = ()


def load(
    given: tuple[str, str], workspace: Workspace | None, say: Callable[[str], None]
) -> tuple[Side, Side]:
    """Take the results of two runs.

    Parameters
    ----------
    given : tuple of (str, str)
        What is to be compared: for each a bag (zip or folder), a folder of results of one
        report or of many, or else a git revision of the project.
    workspace : Workspace or None
        The project; only its revisions need one.
    say : callable
        Told what takes long.

    Raises
    ------
    UsageError
        For what is neither there nor a revision; names what is nearest.
    UnreadableError
        For what is there and holds no results.
    BuildError
        For a revision that cannot be built.
    """
    first, second = (_find(each, workspace) for each in given)  # both, before anything is built
    names = _names(first, second)
    one = _side(names[0], first, say)
    return one, _side(names[1], second, say)


def _find(given: str, workspace: Workspace | None) -> Path | Revision:
    """Tell what is meant: a path that is there, else a revision."""
    path = Path(given)
    if given and path.exists():
        return path
    revision = find_revision(workspace, given) if given and workspace else None
    if revision:
        return revision
    raise UsageError(
        f"没有“{given}”：它既不是归档包或结果文件夹，也不是本项目的 git 修订；"
        f"{offer(given, _near(path, workspace))}"
    )


def _near(path: Path, workspace: Workspace | None) -> list[str]:
    """Name what may have been meant: entries beside the path, branches and tags."""
    parent = next(each for each in (*path.parents, Path()) if each.is_dir())
    try:
        beside = sorted(str(entry) for entry in parent.iterdir() if entry.name[0] != ".")
    except OSError:
        beside = []
    return [*beside[:_NEAR], *(named_revisions(workspace) if workspace else ())]


def _names(first: Path | Revision, second: Path | Revision) -> tuple[str, str]:
    """Call both by the last parts of their paths: as many as it takes to tell them apart."""
    if isinstance(first, Revision) or isinstance(second, Revision):
        one, other = (
            each.name if isinstance(each, Revision) else each.resolve().name
            for each in (first, second)
        )
        return one, other
    one_parts, other_parts = first.resolve().parts, second.resolve().parts
    for count in range(1, max(len(one_parts), len(other_parts)) + 1):
        names = "/".join(one_parts[-count:]), "/".join(other_parts[-count:])
        if names[0] != names[1]:
            return names
    return first.resolve().name, second.resolve().name


def _side(name: str, found: Path | Revision, say: Callable[[str], None]) -> Side:
    if isinstance(found, Revision):
        with found.built(say) as (output, remarks):
            return Side(name, dict(_of_folder(output, name)), remarks)  # the folder goes now
    try:
        bag = found.is_file() or _is_bag(found)
        return _of_bag(found, name) if bag else Side(name, _of_folder(found, name))
    except OSError as error:
        raise _unreadable(name, error) from error


def _is_bag(folder: Path) -> bool:
    """Whether a folder is a bag, or was one unpacked into."""
    inside = [entry for entry in folder.iterdir() if entry.is_dir()]
    return any(
        (each / name).is_file()
        for each in (folder, *(inside if len(inside) == 1 else ()))
        for name in (DECLARATION, MANIFEST)
    )


def _of_bag(path: Path, name: str) -> Side:
    bag = open_bag(path)
    below = {
        place.removeprefix(_RESULTS): content
        for place, content in bag.files.items()
        if place.startswith(_RESULTS)
    }
    if not any(map(_PLACED.fullmatch, below)):
        raise UnreadableError(f"{name}：归档包里没有结果（{_RESULTS}）。请给出 make archive 的包。")
    return Side(name, below, tuple(_bag_remarks(bag, name)))


def _bag_remarks(bag: Bag, name: str) -> Iterator[str]:
    """Say what a reader who trusts an archive must know of this one."""
    wrong = faults(bag)
    if wrong:
        yield (
            f"“{name}”有{len(wrong)}处与归档时不符，下面比较的是它现在的内容。"
            f"例如 {wrong[0]}请用 make verify BAG=… 核验。"
        )
    if is_draft(bag):
        yield f"“{name}”是草稿，不是定稿。"


def _of_folder(folder: Path, name: str) -> Results:
    """Take the results of a folder: those of a report, of a year, or of a whole output."""
    found: dict[str, Path] = {}
    for each in _reports(folder):
        files = {n: each / n for n in KEPT if (each / n).is_file()}
        place = _place(files, each)
        if f"{place}/{CELLS}" in found:
            raise UnreadableError(f"{name}：{place} 的结果有两份。请只保留一份。")
        found |= {f"{place}/{n}": path for n, path in files.items()}
    if not found:
        raise UnreadableError(
            f"{name}：这个文件夹里没有结果（{CELLS} 等）。"
            "请给出归档包、output 或其中一份报告的文件夹。"
        )
    return _Lying(name, found)


class _Lying(Mapping[str, bytes]):
    """Files where they lie, each read when it is asked for: a year's are more than memory holds."""

    def __init__(self, name: str, paths: Mapping[str, Path]) -> None:
        self._name = name
        self._paths = paths

    def __getitem__(self, place: str) -> bytes:
        try:
            return self._paths[place].read_bytes()
        except OSError as error:
            raise _unreadable(f"{self._name}/{place}", error) from error

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _unreadable(name: str, error: OSError) -> UnreadableError:
    reason = error.strerror or type(error).__name__
    return UnreadableError(f"{name}：无法读取（{reason}）。请检查路径和权限。")


def _reports(folder: Path) -> Iterator[Path]:
    """Yield the folders of reports: the folder itself, those below it, or those of its years."""
    if (folder / CELLS).is_file():
        yield folder
        return
    inside = [
        entry for entry in sorted(folder.iterdir()) if entry.is_dir() and entry.name[0] != "."
    ]
    for entry in inside:
        if (entry / CELLS).is_file():
            yield entry
        elif _YEAR.fullmatch(entry.name):
            yield from (below for below in sorted(entry.iterdir()) if (below / CELLS).is_file())
    if not inside or not (folder / "output").is_dir():
        return
    if not any((entry / CELLS).is_file() or _YEAR.fullmatch(entry.name) for entry in inside):
        yield from _reports(folder / "output")


def _place(files: Mapping[str, Path], folder: Path) -> str:
    """Return ``<year>/<agency>`` as the results say it, else as the folders are called."""
    for of in (_of_provenance, _of_cells):
        place = of(files)
        if _PLACED.fullmatch(f"{place}/x"):
            return place
    path = folder.resolve()
    return f"{path.parent.name}/{path.name}"


def _of_provenance(files: Mapping[str, Path]) -> str:
    try:
        found = parsed(files[PROVENANCE].read_bytes())
        known = found["parameters"]
        return f"{known['year']}/{known['agency']}"
    except (UnparsedError, KeyError, TypeError):
        return ""


def _of_cells(files: Mapping[str, Path]) -> str:
    try:
        first = rows(files[CELLS].read_bytes(), "cell")[0]
        return f"{first['year']}/{first['agency']}"
    except (UnparsedError, KeyError, IndexError):
        return ""
