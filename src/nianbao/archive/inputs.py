"""Which files of a project a report is made from: enough to make it again elsewhere."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final

import nbformat

from nianbao.documents import is_clutter
from nianbao.engines.execution import stripped
from nianbao.errors import BuildError
from nianbao.ledger import Ledger
from nianbao.register import parameter_file, read_text
from nianbao.workspace import Workspace

Key = tuple[int, str]
"""A report, by year and agency."""
REGISTER: Final = "params/agencies.csv"
NOTEBOOK: Final = "notebooks/report.ipynb"
_LOCAL: Final = ("params/rules.yaml", "params/deadlines.yaml")


def related(ledger: Ledger, targets: Iterable[Key]) -> list[Key]:
    """List the reports themselves and all that they are checked against, once each.

    These are last year's report of the same agency, and of the same year those of the agencies
    right below it and of the others below the same parent.
    """
    found: dict[Key, None] = {}
    for year, agency in targets:
        named = [*_below(ledger, agency), *_beside(ledger, agency)]
        found |= dict.fromkeys([(year, agency), (year - 1, agency), *((year, n) for n in named)])
    return [key for key in found if key in ledger.paths]


def inputs(ledger: Ledger, targets: Collection[Key]) -> dict[str, bytes]:
    """Return the files of a small project in which these reports can be made again.

    Parameters
    ----------
    ledger : Ledger
        The project.
    targets : collection of (int, str)
        Year and agency of the reports.

    Returns
    -------
    dict of str to bytes
        By their path in the project, in Unicode's composed form.

    Raises
    ------
    BuildError
        Where a file is missing without which no report can be made again, or one cannot be read.
    """
    place = ledger.workspace
    reports = related(ledger, targets)
    found = {
        REGISTER: register_of(place, _named(ledger, targets)),
        NOTEBOOK: notebook(place),
        "requirements.lock": _demanded(place.lock, "requirements.lock"),
    }
    found |= {name: _read(place.root / name) for name in _LOCAL if (place.root / name).is_file()}
    for year, agency in reports:
        if given := parameter_file(place, year, agency):
            found[f"params/{year}/{agency}.yaml"] = _read(given)
        found |= dict(_received(ledger.paths[year, agency], f"data/raw/{year}"))
    return {unicodedata.normalize("NFC", name): found[name] for name in sorted(found)}


def register_of(workspace: Workspace, names: Collection[str]) -> bytes:
    """Return the register with the rows of some agencies alone, its header and order kept."""
    path = workspace.root / "params" / "agencies.csv"
    text = io.StringIO()
    with io.StringIO(read_text(path, REGISTER), newline="") as file:
        rows = csv.DictReader(file)
        writer = csv.writer(text, lineterminator="\n")
        header = list(rows.fieldnames or [])
        writer.writerow(header)
        for row in rows:
            if (row["id"] or "").strip() in names:
                writer.writerow([row[name] or "" for name in header])
    return text.getvalue().encode()


def notebook(workspace: Workspace) -> bytes:
    """Return the notebook of reports without outputs, as it is where it has none.

    Raises
    ------
    BuildError
        Where there is none, or it is no notebook.
    """
    content = _demanded(workspace.notebook("report"), NOTEBOOK)
    try:
        known = nbformat.reads(content.decode(), as_version=4)
        bare = stripped(nbformat.reads(content.decode(), as_version=4))
    except (ValueError, nbformat.ValidationError) as error:
        raise BuildError(f"{NOTEBOOK} 不是可以运行的笔记本（{error}）。") from error
    for cell in bare.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return content if bare == known else (str(nbformat.writes(bare)) + "\n").encode()


def _named(ledger: Ledger, targets: Iterable[Key]) -> set[str]:
    """Return the agencies whose rows count: its own, the one above, those below and beside it."""
    found = set()
    for year, agency in targets:
        beside = [name for name in _beside(ledger, agency) if (year, name) in ledger.paths]
        found |= {agency, ledger.agency(agency).parent, *_below(ledger, agency), *beside}
    return found


def _below(ledger: Ledger, agency: str) -> list[str]:
    return [row.id for row in ledger.register.values() if row.parent == agency]


def _beside(ledger: Ledger, agency: str) -> list[str]:
    parent = ledger.agency(agency).parent
    return [name for name in _below(ledger, parent) if name != agency] if parent else []


def _received(path: Path, folder: str) -> Iterator[tuple[str, bytes]]:
    """Give a report as received: its file, or the files of its folder that count."""
    if not path.is_dir():
        yield f"{folder}/{path.name}", _read(path)
        return
    for file in path.iterdir():
        if not is_clutter(file) and file.is_file():
            yield f"{folder}/{path.name}/{file.name}", _read(file)


def _demanded(path: Path, name: str) -> bytes:
    if not path.is_file():
        raise BuildError(f"缺少 {name}：没有它，归档以后不能重新运行。请取得完整的项目文件。")
    return _read(path)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BuildError(f"{path.name}：文件打不开（{error.strerror}），不能归档。") from error
