"""Results made by hand or built from generated figures, and differences turned round."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from builders import figures, read, render, texts
from nianbao.build import build
from nianbao.compare.cells import CellChange, CellChanges
from nianbao.compare.differences import Differences, ReportDifferences
from nianbao.compare.files import FileChange, KeyChange
from nianbao.compare.findings import FindingChange, FindingChanges
from nianbao.findings import check_report
from nianbao.records import cells_csv, findings_csv
from nianbao.report import CELL_FIELDS
from nianbao.workspace import Workspace
from offices import file_report, project

ROOT = Path(__file__).parents[2]
PLACE = "2022/office"
VALUES = figures(13, density=0.5)
PICTURE = "data:image/svg+xml,%3Csvg/%3E"


def cells(*changed: Mapping[str, str]) -> bytes:
    """Return a ``cells.csv`` of three cells, some with other words in some columns."""
    given = {row["cell"]: row for row in changed}
    rows = [
        cell("t2.fees.amount_10k", "25.10", label="表二 · 行政事业性收费 · 本年收费金额"),
        cell("t3.new.natural", "12", label="表三 · 一、本年新收政府信息公开申请数量 · 自然人"),
        cell("t4.review.upheld", "0", label="表四 · 行政复议 · 结果维持"),
    ]
    return table(CELL_FIELDS, [row | given.get(row["cell"], {}) for row in rows])


def cell(code: str, value: str, **more: str) -> dict[str, str]:
    """Return a row of ``cells.csv`` with a figure."""
    known = {"agency": "office", "year": "2022", "form": "2021", "label": "", "origin": "第3行"}
    return known | {"cell": code, "value": value, "state": "number", "written": value} | more


def finding(id: str = "0" * 12, **more: str) -> dict[str, str]:
    """Return a row of ``findings.csv`` that holds."""
    return {
        "id": id,
        "rule": "T3-1:natural",
        "severity": "error",
        "status": "passed",
        "left": "12",
        "right": "12",
        "imbalance": "0",
        "cells": "t3.new.natural",
        "message": "表三“自然人”列：12 = 12，成立。",
        "basis": "某某文件",
        "waived": "false",
    } | more


def table(fields: Iterable[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(fields), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def findings(*rows: Mapping[str, str]) -> bytes:
    return table(finding(), rows)


def chart(title: str = "标题", alt: str = "图的文字", picture: str = PICTURE) -> str:
    """Return a chart as a report shows it."""
    return (
        '<figure class="chart" id="chart-balance"><figcaption>'
        f'<p class="chart-title">{title}</p><p class="chart-subtitle">单位：件</p></figcaption>'
        f'<picture><source srcset="{picture}"><img src="{picture}" alt="{alt}"></picture>'
        '<p class="chart-source">来源：表三</p><details class="chart-data"><table>'
        "<tr><th>项目</th><th>数量</th></tr></table></details></figure>"
    )


def notebook(*shown: tuple[str, str]) -> bytes:
    """Return an executed notebook: a heading, and cells by their id and the HTML they show."""
    listed = [{"cell_type": "markdown", "id": "section-1", "source": ["## 一、总体情况"]}]
    listed += [
        {
            "cell_type": "code",
            "id": name,
            "metadata": {},
            "outputs": [{"data": {"text/html": [html]}, "output_type": "execute_result"}],
        }
        for name, html in shown
    ]
    return json.dumps({"cells": listed, "nbformat": 4}).encode()


def prose(*sentences: str) -> bytes:
    """Return a notebook that shows a paragraph."""
    return notebook(("prose-1", f'<div class="prose"><p>{"".join(sentences)}</p></div>'))


def results(**files: bytes) -> dict[str, bytes]:
    """Return the results of one report: ``cells_csv=b"…"``."""
    named = {name.replace("_", ".", 1): content for name, content in files.items()}
    return {f"{PLACE}/{name}": content for name, content in named.items()}


def of_figures(values: Mapping[str, object]) -> dict[str, bytes]:
    """Return cells and findings of generated figures."""
    report = replace(read(render(texts(dict(values))), "office"), name="测试局")
    return results(
        cells_csv=cells_csv(report).encode(),
        findings_csv=findings_csv(check_report(report)).encode(),
    )


def built(folder: Path, values: Mapping[str, object], **replaced: str) -> Path:
    """Build a report of generated figures, with words replaced; return the output folder."""
    root = project(folder)
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    shutil.copy(ROOT / "requirements.lock", root)
    path = file_report(root, "office", 2022, dict(values))
    text = path.read_text("utf-8")
    for old, new in replaced.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    build(Workspace(root), path, "office", 2022)
    return root / "output"


def swapped(found: Differences) -> Differences:
    """Return the differences as they must be the other way round."""
    return Differences(
        tuple(_report(each) for each in found.reports), found.gone, found.new, found.same
    )


def _report(found: ReportDifferences) -> ReportDifferences:
    return replace(
        found,
        names=found.names[::-1],
        cells=CellChanges(
            tuple(CellChange(c.code, c.after, c.before) for c in found.cells.changed),
            found.cells.unchanged,
        ),
        findings=FindingChanges(
            found.findings.gone,
            found.findings.new,
            tuple(FindingChange(c.after, c.before) for c in found.findings.changed),
            found.findings.unchanged,
        ),
        sentences=tuple(_turned(each) for each in found.sentences),
        figures=tuple(_turned(each) for each in found.figures),
        files=tuple(_file(each) for each in found.files),
    )


def _turned(change):
    return replace(change, headings=change.headings[::-1], before=change.after, after=change.before)


def _file(change: FileChange) -> FileChange:
    return replace(
        change,
        before=change.after,
        after=change.before,
        editions=change.editions[::-1],
        keys=tuple(KeyChange(each.key, each.after, each.before) for each in change.keys),
    )
