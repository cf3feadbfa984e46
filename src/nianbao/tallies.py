"""Counts, over all reports of a project, how often each rule of the catalogue held and failed."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.catalogue import catalogue, local_rules
from nianbao.errors import NianbaoError
from nianbao.finding import SEVERITY_WORDS
from nianbao.findings import check_report
from nianbao.forms import RuleSpec, form_ids, load_form
from nianbao.shelf import read_kept
from nianbao.surroundings import around
from nianbao.workspace import Workspace

STATUSES = {"passed": "成立", "failed": "不成立", "undecided": "无法判定"}


@dataclass(frozen=True)
class Tally:
    """How often one rule came out how, over all its places in all reports."""

    spec: RuleSpec
    counts: Counter[str]


@dataclass(frozen=True)
class Tallies:
    """The catalogue with its counts, and what could not be read."""

    rules: tuple[Tally, ...]
    reports: int
    failed: tuple[NianbaoError, ...]


def tally(workspace: Workspace) -> Tallies:
    """Check every report of a project and count by rule.

    Raises
    ------
    UsageError
        For what is wrong in ``params/``.
    """
    own = local_rules(workspace)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    reports, failed = 0, []
    for (year, agency), path in workspace.reports().items():
        try:
            report = read_kept(path, agency, year, workspace)
        except NianbaoError as error:
            failed.append(error)
            continue
        reports += 1
        for finding in check_report(report, around(report, workspace)):
            counts[finding.rule.spec.id][finding.status] += 1
    specs = {spec.id: spec for form in form_ids() for spec in load_form(form).rules}
    specs |= {spec.id: spec for spec in (*catalogue(), *own)}
    rules = tuple(Tally(spec, counts[spec.id]) for spec in specs.values())
    return Tallies(rules, reports, tuple(failed))


def table(tallies: Tallies) -> str:
    """Write the catalogue as a table for a terminal, Chinese taking two columns a character."""
    head = ["编号", "程度", *STATUSES.values(), "应当成立的关系", "依据"]
    rows = [
        [
            each.spec.id,
            SEVERITY_WORDS[each.spec.severity],
            *(str(each.counts[status]) for status in STATUSES),
            each.spec.label + ("（本地）" if each.spec.origin else ""),
            each.spec.basis.replace("（格式见{basis}）", "").replace("（{basis}）", ""),
        ]
        for each in tallies.rules
    ]
    widths = [max(_width(row[column]) for row in [head, *rows]) for column in range(len(head))]
    lines = [_line(row, widths) for row in [head, *rows]]
    return "\n".join([*lines, "", f"以上是{tallies.reports}份报告的核验结果，按处计数。"]) + "\n"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = []
    for column, (text, width) in enumerate(zip(row, widths, strict=True)):
        space = " " * (width - _width(text))
        cells.append(space + text if 2 <= column <= 4 else text + space)
    return "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)
