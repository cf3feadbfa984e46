"""All that differs between two runs, report by report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

from nianbao.compare.cells import CellChanges, cell_changes
from nianbao.compare.figures import FigureChange, figure_changes
from nianbao.compare.files import PROVENANCE, FileChange, KeyChange, file_change
from nianbao.compare.findings import FindingChanges, finding_changes
from nianbao.compare.matching import UnparsedError, parsed
from nianbao.compare.prose import SentenceChange, sentence_changes
from nianbao.compare.shown import Shown, shown

Results = Mapping[str, bytes]
"""What a run left, by ``<year>/<agency>/<file>``."""
T = TypeVar("T")

CELLS: Final = "cells.csv"
FINDINGS: Final = "findings.csv"
NOTEBOOK: Final = "report.ipynb"
_STANDING: Final = "standing.json"
_MOST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Named:
    """Which report: the agency's name as the run gives it, else its id."""

    place: str
    name: str

    @property
    def year(self) -> str:
        """The year reported on."""
        return self.place.partition("/")[0]

    @property
    def agency(self) -> str:
        """The agency's id."""
        return self.place.partition("/")[2]


@dataclass(frozen=True, slots=True)
class ReportDifferences:
    """What differs between two runs of one report.

    Attributes
    ----------
    names : tuple of (Named, Named)
        What it is called in each run.
    files : tuple of FileChange
        Every file that is not the same, with what of it the others do not tell.
    """

    names: tuple[Named, Named]
    cells: CellChanges
    findings: FindingChanges
    sentences: tuple[SentenceChange, ...]
    figures: tuple[FigureChange, ...]
    files: tuple[FileChange, ...]

    def __bool__(self) -> bool:
        """Whether any file is not the same."""
        return bool(self.files)

    @property
    def named(self) -> Named:
        """Which report, as the later run calls it."""
        return self.names[1]

    @property
    def in_content(self) -> bool:
        """Whether cells, findings, sentences or charts differ, or could not be compared."""
        told = self.cells.changed or self.findings or self.sentences or self.figures
        return bool(told or self.uncompared)

    @property
    def uncompared(self) -> tuple[str, ...]:
        """The files of cells, findings and words that one run lacks or that cannot be read."""
        return tuple(
            each.name
            for each in self.files
            if each.name in (CELLS, FINDINGS, NOTEBOOK)
            and (each.before is None or each.after is None or each.unparsed)
        )

    @property
    def origins(self) -> tuple[KeyChange, ...]:
        """What of the provenance differs: source, parameters, software, lock."""
        return next((each.keys for each in self.files if each.name == PROVENANCE), ())

    @property
    def others(self) -> tuple[FileChange, ...]:
        """The files that differ and that nothing else tells of."""
        return tuple(
            each
            for each in self.files
            if not each.told and not (each.name == PROVENANCE and each.keys)
        )

    @property
    def followers(self) -> tuple[FileChange, ...]:
        """The files made of what is told, which are not held against each other word by word."""
        listed = (CELLS, FINDINGS)
        return tuple(each for each in self.files if each.told and each.name not in listed)

    @property
    def manner(self) -> tuple[object, ...]:
        """How it differs where its content does not: the same for all that differ alike."""
        files = (
            (each.name, each.before is None, each.after is None, each.editions, each.unparsed)
            for each in self.others
        )
        keys = (tuple(change.key for change in each.keys) for each in self.others)
        return self.origins, tuple(files), tuple(keys)


@dataclass(frozen=True, slots=True)
class Alike:
    """A report that differs, and others that differ in the same files and provenance only."""

    report: ReportDifferences
    others: tuple[ReportDifferences, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """All that differs between two runs; false where they are the same byte for byte.

    Attributes
    ----------
    reports : tuple of ReportDifferences
        The reports that both have and that differ.
    new, gone : tuple of Named
        The reports that only the later or only the earlier run has.
    same : int
        How many reports are the same byte for byte.
    """

    reports: tuple[ReportDifferences, ...]
    new: tuple[Named, ...]
    gone: tuple[Named, ...]
    same: int

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.reports or self.new or self.gone)

    @property
    def groups(self) -> tuple[Alike, ...]:
        """The reports as they are read: those of other content first, each alone.

        After an upgrade the provenance of every report differs, and a few differ in content:
        these must be seen, and the others be said once.
        """
        alike: dict[tuple[object, ...], list[ReportDifferences]] = {}
        for each in self.reports:
            if not each.in_content:
                alike.setdefault(each.manner, []).append(each)
        return (
            *(Alike(each) for each in self.reports if each.in_content),
            *(Alike(first, tuple(rest)) for first, *rest in alike.values()),
        )


def differences(before: Results, after: Results) -> Differences:
    """Compare what two runs left.

    Parameters
    ----------
    before, after : mapping of str to bytes
        Files by ``<year>/<agency>/<file>``; of whatever origin, nothing in them is run.

    Returns
    -------
    Differences
        Empty, that is false, where the same files hold the same bytes.
    """
    one, other = _by_report(before), _by_report(after)
    both = [place for place in one if place in other]
    compared = (_compared(place, one[place](), other[place]()) for place in both)
    differing = tuple(each for each in compared if each)
    return Differences(
        reports=differing,
        new=tuple(_named(place, other[place]()) for place in other if place not in one),
        gone=tuple(_named(place, one[place]()) for place in one if place not in other),
        same=len(both) - len(differing),
    )


def _by_report(results: Results) -> dict[str, Callable[[], dict[str, bytes]]]:
    """Return what reads the files of each report: only one report is held at a time."""
    paths: dict[str, dict[str, str]] = {}
    for path in sorted(results):
        folder, _, name = path.rpartition("/")
        paths.setdefault(folder, {})[name] = path
    return {folder: partial(_files, results, named) for folder, named in paths.items()}


def _files(results: Results, paths: Mapping[str, str]) -> dict[str, bytes]:
    return {name: results[path] for name, path in paths.items()}


class _Pair:
    """The files of one report in both runs; notes what cannot be compared but as bytes."""

    def __init__(self, before: Results, after: Results) -> None:
        self.before, self.after = before, after
        self.unparsed: dict[str, str] = {}

    def differs(self, name: str) -> bool:
        return self.before.get(name) != self.after.get(name)

    def of(self, name: str, compare: Callable[[bytes, bytes], T], nothing: T) -> T:
        """Compare a file that both have and that differs."""
        if name in self.before and name in self.after and self.differs(name):
            try:
                return compare(self.before[name], self.after[name])
            except UnparsedError as error:
                self.unparsed[name] = str(error)
        return nothing


def _compared(place: str, before: Results, after: Results) -> ReportDifferences | None:
    if before == after:
        return None
    pair = _Pair(before, after)
    cells = pair.of(CELLS, cell_changes, CellChanges())
    findings = pair.of(FINDINGS, finding_changes, FindingChanges())
    nothing: tuple[Shown, Shown] = (Shown((), ()), Shown((), ()))
    pages = pair.of(NOTEBOOK, lambda one, other: (shown(one), shown(other)), nothing)
    sentences, figures = sentence_changes(*pages), figure_changes(*pages)
    told = {CELLS: bool(cells.changed), FINDINGS: bool(findings), PROVENANCE: False}
    any_told = any(told.values()) or bool(sentences or figures)
    change = partial(_file_change, pair)
    return ReportDifferences(
        names=(_named(place, before), _named(place, after)),
        cells=cells,
        findings=findings,
        sentences=sentences,
        figures=figures,
        files=tuple(
            change(name, told.get(name, any_told))
            for name in sorted({*before, *after})
            if pair.differs(name)
        ),
    )


def _file_change(pair: _Pair, name: str, told: bool) -> FileChange:
    return file_change(
        name,
        pair.before.get(name),
        pair.after.get(name),
        told=told,
        unparsed=pair.unparsed.get(name, ""),
    )


def _named(place: str, files: Results) -> Named:
    """Return which report it is; the name is taken from its standing, if that can be read."""
    try:
        found = parsed(files.get(_STANDING, b""))
    except UnparsedError:
        found = None
    name = found.get("name") if isinstance(found, dict) else ""
    known = name if isinstance(name, str) else ""
    return Named(place, known[:_MOST_NAME] or place.partition("/")[2] or place)
