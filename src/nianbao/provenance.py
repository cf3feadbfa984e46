"""Says from what a report was made: parameters, form, software, lock and source, by hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao import __version__, software
from nianbao.fragments import Fragment, render
from nianbao.report import Report
from nianbao.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from nianbao.history import History
    from nianbao.standing import Standing
    from nianbao.yearbook import Yearbook

_NAMES = {"source": "来源", "published": "公布日期", "deadline": "期限", "waivers": "豁免"}
PACKAGES = ("papermill", "nbconvert", "ipykernel", "pandas", "matplotlib", "ortools", "nh3")


def facts(report: Report, workspace: Workspace | None = None) -> dict[str, object]:
    """Collect what a re-run needs and nothing that differs between machines.

    Parameters
    ----------
    report : Report
        The report.
    workspace : Workspace, optional
        The project; found from the current folder by default.

    Returns
    -------
    dict
        The content of ``provenance.json``: versions, hashes, parameters; no time, no path.
    """
    place = workspace or find_workspace()
    return {
        "parameters": {"agency": report.agency, "year": report.year},
        "report_parameters": json.loads(json.dumps(dict(report.parameters), default=str)),
        "source": {"name": report.source, "sha256": report.sha256},
        "form": {
            "id": report.form.id,
            "key": report.form.key,
            "title": report.form.title,
            "basis": report.form.basis,
            "law": report.form.law,
            "sha256": report.form.sha256,
        },
        "software": {"name": "nianbao", "version": __version__, "code_sha256": code_hash()},
        "packages": dict(versions()),
        "lock_sha256": file_hash(place.lock),
        "notebook_sha256": file_hash(place.notebook("report")),
    }


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file, or nothing where there is none."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def versions() -> tuple[tuple[str, str], ...]:
    """Return names and versions of the packages that a page depends on most."""
    return tuple((name, metadata.version(name)) for name in PACKAGES)


@cache
def code_hash() -> str:
    """Return one SHA-256 over the package's own files, by name and content."""
    digest = hashlib.sha256()
    for name, path in software.files().items():
        digest.update(name.encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def provenance(report: Report, workspace: Workspace | None = None) -> Fragment:
    """Show the provenance for a reader who wants to repeat the report."""
    known = facts(report, workspace)
    return render("provenance", "来源与出处", rows=_rows(report, known))


def of_year(book: Yearbook) -> Fragment:
    """Show the provenance of the page of a year."""
    made = [("参数", f"year={book.year}", "")]
    return _of_many(made, "overview", [(book.year, standing) for standing in book.standings])


def of_agency(history: History) -> Fragment:
    """Show the provenance of the page of an agency."""
    made = [("参数", f"agency={history.agency.id}", "")]
    known = [(y, e.standing) for y, e in history.entries.items() if e.standing]
    return _of_many(made, "trend", known)


def _of_many(
    made: list[tuple[str, str, str]], notebook: str, known: Sequence[tuple[int, Standing]]
) -> Fragment:
    """Show what a page on many reports was made from: them, the register, software, notebook."""
    place = find_workspace()
    stamps = "".join(f"{year} {standing.agency} {standing.stamp}\n" for year, standing in known)
    rows = [
        *made,
        ("报告", f"{len(known)}份报告的核验结果", hashlib.sha256(stamps.encode()).hexdigest()),
        ("机关登记", "params/agencies.csv", file_hash(place.root / "params" / "agencies.csv")),
        ("软件", f"nianbao {__version__}", code_hash()),
        ("依赖锁定", "requirements.lock", file_hash(place.lock)),
        ("笔记本", f"notebooks/{notebook}.ipynb", file_hash(place.notebook(notebook))),
    ]
    return render("provenance", "来源与出处", rows=rows)


def _shown(value: object) -> str:
    return f"{len(value)}条" if isinstance(value, list) else str(value)


def _rows(report: Report, known: Mapping[str, object]) -> list[tuple[str, str, str]]:
    """List (name, words, hash) for the page."""
    given = "；".join(
        f"{_NAMES.get(name, name)}：{_shown(value)}" for name, value in report.parameters.items()
    )
    return [
        ("参数", f"agency={report.agency}，year={report.year}", ""),
        ("来源和豁免", given or "没有参数文件", ""),
        ("源文件", report.source, report.sha256),
        ("报告格式", f"《{report.form.title}》（{report.form.basis}）", ""),
        ("格式定义", f"本软件的 {'、'.join(report.form.files)}", report.form.sha256),
        ("法律依据", report.form.law, ""),
        ("软件", f"nianbao {__version__}", str(known["software"]["code_sha256"])),  # type: ignore[index]
        ("依赖锁定", "requirements.lock", str(known["lock_sha256"])),
        ("笔记本", "notebooks/report.ipynb", str(known["notebook_sha256"])),
    ]
