"""What lies in an output on a store, as a folder here: taken from there before, published after.

A report is published by writing its files and then ``_published.json``, which holds their hashes
and the marks that the store gave them. What has another mark now was written over by a publication
that did not come to its end, or by another one: such a report is not believed, and built again. The
pages on many reports go the same way; what they are published by lies in ``.cache/pages``.

Only what other pages are made from is fetched. For the rest an empty file stands here: its mark was
the one expected when this was looked at (`nianbao.plan.Publication.stored`).
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import msgspec

from nianbao.ledger import STANDING
from nianbao.plan import PUBLISHED, Publication, memory_of, read_publication
from nianbao.publish import write_bytes
from nianbao.storage.store import Item, Store
from nianbao.workspace import Workspace

_REPORT: Final = re.compile(rf"([0-9]{{4}}/[^/]+)/{re.escape(PUBLISHED)}")
_PAGE: Final = re.compile(r"\.cache/pages/([^/]+)\.json")
_READING: Final = re.compile(r"\.cache/[0-9a-f]{64}\.(json|words)")

_PRIVATE: Final = "run.json"
"""Tells of the machine and the person that ran a build: it never leaves that machine."""

Listing = Mapping[str, Item]


@dataclass(frozen=True)
class Unit:
    """What is published as a whole: the object that it is published by, and where its files lie."""

    record: str
    place: str
    files: Mapping[str, str]

    def holds(self, name: str) -> str:
        """Return the object of one of its files."""
        return self.files.get(name, f"{self.place}/{name}")


@dataclass(frozen=True)
class Mirror:
    """An output on a store, and the project whose ``output`` stands for it here.

    Attributes
    ----------
    workspace : Workspace
        The project.
    store : Store
        The output.
    """

    workspace: Workspace
    store: Store

    def pull(self) -> None:
        """Make the folder here say what lies in the store, for plans and for pages.

        Raises
        ------
        BuildError
            Where the store does not answer, or refuses.
        """
        listed = self.store.list()
        units = [unit for unit in map(_unit, sorted(listed)) if unit]
        readings = [name for name in listed if _READING.fullmatch(name) and not self._has(name)]
        for name, content in self.store.read(readings):
            self._put(name, content)
        records = dict(self.store.read(unit.record for unit in units))
        believed = {
            unit.place: (unit, found)
            for unit in units
            if (found := _whole(unit, records.get(unit.record), listed))
        }
        for place in self._known():
            if place not in believed:
                self._drop(place)
        changed = [unit for unit, _ in believed.values() if self._differs(unit, records)]
        self._take(changed, records, {unit.place: found for unit, found in believed.values()})

    def publish(self, place: str) -> None:
        """Put what was made at a place of the output here into the store, the record last.

        Parameters
        ----------
        place : str
            The folder of a report or the file of a page, relative to the output.

        Raises
        ------
        BuildError
            Where the store does not answer, or refuses.
        """
        output = self.workspace.output
        path = output / place
        record = path / PUBLISHED if path.is_dir() else memory_of(self.workspace, place)
        names = {place: path} if path.is_file() else _files(path, place)
        marks = self.store.write({key: each.read_bytes() for key, each in names.items()})
        stored = {_short(key, place): mark for key, mark in marks.items()}
        published = read_publication(record)
        if published is None:  # it was written just now
            raise FileNotFoundError(record)
        content = msgspec.structs.replace(published, stored=stored).json()
        self.store.write({record.relative_to(output).as_posix(): content})
        write_bytes(record, content)

    def readings(self) -> set[str]:
        """Name the readings that are kept here."""
        cache = self.workspace.cache
        found = (f".cache/{path.name}" for path in cache.glob("*.*") if path.is_file())
        return {name for name in found if _READING.fullmatch(name)}

    def share(self, names: Iterable[str]) -> None:
        """Put files of the output here into the store that nothing is published by."""
        output = self.workspace.output
        there = [name for name in sorted(names) if (output / name).is_file()]
        self.store.write({name: (output / name).read_bytes() for name in there})

    def _known(self) -> Iterator[str]:
        """Name what is published according to the folder here."""
        for path in sorted(self.workspace.output.glob(f"[0-9][0-9][0-9][0-9]/*/{PUBLISHED}")):
            yield path.parent.relative_to(self.workspace.output).as_posix()
        for path in sorted((self.workspace.cache / "pages").glob("*.json")):
            yield unquote(path.stem)

    def _drop(self, place: str) -> None:
        """Forget what is not published any more."""
        path = self.workspace.output / place
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
            memory_of(self.workspace, place).unlink(missing_ok=True)

    def _differs(self, unit: Unit, records: Mapping[str, bytes]) -> bool:
        path = self.workspace.output / unit.record
        return not path.is_file() or path.read_bytes() != records[unit.record]

    def _take(
        self,
        units: list[Unit],
        records: Mapping[str, bytes],
        found: Mapping[str, Publication],
    ) -> None:
        """Let units stand here as they are in the store: standings, records, and empty files."""
        wanted = {
            unit.holds(STANDING): unit for unit in units if STANDING in found[unit.place].files
        }
        standings = dict(self.store.read(wanted))
        for unit in units:
            self._drop(unit.place)
            published = found[unit.place]
            key = unit.holds(STANDING)
            if key in wanted and _hash(standings.get(key, b"")) != published.files[STANDING]:
                continue  # written over since the listing
            for name in published.stored:
                self._put(unit.holds(name), standings.get(unit.holds(name), b""))
            if not unit.files:
                self._put(unit.holds(_PRIVATE), b"")
            self._put(unit.record, records[unit.record])

    def _has(self, name: str) -> bool:
        return (self.workspace.output / name).is_file()

    def _put(self, name: str, content: bytes) -> None:
        path = self.workspace.output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, content)


def _unit(name: str) -> Unit | None:
    """Return what is published by an object, if anything is."""
    if found := _REPORT.fullmatch(name):
        return Unit(name, found[1], {}) if _is_inside(found[1]) else None
    if found := _PAGE.fullmatch(name):
        place = unquote(found[1])
        return Unit(name, place, {"page": place}) if _is_inside(place) else None
    return None


def _is_inside(place: str) -> bool:
    parts = place.split("/")
    return all(part not in ("", ".", "..") and part.isprintable() for part in parts)


def _whole(unit: Unit, content: bytes | None, listed: Listing) -> Publication | None:
    """Return what was published, if all its files are those that were."""
    try:
        found = msgspec.json.decode(content or b"", type=Publication)
    except msgspec.MsgspecError:
        return None
    names = {*found.files, *found.stored}
    if not found.stored or not all(map(_is_inside, names)):
        return None
    tags = {name: listed[key].tag for name in names if (key := unit.holds(name)) in listed}
    return found if tags == found.stored else None


def _files(folder: Path, place: str) -> dict[str, Path]:
    apart = (PUBLISHED, _PRIVATE)
    return {
        f"{place}/{path.name}": path for path in sorted(folder.iterdir()) if path.name not in apart
    }


def _short(key: str, place: str) -> str:
    """Name a file as its record does."""
    return "page" if key == place else key.removeprefix(f"{place}/")


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
