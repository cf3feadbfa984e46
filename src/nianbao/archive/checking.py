"""What a report comes to in its own project: whether it may be archived, and what must come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import ClassVar

from nianbao.archive.edition import why_draft
from nianbao.archive.inputs import Key
from nianbao.errors import BuildError, NianbaoError
from nianbao.findings import check_report
from nianbao.once import kept
from nianbao.records import cells_csv, findings_csv
from nianbao.shelf import read_kept
from nianbao.surroundings import around
from nianbao.workspace import Workspace


class ObjectionError(NianbaoError):
    """A report that must not be archived: a hard rule failed, and nobody has explained why."""

    exit_code: ClassVar[int] = 1


@dataclass(frozen=True)
class Checked:
    """What a report comes to.

    Attributes
    ----------
    name : str
        Its agency's name.
    tables : dict of str to str
        Its cells and findings, by the name of the file.
    hard : tuple of str
        Hard findings without a waiver, each in a sentence with its id.
    why_draft : str
        Why it would be a draft.
    published : datetime.date
        When it was public; where nobody said, the statutory date of departments.
    """

    year: int
    agency: str
    name: str
    tables: dict[str, str]
    hard: tuple[str, ...]
    why_draft: str
    published: date


Known = Mapping[Key, Checked | NianbaoError]
"""What reports come to, or why they cannot be read."""


@kept()
def check(workspace: Workspace, source: Path, year: int, agency: str) -> Checked:
    """Check a report in its project.

    Raises
    ------
    NianbaoError
        Where it cannot be read.
    """
    report = read_kept(source, agency, year, workspace)
    findings = check_report(report, around(report, workspace))
    return Checked(
        year,
        agency,
        " ".join(report.name.split()) or agency,
        {"cells.csv": cells_csv(report), "findings.csv": findings_csv(findings)},
        tuple(f"{each.message}（编号 {each.id}）" for each in findings if each.objection),
        why_draft(findings),
        report.dated,
    )


def hindrance(reports: Sequence[Checked]) -> ObjectionError | None:
    """Say what forbids that reports are archived; None where nothing does."""
    told = [
        f"{each.year} {each.agency} 有{len(each.hard)}条规则不成立（程度为错误），没有说明：\n"
        + "\n".join(f"  {message}" for message in each.hard)
        for each in reports
        if each.hard
    ]
    if not told:
        return None
    return ObjectionError(
        "\n".join(told)
        + "\n没有归档。请更正，或在参数文件的 waivers 中写明；只作草稿归档，用 DRAFT=1（--draft）。"
    )


def forgotten(known: Checked, into: Path) -> BuildError | None:
    """Say what came out otherwise in the copy than in the project; None where nothing did.

    Parameters
    ----------
    known : Checked
        What the report comes to in its project.
    into : Path
        Where the results were written that were made in the copy.
    """
    for name, text in known.tables.items():
        made = (into / str(known.year) / known.agency / name).read_bytes().decode()
        if made != text:
            here, there = _first_difference(text, made)
            return BuildError(
                f"{known.year} {known.agency}：用收入归档的材料重做，{name} 与项目中的不同。"
                f"项目中：{here or '没有这一行'}；重做：{there or '没有这一行'}。"
                "有一项依据没有收入归档，没有归档。请报告这个问题。"
            )
    return None


def _first_difference(one: str, other: str) -> tuple[str, str]:
    lines = zip_longest(one.splitlines(), other.splitlines(), fillvalue="")
    return next((pair for pair in lines if pair[0] != pair[1]), ("", ""))
