"""Reads the project's own ``cells.csv`` back: one row a cell, of one report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from nianbao.documents.structure import Document, Remark
from nianbao.errors import UnreadableError
from nianbao.report import CELL_FIELDS

Record = tuple[int, list[str]]
"""A line's number in the file, and its fields."""

_KEYS = {"cell", "value", "state"}
_ONE_REPORT = {"agency": "机构", "year": "年度"}


def is_listing(head: Sequence[str]) -> bool:
    """Whether a file's first row says that it lists cells."""
    return set(head) >= _KEYS


def read_listing(records: Sequence[Record], name: str) -> Document:
    """Turn the rows of a ``cells.csv`` into a document's listing.

    Raises
    ------
    UnreadableError
        Where columns are missing or repeated, a row has other columns than the head, or the
        rows are not those of one report, each cell once.
    """
    (_, first), *rows = records
    head = _trimmed(first)
    _demand_columns(head, name)
    listing: dict[str, Mapping[str, str]] = {}
    before: dict[str, str] | None = None
    for line, fields in rows:
        record = _record(head, fields, line, name)
        _demand_one_report(record, before, line, name)
        before = record
        code = record["cell"]
        if listing.setdefault(code, MappingProxyType(record)) != record:
            raise UnreadableError(
                f"{name}：第{line}行的单元格“{_short(code)}”前面已经有过，两处内容不同。"
                "请删去错误的一行。"
            )
    if not listing:
        raise UnreadableError(f"{name}：只有表头，没有单元格的行。请重新导出 cells.csv。")
    return Document(name, (), _remarks(head), MappingProxyType(listing))


def _trimmed(fields: Sequence[str]) -> list[str]:
    found = [field.strip() for field in fields]
    while found and not found[-1]:
        found.pop()
    return found


def _demand_columns(head: Sequence[str], name: str) -> None:
    missing = [field for field in CELL_FIELDS if field not in head]
    if missing:
        raise UnreadableError(
            f"{name}：第1行像 cells.csv 的表头，但缺少“{'、'.join(missing)}”列。"
            f"应有的列：{'、'.join(CELL_FIELDS)}。"
        )
    repeated = sorted({field for field in CELL_FIELDS if head.count(field) > 1})
    if repeated:
        raise UnreadableError(
            f"{name}：第1行的表头中“{'、'.join(repeated)}”列出现了不止一次。请删去多余的列。"
        )


def _record(head: Sequence[str], fields: Sequence[str], line: int, name: str) -> dict[str, str]:
    """Give one row's fields their names; only what a cell shows keeps its outer spaces."""
    if len(fields) < len(head) or any(field.strip() for field in fields[len(head) :]):
        raise UnreadableError(
            f"{name}：第{line}行有 {len(fields)} 列，表头有 {len(head)} 列，两者不一致。"
            "请检查这一行的逗号和引号。"
        )
    named = dict(zip(head, fields, strict=False))
    record = {
        field: named[field] if field == "written" else named[field].strip() for field in CELL_FIELDS
    }
    if not record["cell"]:
        raise UnreadableError(f"{name}：第{line}行没有单元格代码（cell 列为空）。请补上或删去。")
    return record


def _demand_one_report(
    record: Mapping[str, str], before: Mapping[str, str] | None, line: int, name: str
) -> None:
    for field, word in _ONE_REPORT.items():
        if before and record[field] != before[field]:
            raise UnreadableError(
                f"{name}：第{line}行的{word}是“{_short(record[field])}”，"
                f"前面的行是“{_short(before[field])}”。"
                "一个文件只能是一份报告，请按机构和年度拆成几个文件。"
            )


def _remarks(head: Sequence[str]) -> tuple[Remark, ...]:
    extra = [field for field in head if field not in CELL_FIELDS]
    if not extra:
        return ()
    words = "、".join(_short(field) or "（无名）" for field in extra[:10])
    return (Remark("extra_columns", f"cells.csv 中多出的列未读入：{words}。", "第1行"),)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
