"""The register of agencies (``params/agencies.csv``) and the parameters of one report."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from nianbao.errors import UsageError
from nianbao.forms.schema import load_yaml
from nianbao.hashes import signature
from nianbao.workspace import Workspace

LEVELS = ("ministry", "province", "city", "county", "township", "department", "office")

RESERVED = ("index.html", "notices", "pdf", "tables")
"""Names that ``output/<year>/`` has for other things than a report."""
_PARAMETERS = {"source": str, "published": object, "deadline": object, "waivers": list}
_DATES = ("published", "deadline")
_WAIVER = {"finding", "who", "when", "why"}


@dataclass(frozen=True, slots=True)
class Agency:
    """One row of the register, as written; ``parent`` is another row's id or empty."""

    id: str
    name: str
    level: str
    parent: str
    region: str
    since: str
    until: str

    @property
    def first_year(self) -> int | None:
        """The year of ``since``; None where nothing is said."""
        return _year(self.since)

    def existed(self, year: int) -> bool:
        """Whether the agency existed in a year, as far as the register says."""
        first, last = _year(self.since), _year(self.until)
        return (first is None or first <= year) and (last is None or year <= last)


def _year(written: str) -> int | None:
    match = re.match(r"\d{4}", written)
    return int(match[0]) if match else None


def agencies(workspace: Workspace) -> dict[str, Agency]:
    """Read the register: ``{id: Agency}``.

    Raises
    ------
    UsageError
        Where a column is missing, an id occurs twice or a level is unknown (with the line).
    """
    return dict(_agencies(workspace, signature(workspace.root / "params" / "agencies.csv")))


@lru_cache(maxsize=16)
def _agencies(workspace: Workspace, _seems: tuple[int, int, int]) -> dict[str, Agency]:
    """Read the register once for as long as its file seems the same."""
    found: dict[str, Agency] = {}
    for line, agency in register_rows(workspace):
        where = f"params/agencies.csv 第{line}行"
        plain_name(agency.id, where)
        if agency.id in found:
            raise UsageError(f"{where}：机关代号“{agency.id}”重复。")
        if agency.level not in LEVELS:
            raise UsageError(f"{where}：层级“{agency.level}”无效，应为 {'、'.join(LEVELS)} 之一。")
        found[agency.id] = agency
    return found


def register_rows(workspace: Workspace) -> list[tuple[int, Agency]]:
    """Read the rows of the register as written, each with its line; nothing in them is checked.

    Raises
    ------
    UsageError
        Where the file cannot be read or a column is missing.
    """
    names = [field.name for field in fields(Agency)]
    path = workspace.root / "params" / "agencies.csv"
    with io.StringIO(read_text(path, "params/agencies.csv"), newline="") as file:
        reader = csv.DictReader(file)
        try:
            missing = [name for name in names if name not in (reader.fieldnames or [])]
            if missing:
                raise UsageError(f"params/agencies.csv 缺少列：{'、'.join(missing)}。")
            return [
                (reader.line_num, Agency(*((row[name] or "").strip() for name in names)))
                for row in reader
            ]
        except csv.Error:
            raise UsageError(
                f"params/agencies.csv 第{reader.line_num}行：不是有效的 CSV。"
                "请检查引号是否成对，有没有一格写得过长。"
            ) from None


def parameters(workspace: Workspace, year: int, agency: str) -> Mapping[str, Any]:
    """Read the parameters of one report; empty where it has no file.

    Raises
    ------
    UsageError
        For a file that is no mapping, or has an unknown name or a wrong type.
    """
    path = parameter_file(workspace, year, agency)
    if path is None:
        return {}
    where = f"params/{year}/{agency}.yaml"
    data, _ = load_yaml(read_text(path, where), where)
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise UsageError(f"{where}：应是“名称: 值”的列表。")
    for name, value in data.items():
        if name not in _PARAMETERS:
            raise UsageError(f"{where}：没有参数“{name}”；现有：{'、'.join(_PARAMETERS)}。")
        if not isinstance(value, _PARAMETERS[name]):
            raise UsageError(f"{where}：参数“{name}”的类型不对：{value!r}。")
    _check_waivers(data.get("waivers", []), where)
    given = [name for name in _DATES if data.get(name) is not None]
    return data | {name: _date(name, data[name], where) for name in given}


def _date(name: str, value: object, where: str) -> date:
    """Return a date as YAML knows it, or as it is written in quotes."""
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise UsageError(
            f"{where}：“{name}”应是日期，例如 2025-01-31；写的是 {value!r}。"
        ) from None


def plain_name(name: str, where: str) -> None:
    """Refuse an id that is no single plain file name.

    Raises
    ------
    UsageError
        For an empty id, one with a path in it, or one that begins with a dot.
    """
    if name in RESERVED:
        raise UsageError(f"{where}：机关代号“{name}”是输出文件夹中已有的名称，请换一个。")
    if not name or name.startswith(".") or re.search(r"[/\\:\x00-\x1f]", name):
        raise UsageError(f"{where}：机关代号“{name}”不能用作文件名。")


def read_text(path: Path, where: str) -> str:
    """Read a file of ``params/``; ``where`` is what messages call it.

    Raises
    ------
    UsageError
        Where it cannot be opened or is not UTF-8.
    """
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{where}：不是 UTF-8 编码。请另存为“CSV UTF-8”或 UTF-8 文本。") from None
    except OSError as error:
        raise UsageError(f"{where}：文件打不开（{error.strerror}）。") from None


def _check_waivers(waivers: list[Any], where: str) -> None:
    for waiver in waivers:
        if not isinstance(waiver, dict) or set(waiver) != _WAIVER:
            raise UsageError(f"{where}：每条 waivers 应有 finding、who、when、why 四项。")
        if not isinstance(waiver["finding"], str):
            raise UsageError(
                f'{where}：waivers 的 finding 应是编号；请加引号，例如 finding: "012345670123"。'
            )


def agency_named(title: str, register: Mapping[str, Agency]) -> str | None:
    """Return the id of the agency whose name stands in a title; the longest name counts."""
    named = [agency for agency in register.values() if agency.name and agency.name in title]
    return max(named, key=lambda agency: len(agency.name)).id if named else None


def parameter_file(workspace: Workspace, year: int, agency: str) -> Path | None:
    """Return the file with a report's parameters, or None where it has none."""
    plain_name(agency, "机关代号")
    path = workspace.root / "params" / str(year) / f"{agency}.yaml"
    return path if path.is_file() else None
