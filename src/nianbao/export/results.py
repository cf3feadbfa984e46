"""The sheet of findings: what a person has to look at first, all else below it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from nianbao.export.book import Book
from nianbao.export.figures import place_name
from nianbao.export.listing import Column, Link, Listing, Word
from nianbao.export.statutory import Places
from nianbao.export.styles import STATUS_COLOURS
from nianbao.finding import SEVERITY_WORDS, Finding, record
from nianbao.findings import waivers_of
from nianbao.report import Report

STATUS_WORDS = {
    "failed": "✗ 不成立",
    "undecided": "○ 无法判定",
    "passed": "✓ 成立",
    "not_applicable": "— 不适用",
}
_WARNING, _QUIET = STATUS_COLOURS["undecided"], STATUS_COLOURS["not_applicable"]
_FAILED = {"error": STATUS_COLOURS["failed"], "warning": _WARNING, "hint": _QUIET}
"""Only an error looks like one."""

_COLUMNS = (
    Column("", "序号", 7),
    Column("status", "结果", 14),
    Column("severity", "如不成立", 11),
    Column("message", "核验说明", 60, wraps=True),
    Column("left", "左边", 12),
    Column("right", "右边", 12),
    Column("imbalance", "差额", 12),
    Column("", "位置", 13),
    Column("waived", "是否已说明", 18, wraps=True),
    Column("basis", "依据", 36, wraps=True),
    Column("rule", "规则", 18, printed=False),
    Column("id", "编号", 16, printed=False),
    Column("cells", "涉及单元格", 40, printed=False),
)


def results_sheet(
    book: Book,
    report: Report,
    findings: Sequence[Finding],
    places: Places,
    suspects: Collection[str],
) -> None:
    """List all findings: failed and not waived first, then waived, undecided, passed.

    A reviewer opens the sheet to see what there is to do; within a status the graver comes
    first, and else the order of the rules is kept. The first column holds the place in
    ``findings.csv``, so that sorting by it brings that order back.
    """
    listing = Listing(book, "核验结果", _COLUMNS)
    waivers = {str(waiver["finding"]): waiver for waiver in waivers_of(report)}
    records = enumerate(map(record, findings), start=1)
    for number, found in sorted(records, key=_urgency):
        values = {field: _value(field, value) for field, value in found.items()}
        values["status"] = _status(found)
        values["waived"] = _waiver(found, waivers)
        told = [number, *(values[column.field] for column in _COLUMNS if column.field)]
        told.insert(_PLACE, _link(report, _codes(found["cells"]), places, suspects))
        listing.add(told)
    listing.close()


_PLACE = next(index for index, column in enumerate(_COLUMNS) if column.head == "位置")


def _urgency(numbered: tuple[int, Mapping[str, object]]) -> tuple[int, bool, int, int]:
    number, found = numbered
    status = list(STATUS_WORDS).index(str(found["status"]))
    severity = list(SEVERITY_WORDS).index(str(found["severity"]))
    return status, bool(found["waived"]), severity, number


def _value(field: str, value: object) -> object:
    """Return what stands in a column: figures as numbers, codes of the contract as words."""
    if field == "severity":
        return SEVERITY_WORDS[str(value)]
    if field == "cells":
        return " ".join(_codes(value))
    if field in ("left", "right", "imbalance"):
        return Decimal(str(value)) if value not in ("", None) else ""
    return value


def _status(found: Mapping[str, object]) -> Word:
    status = str(found["status"])
    colour = STATUS_COLOURS[status]
    if status == "failed":
        colour = _QUIET if found["waived"] else _FAILED[str(found["severity"])]
    return Word(STATUS_WORDS[status], colour)


def _waiver(found: Mapping[str, object], waivers: Mapping[str, Mapping[str, object]]) -> str:
    """Say whether somebody explained a finding, and why, who and when."""
    if not found["waived"]:
        return "否"
    given = waivers.get(str(found["id"]), {})
    why, who, when = (str(given.get(name) or "") for name in ("why", "who", "when"))
    signed = "，".join(filter(None, [who, when]))
    return "是" + (f"：{why}" if why else "") + (f"（{signed}）" if signed else "")


def _codes(cells: object) -> list[str]:
    return [str(code) for code in cells] if isinstance(cells, (list, tuple)) else []


def _link(
    report: Report, codes: Sequence[str], places: Places, suspects: Collection[str]
) -> Link | str:
    """Lead to the first cell that a finding speaks of, to a suspect one where there is one."""
    known = [code for code in codes if code in places]
    if not known:
        return ""
    code = next((code for code in known if code in suspects), known[0])
    name = report.form.table(report.form.cells[code].table).name
    target = place_name(*places[code])
    return Link(f"{name} {target}", f"'{name}'!{target}")
