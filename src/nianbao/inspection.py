"""Looks over a project's register, parameters and raw files for what does not fit together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from nianbao.catalogue import local_rules
from nianbao.deadlines import deadlines
from nianbao.errors import UsageError
from nianbao.register import LEVELS, Agency, parameters, plain_name, register_rows
from nianbao.workspace import Workspace

_REGISTER = "params/agencies.csv"
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_REGION = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class Remark:
    """What does not fit: ``severity`` is ``error`` or ``hint``, ``where`` a file and a line."""

    severity: str
    where: str
    message: str


def inspect(workspace: Workspace) -> list[Remark]:
    """Look over ``params/`` and the names in ``data/raw``.

    Returns
    -------
    list of Remark
        Errors keep reports from being read, checked or placed rightly; hints are what a
        register that is being filled in may well show. Register first, in its order.
    """
    try:
        rows = register_rows(workspace)
    except UsageError as error:
        return [Remark("error", _REGISTER, str(error))]
    by_id = {agency.id: agency for _, agency in rows}
    return [
        *_of_rows(rows, by_id),
        *_of_cycles(rows, by_id),
        *_of_files(workspace, by_id),
        *_of_parameters(workspace, by_id),
    ]


def _of_rows(rows: list[tuple[int, Agency]], by_id: Mapping[str, Agency]) -> Iterator[Remark]:
    """Tell what is wrong in single rows."""
    ids = Counter(agency.id for _, agency in rows)
    names = Counter(agency.name for _, agency in rows)
    for line, agency in rows:
        where = f"{_REGISTER} 第{line}行"
        try:
            plain_name(agency.id, where)
        except UsageError as error:
            yield Remark("error", where, str(error).removeprefix(f"{where}："))
        if ids[agency.id] > 1:
            yield Remark("error", where, f"机关代号“{agency.id}”重复。")
        if agency.level not in LEVELS:
            near = _near(agency.level, list(LEVELS))
            yield Remark("error", where, f"层级“{agency.level}”无效；{near}")
        if agency.parent and agency.parent not in by_id:
            near = _near(agency.parent, list(by_id))
            yield Remark("error", where, f"上级机关“{agency.parent}”没有登记；{near}")
        for name, value in (("since", agency.since), ("until", agency.until)):
            if value and not _DATE.fullmatch(value):
                yield Remark("error", where, f"{name}“{value}”应写作 2019、2019-03 或 2019-03-01。")
        if agency.until and agency.since > agency.until:
            yield Remark("error", where, f"since（{agency.since}）晚于 until（{agency.until}）。")
        if not agency.name:
            yield Remark("error", where, "没有填写机关名称。")
        elif names[agency.name] > 1:
            yield Remark("hint", where, f"机关名称“{agency.name}”登记了不止一次。")
        if agency.region and not _REGION.fullmatch(agency.region):
            yield Remark("hint", where, f"行政区划代码“{agency.region}”不是6位数字。")


def _of_cycles(rows: list[tuple[int, Agency]], by_id: Mapping[str, Agency]) -> Iterator[Remark]:
    """Tell of agencies that stand above themselves, each circle once."""
    told: set[str] = set()
    for line, agency in rows:
        path = [agency.id]
        while (above := by_id[path[-1]].parent) in by_id and above not in path:
            path.append(above)
        if above == agency.id and not told & set(path):
            told |= set(path)
            circle = "→".join([*path, agency.id])
            yield Remark("error", f"{_REGISTER} 第{line}行", f"上级关系成环：{circle}。")


def _of_files(workspace: Workspace, by_id: Mapping[str, Agency]) -> Iterator[Remark]:
    """Tell of raw files without an agency, and of agencies without any report."""
    try:
        reports = workspace.reports()
    except UsageError as error:
        yield Remark("error", "data/raw", str(error))
        return
    for (year, agency), path in reports.items():
        if agency not in by_id:
            near = _near(agency, list(by_id))
            yield Remark("error", f"data/raw/{year}/{path.name}", f"机关“{agency}”没有登记；{near}")
        elif not by_id[agency].existed(year):
            known = by_id[agency]
            term = f"{known.since or '……'} 至 {known.until or '……'}"
            told = f"按登记，“{agency}”在{year}年不存在（{term}）。"
            yield Remark("hint", f"data/raw/{year}/{path.name}", told)
    filed = {agency for _, agency in reports}
    missing = [agency.name or agency.id for agency in by_id.values() if agency.id not in filed]
    if missing:
        named = "、".join(missing[:10]) + (f"等{len(missing)}个" if len(missing) > 10 else "")
        yield Remark("hint", "data/raw", f"没有任何年度报告的机关：{named}。")


def _of_parameters(workspace: Workspace, by_id: Mapping[str, Agency]) -> Iterator[Remark]:
    """Tell what is wrong with the parameter files, and which belong to no report."""
    try:
        local_rules(workspace)
    except UsageError as error:
        yield Remark("error", "params/rules.yaml", str(error))
    yield from _of_deadlines(workspace, by_id)
    try:
        reports = workspace.reports()
    except UsageError:
        return
    for path in sorted((workspace.root / "params").glob("[0-9][0-9][0-9][0-9]/*.yaml")):
        year, agency = int(path.parent.name), path.stem
        where = f"params/{year}/{path.name}"
        try:
            parameters(workspace, year, agency)
        except UsageError as error:
            yield Remark("error", where, str(error).removeprefix(f"{where}："))
        if (year, agency) not in reports:
            near = _near(agency, [name for of, name in reports if of == year])
            yield Remark("hint", where, f"{year}年没有“{agency}”的报告；{near}")


def _of_deadlines(workspace: Workspace, by_id: Mapping[str, Agency]) -> Iterator[Remark]:
    """Tell what is wrong with the local deadlines, and which are for no agency."""
    where = "params/deadlines.yaml"
    try:
        named = dict.fromkeys(name for entry in deadlines(workspace) for name in entry.agencies)
    except UsageError as error:
        yield Remark("error", where, str(error).removeprefix(f"{where}："))
        return
    for name in named:
        if name not in by_id:
            yield Remark("error", where, f"机关“{name}”没有登记；{_near(name, list(by_id))}")


def _near(given: str, known: list[str]) -> str:
    near = get_close_matches(given, known, n=1, cutoff=0.5)
    if near:
        return f"最接近的是“{near[0]}”。"
    return (
        f"现有：{'、'.join(known[:10])}{'……' if len(known) > 10 else ''}。"
        if known
        else "现有：无。"
    )
