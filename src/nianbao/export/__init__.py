"""Writes one report as an Excel workbook: the official tables, all cells, all findings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nianbao.errors import BuildError
from nianbao.export.about import about_sheet
from nianbao.export.book import Book
from nianbao.export.listing import cells_sheet
from nianbao.export.marks import marks
from nianbao.export.results import results_sheet
from nianbao.export.statutory import Places, table_sheet
from nianbao.finding import Finding
from nianbao.report import Report
from nianbao.suspects import suspect

__all__ = ["workbook", "write_workbook"]


def workbook(report: Report, findings: Sequence[Finding]) -> bytes:
    """Return a report as an ``.xlsx`` file for Excel and WPS.

    Parameters
    ----------
    report : Report
        The report; its figures are written as published and never corrected.
    findings : sequence of Finding
        What was found about it, in any order.

    Returns
    -------
    bytes
        The same report and findings give the same bytes: no time, host or path is in them.
    """
    suspicion = suspect(report)
    marked = marks(suspicion)
    book = Book(f"{report.name}{report.year}年政府信息公开工作年度报告")
    about_sheet(book, report, findings)
    places: Places = {}
    for table in report.form.tables:
        told = [part.messages for part in suspicion.parts if part.part.startswith(table.name)]
        remarks = tuple(message for messages in told for message in messages)
        own = {code: text for code, text in marked.items() if code.startswith(f"{table.id}.")}
        places |= table_sheet(book, report, table, own, remarks)
    cells_sheet(book, report)
    results_sheet(book, report, findings, places, marked)
    return book.content()


def write_workbook(report: Report, findings: Sequence[Finding], path: Path) -> None:
    """Write a report's workbook, whole or not at all.

    Raises
    ------
    BuildError
        Where the file cannot be written, for example because it is open in Excel.
    """
    content = workbook(report, findings)
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BuildError(
            f"{path.name}：文件写不进去（{error.strerror}）。"
            "如正在 Excel 或 WPS 中打开，请先关闭它再试。"
        ) from None
