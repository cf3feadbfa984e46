"""Writes what goes out beside the pages: notices (退回意见) and workbooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import NianbaoError
from nianbao.export import workbook
from nianbao.finding import Finding
from nianbao.findings import check_report
from nianbao.notice import Notice, Unread, notice, page
from nianbao.notice.letters import document
from nianbao.publish import put
from nianbao.register import agencies
from nianbao.report import Report
from nianbao.shelf import read_kept
from nianbao.surroundings import around
from nianbao.workspace import Workspace

Progress = Callable[[str], None]
Targets = Mapping[tuple[int, str], Path]


@dataclass(frozen=True)
class Written:
    """What was written, and which reports could not be read.

    Attributes
    ----------
    files : tuple of Path
        In the order of the reports, the list of a year last.
    failed : tuple of NianbaoError
        Why a report is not among them.
    """

    files: tuple[Path, ...]
    failed: tuple[NianbaoError, ...]


def write_notices(
    workspace: Workspace, targets: Targets, progress: Progress, *, listed: bool
) -> Written:
    """Write the notice of each report as HTML and ``.docx`` into ``output/<year>/notices``.

    Parameters
    ----------
    listed : bool
        Whether to write one document of all as well, a list before it: ``index.html`` and
        ``index.docx`` for each year.

    Raises
    ------
    BuildError
        Where the output cannot be written.
    """
    checked, failed = _checked(workspace, targets, progress)
    files: list[Path] = []
    notices: dict[int, list[Notice]] = {}
    for report, findings in checked:
        made = notice(report, findings)
        notices.setdefault(report.year, []).append(made)
        stem = _folder(workspace, report.year, "notices") / report.agency
        files += _put_pair(stem, [made], ())
    names = agencies(workspace)
    for year in sorted({year for year, _ in targets} if listed else ()):
        unread = [
            Unread(agency, names[agency].name if agency in names else agency, of, str(error))
            for (of, agency), error in failed.items()
            if of == year
        ]
        stem = _folder(workspace, year, "notices") / "index"
        files += _put_pair(stem, notices.get(year, []), unread, listed=True)
    return Written(tuple(files), tuple(failed.values()))


def write_workbooks(workspace: Workspace, targets: Targets, progress: Progress) -> Written:
    """Write the workbook of each report into ``output/<year>/tables``.

    Raises
    ------
    BuildError
        Where the output cannot be written.
    """
    checked, failed = _checked(workspace, targets, progress)
    files = []
    for report, findings in checked:
        path = _folder(workspace, report.year, "tables") / f"{report.agency}.xlsx"
        put(path, workbook(report, findings))
        files.append(path)
    return Written(tuple(files), tuple(failed.values()))


def _checked(
    workspace: Workspace, targets: Targets, progress: Progress
) -> tuple[list[tuple[Report, tuple[Finding, ...]]], dict[tuple[int, str], NianbaoError]]:
    """Read and check reports; one that cannot be read does not stop the others."""
    checked, failed = [], {}
    for index, ((year, agency), path) in enumerate(targets.items(), start=1):
        try:
            report = read_kept(path, agency, year, workspace)
            checked.append((report, check_report(report, around(report, workspace))))
            progress(f"[{index}/{len(targets)}] {year} {agency} 完成。")
        except NianbaoError as error:
            failed[year, agency] = error
            progress(f"[{index}/{len(targets)}] {year} {agency} 未完成：{error}")
    return checked, failed


def _folder(workspace: Workspace, year: int, name: str) -> Path:
    return workspace.output / str(year) / name


def _put_pair(
    stem: Path, notices: Sequence[Notice], unread: Sequence[Unread], *, listed: bool = False
) -> list[Path]:
    html, docx = stem.with_name(f"{stem.name}.html"), stem.with_name(f"{stem.name}.docx")
    put(html, page(notices, unread, listed=listed).encode())
    put(docx, document(notices, unread, listed=listed))
    return [html, docx]
