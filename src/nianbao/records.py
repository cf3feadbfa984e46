"""Writes cells and findings as CSV and JSON, by the contract that other programs rely on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from nianbao.finding import FINDING_FIELDS, Finding, record
from nianbao.report import CELL_FIELDS, Report
from nianbao.suspects import suspect


def cells_csv(report: Report) -> str:
    """Return ``cells.csv``: one row a cell, in form order."""
    return _csv(CELL_FIELDS, report.rows())


def findings_csv(findings: Sequence[Finding]) -> str:
    """Return ``findings.csv``: one row an expanded rule; cells joined by a space."""
    rows = []
    for finding in findings:
        row = record(finding)
        row["cells"] = " ".join(finding.rule.cells)
        row["waived"] = "true" if finding.waived else "false"
        rows.append(row)
    return _csv(FINDING_FIELDS, rows)


def _csv(fields: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, fields, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def read_json(report: Report) -> str:
    """Return what ``read --format json`` prints: report, cells, prose by section."""
    return _json(
        {
            "report": _report(report),
            "cells": [row | {"value": _number(row["value"])} for row in report.rows()],
            "sections": [
                {
                    "number": section.number,
                    "title": section.title,
                    "paragraphs": [paragraph.text for paragraph in section.paragraphs],
                }
                for section in report.sections
            ],
        }
    )


def check_json(report: Report, findings: Sequence[Finding]) -> str:
    """Return what ``check --format json`` prints: report, findings, and the suspect cells."""
    implied = {code: value for code, value in report.implied.items()}
    return _json(
        {
            "report": _report(report),
            "findings": [
                record(f) | {"implied": {code: implied[code] for code in f.implied}}
                for f in findings
            ],
            **suspect(report).record(),
        }
    )


def _report(report: Report) -> dict[str, Any]:
    return {
        "agency": report.agency,
        "year": report.year,
        "form": report.form.id,
        "source": report.source,
        "sha256": report.sha256,
        "notes": [
            {
                "code": note.code,
                "severity": note.severity,
                "message": note.message,
                "cells": list(note.cells),
                "origin": note.origin,
            }
            for note in report.notes
        ],
    }


def _number(value: object) -> object:
    """Keep counts as integers and money as a string, so that no reader rounds it."""
    return format(value, "f") if isinstance(value, Decimal) else value


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
