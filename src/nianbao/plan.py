"""Says what is out of date, and why: by the content of what each page depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

import msgspec

from nianbao.hashes import content_hash
from nianbao.ledger import STANDING, Ledger
from nianbao.links import overview_page, report_page, trend_page
from nianbao.navigation import neighbours
from nianbao.publish import write_bytes
from nianbao.register import parameter_file
from nianbao.stamp import PARTS, common, digest, rows
from nianbao.workspace import Workspace

PUBLISHED: Final = "_published.json"
"""The file that a report is published by: what it depends on, and its files with their hashes."""


class Publication(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was published.

    Attributes
    ----------
    depends : dict of str to str
        A hash of each thing that it depends on, by names of `nianbao.stamp.PARTS`.
    files : dict of str to str
        SHA-256 of each file, by name; those that differ between runs are left out.
    stored : dict of str to str
        The mark that an object store gave each file; empty where it lies in a folder.
    """

    depends: dict[str, str]
    files: dict[str, str]
    stored: dict[str, str] = msgspec.field(default_factory=dict)

    def json(self) -> bytes:
        """Return it as JSON, the same bytes for the same content."""
        return msgspec.json.format(msgspec.json.encode(self, order="sorted"), indent=1) + b"\n"


def report_depends(ledger: Ledger, agency: str, year: int) -> dict[str, str]:
    """Return what the pages of a report depend on."""
    beside = neighbours(ledger, agency, year)
    named = (f"{role} {name} {ledger.agency(name).name}" for role, name in beside.items())
    return {
        **ledger.dependencies(agency, year),
        "notebook": content_hash(ledger.workspace.notebook("report")),
        "neighbours": digest(named),
    }


def trend_depends(ledger: Ledger, agency: str) -> dict[str, str]:
    """Return what the page of an agency through the years depends on."""
    years = [year for year, name in ledger.paths if name == agency]
    row = rows(ledger.register, [agency])
    return _of_many(ledger, "trend", [(agency, year) for year in years], row)


def overview_depends(ledger: Ledger, year: int) -> dict[str, str]:
    """Return what the page of a year depends on."""
    filed = [name for of, name in ledger.paths if of == year]
    names = dict.fromkeys([*ledger.register, *filed])
    listed = rows(ledger.register, ledger.register)
    return _of_many(ledger, "overview", [(name, year) for name in names], listed)


def front_depends(ledger: Ledger) -> dict[str, str]:
    """Return what the front page depends on."""
    output = ledger.workspace.output
    years = [f"{year} {(output / overview_page(year)).is_file()}" for year in ledger.years]
    years += [f"{name} {(output / trend_page(name)).is_file()}" for _, name in ledger.paths]
    standings = [_published(ledger, name, year) for year, name in ledger.paths]
    return {
        **common(ledger.workspace),
        "register": rows(ledger.register, ledger.register),
        "deadlines": _deadlines(ledger.workspace),
        "reports": digest(standings),
        "neighbours": digest(years),
    }


def _of_many(
    ledger: Ledger, notebook: str, reports: Iterable[tuple[str, int]], listed: str
) -> dict[str, str]:
    place = ledger.workspace
    return {
        **common(place),
        "register": listed,
        "notebook": content_hash(place.notebook(notebook)),
        "deadlines": _deadlines(place),
        "reports": digest(_state(ledger, name, year) for name, year in reports),
    }


def _deadlines(workspace: Workspace) -> str:
    return content_hash(workspace.root / "params" / "deadlines.yaml")


def _state(ledger: Ledger, agency: str, year: int) -> str:
    """Return what pages on many reports take from one: what it comes to now, and its pages."""
    filed = (year, agency) in ledger.paths
    now = ledger.stamp(agency, year) if filed else ""
    return f"{_published(ledger, agency, year)} {now}"


def _published(ledger: Ledger, agency: str, year: int) -> str:
    """Return what stands of a report in the output, and its parameters."""
    output = ledger.workspace.output
    built = (output / report_page(year, agency)).is_file()
    standing = content_hash(output / str(year) / agency / STANDING)
    given = content_hash(parameter_file(ledger.workspace, year, agency))
    return f"{year} {agency} {standing} {built} {given}"


def publication(depends: dict[str, str], contents: Mapping[str, str]) -> Publication:
    """Return what is published with these files."""
    hashes = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in contents.items()}
    return Publication(depends, hashes)


def reasons(
    folder: Path, depends: Callable[[], Mapping[str, str]], promised: Iterable[str]
) -> list[str]:
    """Say why a published folder is out of date; nothing where it is true and whole.

    Parameters
    ----------
    folder : Path
        Where it was published.
    depends : callable
        Gives what it depends on now; asked only where something was published.
    promised : iterable of str
        The files that must be there.
    """
    known = read_publication(folder / PUBLISHED)
    if known is None:
        return ["尚未生成"]
    absent = [name for name in promised if not (folder / name).is_file()]
    found = [f"缺少 {name}" for name in absent]
    found += [
        f"{name} 被改动"
        for name in known.files
        if name not in absent and not _is_as_published(known, name, folder / name)
    ]
    return found + _changed(known, depends())


def _is_as_published(known: Publication, name: str, path: Path) -> bool:
    """Whether a file is the one that was published.

    An empty one stands for what lies in a store and had its mark there (`nianbao.storage`).
    """
    elsewhere = name in known.stored and path.is_file() and not path.stat().st_size
    return elsewhere or content_hash(path) == known.files.get(name)


def _changed(known: Publication, depends: Mapping[str, str]) -> list[str]:
    names = dict.fromkeys([*known.depends, *depends])
    changed = [name for name in names if known.depends.get(name) != depends.get(name)]
    return [f"{PARTS.get(name, name)}有变化" for name in changed]


def page_reasons(workspace: Workspace, page: str, depends: Mapping[str, str]) -> list[str]:
    """Say why a single page is out of date; what it was made from is kept in ``.cache``."""
    known = read_publication(memory_of(workspace, page))
    if known is None or not (workspace.output / page).is_file():
        return ["尚未生成"]
    if not _is_as_published(known, "page", workspace.output / page):
        return ["页面被改动"]
    return _changed(known, depends)


def remember(workspace: Workspace, page: str, depends: dict[str, str]) -> None:
    """Keep what a page was made from."""
    place = memory_of(workspace, page)
    place.parent.mkdir(parents=True, exist_ok=True)
    content = (workspace.output / page).read_bytes()
    files = {"page": hashlib.sha256(content).hexdigest()}
    write_bytes(place, Publication(depends, files).json())


def memory_of(workspace: Workspace, page: str) -> Path:
    """Return where it is kept what a single page was made from."""
    return workspace.cache / "pages" / f"{quote(page, safe='')}.json"


def read_publication(path: Path) -> Publication | None:
    """Return what was published by a file, or None where there is none that can be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Publication)
    except (OSError, msgspec.MsgspecError):
        return None
