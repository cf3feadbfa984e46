"""Gives the project's reports: the way in for notebooks. Each file is read once, and kept."""

from __future__ import annotations

import hashlib
import tempfile
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import msgspec

from nianbao.errors import UsageError
from nianbao.forms import load_form
from nianbao.hashes import content_hash, source_hash
from nianbao.kinship import words_sample
from nianbao.provenance import code_hash
from nianbao.reading import read_report
from nianbao.register import agencies, parameter_file, parameters
from nianbao.report import Cell, Note, Report, Section, ShortRow, Subtotal
from nianbao.workspace import Workspace, find_workspace


class _Kept(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """A report without what is quicker read anew: its form and its parameters."""

    agency: str
    name: str
    year: int
    form: str
    source: str
    sha256: str
    title: str
    cells: list[tuple[str, int | None, Decimal | None, str, str, str]]
    sections: tuple[Section, ...]
    implied: dict[str, int]
    notes: tuple[Note, ...]
    subtotals: tuple[Subtotal, ...]
    short_rows: tuple[ShortRow, ...]
    contradictions: tuple[tuple[str, ...], ...]


def load(agency: object, year: object, workspace: Workspace | None = None) -> Report:
    """Read the report of an agency and a year from ``data/raw``.

    Parameters
    ----------
    agency : str
        Its id in ``params/agencies.csv``, which is also its file's name.
    year : int
        The year reported on.
    workspace : Workspace, optional
        The project; found from the current folder by default.

    Raises
    ------
    UsageError
        For an unknown agency or year, with the nearest valid one.
    UnreadableError
        Where the file cannot be read.
    """
    place = workspace or find_workspace()
    if agency is None or year is None:
        raise UsageError("请给出机关代号（agency）和年份（year）。")
    ((found_year, name), path) = next(iter(place.select(year, agency).items()))
    return read_kept(path, name, found_year, place)


def read_kept(path: Path, agency: str, year: int, workspace: Workspace) -> Report:
    """Read a report of the project, or take what was kept of the same bytes, code and register.

    A report kept is equal to the report read; it lies in ``output/.cache`` and may be deleted.

    Raises
    ------
    NianbaoError
        As `nianbao.reading.read_report` does.
    """
    place = workspace.cache / f"{_key(path, agency, year, workspace)}.json"
    given = parameter_file(workspace, year, agency)
    try:
        return _taken(place, workspace, content_hash(given))
    except LookupError:
        found = read_report(path, agency, year, workspace)
        _put(place, _kept(found))
        return found


def kept_sample(path: Path, agency: str, year: int, workspace: Workspace) -> frozenset[int]:
    """Return the sample of a report's own words (`nianbao.kinship`), kept beside the report.

    Raises
    ------
    NianbaoError
        As `nianbao.reading.read_report` does.
    """
    place = workspace.cache / f"{_key(path, agency, year, workspace)}.words"
    try:
        return _sample(place)
    except (OSError, msgspec.MsgspecError):
        found = words_sample(read_kept(path, agency, year, workspace))
        _put(place, msgspec.msgpack.encode(sorted(found)))
        return found


def is_kept(path: Path, agency: str, year: int, workspace: Workspace) -> bool:
    """Whether a report and the sample of its words are kept."""
    return (workspace.cache / f"{_key(path, agency, year, workspace)}.words").is_file()


@lru_cache(maxsize=100_000)
def _sample(place: Path) -> frozenset[int]:
    return frozenset(msgspec.msgpack.decode(place.read_bytes(), type=list[int]))


def _key(path: Path, agency: str, year: int, workspace: Workspace) -> str:
    """Return a hash of all that a reading depends on but the parameters: software, names, bytes."""
    # Of the register a reading uses the agency's own name, and that it is listed.
    row = agencies(workspace).get(agency)
    parts = [source_hash(path), code_hash(), agency, str(year), path.name]
    parts += [repr(row.name if row else None), content_hash(workspace.lock)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _kept(report: Report) -> bytes:
    cells = [_packed(report.cells[code]) for code in report.cells]
    return msgspec.json.encode(
        _Kept(
            report.agency,
            report.name,
            report.year,
            report.form.key,
            report.source,
            report.sha256,
            report.title,
            cells,
            report.sections,
            dict(report.implied),
            report.notes,
            report.subtotals,
            report.short_rows,
            report.contradictions,
        )
    )


def _packed(cell: Cell) -> tuple[str, int | None, Decimal | None, str, str, str]:
    count = cell.value if isinstance(cell.value, int) else None
    amount = cell.value if isinstance(cell.value, Decimal) else None
    return cell.code, count, amount, cell.state, cell.written, cell.origin


@lru_cache(maxsize=1024)
def _taken(place: Path, workspace: Workspace, given: str) -> Report:
    """Return a report that was kept; ``given`` is the hash of its parameters, which are not.

    Agencies below one parent ask for each other's: a process takes each from the disk once.

    Raises
    ------
    LookupError
        Where there is none that is whole.
    """
    try:
        kept = msgspec.json.decode(place.read_bytes(), type=_Kept)
    except (OSError, msgspec.MsgspecError):
        raise LookupError(place) from None
    form = load_form(kept.form)
    if [code for code, *_ in kept.cells] != list(form.cells):
        raise LookupError(place)
    return Report(
        agency=kept.agency,
        name=kept.name,
        year=kept.year,
        form=form,
        source=kept.source,
        sha256=kept.sha256,
        title=kept.title,
        cells={
            code: Cell(code, count if amount is None else amount, *rest)
            for code, count, amount, *rest in kept.cells
        },
        sections=kept.sections,
        implied=kept.implied,
        notes=kept.notes,
        subtotals=kept.subtotals,
        parameters=parameters(workspace, kept.year, kept.agency),
        short_rows=kept.short_rows,
        contradictions=kept.contradictions,
    )


def _put(place: Path, content: bytes) -> None:
    """Write aside and rename; a folder that cannot be written to only costs time."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
            file.write(content)
        Path(file.name).replace(place)
    except OSError:
        pass
