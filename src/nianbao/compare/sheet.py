"""What the page of a comparison shows of one report, as records."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.compare.prose import Pieces


@dataclass(frozen=True, slots=True)
class Pair:
    """A text before and after, in pieces; ``name`` says which text, where that is not plain."""

    before: Pieces
    after: Pieces
    name: str = ""


@dataclass(frozen=True, slots=True)
class CellRow:
    """A cell that differs: its row and column, both values, and by how much."""

    row: str
    column: str
    before: str
    after: str
    growth: str


@dataclass(frozen=True, slots=True)
class MinorRow:
    """A cell of the same figure: where, and what else of it differs."""

    place: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that differs, with its head in pieces of (class, words), and its texts.

    Attributes
    ----------
    code : str
        The rule of a finding, or the cell of a chart.
    id : str
        The id of a finding.
    """

    head: tuple[tuple[str, str], ...]
    code: str
    id: str = ""
    said: str = ""
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading; ``folded`` where they matter less."""

    title: str
    entries: tuple[Entry, ...]
    rest: int
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of a report that differs, as the page shows it."""

    anchor: str
    title: str
    counts: tuple[str, ...]
    figures: tuple[tuple[str, tuple[CellRow, ...]], ...]
    inferences: tuple[tuple[str, tuple[CellRow, ...]], ...]
    inferred: int
    minor: tuple[MinorRow, ...]
    minor_rest: int
    findings: tuple[Group, ...]
    unchanged: int
    sentences: tuple[tuple[str, tuple[Pair, ...]], ...]
    sentences_rest: int
    charts: tuple[Entry, ...]
    origins: tuple[tuple[str, str, str], ...]
    files: tuple[tuple[str, str, str], ...]
    followers: str
    alike: str
