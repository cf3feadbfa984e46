"""Reads one report from any file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

from nianbao.documents import load_readers, open_document, read_source
from nianbao.editions import Edition, chosen, editions
from nianbao.errors import UsageError
from nianbao.labels import normalize
from nianbao.notes import identity_notes, reading_notes
from nianbao.outline import title_of
from nianbao.provenance import code_hash
from nianbao.recognize import load_forms, recognize
from nianbao.register import Agency, agencies, agency_named, parameters
from nianbao.report import Note, Report
from nianbao.workspace import Workspace, report_id

_YEAR = re.compile(r"(20\d\d)年")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def prepare() -> None:
    """Load what every reading takes, for a process that forks others that read."""
    load_readers()
    load_forms()
    import_module("nianbao.equations")  # left to the first file that leaves something unknown
    code_hash()


def read_report(
    path: Path,
    agency: str | None = None,
    year: int | None = None,
    workspace: Workspace | None = None,
) -> Report:
    """Read a report from any file.

    The agency is the one given, else that of ``data/raw/<year>/<id>``, else the register's
    name in the title, else the file's stem. The year is the one given, else the folder's,
    else the title's.

    Raises
    ------
    UsageError
        Where the year cannot be told.
    UnreadableError
        Where the file cannot be read.
    """
    source = read_source(path)
    document = open_document(source)
    register = agencies(workspace) if workspace else {}
    found = editions(document)
    if found:
        wanted = year or _folder_year(path, workspace)
        known = register.get(agency or report_id(path))
        one = chosen(found, wanted, normalize(known.name) if known else "")
        document = one.document
    recognition = recognize(document)
    title = title_of(document)
    listed = next(iter(document.listing.values()), {})
    stated = _stated_year(title or f"{listed.get('year', '')}年")
    if year is None:
        year = _folder_year(path, workspace) or stated
    if year is None:
        raise UsageError(f"{path.name}：看不出是哪一年的报告，请用 --year 指明。")
    agency = agency or listed.get("agency") or _agency(path, workspace, title, register)
    given = parameters(workspace, year, agency) if workspace else {}
    return Report(
        agency=agency,
        name=_name(agency, register, title),
        year=year,
        form=recognition.form,
        source=source.name,
        sha256=source.sha256,
        title=title,
        cells=recognition.cells,
        implied=recognition.implied,
        sections=recognition.sections,
        notes=(
            *_editions_note(found, title),
            *identity_notes(recognition.form, year, stated),
            *_register_notes(agency, register, title, workspace),
            *reading_notes(recognition),
        ),
        subtotals=recognition.subtotals,
        short_rows=recognition.short_rows,
        contradictions=recognition.contradictions,
        parameters=given,
    )


def _editions_note(found: Sequence[Edition], title: str) -> list[Note]:
    if not found:
        return []
    named = "、".join(f"“{normalize(edition.title)}”" for edition in found)
    message = (
        f"文件中有{len(found)}份报告：{named}；本次只读取“{normalize(title)}”。"
        "请把它们分成单独的文件。"
    )
    return [Note("several_reports", "error", message)]


def _stated_year(title: str) -> int | None:
    match = _YEAR.search(normalize(title).translate(_DIGITS))
    return int(match[1]) if match else None


def _folder_year(path: Path, workspace: Workspace | None) -> int | None:
    """Return the year of ``data/raw/<year>/``, where the file lies there."""
    inside = workspace and path.resolve().parent.parent == workspace.root / "data" / "raw"
    name = path.resolve().parent.name
    return int(name) if inside and re.fullmatch(r"\d{4}", name) else None


def _agency(
    path: Path, workspace: Workspace | None, title: str, register: Mapping[str, Agency]
) -> str:
    if _folder_year(path, workspace):
        return report_id(path)
    return agency_named(title, register) or report_id(path)


def _name(agency: str, register: Mapping[str, Agency], title: str) -> str:
    """Return the agency's official name, else what the title says before the year."""
    if agency in register:
        return register[agency].name
    return _titled(title) or agency


def _titled(title: str) -> str:
    """Return what a title says before the year."""
    return re.split(r"20|二[〇○零]", normalize(title), maxsplit=1)[0]


def _register_notes(
    agency: str,
    register: Mapping[str, Agency],
    title: str,
    workspace: Workspace | None,
) -> list[Note]:
    if workspace is None:
        return []
    if agency in register:
        named, known = _titled(title), normalize(register[agency].name)
        if not named or named in known or known in normalize(title):
            return []
        message = f"标题写的机关是“{named}”，本报告按登记的“{known}”处理，请核对是否放错文件。"
        return [Note("agency_conflict", "warning", message)]
    message = f"params/agencies.csv 中没有机关代号“{agency}”，名称取自报告标题。"
    return [Note("agency_unregistered", "warning", message)]
