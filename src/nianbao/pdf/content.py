"""Walks through the notebook and gathers what its page shows, as blocks for the typesetter."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from nianbao import charts, prose, provenance, summary, tables, verification
from nianbao.charts import Chart
from nianbao.errors import BuildError
from nianbao.exporters import markdown
from nianbao.finding import Finding
from nianbao.fragments import Fragment
from nianbao.pdf import markup
from nianbao.pdf.blocks import Block, leading, levelled, linked
from nianbao.pdf.characters import shown
from nianbao.pdf.parts import figures, picture, sentence
from nianbao.pdf.tables import official
from nianbao.report import Report
from nianbao.surroundings import Surroundings, around
from nianbao.suspects import Suspicion, suspect
from nianbao.workspace import Workspace

_AUDIENCE: Final = frozenset(("notebook", "review"))
"""Tags of cells that the finished report does not show."""
_BACK: Final = "verification"
"""The cell with which the small print begins."""


@dataclass(frozen=True)
class Given:
    """A report with all that its page says of it."""

    report: Report
    findings: Sequence[Finding]
    suspicion: Suspicion
    around: Surroundings
    workspace: Workspace


def content(
    report: Report, findings: Sequence[Finding], workspace: Workspace, *, draft: bool = False
) -> dict[str, Any]:
    """Return what the typesetter is given: strings, numbers and lists, nothing that is code.

    Parameters
    ----------
    report : Report
        The report.
    findings : sequence of Finding
        All that was found about it.
    workspace : Workspace
        The project: its notebook has the headings and words between the parts.
    draft : bool
        Whether every page says that it is a draft.

    Raises
    ------
    BuildError
        Where the notebook cannot be read.
    """
    given = Given(report, findings, suspect(report), around(report, workspace), workspace)
    front: list[Block] = []
    back: list[Block] = []
    for cell in _cells(workspace):
        into = back if back or cell["id"] == _BACK else front
        into += _blocks(given, cell)
    if draft:
        front[1:1] = [sentence("本件为草稿，不作为定稿。")]
    linked(levelled(leading([*front, *back])))
    name = f"{report.name}{report.year}年政府信息公开工作年度报告"
    told: dict[str, Any] = shown(
        {
            "title": f"{name}（草稿）" if draft else name,
            "author": report.name,
            "dated": [report.dated.year, report.dated.month, report.dated.day],  # PDF/A demands one
            "draft": draft,
            "front": front,
            "back": back,
        }
    )
    return told


def _cells(workspace: Workspace) -> Iterator[dict[str, Any]]:
    """Yield the cells of the notebook that the finished report shows."""
    path = workspace.notebook("report")
    try:
        stored = json.loads(path.read_text("utf-8"))
        for cell in stored["cells"]:
            if _AUDIENCE.isdisjoint(cell["metadata"].get("tags", ())):
                yield {**cell, "id": cell.get("id", "")}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise BuildError(
            f"notebooks/{path.name} 无法读取（{type(error).__name__}）；"
            "PDF 的标题和说明文字取自这本笔记本，请恢复它。"
        ) from error


def _blocks(given: Given, cell: Mapping[str, Any]) -> list[Block]:
    """Return what one cell shows; nothing for one that shows nothing, or that is not ours."""
    if cell["cell_type"] == "markdown":
        source = cell["source"]
        text = source if isinstance(source, str) else "".join(source)
        return markup.blocks(markdown(text), cell["id"], "narrative")
    if cell["id"] in _TABLES:
        return _table(given, _TABLES[cell["id"]])
    if cell["id"] == "figures":
        return figures(given.report)
    show = _SHOWN.get(cell["id"])
    if show is None:
        return []
    found = show(given)
    return [picture(found)] if isinstance(found, Chart) else markup.blocks(found.html)


def _table(given: Given, table_id: str) -> list[Block]:
    report, findings, suspicion = given.report, given.findings, given.suspicion
    table = report.form.table(table_id)
    notes = tables.table_notes(report, table_id, findings, suspicion)
    return [official(report, table, findings, suspicion), *markup.blocks(notes.html)]


def _section(number: int, given: Given) -> Fragment:
    return prose.section(given.report, number)


def _of_report(show: Callable[[Report], Chart | Fragment], given: Given) -> Chart | Fragment:
    return show(given.report)


def _suspected(given: Given) -> Fragment:
    return verification.suspected(given.report, given.findings, given.suspicion)


_TABLES: Final = {"table-2": "t2", "table-3": "t3", "table-4": "t4"}
_SHOWN: Final[Mapping[str, Callable[[Given], Chart | Fragment]]] = {
    "title": lambda given: summary.title(given.report, given.findings, given.suspicion),
    "opening": partial(_of_report, prose.opening),
    **{f"prose-{number}": partial(_section, number) for number in range(1, 7)},
    "publications": partial(_of_report, charts.publications),
    "decisions": partial(_of_report, charts.decisions),
    "balance": partial(_of_report, charts.balance),
    "outcomes": partial(_of_report, charts.outcomes),
    "applicants": partial(_of_report, charts.applicants),
    "disputes": partial(_of_report, charts.disputes),
    "suspects": _suspected,
    "equations": lambda given: verification.equations(given.report, given.findings),
    "years": lambda given: verification.years(given.report, given.findings, given.around),
    "others": lambda given: verification.others(given.report, given.findings),
    "notes": lambda given: verification.notes(given.report, given.findings),
    "sources": lambda given: provenance.provenance(given.report, given.workspace),
}
"""What the cells of the notebook show, by their ids."""
